"""Answers queries: a pressed button with nothing, a line that passes, or one to confirm; others with their results."""

from collections.abc import Awaitable

import structlog
from telegram import CallbackQuery
from telegram.error import BadRequest, TelegramError

logger = structlog.get_logger("dateline.queries")

TOO_OLD = "query is too old"


async def notice(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a press, so that the button stops turning. Where that fails, what it asks for is done all the same."""
    try:
        await query.answer(text, show_alert=alert)
    except TelegramError as error:
        logger.info("a press could not be answered", error=error.message)


async def in_time(answering: Awaitable[object]) -> None:
    """Answer a query; one that waited too long is past answering, and nothing to be alarmed about.

    Raises:
        telegram.error.TelegramError: anything else that is wrong.
    """
    try:
        await answering
    except BadRequest as error:
        if TOO_OLD not in error.message.lower():
            raise
        logger.info("a query waited too long", error=error.message)
