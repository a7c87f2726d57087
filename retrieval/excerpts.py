"""Cuts the excerpt out of a passage: the adjacent sentences that hold most of the question's weight."""

from retrieval.query import Query
from retrieval.ranking import Ranked
from retrieval.store import StoredPassage
from retrieval.text.words import is_ideograph
from retrieval.types import Excerpt, Resolved, Span

DEFAULT_WORDS = 90
"""The budget of an excerpt. End to end it holds the answer in 83 of 100 questions (60 words: 80; the whole passage:
85; newwiki)."""

NEARLY = 0.01
"""Worths this close are equal."""

REPEATED = 0.3
"""What every further sentence's share of the question is worth, of what a stretch covers together."""


def excerpt(ranked: Ranked, query: Query, words: int = DEFAULT_WORDS) -> Excerpt:
    """Quote the sentences of a passage that answer best.

    A stretch of adjacent sentences is worth the share of the question that it holds together, and that of its best
    sentence, and a little for each of them; of equals the first is taken.

    Args:
        ranked: the passage to quote from.
        query: the question, in the passage's language.
        words: the budget; a single sentence may be longer.
    """
    first, last = _stretch(ranked, query, words)
    return _quote(ranked.passage, first, last, ranked.score, query)


def opening(passage: StoredPassage, words: int = DEFAULT_WORDS) -> Excerpt:
    """Quote the first sentences of a passage, as many as the budget allows."""
    last, length = 0, 0.0
    for place, measure in enumerate(passage.lengths):
        length += measure
        if place and length > words:
            break
        last = place
    return _quote(passage, 0, last, 0.0, None)


def _quote(
    passage: StoredPassage, first: int, last: int, score: float, query: Query | None
) -> Excerpt:
    start, end = passage.sentences[first].start, passage.sentences[last].end
    text = passage.text[start:end]
    return Excerpt(
        source=passage.source,
        passage=passage.text,
        text=text,
        start=passage.start + start,
        highlights=() if query is None else _highlights(passage, start, end, query),
        resolved=tuple(
            Resolved(found.start - start, found.end - start, found.first, found.last)
            for found in passage.resolved
            if start <= found.start and found.end <= end
        ),
        score=score,
    )


def _stretch(ranked: Ranked, query: Query, words: int) -> tuple[int, int]:
    lengths = ranked.passage.lengths
    alone = ranked.sentences.tolist()
    # Words of an earlier question chose the passage; what is quoted of it is about this one.
    weights = query.word_weights[: query.asked] / query.total
    held = (ranked.held[:, : query.asked] * weights).tolist()
    nothing = [0.0] * query.asked
    best, found = -1.0, (0, 0)
    # From the end, so that of equals the one is found first that begins last: what follows explains more.
    for first in reversed(range(len(lengths))):
        length = most = repeated = 0.0
        together = nothing
        for last in range(first, len(lengths)):
            length += lengths[last]
            if length > words and last > first:
                break
            together = list(map(max, together, held[last]))
            share = alone[last]
            most = max(most, share)
            repeated += REPEATED * share
            worth = sum(together) + most + repeated
            longer = first == found[0] and worth >= best - NEARLY
            if worth > best + NEARLY or longer:
                best, found = max(best, worth), (first, last)
    return found


def _highlights(passage: StoredPassage, start: int, end: int, query: Query) -> tuple[Span, ...]:
    """The question's words between two places of a passage; ideographs side by side are one."""
    wanted = set(query.codes.tolist())
    begin, stop = passage.starts.searchsorted((start, end)).tolist()
    merged: list[Span] = []
    for stem, first, last in zip(
        passage.stems[begin:stop].tolist(),
        passage.starts[begin:stop].tolist(),
        passage.ends[begin:stop].tolist(),
        strict=True,
    ):
        if stem not in wanted or last > end:
            continue
        reach = merged[-1].end + is_ideograph(passage.text[first]) if merged else 0
        if first - start < reach:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, last - start))
        else:
            merged.append(Span(first - start, last - start))
    return tuple(merged)
