"""Chooses excerpts that have something of their own; copies of one agency report are shown once."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.ranking import Ranked
from retrieval.store import StoredPassage
from retrieval.types import Excerpt, Source

LOOKED_AT_BEYOND = 12
"""Passages that are looked at, besides those wanted, for copies."""

ALIKE = 0.8
"""Share of common words, of all words of both, from which two passages are one."""


def choose(
    ranked: Sequence[Ranked], quote: Callable[[Ranked], Excerpt], limit: int
) -> tuple[Excerpt, ...]:
    """Cut excerpts out of the best passages.

    One that overlaps a better one of the same article is left out. Of passages that are nearly the same in several
    articles the best is kept, and names the others' articles.

    Args:
        ranked: best first.
        quote: cuts the excerpt out of a passage.
        limit: how many to return at most.
    """
    chosen: list[Excerpt] = []
    passages: list[StoredPassage] = []
    also: list[list[Source]] = []
    for place, candidate in enumerate(ranked):
        if len(chosen) == limit and place >= limit + LOOKED_AT_BEYOND:
            break
        passage = candidate.passage
        copied = next((at for at, other in enumerate(passages) if _copies(passage, other)), None)
        if copied is not None:
            if passage.source not in also[copied]:
                also[copied].append(passage.source)
        elif len(chosen) < limit:
            excerpt = quote(candidate)
            if not any(_overlap(excerpt, other) for other in chosen):
                chosen.append(excerpt)
                passages.append(passage)
                also.append([])
    return tuple(
        replace(excerpt, also=tuple(sources)) if sources else excerpt
        for excerpt, sources in zip(chosen, also, strict=True)
    )


def _copies(one: StoredPassage, other: StoredPassage) -> bool:
    """Whether two passages of different articles are nearly the same."""
    if one.article == other.article:
        return False
    if min(one.content, other.content) < ALIKE * max(one.content, other.content):
        return False
    common = len(one.stem_set & other.stem_set)
    return common >= ALIKE * (len(one.stem_set) + len(other.stem_set) - common)


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return (
        one.source.id == other.source.id
        and one.start < other.start + len(other.text)
        and other.start < one.start + len(one.text)
    )
