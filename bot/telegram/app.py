"""Wires the Telegram front end: services in, a python-telegram-bot application out."""

from typing import Any

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest

from bot import texts
from bot.config import Config
from bot.services import Services
from bot.telegram.private import PrivateChat
from retrieval.errors import ConfigError

logger = structlog.get_logger("dateline.telegram")

CONCURRENT_UPDATES = 32
"""Questions answered at the same time; 256 was slower."""

RETRIES_AFTER_FLOOD = 3

ALLOWED_UPDATES = [Update.MESSAGE]
"""Named, because leaving it out keeps whatever was set before."""

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build_application(services: Services, request: BaseRequest | None = None) -> AnyApplication:
    """Put an application together.

    Args:
        services: archive and settings; the settings must hold a token.
        request: sends the calls, instead of HTTP.

    Raises:
        ConfigError: there is no token.
    """
    config = services.config
    builder = (
        ApplicationBuilder()
        .token(_token(config))
        .base_url(f"{config.telegram.api_url}/bot")
        .base_file_url(f"{config.telegram.api_url}/file/bot")
        .concurrent_updates(CONCURRENT_UPDATES)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES_AFTER_FLOOD))
        .post_init(_set_commands)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application: AnyApplication = builder.build()
    application.add_handlers(PrivateChat(services).handlers())
    application.add_error_handler(_on_error)
    return application


def run_polling(services: Services) -> None:
    """Answer until SIGTERM or Ctrl-C; Telegram unreachable at the start is waited for.

    Raises:
        ConfigError: there is no token.
        telegram.error.InvalidToken: Telegram does not know it.
    """
    build_application(services).run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)


def _token(config: Config) -> str:
    if config.token is None:
        raise ConfigError(
            "TELEGRAM_BOT_TOKEN is not set; put it into the environment or into .env"
        )
    return config.token.get_secret_value()


async def _set_commands(application: AnyApplication) -> None:
    bot: Bot = application.bot
    commands = [BotCommand(name, description) for name, description in texts.COMMANDS]
    try:
        await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
    except TelegramError as error:
        logger.warning("the command menu could not be set", error=str(error))
    logger.info("ready", bot=bot.username)


async def _on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log what failed, and tell the person who asked if that is still possible."""
    error = context.error
    if isinstance(error, Forbidden):
        logger.info("not allowed to write there", error=str(error))
        return
    # python-telegram-bot makes a refused request a kind of network error.
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        logger.warning("Telegram could not be reached", error=str(error))
        return
    logger.error("an update failed", exc_info=error)
    if not isinstance(update, Update) or update.effective_message is None:
        return
    try:
        await update.effective_message.reply_text(texts.FAILED)
    except TelegramError as second:
        logger.warning("the failure could not be told", error=str(second))
