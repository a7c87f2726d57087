"""Guest mode: mentioned in a chat where the bot is no member, it answers there, with one message."""

import asyncio
from dataclasses import replace

from telegram import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.ext import MessageHandler, filters

from bot.pages import ask_usage_page
from bot.render import Layout
from bot.state import ChatOptions
from bot.telegram.asked import ASK, Me, asked_by, command_in, is_by_bot
from bot.telegram.desk import Desk, too_many
from bot.telegram.identity import asker_of, me_of, message_of
from bot.telegram.manner import Buttons, Manner, manner
from bot.telegram.message import to_message
from bot.telegram.notices import in_time
from bot.telegram.replies import Ready, insist
from bot.telegram.types import Context, Handlers

ANSWER_ID = "answer"


class Guests:
    """Answers as a guest.

    Args:
        desk: answers questions.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [MessageHandler(filters.UpdateType.GUEST_MESSAGE, self.called)]

    async def called(self, update: Update, context: Context) -> None:
        """A message that mentions the bot."""
        message, me = message_of(update), me_of(context.bot)
        command = command_in(message)
        foreign = command is not None and not (command.is_for(me) and command.name == ASK)
        if foreign or is_by_bot(message) or self._desk.is_old(message):
            return
        how = await self._manner(message)
        verdict = self._desk.services.quota.admit(asker_of(message), message.chat_id)
        if verdict.admitted:
            ready = await self._ready(message, how, me)
        elif verdict.first:
            ready = Ready(too_many(verdict, how))
        else:
            return
        sending = insist(lambda: message.answer_guest_query(_result(ready, me.username)))
        await self._desk.deliver(in_time(sending))

    async def _manner(self, message: Message) -> Manner:
        """As in a group, even in a private chat of others; by the settings of the one who calls."""
        user = message.from_user
        options = ChatOptions() if user is None else await self._desk.options(user.id)
        how = manner(None, user, options, self._desk.services.config)
        return replace(how, buttons=Buttons.LINKS, layout=Layout(folded=True), private=False)

    async def _ready(self, message: Message, how: Manner, me: Me) -> Ready:
        asked = asked_by(message, me)
        if asked is None:
            archive = self._desk.services.archive
            return Ready(await asyncio.to_thread(ask_usage_page, archive, how.say))
        answer, ready = await self._desk.compose(asked, how, me)
        await self._desk.note_miss(answer)
        return ready


def _result(ready: Ready, title: str) -> InlineQueryResultArticle:
    text, entities = to_message(ready.rich)
    return InlineQueryResultArticle(
        id=ANSWER_ID,
        title=title,
        input_message_content=InputTextMessageContent(
            text,
            entities=entities,
            link_preview_options=LinkPreviewOptions(is_disabled=not ready.link_previews),
        ),
        reply_markup=ready.keyboard,
    )
