"""Finds where a question's terms stand in candidate passages, and how close together they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.query import Floats, Query
from retrieval.store import Codes, StoredArticle, StoredPassage

Places = NDArray[np.intp]

_Half = np.uint16
_HALVES = 65_536

_NO_CODES = np.zeros(0, np.uint32)
_NO_PLACES = np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class Hits:
    """Where wanted codes stand in a row of arrays.

    Args:
        row: which array.
        at: the place in that array, ascending within a row.
        place: the place in all arrays, laid one behind the other.
        which: the index of the code that was found.
    """

    row: Places
    at: Places
    place: Places
    which: Places


_NO_HITS = Hits(_NO_PLACES, _NO_PLACES, _NO_PLACES, _NO_PLACES)


def find(arrays: Sequence[Codes], wanted: Codes) -> Hits:
    """Find codes in arrays of codes."""
    lengths = np.array([len(array) for array in arrays], np.intp)
    return _find(np.concatenate(arrays), lengths, wanted) if arrays else _NO_HITS


class Words:
    """The words of passages, one passage behind the other.

    Args:
        passages: of one language.

    Attributes:
        rows: how many passages.
        stems: the codes of the words.
        sentence: the sentence that each stands in; each passage has as many as the one that has most.
        sentences: how many that are.
        lengths: how many words each passage has.
    """

    def __init__(self, passages: Sequence[StoredPassage]) -> None:
        self.rows = len(passages)
        self.sentences = max((passage.sentence_count for passage in passages), default=0)
        self.lengths = np.array([len(passage.stems) for passage in passages], np.intp)
        self.stems = np.concatenate([_NO_CODES, *(passage.stems for passage in passages)])
        inside = np.concatenate([_NO_PLACES, *(passage.sentence for passage in passages)])
        begin = np.arange(self.rows) * self.sentences
        self.sentence = np.repeat(begin, self.lengths) + inside

    def find(self, wanted: Codes) -> Hits:
        """Where wanted codes stand."""
        return _find(self.stems, self.lengths, wanted)

    def sentence_lengths(self) -> Places:
        """How many words each sentence has; shape (passages, most sentences of one)."""
        counts = np.bincount(self.sentence, minlength=self.rows * self.sentences)
        return counts.reshape(self.rows, self.sentences)


def _find(flat: Codes, lengths: Places, wanted: Codes) -> Hits:
    if not len(wanted) or not len(flat):
        return _NO_HITS
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
    return Hits(row, found - (ends - lengths)[row], found, order[place[same]])


def count(hits: Hits, rows: int, wanted: Codes) -> Places:
    """How often each row holds each of the wanted codes; shape (wanted, rows)."""
    places = hits.which * rows + hits.row
    found = np.bincount(places, minlength=len(wanted) * rows).reshape(len(wanted), rows)
    return _for_each(found, wanted)


def tally(articles: Sequence[StoredArticle], wanted: Codes) -> Places:
    """How often each article holds each of the wanted codes; shape (wanted, articles)."""
    hits = find([article.terms for article in articles], wanted)
    found = np.zeros((len(wanted), len(articles)), np.intp)
    if len(hits.place):
        counts = np.concatenate([article.counts for article in articles])
        found[hits.which, hits.row] = counts[hits.place]
    return _for_each(found, wanted)


def _for_each(found: Places, wanted: Codes) -> Places:
    """The counts of codes that are wanted twice, for both; they are found as one of the two."""
    if len(set(wanted.tolist())) == len(wanted):
        return found
    return np.array([found[wanted == code].sum(axis=0) for code in wanted], np.intp)


def words_found(hits: Hits, rows: int, query: Query) -> Floats:
    """What share of each word of the question each passage holds; shape (passages, words)."""
    present = np.zeros((rows, len(query.terms)), np.bool_)
    present[hits.row, hits.which] = True
    return query.word_presence(present)


def words_found_by_sentence(hits: Hits, words: Words, query: Query) -> Floats:
    """The same for each sentence; shape (passages, most sentences of one, words)."""
    shape = (words.rows, words.sentences)
    present = np.zeros((words.rows * words.sentences, len(query.terms)), np.bool_)
    if not present.size:
        return np.zeros((*shape, len(query.wanted)))
    present[words.sentence[hits.place], hits.which] = True
    return query.word_presence(present.reshape(*shape, -1))


def adjacency(hits: Hits, words: Words, query: Query) -> Floats:
    """The weight of the question's neighbouring words that are neighbours in each passage too, each pair once."""
    if not query.pairs or not len(hits.place):
        return np.zeros(words.rows)
    first = np.unique(np.concatenate([hits.place, np.maximum(hits.place - 1, 0)]))
    first = first[first < len(words.stems) - 1]
    ends = words.lengths.cumsum()
    row = ends.searchsorted(first, side="right")
    together = first + 1 < ends[row]
    first, row = first[together], row[together]
    here = (words.stems[first].astype(np.uint64) << np.uint64(32)) | words.stems[first + 1]
    wanted = np.array([(one << 32) | other for one, other in query.pairs], np.uint64)
    found = np.zeros((words.rows, len(wanted)), np.bool_)
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
