"""Sends a text as the reply to a message, or puts it in the place of another; again where the connection failed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from telegram import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, NetworkError, TimedOut

from bot.richtext import RichText
from bot.telegram.message import to_message

logger = structlog.get_logger("dateline.telegram")

WAITS = (0.5, 2.0)
"""Seconds before the second and the third attempt."""

NOT_MODIFIED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ready:
    """A message ready to be sent.

    Args:
        rich: what it says.
        keyboard: the buttons below.
        silent: without a notification.
        link_previews: whether its links may show a preview.
        reply: whether it is a reply.
    """

    rich: RichText
    keyboard: InlineKeyboardMarkup | None = None
    silent: bool = False
    link_previews: bool = False
    reply: bool = True


async def reply(message: Message, ready: Ready) -> Message:
    """Reply in the same chat and topic, and without being a reply where the message is gone.

    A group that has become a supergroup gets it there.

    Raises:
        telegram.error.TelegramError: Telegram refused it, or was out of reach three times.
    """
    text, entities = to_message(ready.rich)
    previews = LinkPreviewOptions(is_disabled=not ready.link_previews)

    async def send() -> Message:
        return await message.reply_text(
            text,
            entities=entities,
            reply_markup=ready.keyboard,
            disable_notification=ready.silent,
            link_preview_options=previews,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True)
            if ready.reply
            else None,
            do_quote=False if not ready.reply else None,
        )

    try:
        return await insist(send)
    except ChatMigrated as moved:
        return await message.get_bot().send_message(
            moved.new_chat_id,
            text,
            entities=entities,
            reply_markup=ready.keyboard,
            link_preview_options=previews,
        )


async def replace(message: Message, ready: Ready) -> bool:
    """Put a text, and buttons, in the place of a message's own.

    Returns:
        Whether it stands there now; a message that was deleted, or is too old, is left alone.

    Raises:
        telegram.error.TelegramError: Telegram refused it, or was out of reach three times.
    """
    text, entities = to_message(ready.rich)

    async def edit() -> object:
        return await message.get_bot().edit_message_text(
            text,
            chat_id=message.chat_id,
            message_id=message.message_id,
            entities=entities,
            reply_markup=ready.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=not ready.link_previews),
        )

    try:
        await insist(edit)
    except BadRequest as error:
        refused = error.message.lower()
        if NOT_MODIFIED in refused:
            return True
        if any(reason in refused for reason in GONE):
            logger.info("an answer could not be edited", error=error.message)
            return False
        raise
    return True


async def insist(call: Callable[[], Awaitable[T]]) -> T:
    """Do a call, and again where the connection breaks.

    In the rare case that only Telegram's word of success was lost, a reply stands there twice, which is better
    than not at all.
    """
    for wait in WAITS:
        try:
            return await call()
        except NetworkError as error:
            # `Transport` raises TimedOut only for what was sent, and so has most likely arrived.
            if isinstance(error, BadRequest | TimedOut):
                raise
            await asyncio.sleep(wait)
    return await call()
