"""Finds where a question's terms stand in candidate passages, and how close together they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.query import Floats, Query
from retrieval.store import Codes, StoredPassage

Places = NDArray[np.intp]

_Half = np.uint16
_HALVES = 65_536


@dataclass(frozen=True, slots=True)
class Hits:
    """Where wanted codes stand in a row of arrays.

    Args:
        row: which array.
        at: the place in that array, ascending within a row.
        which: the index of the code that was found.
    """

    row: Places
    at: Places
    which: Places


def find(arrays: Sequence[Codes], wanted: Codes) -> Hits:
    """Find codes in arrays of codes."""
    lengths = np.array([len(array) for array in arrays], np.intp)
    nothing = np.zeros(0, np.intp)
    if not len(wanted) or not lengths.sum():
        return Hits(nothing, nothing, nothing)
    flat = np.concatenate(arrays)
    # Most codes are told from all wanted ones by their lower half, at a tenth of the time that a search takes.
    maybe = np.zeros(_HALVES, np.bool_)
    maybe[wanted.astype(_Half)] = True
    near = maybe[flat.astype(_Half)].nonzero()[0]
    order = wanted.argsort()
    ascending = wanted[order]
    codes = flat[near]
    place = np.minimum(ascending.searchsorted(codes), len(ascending) - 1)
    same = ascending[place] == codes
    found = near[same]
    ends = lengths.cumsum()
    row = ends.searchsorted(found, side="right")
    return Hits(row, found - (ends - lengths)[row], order[place[same]])


def count(hits: Hits, rows: int, wanted: Codes) -> list[dict[int, int]]:
    """How often each row holds each of the wanted codes."""
    counts: list[dict[int, int]] = [{} for _ in range(rows)]
    for row, term in zip(hits.row.tolist(), wanted[hits.which].tolist(), strict=True):
        counts[row][term] = counts[row].get(term, 0) + 1
    return counts


def words_found(hits: Hits, rows: int, query: Query) -> Floats:
    """What share of each word of the question each passage holds; shape (passages, words)."""
    present = np.zeros((rows, len(query.terms)), np.bool_)
    present[hits.row, hits.which] = True
    return query.word_presence(present)


def words_found_by_sentence(hits: Hits, passages: Sequence[StoredPassage], query: Query) -> Floats:
    """The same for each sentence; shape (passages, most sentences of one, words)."""
    most = max((passage.sentence_count for passage in passages), default=0)
    present = np.zeros((len(passages), most, len(query.terms)), np.bool_)
    if not present.size:
        return np.zeros((len(passages), most, len(query.wanted)))
    starts = np.cumsum([0, *(len(passage.sentence) for passage in passages)])
    sentence = np.concatenate([passage.sentence for passage in passages])
    present[hits.row, sentence[starts[hits.row] + hits.at], hits.which] = True
    return query.word_presence(present)


def adjacency(hits: Hits, passages: Sequence[StoredPassage], query: Query) -> Floats:
    """The weight of the question's neighbouring words that are neighbours in each passage too, each pair once."""
    rows = len(passages)
    if not query.pairs or not len(hits.at):
        return np.zeros(rows)
    lengths = np.array([len(passage.stems) for passage in passages])
    starts = np.cumsum(lengths) - lengths
    stems = np.concatenate([passage.stems for passage in passages]).astype(np.uint64)
    at = starts[hits.row] + hits.at
    first = np.unique(np.concatenate([at, np.maximum(at - 1, 0)]))
    first = first[first < len(stems) - 1]
    row = np.searchsorted(starts + lengths, first, side="right")
    together = row == np.searchsorted(starts + lengths, first + 1, side="right")
    first, row = first[together], row[together]
    here = (stems[first] << np.uint64(32)) | stems[first + 1]
    wanted = np.array([(one << 32) | other for one, other in query.pairs], np.uint64)
    found = np.zeros((rows, len(wanted)), np.bool_)
    place, which = np.nonzero(here[:, None] == wanted)
    found[row[place], which] = True
    return np.asarray(found @ np.array(list(query.pairs.values())))


def closeness(hits: Hits, rows: int) -> Floats:
    """`ln(1 + terms / words)` of the shortest stretch of each passage that holds every term it holds.

    0 where fewer than two are found. Source: after Tao and Zhai, "An exploration of proximity measures in
    information retrieval" (SIGIR 2007), here with the span that covers all matched terms.
    """
    at, which = hits.at.tolist(), hits.which.tolist()
    return np.array([_closeness(at[a:z], which[a:z]) for a, z in _rows(hits, rows)])


def _rows(hits: Hits, rows: int) -> list[tuple[int, int]]:
    bounds = np.searchsorted(hits.row, np.arange(rows + 1)).tolist()
    return list(pairwise(bounds))


def _closeness(places: Sequence[int], terms: Sequence[int]) -> float:
    need = len(set(terms))
    if need < 2:
        return 0.0
    shortest = places[-1] - places[0] + 1
    # Where each term was seen last, the one seen longest ago first.
    seen: dict[int, int] = {}
    for place, term in zip(places, terms, strict=True):
        seen.pop(term, None)
        seen[term] = place
        if len(seen) == need:
            shortest = min(shortest, place - next(iter(seen.values())) + 1)
    return math.log(1 + need / shortest)
