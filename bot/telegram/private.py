"""Private chats: any text is a question, and a few commands."""

import asyncio

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import texts
from bot.links import ReadLink, read_start
from bot.pages import help_page, privacy_page
from bot.richtext import plain
from bot.telegram.admins import Admins
from bot.telegram.asked import (
    ASK,
    HELP,
    START,
    Command,
    asked_by,
    asked_in,
    command_in,
    is_by_bot,
    is_of,
    question_in,
    text_of,
)
from bot.telegram.buttons import Read
from bot.telegram.chat_settings import SETTINGS, ChatSettings
from bot.telegram.desk import Desk, with_question
from bot.telegram.forget import FORGET, Forget
from bot.telegram.identity import me_of, message_of
from bot.telegram.manner import Manner
from bot.telegram.reading import page_of
from bot.telegram.replies import reply
from bot.telegram.types import Context, Handlers

PRIVACY = "privacy"
WHOAMI = "whoami"

FRESH_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
"""New messages only: without it, PTB's handlers also fire on edits, channel posts and guest messages."""


class PrivateChat:
    """Answers one person.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
        forget: removes what is kept about somebody.
        admins: does what only the bot's admins may ask for.
    """

    def __init__(self, desk: Desk, settings: ChatSettings, forget: Forget, admins: Admins) -> None:
        self._desk = desk
        self._settings = settings
        self._forget = forget
        self._admins = admins
        self._away: set[int] = set()

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [MessageHandler(FRESH_PRIVATE & ~filters.StatusUpdate.ALL, self.message)]

    async def message(self, update: Update, context: Context) -> None:
        """A message of any kind."""
        message, me = message_of(update), me_of(context.bot)
        if is_of(message, me) or is_by_bot(message):
            return
        how = await self._desk.manner(message.chat, message.from_user)
        if self._desk.is_old(message):
            await self._was_away(message, how)
            return
        self._away.discard(message.chat_id)
        command = command_in(message)
        if not text_of(message):
            await self._no_text(message, how)
        elif command is None or (command.name == ASK and command.is_for(me)):
            await self._question(message, context, how)
        elif command.is_for(me):
            await self._command(message, context, how, command)
        else:
            await self._desk.tell(message, texts.UNKNOWN_COMMAND, how)

    async def _command(
        self, message: Message, context: Context, how: Manner, command: Command
    ) -> None:
        if command.name in {START, HELP}:
            await self._start(message, context, how, command.rest)
        elif command.name == SETTINGS:
            await self._settings.show(message, how)
        elif command.name == WHOAMI:
            await self._whoami(message, how)
        elif command.name == PRIVACY:
            page = privacy_page(self._desk.services.config.state, how.say)
            await self._desk.tell(message, page, how)
        elif command.name == FORGET:
            await self._forget.show(message, how)
        elif self._admins.has(command):
            await self._admins.asked(message, command, how)
        else:
            await self._desk.tell(message, texts.UNKNOWN_COMMAND, how)

    async def _no_text(self, message: Message, how: Manner) -> None:
        # Of an album, one picture has the caption.
        if not await self._admins.uncaptioned(message, how) and message.media_group_id is None:
            await self._desk.tell(message, texts.NOT_TEXT, how)

    async def _whoami(self, message: Message, how: Manner) -> None:
        user = message.from_user
        number = message.chat_id if user is None else user.id
        await self._desk.tell(message, plain(how.say(texts.WHOAMI, id=number)), how)

    async def _question(self, message: Message, context: Context, how: Manner) -> None:
        me = me_of(context.bot)
        asked = (
            asked_in(message, question_in(message, me), me)
            if command_in(message) is None
            else asked_by(message, me)
        )
        if asked is None:
            await self._desk.usage(message, how)
        else:
            await self._desk.answer(message, asked, how, me)

    async def _start(self, message: Message, context: Context, how: Manner, payload: str) -> None:
        """`/start` from a link may carry a question, or an article to read."""
        wanted = read_start(payload)
        if isinstance(wanted, ReadLink):
            if await self._desk.admit(message, how):
                await self._read(message, wanted, how)
        elif wanted:
            me = me_of(context.bot)
            asked = asked_in(message, wanted, me)
            await self._desk.answer(message, asked, with_question(how), me)
        else:
            page = await asyncio.to_thread(help_page, self._desk.services.archive, how.say)
            await self._desk.tell(message, page, how)

    async def _read(self, message: Message, link: ReadLink, how: Manner) -> None:
        page = await page_of(self._desk.services.archive, Read(link.key, link.excerpt), how)
        if page is None:
            await self._desk.tell(message, texts.ARTICLE_GONE, how)
        else:
            await reply(message, page)

    async def _was_away(self, message: Message, how: Manner) -> None:
        """One note, however many messages waited."""
        if message.chat_id not in self._away:
            self._away.add(message.chat_id)
            await self._desk.tell(message, texts.MISSED_WHILE_AWAY, how)
