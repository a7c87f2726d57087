"""Channels: a post that begins with /ask is answered under it, without a sound."""

from dataclasses import replace

import structlog
from telegram import Message, MessageEntity, Update
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.richtext import utf16_length
from bot.telegram.admins import Admins
from bot.telegram.asked import ASK, Me, asked_by, command_in, mentions, text_of
from bot.telegram.chat_settings import SETTINGS, ChatSettings
from bot.telegram.desk import Desk, with_question
from bot.telegram.identity import me_of, message_of
from bot.telegram.manner import Buttons
from bot.telegram.types import Context, Handlers

logger = structlog.get_logger("dateline.channels")


class Channels:
    """Answers in channels.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
        admins: refuses what a channel may not ask for.
    """

    def __init__(self, desk: Desk, settings: ChatSettings, admins: Admins) -> None:
        self._desk = desk
        self._settings = settings
        self._admins = admins

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [MessageHandler(filters.UpdateType.CHANNEL_POST, self.post)]

    async def post(self, update: Update, context: Context) -> None:
        """A post of any kind."""
        message, me = message_of(update), me_of(context.bot)
        command = command_in(message)
        if command is not None and self._admins.has(command) and command.is_for(me):
            await self._admins.refuse_post(message, command)
        if not concerns(message, me) or self._desk.is_old(message):
            return
        how = await self._desk.manner(message.chat, None)
        if command is None and not how.mentions:
            return
        if command is not None and command.name == SETTINGS:
            await self._settings.show(message, how)
            return
        asked = asked_by(message, me)
        if asked is None:
            await self._desk.usage(message, how)
            return
        tidy = self._desk.services.config.channels.asking_post
        if tidy == "delete":
            how = replace(with_question(how), buttons=Buttons.ALONE)
        if await self._desk.answer(message, asked, how, me) is not None:
            await _tidy(message, tidy)


async def _tidy(message: Message, how: str) -> None:
    """Take the command out of a post, or the post away; without the right to it, the post stays as it is."""
    try:
        if how == "delete":
            await message.delete()
        elif how == "edit":
            await _without_command(message)
    except TelegramError as error:
        logger.warning("a post could not be tidied up", error=error.message)


async def _without_command(message: Message) -> None:
    command, text = command_in(message), text_of(message)
    if command is None or not command.rest:
        return
    cut = utf16_length(text[: text.index(command.rest, command.end)])
    marks = [mark for mark in message.entities or message.caption_entities if mark.offset >= cut]
    moved = MessageEntity.shift_entities(-cut, marks)
    if message.text:
        previews = message.link_preview_options
        await message.edit_text(command.rest, entities=moved, link_preview_options=previews)
    else:
        await message.edit_caption(command.rest, caption_entities=moved)


def concerns(message: Message, me: Me) -> bool:
    """Whether a post is meant for the bot, as far as the post alone tells."""
    command = command_in(message)
    if command is not None:
        return command.is_for(me) and command.name in {ASK, SETTINGS}
    return mentions(message, me)
