"""BM25 of every passage, exactly, to see how much of its top ten an engine brings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from benchmarks.scale.peers.asking import TOP
from retrieval.bm25 import idf

TIE = 1e-6
"""Scores no further apart are the same; some engines compute with 32 bits."""

Scores = NDArray[np.float64]


class ExactBM25:
    """rank-bm25's formula with Lucene's idf, over all passages.

    Args:
        passages: the terms of each.
        questions: the terms of each, each once.
        k1, b: saturation and length normalisation, as the engine has them that is compared.
    """

    def __init__(
        self,
        passages: Iterable[Sequence[str]],
        questions: Sequence[Sequence[str]],
        k1: float,
        b: float,
    ) -> None:
        self._questions = questions
        self._k1, self._b = k1, b
        wanted = {term for terms in questions for term in terms}
        holding: dict[str, tuple[list[int], list[int]]] = {term: ([], []) for term in wanted}
        lengths: list[int] = []
        for number, terms in enumerate(passages):
            lengths.append(len(terms))
            for term, count in Counter(filter(wanted.__contains__, terms)).items():
                numbers, counts = holding[term]
                numbers.append(number)
                counts.append(count)
        self._postings = {
            term: (np.array(numbers, np.int64), np.array(counts, np.float64))
            for term, (numbers, counts) in holding.items()
        }
        self._lengths = np.array(lengths, np.float64)

    def scores(self, terms: Sequence[str]) -> Scores:
        """Of every passage."""
        scores = np.zeros(len(self._lengths))
        average = self._lengths.mean() or 1.0
        norms = self._k1 * (1 - self._b + self._b * self._lengths / average)
        for term in terms:
            numbers, counts = self._postings[term]
            weight = idf(len(numbers), len(self._lengths)) * (self._k1 + 1)
            scores[numbers] += weight * counts / (counts + norms[numbers])
        return scores

    def agreement(self, found: Sequence[Sequence[int]]) -> float:
        """The share of the exact top ten that an engine found, on average; of equal ones any may be among them.

        Args:
            found: the numbers of passages, for each question that was asked; fewer than there are, if time was short.
        """
        asked = self._questions[: len(found)]
        return mean(
            self._share(self.scores(terms), numbers)
            for terms, numbers in zip(asked, found, strict=True)
        )

    @staticmethod
    def _share(scores: Scores, numbers: Sequence[int]) -> float:
        size = min(TOP, int(np.count_nonzero(scores)))
        if not size:
            return 1.0
        least = np.partition(scores, -size)[-size]
        return float(np.count_nonzero(scores[list(numbers)] >= least - TIE)) / size
