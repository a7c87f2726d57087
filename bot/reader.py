"""Turns an article into pages of a message's size, with an excerpt of it marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.graphemes import grapheme_start
from bot.language import Texts
from bot.render import Days, write_heading
from bot.richtext import RichText, Style, Writer, utf16_length, utf16_prefix
from retrieval.types import ArticleText, Resolved, Span

PAGE_UNITS = 3_000
"""UTF-16 units of the article on a page, at most; the title and the days in brackets come to them."""

DAYS_UNITS = 48
"""UTF-16 units that a day in brackets takes, at most, in any language."""

LEAST_SHARE = 0.5
"""A page ends at a paragraph, else a sentence, else a word that ends in this last share of it."""

_ENDS = ("\n\n", "\n", ". ", "。", "؟ ", "? ", "! ", " ")
"""Where a page may end, the best first."""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """One page of an article.

    Args:
        text: title, date and the article's text.
        number: which page it is, from 0.
        pages: how many there are.
    """

    text: RichText
    number: int
    pages: int


def reading_page(
    article: ArticleText, excerpt: Span, say: Texts, number: int | None = None
) -> ReadingPage:
    """Write a page out.

    Args:
        article: what is read.
        excerpt: the stretch of its text that is marked in bold.
        say: the reader's language.
        number: of the page, from 0; None for the one where the excerpt begins.
    """
    spans = list(pages(article.text, article.resolved))
    if number is None:
        number = next((place for place, span in enumerate(spans) if excerpt.start < span.end), 0)
    number = max(0, min(number, len(spans) - 1))
    page = spans[number]
    writer = Writer()
    write_heading(writer, article.source, say)
    writer.write("\n\n")
    days = Days(article.text, article.resolved, say)
    first, last = max(excerpt.start, page.start), min(excerpt.end, page.end)
    if first < last:
        days.write(writer, page.start, first)
        days.write(writer, first, last, Style.BOLD)
        days.write(writer, last, page.end)
    else:
        days.write(writer, page.start, page.end)
    return ReadingPage(writer.finish(), number, len(spans))


def pages(text: str, resolved: Sequence[Resolved] = ()) -> Iterator[Span]:
    """Cut a text into pages; together they are the whole text, and every one fits a message.

    Args:
        text: of any length.
        resolved: the days that are written into it.
    """
    start = 0
    while start < len(text):
        end = _fitting(text, start, resolved)
        if end < len(text):
            end = _good_end(text, start, end)
        yield Span(start, end)
        start = end
    if not text:
        yield Span(0, 0)


def _fitting(text: str, start: int, resolved: Sequence[Resolved]) -> int:
    """The last place up to which the text from `start` on fits a page, days in brackets included."""
    end = start + utf16_prefix(text[start : start + PAGE_UNITS], PAGE_UNITS)
    days = sum(start < found.end <= end for found in resolved)
    excess = utf16_length(text[start:end]) + DAYS_UNITS * days - PAGE_UNITS
    # A character takes a unit or two, so dropping as many characters drops enough.
    return max(start + 1, end - max(0, excess))


def _good_end(text: str, start: int, end: int) -> int:
    least = start + int((end - start) * LEAST_SHARE)
    for mark in _ENDS:
        found = text.rfind(mark, least, end)
        if found >= 0:
            return found + len(mark)
    return max(start + 1, grapheme_start(text, end))
