"""Pressed buttons: more of an answer, another order, an article to read, a vote, a setting."""

import asyncio

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.ext import CallbackQueryHandler

from bot import texts
from bot.links import ReadLink
from bot.state import Vote
from bot.telegram.asked import Asked, Me, drafted_question, earlier_in, question_in
from bot.telegram.buttons import GENERATION_LENGTH, NOTHING, Read, Setting, Turn, Voted, read_press
from bot.telegram.chat_settings import ChatSettings
from bot.telegram.desk import Desk, Page
from bot.telegram.identity import me_of
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.reading import send_page, turn_page
from bot.telegram.replies import replace
from bot.telegram.tolerated import tolerated
from bot.telegram.types import Context, Handlers


class Presses:
    """Does what pressed buttons ask for. Nothing is remembered: all is read from the message and the button.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
    """

    def __init__(self, desk: Desk, settings: ChatSettings) -> None:
        self._desk = desk
        self._settings = settings

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [CallbackQueryHandler(self.pressed)]

    async def pressed(self, update: Update, context: Context) -> None:
        """A button, ours or forged."""
        query, me = update.callback_query, me_of(context.bot)
        if query is None:
            return
        message = query.message
        if query.data == NOTHING or message is None:
            await notice(query)
            return
        how = await self._desk.manner(message.chat, query.from_user)
        wanted = read_press(query.data or "")
        if wanted is None:
            await notice(query, how.say(texts.BUTTON_UNKNOWN))
        elif isinstance(wanted, Voted):
            await self._vote(query, message, wanted, how, me)
        elif not isinstance(message, Message) or not message.is_accessible:
            # python-telegram-bot makes a Message of one that can no longer be looked at, too.
            await notice(query, how.say(texts.ANSWER_TOO_OLD))
        elif isinstance(wanted, Turn):
            await self._turn(query, message, wanted, how, me)
        elif isinstance(wanted, Read):
            await self._read(query, message, wanted, how)
        elif isinstance(wanted, Setting):
            await self._settings.change(query, message, wanted, how)

    async def _turn(
        self, query: CallbackQuery, message: Message, wanted: Turn, how: Manner, me: Me
    ) -> None:
        asked = _asked(message, me)
        if asked is None:
            await notice(query, how.say(texts.QUESTION_GONE), alert=True)
            return
        if not self._desk.services.quota.admit(query.from_user.id, None).admitted:
            await notice(query, how.say(texts.TOO_MANY_PRESSES), alert=True)
            return
        generation = self._desk.services.archive.generation[:GENERATION_LENGTH]
        changed = wanted.generation != generation
        page = Page(0 if changed else wanted.skip, wanted.order)
        answer, ready = await self._desk.compose(asked, how, me, page)
        if page.skip and not answer.excerpts:
            await notice(query, how.say(texts.NO_MORE))
            return
        await notice(query, how.say(texts.ARTICLES_CHANGED) if changed else None)
        await replace(message, ready)

    async def _read(
        self, query: CallbackQuery, message: Message, wanted: Read, how: Manner
    ) -> None:
        link = ReadLink(wanted.key, wanted.excerpt)
        archive = self._desk.services.archive
        if not how.private or await asyncio.to_thread(archive.article, wanted.key) is None:
            await notice(
                query, how.say(texts.ARTICLE_GONE if how.private else texts.BUTTON_UNKNOWN)
            )
            return
        await notice(query)
        if wanted.turn:
            await turn_page(self._desk.services, message, wanted, how)
        else:
            await send_page(self._desk.services, message, link, how)

    async def _vote(
        self,
        query: CallbackQuery,
        message: MaybeInaccessibleMessage,
        wanted: Voted,
        how: Manner,
        me: Me,
    ) -> None:
        asked = _asked(message, me) if isinstance(message, Message) else None
        keep = self._desk.services.config.state.keep_questions
        counted = False
        with tolerated("a vote could not be counted") as trouble:
            counted = await self._desk.services.state.vote(
                message.chat.id,
                message.message_id,
                query.from_user.id,
                Vote.UP if wanted.helpful else Vote.DOWN,
                question=_whole(asked) if asked is not None and keep else None,
                outcome="",
            )
        if trouble:
            await notice(query, how.say(texts.FAILED), alert=True)
            return
        await notice(query, how.say(texts.THANKS if counted else texts.COUNTED_ALREADY))


def _asked(message: Message, me: Me) -> Asked | None:
    """The question that an answer is given to: it stands in the message that the answer replies to."""
    holder = message.reply_to_message
    if holder is None or holder.forum_topic_created is not None:
        return None
    question = question_in(holder, me)
    if not question:
        return None
    return Asked(question, holder, earlier_in(drafted_question(message, me) or "", question))


def _whole(asked: Asked) -> str:
    return f"{asked.earlier} {asked.question}".strip()
