"""Guest mode: mentioned in a chat where the bot is no member, it answers there, with one message."""

import asyncio
from dataclasses import replace

from telegram import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.ext import MessageHandler, filters

from bot.pages import ask_usage_page
from bot.telegram.asked import ASK, asked_in, command_in, question_in, question_of_reply
from bot.telegram.desk import Desk
from bot.telegram.identity import me_of, message_of
from bot.telegram.manner import Buttons
from bot.telegram.message import to_message
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
        if foreign or self._desk.is_old(message):
            return
        how = await self._desk.manner(message.chat, message.from_user)
        how = replace(how, buttons=Buttons.LINKS)
        user = message.from_user
        quota = self._desk.services.quota
        if not quota.admit(None if user is None else user.id, message.chat_id).admitted:
            return
        question = question_in(message, me)
        asked = asked_in(message, question, me) if question else question_of_reply(message, me)
        if asked is None:
            page = await asyncio.to_thread(ask_usage_page, self._desk.services.archive, how.say)
            ready = Ready(page)
        else:
            _, ready = await self._desk.compose(asked, how, me)
        await insist(lambda: message.answer_guest_query(_result(ready, me.username)))


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
