"""Packs the sentences of an article into passages, the unit that is indexed and ranked."""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.text.sentences import sentences
from retrieval.text.words import count_words
from retrieval.types import Article, Span

FULL_WORDS = 100
"""A passage takes in sentences until it is this long."""

LONGEST_WORDS = 120
"""It takes no sentence that would make it longer than this, unless it holds none yet."""

LONGEST_OVERLAP_WORDS = 40
"""The last sentence is repeated at the head of the next passage unless it is longer than this."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences of one article.

    Args:
        start, end: where it stands, `article.text[start:end]`.
        sentences: spans in `article.text`.
    """

    start: int
    end: int
    sentences: tuple[Span, ...]


def split(article: Article, language: str) -> Iterator[Passage]:
    """Cut an article into passages of 100 to 120 words, one sentence of overlap between neighbours.

    Args:
        article: its text may be of any length; a text without words gives no passage.
        language: ISO 639-1 code, for the sentences.
    """
    held: list[tuple[Span, float]] = []
    fresh = 0
    for span in sentences(article.text, language):
        words = count_words(article.text[span.start : span.end])
        length = sum(count for _, count in held)
        if fresh and (length >= FULL_WORDS or length + words > LONGEST_WORDS):
            yield _passage(held)
            overlap = held[-1]
            held = [overlap] if len(held) > 1 and overlap[1] <= LONGEST_OVERLAP_WORDS else []
            if held and held[0][1] + words > LONGEST_WORDS:
                held = []
            fresh = 0
        held.append((span, words))
        fresh += 1
    if fresh:
        yield _passage(held)


def _passage(held: list[tuple[Span, float]]) -> Passage:
    spans = tuple(span for span, _ in held)
    return Passage(spans[0].start, spans[-1].end, spans)
