"""Edited questions: the answer is edited, not repeated."""

from telegram import Chat, Message, Update
from telegram.ext import MessageHandler, filters

from bot.telegram import channels, groups
from bot.telegram.asked import (
    ASK,
    START,
    Asked,
    Me,
    asked_in,
    command_in,
    is_by_bot,
    is_of,
    question_in,
    says_something,
)
from bot.telegram.desk import Desk
from bot.telegram.identity import me_of, message_of
from bot.telegram.manner import GROUPS, Manner
from bot.telegram.tolerated import tolerated
from bot.telegram.types import Context, Handlers

EDITED = filters.UpdateType.EDITED_MESSAGE | filters.UpdateType.EDITED_CHANNEL_POST


class Edits:
    """Follows questions that are changed after they were asked.

    Args:
        desk: answers questions.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [MessageHandler(EDITED, self.edited)]

    async def edited(self, update: Update, context: Context) -> None:
        """A message or post has another text now; one that asks nothing, or the same, changes nothing."""
        message, me = message_of(update), me_of(context.bot)
        if is_of(message, me) or is_by_bot(message) or self._desk.is_old(message):
            return
        # Most edits in a group are of no concern to the bot, and cost no look into the state.
        asked = _asked(message, me)
        if asked is None:
            return
        answered = None
        with tolerated("the answer to a message could not be looked up") as trouble:
            state = self._desk.services.state
            answered = await state.answered(message.chat_id, message.message_id)
        if trouble:
            # It may have been answered: better no word than a second one.
            return
        how = await self._desk.manner(message.chat, message.from_user)
        if answered is None:
            await self._first(message, asked, how, me)
        elif not answered.same(asked.question):
            sent = Message(answered.answer_id, message.date, message.chat)
            sent.set_bot(context.bot)
            await self._desk.answer_anew(message, sent, asked, how, me)

    async def _first(self, message: Message, asked: Asked, how: Manner, me: Me) -> None:
        """A message that was just written, and has become a question by its edit."""
        unwanted = command_in(message) is None and not how.mentions
        elsewhere = message.chat.type == Chat.CHANNEL and not channels.concerns(message, me)
        if elsewhere or self._desk.was_written_long_ago(message):
            return
        if message.chat.type == Chat.PRIVATE or not unwanted:
            await self._desk.answer(message, asked, how, me)


def _asked(message: Message, me: Me) -> Asked | None:
    """What an edited message asks now, or None.

    Of a channel's posts any may: the bot itself may have taken the /ask out of one that it answered.
    """
    command = command_in(message)
    if command is not None and (command.name not in {ASK, START} or not command.is_for(me)):
        return None
    if message.chat.type in GROUPS and not groups.concerns(message, me):
        return None
    question = question_in(message, me)
    return asked_in(message, question, me) if says_something(question) else None
