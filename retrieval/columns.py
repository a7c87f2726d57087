"""Finds the words of many texts of one language at once, with all that records and index are given of each.

What is known of a word is found once and then looked up by its number, for a whole batch of articles in a few steps.
"""

import threading
from array import array
from collections.abc import Sequence
from itertools import accumulate, chain, islice
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from retrieval.index.documents import shorten
from retrieval.store import Codes, Places, codes, fresh_codes
from retrieval.text.analyzer import Analyzer, analyzer, word_grams
from retrieval.text.lexicon import Lexicon
from retrieval.text.words import is_ideograph

Indices = NDArray[np.intp]


class _Known:
    """What there is about each word of a lexicon, by its number.

    Attributes:
        stems, written: as the index is given them.
        gram_texts: the grams of each in one text.
    """

    def __init__(self) -> None:
        self.stems: list[str] = []
        self.written: list[str] = []
        self.gram_texts: list[str] = []
        self._stops, self._ideographs = bytearray(), bytearray()
        self._codes, self._lemmas = array("I"), array("I")
        self._gram_codes, self._gram_ends = array("I"), array("I", [0])
        self._lock = threading.Lock()

    def of(self, words: Analyzer, lexicon: Lexicon, numbers: Indices) -> "_Rows":
        """What there is about some words, after taking in what the lexicon has come to know."""
        with self._lock:
            self._learn(words, lexicon)
            # No view outlives this: an array that is looked into can't grow.
            counting = np.frombuffer(self._stops, np.uint8)[numbers] == 0
            content = numbers[counting]
            ends = np.frombuffer(self._gram_ends, np.uint32)
            firsts = ends[content].astype(np.intp)
            counts = ends[content + 1] - firsts
            bounds = np.concatenate([[0], np.cumsum(counts)])
            places = np.repeat(firsts - bounds[:-1], counts) + np.arange(bounds[-1])
            return _Rows(
                content=content,
                counting=counting,
                ideographs=np.frombuffer(self._ideographs, np.uint8)[numbers] != 0,
                stems=np.frombuffer(self._codes, np.uint32)[numbers],
                lemmas=np.frombuffer(self._lemmas, np.uint32)[numbers],
                gram_codes=np.frombuffer(self._gram_codes, np.uint32)[places],
                gram_bounds=bounds,
            )

    def _learn(self, words: Analyzer, lexicon: Lexicon) -> None:
        new = slice(len(self.stems), len(lexicon.surfaces))
        surfaces, stems = lexicon.surfaces[new], lexicon.stems[new]
        grams = list(map(word_grams, surfaces))
        ends = accumulate(map(len, grams), initial=self._gram_ends[-1])
        # All is found out before any of it is kept: columns that an error left uneven would be read askew for ever.
        stops, ideographs = bytes(lexicon.stops[new]), bytes(map(is_ideograph, surfaces))
        of_stems = array("I", fresh_codes(stems))
        of_lemmas = array("I", fresh_codes(map(words.lemma, surfaces)))
        of_grams = array("I", fresh_codes(chain.from_iterable(grams)))
        gram_ends = array("I", islice(ends, 1, None))
        written, gram_texts = list(map(shorten, surfaces)), list(map(" ".join, grams))
        as_indexed = list(map(shorten, stems))
        self._stops.extend(stops)
        self._ideographs.extend(ideographs)
        self._codes.extend(of_stems)
        self._lemmas.extend(of_lemmas)
        self._gram_codes.extend(of_grams)
        self._gram_ends.extend(gram_ends)
        self.written.extend(written)
        self.gram_texts.extend(gram_texts)
        self.stems.extend(as_indexed)


class _Rows(NamedTuple):
    """What there is about each of some words, some of them more than once.

    Attributes:
        content: the numbers of those that count.
        counting: whether it is one of them.
        ideographs: whether it is an ideograph.
        stems, lemmas: codes of its stem, and of its dictionary form.
        gram_codes: of the grams of those that count, one word's after the other's.
        gram_bounds: where those of each begin there, and of one more would.
    """

    content: Indices
    counting: NDArray[np.bool_]
    ideographs: NDArray[np.bool_]
    stems: Codes
    lemmas: Codes
    gram_codes: Codes
    gram_bounds: Indices


