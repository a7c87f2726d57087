"""Wires the Telegram front end: services in, a python-telegram-bot application out."""

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder
from telegram.request import BaseRequest

from bot import texts
from bot.services import Services
from bot.telegram.connection import (
    AnyApplication,
    PatientApplication,
    PollingRequest,
    unknown_token,
)
from bot.telegram.failures import on_error
from bot.telegram.private import PrivateChat

logger = structlog.get_logger("dateline.telegram")

CONCURRENT_UPDATES = 32
"""Questions answered at the same time; 256 was slower."""

RETRIES_AFTER_FLOOD = 3

ALLOWED_UPDATES = [Update.MESSAGE]
"""Named, because leaving it out keeps whatever was set before."""


def build_application(
    services: Services, request: BaseRequest | None = None, polling: BaseRequest | None = None
) -> AnyApplication:
    """Put an application together.

    Args:
        services: archive and settings; the settings must hold a token.
        request: sends the calls, instead of HTTP.
        polling: fetches the updates; `request` unless given.

    Raises:
        ConfigError: there is no token.
    """
    config = services.config
    builder = (
        ApplicationBuilder()
        .application_class(PatientApplication)
        .token(config.require_token())
        .base_url(f"{config.telegram.api_url}/bot")
        .base_file_url(f"{config.telegram.api_url}/file/bot")
        .concurrent_updates(CONCURRENT_UPDATES)
        .rate_limiter(AIORateLimiter(max_retries=RETRIES_AFTER_FLOOD))
        .job_queue(None)
        .post_init(_set_commands)
    )
    if request is not None:
        builder = builder.request(request)
    fetching = polling or request
    if fetching is not None:
        builder = builder.get_updates_request(fetching)
    application: AnyApplication = builder.build()
    application.add_handlers(PrivateChat(services).handlers())
    application.add_error_handler(on_error)
    return application


def run_polling(services: Services) -> None:
    """Answer until SIGTERM or Ctrl-C; Telegram unreachable at the start is waited for.

    Raises:
        ConfigError: there is no token, or Telegram does not know it.
    """
    logger.info("connecting", api_url=services.config.telegram.api_url)
    polling = PollingRequest()
    application = polling.application = build_application(services, polling=polling)
    application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
    if polling.revoked:
        raise unknown_token(application.bot)


async def _set_commands(application: AnyApplication) -> None:
    bot: Bot = application.bot
    commands = [BotCommand(name, description) for name, description in texts.COMMANDS]
    try:
        await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
    except TelegramError as error:
        logger.warning("the command menu could not be set", error=str(error))
    logger.info("ready", bot=bot.username)
