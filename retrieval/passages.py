"""Packs the sentences of an article into passages, the unit that is indexed and ranked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.text.sentences import Sentence, sentences
from retrieval.types import Span

LONGEST_WORDS = 150
"""No passage is longer. Whole paragraphs fit: 120 words, across paragraphs, cost 2 to 4 points of S@1."""

SHORT_PARAGRAPHS_WORDS = 40
"""Paragraphs are put together until there are so many words, as those of news are short."""

LONGEST_OVERLAP_WORDS = 45
"""A paragraph cut in two has its last sentence repeated in the next passage unless it is longer than this."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of whole sentences of one article.

    Args:
        start, end: where it stands in the article's text.
        sentences: spans in the article's text.
        lengths: words in each sentence.
    """

    start: int
    end: int
    sentences: tuple[Span, ...]
    lengths: tuple[float, ...]


def split(text: str, language: str) -> Iterator[Passage]:
    """Cut a text into passages: paragraphs, short ones together, long ones cut at sentence ends.

    Args:
        text: of any length; a text without words gives no passage.
        language: ISO 639-1 code, for the sentences.
    """
    for run in _runs(sentences(text, language)):
        for first, last in _cut([sentence.words for sentence in run]):
            spans = tuple(sentence.span for sentence in run[first:last])
            lengths = tuple(round(sentence.words, 1) for sentence in run[first:last])
            yield Passage(spans[0].start, spans[-1].end, spans, lengths)


def _runs(found: Sequence[Sentence]) -> list[list[Sentence]]:
    """Paragraphs, each put to the one before while that one is short and both fit."""
    paragraphs: list[list[Sentence]] = []
    for sentence in found:
        if sentence.opens or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    runs: list[list[Sentence]] = []
    held = 0.0
    for paragraph in paragraphs:
        words = sum(sentence.words for sentence in paragraph)
        if runs and held < SHORT_PARAGRAPHS_WORDS and held + words <= LONGEST_WORDS:
            runs[-1].extend(paragraph)
            held += words
        else:
            runs.append(list(paragraph))
            held = words
    return runs


def _cut(lengths: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Where to cut a run of sentences: (first, one past the last) of each passage."""
    first, start_of_previous = 0, 0
    while True:
        last, total = first, 0.0
        while last < len(lengths) and (last == first or total + lengths[last] <= LONGEST_WORDS):
            total += lengths[last]
            last += 1
        if last == len(lengths):
            # The last passage grows backwards, so that none is a mere left-over.
            while first - 1 > start_of_previous and total + lengths[first - 1] <= LONGEST_WORDS:
                first -= 1
                total += lengths[first]
            yield first, last
            return
        yield first, last
        start_of_previous = first
        repeats = last - 1 > first and lengths[last - 1] <= LONGEST_OVERLAP_WORDS
        first = last - 1 if repeats else last
