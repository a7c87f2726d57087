"""Channels: a post that begins with /ask is answered under it, without a sound."""

from collections.abc import Awaitable
from dataclasses import replace

import structlog
from telegram import Message, Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import MessageHandler, filters

from bot.telegram.asked import ASK, Me, asked_in, command_in, mentions, question_in
from bot.telegram.chat_settings import SETTINGS, ChatSettings
from bot.telegram.desk import Desk, with_question
from bot.telegram.identity import me_of, message_of
from bot.telegram.manner import Buttons, Manner
from bot.telegram.types import Context, Handlers

logger = structlog.get_logger("dateline.channels")


class Channels:
    """Answers in channels.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
    """

    def __init__(self, desk: Desk, settings: ChatSettings) -> None:
        self._desk = desk
        self._settings = settings

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [MessageHandler(filters.UpdateType.CHANNEL_POST, self.post)]

    async def post(self, update: Update, context: Context) -> None:
        """A post of any kind."""
        message, me = message_of(update), me_of(context.bot)
        if not concerns(message, me) or self._desk.is_old(message):
            return
        how = await self._desk.manner(message.chat, None)
        command = command_in(message)
        if command is None and not how.mentions:
            return
        if command is not None and command.name == SETTINGS:
            await self._settings.show(message, how)
            return
        question = question_in(message, me)
        if not question:
            await self._desk.usage(message, how)
            return
        await self._tidy_and_answer(message, question, how, me)

    async def _tidy_and_answer(self, message: Message, question: str, how: Manner, me: Me) -> None:
        wanted = self._desk.services.config.channels.asking_post
        asked = asked_in(message, question, me)
        if wanted == "delete":
            alone = replace(with_question(how), buttons=Buttons.ALONE)
            if await self._desk.answer(message, asked, alone, me) is not None:
                await _tidy(message.delete())
            return
        if wanted == "edit" and message.text:
            await _tidy(message.edit_text(question))
        await self._desk.answer(message, asked, how, me)


async def _tidy(change: Awaitable[object]) -> None:
    """Change a post; without the right to it, the post stays as it is."""
    try:
        await change
    except (BadRequest, Forbidden) as error:
        logger.warning("a post could not be tidied up", error=error.message)


def concerns(message: Message, me: Me) -> bool:
    """Whether a post is meant for the bot, as far as the post alone tells."""
    command = command_in(message)
    if command is not None:
        return command.is_for(me) and command.name in {ASK, SETTINGS}
    return mentions(message, me)
