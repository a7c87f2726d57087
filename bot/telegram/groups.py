"""Groups and supergroups: commands, mentions and replies to an answer are questions; all else is left alone."""

import asyncio
from collections.abc import Collection

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.pages import help_page
from bot.telegram.admins import Admins
from bot.telegram.asked import (
    ASK,
    HELP,
    START,
    Me,
    asked_by,
    command_in,
    drafted_question,
    is_by,
    is_by_bot,
    is_of,
    mentions,
    question_in,
    says_something,
)
from bot.telegram.chat_settings import SETTINGS, ChatSettings
from bot.telegram.desk import Desk
from bot.telegram.identity import me_of, message_of
from bot.telegram.manner import Manner
from bot.telegram.tolerated import tolerated
from bot.telegram.types import Context, Handlers

FRESH_GROUP = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS


class Groups:
    """Answers in groups, quietly.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
        admins: does what only the bot's admins may ask for.
    """

    def __init__(self, desk: Desk, settings: ChatSettings, admins: Admins) -> None:
        self._desk = desk
        self._settings = settings
        self._admins = admins

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [
            MessageHandler(FRESH_GROUP & filters.StatusUpdate.MIGRATE, self.moved),
            MessageHandler(FRESH_GROUP & ~filters.StatusUpdate.ALL, self.message),
        ]

    async def message(self, update: Update, context: Context) -> None:
        """A message of any kind."""
        message, me = message_of(update), me_of(context.bot)
        if not self._concerns(message, me) or self._desk.is_old(message):
            return
        how = await self._desk.manner(message.chat, message.from_user)
        command = command_in(message)
        if command is None and not how.mentions:
            return
        if command is None or command.name == ASK:
            asked = asked_by(message, me)
            if asked is None:
                await self._desk.usage(message, how)
            else:
                await self._desk.answer(message, asked, how, me)
        elif command.name == SETTINGS:
            await self._settings.show(message, how)
        elif self._admins.has(command):
            await self._admins.asked(message, command, how)
        else:
            await self._help(message, how)

    def _concerns(self, message: Message, me: Me) -> bool:
        command = command_in(message)
        named = command is not None and bool(command.target)
        return concerns(message, me, self._admins.commands if named else ())

    async def moved(self, update: Update, _: Context) -> None:
        """A group has become a supergroup: its settings go with it."""
        message = message_of(update)
        new = message.migrate_to_chat_id
        if new is None:
            return
        with tolerated("the settings of a group could not be moved"):
            await self._desk.services.state.move_chat(message.chat_id, new)

    async def _help(self, message: Message, how: Manner) -> None:
        if not await self._desk.admit(message, how):
            return
        page = await asyncio.to_thread(help_page, self._desk.services.archive, how.say)
        await self._desk.tell(message, page, how)


def concerns(message: Message, me: Me, more: Collection[str] = ()) -> bool:
    """Whether a message in a group is meant for the bot, as far as the message alone tells.

    Args:
        message: any.
        me: the bot.
        more: commands that it does here, besides those for all.
    """
    # A channel's post comes into its discussion group by itself, and is answered in the channel.
    if message.is_automatic_forward or is_of(message, me) or is_by_bot(message):
        return False
    command = command_in(message)
    if command is not None:
        named = bool(command.target)
        known = {ASK, SETTINGS, START, HELP, *more} if named else {ASK, SETTINGS}
        return command.is_for(me) and command.name in known
    replied = message.reply_to_message
    if mentions(message, me):
        return True
    # A sticker, or a mere "!", in reply to an answer asks nothing.
    answered = is_by(replied, me) and bool(drafted_question(replied, me))
    return answered and says_something(question_in(message, me))
