"""Edited questions: the answer is edited, not repeated."""

from telegram import Chat, Message, Update
from telegram.ext import MessageHandler, filters

from bot.state import Answered
from bot.telegram import channels, groups
from bot.telegram.asked import ASK, START, Asked, Me, asked_in, command_in, question_in
from bot.telegram.desk import Desk
from bot.telegram.identity import me_of, message_of, sent_by_me
from bot.telegram.manner import GROUPS
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
        if sent_by_me(message, me) or self._desk.is_old(message):
            return
        answered = await self._answered(message)
        asked = _asked(message, me, was_asked=answered is not None)
        if asked is None or (answered is not None and answered.same(asked.question)):
            return
        how = await self._desk.manner(message.chat, message.from_user)
        unwanted = command_in(message) is None and not how.mentions
        if unwanted and answered is None and message.chat.type != Chat.PRIVATE:
            return
        if answered is not None:
            sent = Message(answered.answer_id, message.date, message.chat)
            sent.set_bot(context.bot)
            await self._desk.answer_anew(message, sent, asked, how, me)
        else:
            await self._desk.answer(message, asked, how, me)

    async def _answered(self, message: Message) -> Answered | None:
        with tolerated("the answer to a message could not be looked up"):
            return await self._desk.services.state.answered(message.chat_id, message.message_id)
        return None


def _asked(message: Message, me: Me, *, was_asked: bool) -> Asked | None:
    """What an edited message asks now, or None."""
    command = command_in(message)
    if command is not None and (command.name not in {ASK, START} or not command.is_for(me)):
        return None
    kind = message.chat.type
    if kind in GROUPS and not groups.concerns(message, me):
        return None
    # The bot itself may have taken the /ask out of a post that it answered.
    if kind == Chat.CHANNEL and not was_asked and not channels.concerns(message, me):
        return None
    question = question_in(message, me)
    return asked_in(message, question, me) if question else None
