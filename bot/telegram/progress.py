"""A message that says how far the reading of the articles is, at a humane pace, and in the end what came of it."""

import asyncio
import time
from contextlib import suppress

import structlog
from telegram import InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from bot import texts
from bot.language import Texts
from bot.richtext import RichText, plain
from bot.telegram.replies import Ready, replace

logger = structlog.get_logger("dateline.telegram")

EVERY = 5.0
"""Seconds between two edits of the message that says how far it is."""


class Progress:
    """Edits a message of the bot.

    Args:
        message: the one to edit.
        say: in which language.
    """

    def __init__(self, message: Message, say: Texts) -> None:
        self._message = message
        self._say = say
        self._edited = time.monotonic()
        self._editing: asyncio.Task[bool] | None = None

    def on(self, articles: int) -> None:
        """So many articles are read."""
        idle = self._editing is None or self._editing.done()
        if idle and time.monotonic() - self._edited >= EVERY:
            self._edited = time.monotonic()
            text = plain(self._say.plural(texts.RELOADING_AT, articles))
            self._editing = asyncio.ensure_future(replace(self._message, Ready(text)))

    async def fail(self) -> None:
        """Say that it failed for a reason that nobody foresaw.

        Raises:
            telegram.error.TelegramError: it could not be said.
        """
        await self.end(plain(self._say(texts.FAILED)))

    async def end(self, text: RichText, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Say what came of it; an edit under way is waited for, so that it can't come behind.

        Raises:
            telegram.error.TelegramError: it could not be said.
        """
        if self._editing is not None:
            with suppress(TelegramError):
                await self._editing
        await replace(self._message, Ready(text, keyboard))
