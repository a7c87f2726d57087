"""Finds the sentences of a text: text in, character spans out, in any script.

The `sentencex` library does the cutting; what stands here mends what news text showed it to get wrong
(blank lines counted as sentences, an opening quotation mark left behind, "9 a.m. | Tuesday").
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import sentencex

from retrieval.text.words import count_words, cut_points
from retrieval.types import Span

BLOCK_CHARACTERS = 8_000
"""sentencex takes quadratic time on some hostile input, so it is given no more than this at once."""

LONGEST_SENTENCE_WORDS = 100
"""A longer run without a sentence end (a table, a list, Thai) is cut where it pauses."""

_PARAGRAPH_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SPACE_RUN = re.compile(r"\s+")
_OPENING_QUOTES = "“«‘„‹(\"'"
_ABBREVIATED = re.compile(r"\b(?:[AaPp]\.\s?[Mm]|[Aa]vg|[Aa]pprox|[Nn]o|[Vv]s)\.$")
_CONTINUES = re.compile(
    r"(?:[ECMPB][SDEM]?T|GMT|UTC)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|\d"
)
_LOOK_BACK = 12


class Sentence(NamedTuple):
    """One sentence.

    Attributes:
        span: where it stands, without surrounding white space; never empty.
        words: how many English words it is as long as, see `count_words`.
        opens: whether it is the first of a paragraph.
    """

    span: Span
    words: float
    opens: bool


def sentences(text: str, language: str) -> list[Sentence]:
    """Cut a text into sentences.

    Args:
        text: any text; blank lines end a sentence, and a paragraph.
        language: ISO 639-1 code; an unknown one is cut by general rules.

    Returns:
        In order; every character that is not white space lies in exactly one.
    """
    found: list[Sentence] = []
    for start, end in _paragraphs(text):
        opens = True
        for span in _within_paragraph(text, start, end, language):
            for sentence in _shorten(text, span, opens):
                found.append(sentence)
                opens = False
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for gap in _PARAGRAPH_GAP.finditer(text):
        yield position, gap.start()
        position = gap.end()
    yield position, len(text)


def _within_paragraph(text: str, start: int, end: int, language: str) -> list[Span]:
    found: list[Span] = []
    for boundary in _raw_boundaries(text, start, end, language):
        span = _strip(text, *boundary)
        if span.start == span.end:
            continue
        if found and _leaves_quote_behind(text, found[-1]):
            quote = found[-1].end - 1
            found[-1] = _strip(text, found[-1].start, quote)
            span = Span(quote, span.end)
        if found and _belongs_together(text, found[-1], span.start):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _raw_boundaries(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = min(end, start + BLOCK_CHARACTERS)
        if stop < end:
            space = text.rfind(" ", start + BLOCK_CHARACTERS // 2, stop)
            stop = space + 1 if space > 0 else stop
        for boundary in sentencex.get_sentence_boundaries(language, text[start:stop]):
            yield start + boundary["start_index"], start + boundary["end_index"]
        start = stop


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    end -= len(piece) - len(piece.rstrip())
    return Span(end - len(piece.strip()), end)


def _leaves_quote_behind(text: str, previous: Span) -> bool:
    return (
        previous.end - previous.start > 1
        and text[previous.end - 1] in _OPENING_QUOTES
        and text[previous.end - 2].isspace()
    )


def _belongs_together(text: str, previous: Span, start: int) -> bool:
    if text[start].islower():
        return True
    window = max(previous.start, previous.end - _LOOK_BACK)
    return bool(_ABBREVIATED.search(text, window, previous.end) and _CONTINUES.match(text, start))


def _shorten(text: str, span: Span, opens: bool) -> Iterator[Sentence]:  # noqa: FBT001 - handed on
    words = count_words(text[span.start : span.end])
    if words <= LONGEST_SENTENCE_WORDS:
        yield Sentence(span, words, opens)
        return
    start = span.start
    for cut in cut_points(text, span.start, span.end, LONGEST_SENTENCE_WORDS):
        piece = _strip(text, start, cut)
        if piece.start < piece.end:
            yield Sentence(piece, count_words(text[piece.start : piece.end]), opens)
            opens = False
        start = cut