_known: WeakKeyDictionary[Lexicon, _Known] = WeakKeyDictionary()


class Grams(NamedTuple):
    """The character grams of some words.

    Attributes:
        codes: in order.
        texts: with blanks between them, those of one word, or more, in each.
    """

    codes: Codes
    texts: list[str]


class Columns:
    """The words of some texts. Words are numbered through all of them, and `first` and `last` are such numbers.

    Args:
        language: ISO 639-1 code.
        texts: in that language.

    Attributes:
        bounds: which words are those of each text: the first of each, and of one more.
        starts, ends: characters of its text where each word stands.
        stems, lemmas: codes of each word's stem, and of its dictionary form.
    """

    def __init__(self, language: str, texts: Sequence[str]) -> None:
        self._analyzer = analyzer(language)
        self._lexicon, self._numbers, starts, ends, offsets = self._analyzer.find(texts)
        known = _known.setdefault(self._lexicon, _Known())
        self._offsets, self._places = np.array(offsets), np.array(starts, np.intp)
        self.bounds: list[int] = np.searchsorted(self._places, self._offsets).tolist()
        begins = np.repeat(self._offsets[:-1], np.diff(self.bounds))
        self.starts = (self._places - begins).astype(np.uint32)
        self.ends = (np.array(ends, np.intp) - begins).astype(np.uint32)
        numbers = np.array(self._numbers, np.intp)
        rows = known.of(self._analyzer, self._lexicon, numbers)
        self.stems, self.lemmas = rows.stems, rows.lemmas
        self._written = list(map(known.written.__getitem__, self._numbers))
        self._content: list[int] = rows.content.tolist()
        self._content_before = _sums(rows.counting)
        self._content_stems = list(map(known.stems.__getitem__, self._content))
        self._content_codes = self.stems[rows.counting]
        self._gram_codes, self._gram_bounds = rows.gram_codes, rows.gram_bounds
        self._gram_texts = list(map(known.gram_texts.__getitem__, self._content))
        self._ideographs_before = _sums(rows.ideographs)

    def pieces(self, ends: Sequence[Sequence[int]]) -> Places:
        """In which piece of its text each word stands.

        Args:
            ends: of each text, where its pieces end, the last one at its end.
        """
        counts = list(map(len, ends))
        absolute = np.repeat(self._offsets[:-1], counts) + np.array(list(chain(*ends)), np.intp)
        pieces_before = np.repeat(np.cumsum([0, *counts[:-1]]), np.diff(self.bounds))
        found = np.searchsorted(absolute, self._places, side="right") - pieces_before
        return np.asarray(found, np.uint16)

    def written(self, first: int, last: int) -> list[str]:
        """Words in one case, stop words too, as the index is given them."""
        return self._written[first:last]

    def content(self, first: int, last: int) -> list[str]:
        """The stems of the words that count, as the index is given them."""
        return self._content_stems[self._counted(first, last)]

    def content_codes(self, first: int, last: int) -> Codes:
        """The codes of those stems."""
        return self._content_codes[self._counted(first, last)]

    def surfaces(self, first: int, last: int) -> list[str]:
        """The words that count, in one case."""
        numbers = self._content[self._counted(first, last)]
        return list(map(self._lexicon.surfaces.__getitem__, numbers))

    def grams(self, first: int, last: int) -> Grams:
        """The character grams of words, see `Analyzer.grams`."""
        if self._ideographs_before[last] > self._ideographs_before[first]:
            surfaces, stops = self._lexicon.surfaces, self._lexicon.stops
            words = ((surfaces[each], stops[each]) for each in self._numbers[first:last])
            grams = self._analyzer.grams(words)
            return Grams(codes(grams), grams)
        counted = self._counted(first, last)
        bounds = self._gram_bounds[counted.start], self._gram_bounds[counted.stop]
        return Grams(self._gram_codes[slice(*bounds)], self._gram_texts[counted])

    def _counted(self, first: int, last: int) -> slice:
        return slice(self._content_before[first], self._content_before[last])


def _sums(flags: NDArray[np.bool_]) -> list[int]:
    """How many are set before each, and before one more."""
    return [0, *np.cumsum(flags).tolist()]
