"""BM25 as rank-bm25 computes it, with the archive's statistics and an idf that holds on small archives."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Counts = NDArray[np.intp]

if TYPE_CHECKING:
    Okapi = BM25Okapi[int, int]
else:
    Okapi = BM25Okapi

K1 = 0.9
"""Term-frequency saturation; the grid is flat from 0.6 to 0.9 on two sets of real questions."""

B = 0.75
"""Length normalisation, 0 (none) to 1 (full); flat from 0.6 to 0.9."""

ARTICLE_K1 = 1.6
"""For whole articles, which repeat their words more often, so that the score should saturate later."""

ARTICLE_B = 0.6
"""For whole articles. With `ARTICLE_K1`: TIME +1.5, Cranfield +0.6 points of nDCG@10."""


TITLE_REPEAT = 2
"""The title counts as this many copies of itself inside each of the article's passages."""


def idf(document_frequency: int, documents: int) -> float:
    """Lucene's inverse document frequency, `log(1 + (N - df + 0.5) / (df + 0.5))`.

    It is above 0 for every df from 0 to N, so a word found everywhere still counts for a little and never
    against. Source: Lucene's BM25Similarity.
    """
    return math.log(1 + (documents - document_frequency + 0.5) / (document_frequency + 0.5))


class ArchiveBM25(Okapi):
    """`BM25Okapi` over a few candidates, scored as if the whole archive had been given.

    rank-bm25 takes N, document frequencies and the average length from the documents it is handed, and its
    own idf falls to zero or below on small archives. Here all three come from the archive.

    Args:
        terms: codes of those that may be asked for.
        counts: how often each of them (by row) stands in each candidate.
        lengths: terms in each candidate.
        average_length: terms in a document of the archive, on average.
        weights: the idf of each term; one without counts for nothing.
        k1, b: saturation and length normalisation.
    """

    def __init__(
        self,
        terms: Sequence[int],
        counts: Counts,
        lengths: Sequence[int],
        average_length: float,
        weights: Mapping[int, float],
        *,
        k1: float = K1,
        b: float = B,
    ) -> None:
        self._rows = {term: row for row, term in enumerate(terms)}
        self._counts = counts
        self._lengths = lengths
        self._average_length = average_length
        self._weights = weights
        super().__init__(range(counts.shape[1]), k1=k1, b=b)

    def _initialize(self, corpus: Sequence[int]) -> Mapping[int, float]:
        """Take what rank-bm25 would count: its own way divides by the number of documents and of words."""
        self.corpus_size = len(corpus)
        self.doc_len = list(self._lengths)
        self.avgdl = self._average_length or 1.0
        return self._weights

    def _calc_idf(self, nd: Mapping[int, float]) -> None:
        self.idf = dict(nd)

    def get_scores(self, query: Sequence[int]) -> NDArray[np.float64]:
        """What rank-bm25's own gives, to the last bit, without a dictionary for each candidate."""
        known = [term for term in query if term in self._rows]
        often = self._counts[[self._rows[term] for term in known]]
        weights = np.array([self.idf.get(term, 0.0) for term in known])[:, None]
        length = np.array(self.doc_len)
        norm = self.k1 * (1 - self.b + self.b * length / self.avgdl)
        scores = np.zeros(self.corpus_size)
        for part in weights * (often * (self.k1 + 1) / (often + norm)):
            scores += part
        return scores
