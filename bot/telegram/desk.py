"""Takes a question where it was asked, has it answered, and puts the answer there; the one way for all chats."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog
from telegram import Chat, Message, User

from bot import texts
from bot.metrics import Stage
from bot.pages import ask_usage_page
from bot.quota import Verdict
from bot.render import Layout, render
from bot.richtext import RichText, Style, Writer, plain
from bot.services import Services
from bot.state import ChatOptions
from bot.telegram.asked import Asked, Me
from bot.telegram.identity import asker_of
from bot.telegram.keyboards import answer_keyboard
from bot.telegram.lanes import received, seconds_since_received
from bot.telegram.manner import Buttons, Manner, manner
from bot.telegram.replies import Ready, reply
from bot.telegram.replies import replace as replace_message
from bot.telegram.tolerated import tolerated
from retrieval.types import Answer, Emptiness, Order, Outcome

logger = structlog.get_logger("dateline.telegram")


T = TypeVar("T")

REWRITTEN_KEPT = 1_000
"""Answers to edited questions that are remembered, for presses under way at the same time."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of an answer is wanted, in which order.

    Args:
        skip: excerpts before it.
        order: what they are sorted by; None as the question asks for.
    """

    skip: int = 0
    order: Order | None = None


FIRST = Page()


class Desk:
    """Answers questions; every kind of chat hands them to it.

    Args:
        services: the archive, the settings and the state.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self._rewritten: OrderedDict[tuple[int, int], int] = OrderedDict()

    async def options(self, chat_id: int) -> ChatOptions:
        """What a chat's admins chose; where that can't be told, what the configuration says."""
        with tolerated("the settings of a chat could not be read"):
            return await self.services.state.options(chat_id)
        return ChatOptions()

    async def manner(self, chat: Chat, user: User | None) -> Manner:
        """How to speak to somebody in a chat."""
        return manner(chat, user, await self.options(chat.id), self.services.config)

    def is_admin(self, user: User | None) -> bool:
        """Whether somebody is an admin of the bot, by the settings alone."""
        return user is not None and self.services.config.access.is_admin(user.id)

    def is_old(self, message: Message) -> bool:
        """Whether a message, or the edit of one, waited at Telegram longer than it should be answered."""
        return self._is_past(message.edit_date or message.date)

    def was_written_long_ago(self, message: Message) -> bool:
        """Whether a message is older than that, whenever it was edited."""
        return self._is_past(message.date)

    def _is_past(self, moment: datetime) -> bool:
        oldest = timedelta(minutes=self.services.config.telegram.oldest_minutes)
        return received() - moment > oldest

    async def answer(self, message: Message, asked: Asked, how: Manner, me: Me) -> Answer | None:
        """Answer a question under the message that holds it.

        Args:
            message: the one that asks.
            asked: what.
            how: to speak.
            me: the bot.

        Returns:
            The answer, or None where the quota is used up.
        """
        if not await self.admit(message, how):
            return None
        answer, ready = await self.compose(asked, how, me)
        sent = await self.deliver(reply(asked.holder, ready))
        self._remember(message, sent, asked)
        await self.note_miss(answer)
        return answer

    async def answer_anew(
        self, message: Message, sent: Message, asked: Asked, how: Manner, me: Me
    ) -> None:
        """Put the answer to an edited question in the place of the old one."""
        if not await self.admit(message, how):
            return
        answer, ready = await self.compose(asked, how, me)
        self._count_rewriting(sent)
        await self.deliver(replace_message(sent, ready))
        self._remember(message, sent, asked)
        await self.note_miss(answer)

    def rewritings(self, answer: Message) -> int:
        """How often an answer was written anew of late: who began on an earlier one must not put it back."""
        return self._rewritten.get((answer.chat_id, answer.message_id), 0)

    def _count_rewriting(self, answer: Message) -> None:
        place = (answer.chat_id, answer.message_id)
        self._rewritten[place] = self._rewritten.pop(place, 0) + 1
        if len(self._rewritten) > REWRITTEN_KEPT:
            self._rewritten.popitem(last=False)

    async def compose(
        self, asked: Asked, how: Manner, me: Me, page: Page = FIRST
    ) -> tuple[Answer, Ready]:
        """Find an answer and write it out, away from the event loop."""
        # The same archive from the question to the buttons, also when it is replaced meanwhile.
        archive, config = self.services.archive, self.services.config
        metrics = self.services.metrics

        def work() -> tuple[Answer, Ready]:
            with metrics.stage(Stage.FINDING):
                answer = archive.ask(
                    asked.question,
                    how.excerpts,
                    config.answers.words,
                    skip=page.skip,
                    order=page.order,
                    after=asked.earlier or None,
                )
            with metrics.stage(Stage.RENDERING):
                ready = Ready(
                    render(answer, how.say, how.layout),
                    answer_keyboard(answer, archive, how, me.username),
                    silent=how.silent,
                    link_previews=how.link_previews,
                    reply=how.buttons is not Buttons.ALONE,
                )
            return answer, ready

        answer, ready = await asyncio.to_thread(work)
        if page == FIRST:
            self.services.answered(answer)
        logger.info(
            "answered",
            outcome=answer.outcome.value,
            confidence=round(answer.confidence, 2),
            milliseconds=round(answer.milliseconds, 1),
        )
        return answer, ready

    async def deliver(self, sending: Awaitable[T]) -> T:
        """Send an answer; how long that takes is measured, and how long the asker has waited by then."""
        metrics = self.services.metrics
        with metrics.stage(Stage.SENDING):
            sent = await sending
        metrics.took(Stage.WHOLE, seconds_since_received())
        return sent

    async def usage(self, message: Message, how: Manner) -> None:
        """Say how the bot is asked."""
        if not await self.admit(message, how):
            return
        page = await asyncio.to_thread(ask_usage_page, self.services.archive, how.say)
        await self.tell(message, page, how)

    async def tell(self, message: Message, text: str | RichText, how: Manner) -> None:
        """Reply with something that is no answer."""
        rich = plain(how.say(text)) if isinstance(text, str) else text
        await reply(message, Ready(rich, silent=how.silent))

    async def admit(self, message: Message, how: Manner) -> bool:
        """Count a question; the first that is one too many is told so."""
        chat = None if how.private else message.chat_id
        verdict = self.services.quota.admit(asker_of(message), chat)
        if verdict.first:
            await self.tell(message, too_many(verdict, how), how)
        return verdict.admitted

    def _remember(self, message: Message, sent: Message, asked: Asked) -> None:
        with tolerated("an answer could not be remembered"):
            self.services.state.remember(
                message.chat_id, message.message_id, sent.message_id, asked.question
            )

    async def note_miss(self, answer: Answer) -> None:
        """Keep a question that found nothing, for the admins."""
        said_nothing = answer.outcome is Outcome.NOTHING and answer.why is not Emptiness.NO_WORD
        if not said_nothing or not self.services.config.state.keep_questions:
            return
        with tolerated("a question could not be noted"):
            await self.services.state.missed(answer.question)


def with_question(how: Manner) -> Manner:
    """The same, with the question shown too."""
    return replace(how, layout=Layout(folded=how.layout.folded, question=True))


def too_many(verdict: Verdict, how: Manner) -> RichText:
    """That there were too many questions, and when the next is answered, in the reader's own time."""
    when = datetime.now(UTC) + timedelta(seconds=verdict.seconds)
    writer = Writer()
    before, _, after = how.say(texts.TOO_MANY, when="\0").partition("\0")
    writer.write(before)
    writer.write(f"{when:%H:%M} UTC", Style.TIME, at=when)
    writer.write(after)
    return writer.finish()
