"""Sends a text as the reply to a message, and again where the connection failed."""

import asyncio

from telegram import LinkPreviewOptions, Message
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.richtext import RichText
from bot.telegram.message import to_message

WAITS = (0.5, 2.0)
"""Seconds before the second and the third attempt."""


async def reply(message: Message, rich: RichText) -> None:
    """Reply in the same chat.

    A connection that breaks is tried again: in the rare case that only Telegram's word of success was lost,
    the reply stands there twice, which is better than not at all.

    Raises:
        telegram.error.TelegramError: Telegram refused it, or was out of reach three times.
    """
    text, entities = to_message(rich)
    for wait in (*WAITS, None):
        try:
            await message.reply_text(
                text,
                entities=entities,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except (BadRequest, TimedOut):
            # Both are kinds of NetworkError: one was refused, the other has most likely arrived.
            raise
        except NetworkError:
            if wait is None:
                raise
            await asyncio.sleep(wait)
        else:
            return
