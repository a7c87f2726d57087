"""Answers a pressed button: with nothing, a line that passes, or one to confirm."""

import structlog
from telegram import CallbackQuery
from telegram.error import BadRequest

logger = structlog.get_logger("dateline.presses")


async def notice(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a press, so that the button stops turning; one that waited too long is past answering."""
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as error:
        logger.info("a press could not be answered", error=error.message)
