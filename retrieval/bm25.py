"""BM25 as rank-bm25 computes it, with the archive's statistics and an idf that holds on small archives."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.index.protocol import FieldStatistics

K1 = 0.9
"""Term-frequency saturation; the grid is flat from 0.6 to 0.9 on two sets of real questions."""

B = 0.75
"""Length normalisation, 0 (none) to 1 (full); flat from 0.6 to 0.9."""


def idf(document_frequency: int, documents: int) -> float:
    """Lucene's inverse document frequency, `log(1 + (N - df + 0.5) / (df + 0.5))`.

    It is above 0 for every df from 0 to N, so a word found everywhere still counts for a little and never
    against. Source: Lucene's BM25Similarity.
    """
    return math.log(1 + (documents - document_frequency + 0.5) / (document_frequency + 0.5))


class ArchiveBM25(BM25Okapi):
    """`BM25Okapi` over a few candidates, scored as if the whole archive had been given.

    rank-bm25 takes N, document frequencies and the average length from the documents it is handed, and its
    own idf falls to zero or below on small archives. Here all three come from the archive.

    Args:
        candidates: the terms of each candidate, repeated as often as they occur. Terms that the question
            doesn't hold may be left out if `lengths` is given.
        statistics: of the field that the terms belong to, over the whole archive.
        lengths: terms in each candidate, where `candidates` holds only some of them.
    """

    def __init__(
        self,
        candidates: Sequence[Sequence[str]],
        statistics: FieldStatistics,
        lengths: Sequence[int] | None = None,
    ) -> None:
        self._statistics = statistics
        # rank-bm25 divides by the number of documents and by that of distinct words.
        super().__init__(candidates or [[]], k1=K1, b=B)
        if not candidates:
            self.corpus_size = 0
            self.doc_freqs.clear()
            self.doc_len.clear()
        if lengths is not None:
            self.doc_len = list(lengths)
        self.avgdl = statistics.average_length or 1.0

    def _calc_idf(self, nd: Iterable[str]) -> None:
        documents = self._statistics.documents
        self.idf = {term: idf(self._statistics.document_frequency(term), documents) for term in nd}

    def scores(self, terms: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Score every candidate against the question's terms.

        Returns:
            One score a candidate, in their order; 0 where no term is found.
        """
        return self.get_scores(terms)
