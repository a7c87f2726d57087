"""Pressed buttons: more of an answer, another order, an article to read, a vote, a setting."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.ext import CallbackQueryHandler

from bot import texts
from bot.state import Vote
from bot.telegram.admins import Admins
from bot.telegram.asked import START, Me, asked_for, command_in, drafted_question
from bot.telegram.buttons import (
    GENERATION_LENGTH,
    NOTHING,
    AdminPress,
    Forgetting,
    Read,
    Setting,
    Turn,
    Voted,
    read_press,
)
from bot.telegram.chat_settings import ChatSettings
from bot.telegram.desk import Desk, Page, with_question
from bot.telegram.forget import Forget
from bot.telegram.identity import me_of
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.reading import page_of
from bot.telegram.replies import replace, reply
from bot.telegram.tolerated import tolerated
from bot.telegram.types import Context, Handlers


class Presses:
    """Does what pressed buttons ask for. Nothing is remembered: all is read from the message and the button.

    Args:
        desk: answers questions.
        settings: the menu of /settings.
        forget: removes what is kept about somebody.
        admins: does what only the bot's admins may press.
    """

    def __init__(self, desk: Desk, settings: ChatSettings, forget: Forget, admins: Admins) -> None:
        self._desk = desk
        self._settings = settings
        self._forget = forget
        self._admins = admins

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
        else:
            await self._pressed(query, message, wanted, how)

    async def _pressed(
        self,
        query: CallbackQuery,
        message: Message,
        wanted: Read | Setting | Forgetting | AdminPress,
        how: Manner,
    ) -> None:
        if isinstance(wanted, AdminPress):
            await self._admins.pressed(query, message, wanted, how)
        elif isinstance(wanted, Read):
            await self._read(query, message, wanted, how)
        elif isinstance(wanted, Setting):
            await self._settings.change(query, message, wanted, how)
        else:
            await self._forget.confirmed(query, message, how)

    async def _turn(
        self, query: CallbackQuery, message: Message, wanted: Turn, how: Manner, me: Me
    ) -> None:
        asked = asked_for(message, me)
        if asked is None:
            await notice(query, how.say(texts.QUESTION_GONE), alert=True)
        elif not self._admits(query):
            await notice(query, how.say(texts.TOO_MANY_PRESSES), alert=True)
        else:
            generation = self._desk.services.archive.generation[:GENERATION_LENGTH]
            changed = wanted.generation != generation
            await notice(query, how.say(texts.ARTICLES_CHANGED) if changed else None)
            page = Page(0 if changed else wanted.skip, wanted.order)
            shown = await self._manner_of_answer(asked.holder, how)
            rewritings = self._desk.rewritings(message)
            answer, ready = await self._desk.compose(asked, shown, me, page)
            overtaken = self._desk.rewritings(message) != rewritings
            if not overtaken and (answer.excerpts or not page.skip):
                await self._desk.deliver(replace(message, ready))

    async def _manner_of_answer(self, holder: Message, how: Manner) -> Manner:
        """An answer that others read too stays in the language it was given in, whoever turns its pages."""
        if not how.private:
            return await self._desk.manner(holder.chat, holder.from_user)
        command = command_in(holder)
        return with_question(how) if command is not None and command.name == START else how

    async def _read(
        self, query: CallbackQuery, message: Message, wanted: Read, how: Manner
    ) -> None:
        if not how.private:
            await notice(query, how.say(texts.BUTTON_UNKNOWN))
            return
        if not self._admits(query):
            await notice(query, how.say(texts.TOO_MANY_PRESSES), alert=True)
            return
        page = await page_of(self._desk.services.archive, wanted, how)
        await notice(query, how.say(texts.ARTICLE_GONE) if page is None else None)
        if page is not None and wanted.turn:
            await replace(message, page)
        elif page is not None:
            await reply(message, page)

    async def _vote(
        self,
        query: CallbackQuery,
        message: MaybeInaccessibleMessage,
        wanted: Voted,
        how: Manner,
        me: Me,
    ) -> None:
        question = drafted_question(message, me) if isinstance(message, Message) else ""
        keep = self._desk.services.config.state.keep_questions
        counted = False
        with tolerated("a vote could not be counted") as trouble:
            counted = await self._desk.services.state.vote(
                message.chat.id,
                message.message_id,
                query.from_user.id,
                Vote.UP if wanted.helpful else Vote.DOWN,
                question=question if question and keep else None,
            )
        if trouble:
            await notice(query, how.say(texts.FAILED), alert=True)
            return
        await notice(query, how.say(texts.THANKS if counted else texts.COUNTED_ALREADY))

    def _admits(self, query: CallbackQuery) -> bool:
        return self._desk.services.quota.admit(query.from_user.id, None).admitted
