"""What happens when an update or the polling fails: a log line, and a word to the person who asked."""

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot import texts
from bot.richtext import plain
from bot.telegram.replies import reply

logger = structlog.get_logger("dateline.telegram")


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log what failed, and tell the person who asked if that is still possible."""
    error = context.error
    if isinstance(error, Forbidden):
        logger.info("not allowed to write there", error=str(error))
        return
    if isinstance(error, Conflict):
        logger.error("another process uses the same token: stop one of the two", error=str(error))
        return
    # python-telegram-bot makes a refused request a kind of network error.
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        logger.warning("Telegram could not be reached", error=str(error))
        return
    logger.error("an update failed", exc_info=error)
    if not isinstance(update, Update) or update.effective_message is None:
        return
    try:
        await reply(update.effective_message, plain(texts.FAILED))
    except TelegramError as second:
        logger.warning("the failure could not be told", error=str(second))
