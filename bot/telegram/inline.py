"""`@bot question`, typed in any chat: the excerpts are offered as results, and the chosen one is posted."""

import asyncio
from collections import OrderedDict
from dataclasses import replace
from datetime import date, datetime

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.ext import InlineQueryHandler

from bot import texts
from bot.links import question_payload
from bot.metrics import Stage, Way
from bot.render import LONGEST_COPY_HEADING, heading_of, render
from bot.richtext import plain, shorten
from bot.services import Services
from bot.telegram.desk import Desk
from bot.telegram.identity import me_of
from bot.telegram.keyboards import shared_keyboard
from bot.telegram.manner import Manner, manner
from bot.telegram.message import to_message
from bot.telegram.notices import in_time
from bot.telegram.types import Context, Handlers
from retrieval.keys import article_key
from retrieval.types import Answer, Excerpt, Outcome

RESULTS = 10
"""In one page of the list; Telegram asks for the next as one scrolls."""

LONGEST_DESCRIPTION = 200
"""UTF-16 units below a result's title; more is not seen in the list."""

ANSWERS_KEPT = 256
"""Answers that are remembered while the archive is the same; the same few words are typed by many."""

MOST_SKIPPED = 10_000
"""Results that may be passed over; an offset beyond was not made here."""


class Inline:
    """Answers inline queries.

    Args:
        desk: knows people's settings.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers = _Remembered(desk.services)

    def handlers(self) -> Handlers:
        """In the order in which they are to be tried."""
        return [InlineQueryHandler(self.asked)]

    async def asked(self, update: Update, context: Context) -> None:
        """What somebody has typed so far, or a further page of its results."""
        query, me = update.inline_query, me_of(context.bot)
        if query is None:
            return
        options = await self._desk.options(query.from_user.id)
        how = manner(None, query.from_user, options, self._desk.services.config)
        archive = self._desk.services.archive
        skip = read_offset(query.offset, archive.generation)
        if skip is None:
            await in_time(query.answer([], cache_time=0, is_personal=True))
            return
        metrics, question = self._desk.services.metrics, query.query.strip()
        with metrics.stage(Stage.FINDING):
            answer = await asyncio.to_thread(self._answers.answer, question, skip)
        if question and not skip:
            metrics.answered(answer.outcome, Way.INLINE)
        offered = answer.excerpts if answer.outcome is not Outcome.NOTHING else ()
        following = write_offset(archive.generation, skip + RESULTS) if answer.more else ""
        with metrics.stage(Stage.RENDERING):
            results = [_result(answer, excerpt, how, me.username) for excerpt in offered]
        answering = query.answer(
            results,
            cache_time=self._desk.services.config.inline.cache_seconds,
            is_personal=True,
            next_offset=following if offered else "",
            button=None if skip else _button(answer, how),
        )
        await self._desk.deliver(in_time(answering))


def write_offset(generation: str, skip: int) -> str:
    """How many results of which archive were offered: at most 64 bytes."""
    return f"{generation}:{skip}"


def read_offset(offset: str, generation: str) -> int | None:
    """How many results to pass over; None where the list ends, as the articles have changed since it began."""
    if not offset:
        return 0
    made_in, _, skip = offset.rpartition(":")
    if made_in != generation or not (skip.isascii() and skip.isdigit()):
        return None
    return int(skip) if int(skip) <= MOST_SKIPPED else None


class _Remembered:
    """Answers that are asked for again, as long as the archive and the day are the same."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._of: tuple[str, date] | None = None
        self._kept: OrderedDict[tuple[str, int, int], Answer] = OrderedDict()

    def answer(self, question: str, skip: int) -> Answer:
        """The answer; for an empty question the newest articles."""
        archive = self._services.archive
        now = (archive.generation, datetime.now().astimezone().date())
        if now != self._of:
            self._of, self._kept = now, OrderedDict()
        words = self._services.config.answers.words
        kept, key = self._kept, (question, skip, words)
        answer = kept.get(key)
        if answer is None:
            if question:
                answer = archive.ask(question, RESULTS, words, skip=skip)
            else:
                answer = archive.newest(RESULTS, words, skip=skip)
            kept[key] = answer
            if len(kept) > ANSWERS_KEPT:
                kept.popitem(last=False)
        return answer


def _result(answer: Answer, excerpt: Excerpt, how: Manner, bot: str) -> InlineQueryResultArticle:
    source = excerpt.source
    keyboard = shared_keyboard(excerpt, how, bot)
    text, entities = to_message(
        render(replace(answer, excerpts=(excerpt,), missing=()), how.say, how.layout)
    )
    quoted = " ".join(excerpt.text.split())
    described = plain(f"{how.say.long_day(source.date)} · {quoted}")
    return InlineQueryResultArticle(
        id=result_id(excerpt),
        title=heading_of(source, LONGEST_COPY_HEADING),
        description=shorten(described, LONGEST_DESCRIPTION).text,
        input_message_content=InputTextMessageContent(
            text,
            entities=entities,
            link_preview_options=LinkPreviewOptions(is_disabled=not how.link_previews),
        ),
        reply_markup=keyboard,
    )


def result_id(excerpt: Excerpt) -> str:
    """Tells one result of a list from the others, in less than 64 bytes."""
    return f"{article_key(excerpt.source.id)}-{excerpt.start}"


def _button(answer: Answer, how: Manner) -> InlineQueryResultsButton | None:
    """Above the results: the way into the private chat, where an answer is missing here."""
    if answer.answered:
        return None
    payload = question_payload(answer.question, how.say.language)
    found = answer.outcome is not Outcome.NOTHING
    label = texts.NEAREST_IN_PRIVATE if found else texts.ASK_IN_PRIVATE
    return InlineQueryResultsButton(how.say(label), start_parameter=payload or "ask")
