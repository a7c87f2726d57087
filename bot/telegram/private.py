"""Private chats: any text is a question, and a few commands."""

import asyncio

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import texts
from bot.links import ReadLink, read_start
from bot.pages import help_page
from bot.telegram.asked import ASK, START, asked_in, command_in, question_in, text_of
from bot.telegram.chat_settings import SETTINGS, ChatSettings
from bot.telegram.desk import Desk, with_question
from bot.telegram.identity import me_of, message_of, sent_by_me
from bot.telegram.manner import Manner
from bot.telegram.misses import MISSES, Misses
from bot.telegram.reading import send_page
from bot.telegram.types import Context, Handlers

HELP = "help"

FRESH_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
"""New messages only: without it, PTB's handlers also fire on edits, channel posts and guest messages."""


class PrivateChat:
    """Answers one person.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
        misses: the list of /misses.
    """

    def __init__(self, desk: Desk, settings: ChatSettings, misses: Misses) -> None:
        self._desk = desk
        self._settings = settings
        self._misses = misses
        self._away: set[int] = set()

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [MessageHandler(FRESH_PRIVATE & ~filters.StatusUpdate.ALL, self.message)]

    async def message(self, update: Update, context: Context) -> None:
        """A message of any kind."""
        message, me = message_of(update), me_of(context.bot)
        if sent_by_me(message, me):
            return
        how = await self._desk.manner(message.chat, message.from_user)
        if self._desk.is_old(message):
            await self._was_away(message, how)
            return
        self._away.discard(message.chat_id)
        command = command_in(message)
        if command is not None and not command.is_for(me):
            await self._desk.tell(message, texts.UNKNOWN_COMMAND, how)
        elif not text_of(message):
            await self._desk.tell(message, texts.NOT_TEXT, how)
        elif command is None or command.name == ASK:
            await self._question(message, context, how)
        elif command.name in {START, HELP}:
            await self._start(message, context, how, command.rest)
        elif command.name == SETTINGS:
            await self._settings.show(message, how)
        elif command.name == MISSES and self._misses.may_see(message.from_user):
            await self._misses.show(message, how)
        else:
            await self._desk.tell(message, texts.UNKNOWN_COMMAND, how)

    async def _question(self, message: Message, context: Context, how: Manner) -> None:
        me = me_of(context.bot)
        question = question_in(message, me)
        if question or command_in(message) is None:
            await self._desk.answer(message, asked_in(message, question, me), how, me)
        else:
            await self._desk.usage(message, how)

    async def _start(self, message: Message, context: Context, how: Manner, payload: str) -> None:
        """`/start` from a link may carry a question, or an article to read."""
        wanted = read_start(payload)
        if isinstance(wanted, ReadLink):
            await send_page(self._desk.services, message, wanted, how)
        elif wanted:
            me = me_of(context.bot)
            asked = asked_in(message, wanted, me)
            await self._desk.answer(message, asked, with_question(how), me)
        else:
            page = await asyncio.to_thread(help_page, self._desk.services.archive, how.say)
            await self._desk.tell(message, page, how)

    async def _was_away(self, message: Message, how: Manner) -> None:
        """One note, however many messages waited."""
        if message.chat_id not in self._away:
            self._away.add(message.chat_id)
            await self._desk.tell(message, texts.MISSED_WHILE_AWAY, how)
