"""Chooses excerpts that have something of their own; copies of one agency report are shown once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.store import StoredPassage
from retrieval.types import Excerpt, Source

LOOKED_AT_BEYOND = 12
"""Passages that are looked at, besides those wanted, for copies."""

ALIKE = 0.85
"""Share of common runs of three words, of all of both, from which two passages are one. One word changed in a
hundred leaves 0.94."""

SHORTEST_COPY = 12
"""Words; two shorter passages may be alike by chance, and mean the opposite."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def choose(
    passages: Sequence[StoredPassage], quote: Callable[[int], Excerpt], limit: int
) -> tuple[tuple[Excerpt, ...], Sequence[StoredPassage]]:
    """Cut excerpts out of passages, in their order.

    One that overlaps a better one of the same article is left out. Of passages that are nearly the same in several
    articles the first is kept, and names the others' articles.

    Args:
        passages: best first.
        quote: cuts the excerpt out of a passage, given its place among them.
        limit: how many to return at most.

    Returns:
        The excerpts, and the passage that each was cut from.
    """
    chosen: list[Excerpt] = []
    kept: list[StoredPassage] = []
    also: list[list[Source]] = []
    for place, passage in enumerate(passages):
        if len(chosen) == limit and place >= limit + LOOKED_AT_BEYOND:
            break
        copied = next((at for at, other in enumerate(kept) if _copies(passage, other)), None)
        if copied is not None:
            if passage.source not in also[copied]:
                also[copied].append(passage.source)
        elif len(chosen) < limit:
            excerpt = quote(place)
            if not any(_overlap(excerpt, other) for other in chosen):
                chosen.append(excerpt)
                kept.append(passage)
                also.append([])
    excerpts = tuple(
        replace(excerpt, also=tuple(sources)) if sources else excerpt
        for excerpt, sources in zip(chosen, also, strict=True)
    )
    return excerpts, kept


def _copies(one: StoredPassage, other: StoredPassage) -> bool:
    """Whether two passages of different articles are nearly the same: words in the same order, and every number."""
    if one.article == other.article or min(len(one.stems), len(other.stems)) < SHORTEST_COPY:
        return False
    if min(one.content, other.content) < ALIKE * max(one.content, other.content):
        return False
    runs, others = _runs(one), _runs(other)
    common = len(runs & others)
    return common >= ALIKE * (len(runs) + len(others) - common) and _numbers(one) == _numbers(
        other
    )


def _runs(passage: StoredPassage) -> set[tuple[int, int, int]]:
    stems = passage.stems.tolist()
    return set(zip(stems, stems[1:], stems[2:], strict=False))


def _numbers(passage: StoredPassage) -> list[str]:
    return _NUMBER.findall(passage.text)


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return (
        one.source.id == other.source.id
        and one.start < other.start + len(other.text)
        and other.start < one.start + len(one.text)
    )
