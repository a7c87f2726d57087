"""Chooses excerpts that have something of their own; copies of one agency report are shown once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from retrieval.page import Page
from retrieval.store import StoredPassage
from retrieval.types import Excerpt, Source

LOOKED_AT_BEYOND = 15
"""Passages behind one that are looked at for copies of it."""

RUN = 3
"""Words in a run."""

ALIKE = 0.85
"""Share of common runs of words, of all of both, from which two passages are one. One word changed in a
hundred leaves 0.94."""

MOST_APART = RUN * (1 - ALIKE) / (1 + ALIKE)
"""Share of the words of two passages that may stand in one of them only, if they are one: follows from `ALIKE`, and is
found out sooner."""

SHORTEST_COPY = 12
"""Words; two shorter passages may be alike by chance, and mean the opposite."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Chosen:
    """One page of excerpts.

    Args:
        excerpts: in the order of their passages.
        passages: the one that each was cut from.
        more: whether others follow.
    """

    excerpts: tuple[Excerpt, ...]
    passages: tuple[StoredPassage, ...]
    more: bool


def choose(
    passages: Iterable[StoredPassage],
    quote: Callable[[StoredPassage], Excerpt],
    page: Page,
    most: int,
) -> Chosen:
    """Cut a page of excerpts out of passages, in their order.

    One that overlaps a better one of the same article is left out. Of passages that are nearly the same in several
    articles the first is kept, and names the others' articles. What becomes of a passage depends on those before it
    only, so pages of any size are cut from one list.

    Args:
        passages: best first; no more are taken than are needed.
        quote: cuts the excerpt out of a passage.
        page: which excerpts are wanted.
        most: how long the list is at most, over all pages.
    """
    end = min(page.skip + page.limit, most)
    # One more than is wanted, to tell whether there is one.
    enough = min(end + 1, most)
    excerpts: list[Excerpt] = []
    kept: list[StoredPassage] = []
    places: list[int] = []
    also: list[list[Source]] = []
    for place, passage in enumerate(passages):
        copied = next((at for at, other in enumerate(kept) if _copies(passage, other)), None)
        if copied is not None:
            near = place - places[copied] <= LOOKED_AT_BEYOND
            if near and passage.source not in also[copied]:
                also[copied].append(passage.source)
        elif len(kept) < enough:
            excerpt = quote(passage)
            if not any(_overlap(excerpt, other) for other in excerpts):
                excerpts.append(excerpt)
                kept.append(passage)
                places.append(place)
                also.append([])
        if len(kept) == enough and place >= places[end - 1] + LOOKED_AT_BEYOND:
            break
    named = [
        replace(excerpt, also=tuple(sources)) if sources else excerpt
        for excerpt, sources in zip(excerpts, also, strict=True)
    ]
    return Chosen(tuple(named[page.skip : end]), tuple(kept[page.skip : end]), len(kept) > end)


def _copies(one: StoredPassage, other: StoredPassage) -> bool:
    """Whether two passages of different articles are nearly the same: words in the same order, and every number."""
    if one.article == other.article or min(len(one.stems), len(other.stems)) < SHORTEST_COPY:
        return False
    if min(one.content, other.content) < ALIKE * max(one.content, other.content):
        return False
    # Each word that only one of them has spoils at least a third of a run of its own, and so does each bit: it
    # stands for one such word at least.
    most_apart = MOST_APART * (len(one.stems) + len(other.stems))
    if (one.signature ^ other.signature).bit_count() > most_apart:
        return False
    if len(one.stem_set ^ other.stem_set) > most_apart:
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
