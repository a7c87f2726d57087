"""The buttons under an answer, an inline result and a page of an article."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import texts
from bot.links import ReadLink, draft_link, read_payload, start_link
from bot.reader import ReadingPage
from bot.render import by_article
from bot.telegram.buttons import NOTHING, Read, Turn, Voted
from bot.telegram.manner import Buttons, Manner
from retrieval.archive import Archive
from retrieval.keys import article_key
from retrieval.types import Answer, Excerpt, Order, Outcome, Span

HELPFUL = "👍"
UNHELPFUL = "👎"
EDIT = "✏️"
BEFORE = "◀"
NEXT = "▶"

IN_A_ROW = 4
"""Buttons side by side whose labels a phone still shows whole; Telegram takes eight."""

Rows = list[list[InlineKeyboardButton]]


def answer_keyboard(
    answer: Answer, archive: Archive, manner: Manner, bot: str
) -> InlineKeyboardMarkup:
    """The buttons under an answer: more of it, another order, its articles, votes, and its question to edit.

    Args:
        answer: what is shown.
        archive: what it is taken from.
        manner: how it is shown.
        bot: the bot's user name.
    """
    shown = answer.outcome is not Outcome.NOTHING
    rows: Rows = []
    if shown and manner.buttons is Buttons.ALL:
        rows.append(_turns(answer, archive.generation, manner))
    if shown:
        rows.extend(_articles(answer.excerpts, manner, bot))
    asked = answer.question if answer.follows is None else f"{answer.follows} {answer.question}"
    edit = InlineKeyboardButton(EDIT, url=draft_link(bot, asked))
    votes = [
        InlineKeyboardButton(label, callback_data=str(Voted(helpful=label is HELPFUL)))
        for label in (HELPFUL, UNHELPFUL)
        if shown and manner.buttons is not Buttons.LINKS
    ]
    rows.append([*votes, edit])
    return InlineKeyboardMarkup([row for row in rows if row])


def _turns(answer: Answer, generation: str, manner: Manner) -> list[InlineKeyboardButton]:
    say, size = manner.say, manner.excerpts

    def turn(label: str, order: Order, skip: int) -> InlineKeyboardButton:
        return InlineKeyboardButton(
            say(label), callback_data=str(Turn(generation, order, max(0, skip)))
        )

    row = []
    if answer.skipped:
        row.append(turn(texts.BACK, answer.order, answer.skipped - size))
    if answer.more:
        row.append(turn(texts.MORE, answer.order, answer.skipped + size))
    several = len(answer.excerpts) > 1 or answer.more or answer.skipped > 0
    if several and not answer.listing:
        other = Order.BEST if answer.order is Order.NEWEST else Order.NEWEST
        label = texts.SORT_BEST if other is Order.BEST else texts.SORT_NEWEST
        row.append(turn(label, other, 0))
    return row


def _articles(excerpts: Sequence[Excerpt], manner: Manner, bot: str) -> Rows:
    say = manner.say
    row = []
    for number, (_, (excerpt, *_)) in enumerate(by_article(excerpts), 1):
        label = say(texts.READ) if number == 1 else say(texts.READ_NUMBER, number=number)
        row.append(_read_button(label, excerpt, bot, private=manner.private))
    return [row[first : first + IN_A_ROW] for first in range(0, len(row), IN_A_ROW)]


def _read_button(label: str, excerpt: Excerpt, bot: str, *, private: bool) -> InlineKeyboardButton:
    key = article_key(excerpt.source.id)
    span = Span(excerpt.start, excerpt.start + len(excerpt.text))
    if private:
        return InlineKeyboardButton(label, callback_data=str(Read(key, span)))
    return InlineKeyboardButton(label, url=start_link(bot, read_payload(ReadLink(key, span))))


def shared_keyboard(excerpt: Excerpt, manner: Manner, bot: str) -> InlineKeyboardMarkup:
    """The button under an excerpt that is posted where the bot is no member: a link to its article."""
    button = _read_button(manner.say(texts.READ), excerpt, bot, private=False)
    return InlineKeyboardMarkup([[button]])


def reading_keyboard(page: ReadingPage, pressed: Read) -> InlineKeyboardMarkup | None:
    """The buttons under a page of an article; None where there is but one page."""
    if page.pages == 1:
        return None

    def to(label: str, number: int) -> InlineKeyboardButton:
        there = Read(pressed.key, pressed.excerpt, number, turn=True)
        return InlineKeyboardButton(label, callback_data=str(there))

    row = [InlineKeyboardButton(f"{page.number + 1} / {page.pages}", callback_data=NOTHING)]
    if page.number > 0:
        row.insert(0, to(BEFORE, page.number - 1))
    if page.number + 1 < page.pages:
        row.append(to(NEXT, page.number + 1))
    return InlineKeyboardMarkup([row])
