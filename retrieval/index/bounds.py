"""The most that BM25 as rank-bm25 has it may give a passage, told from the score that tantivy gives it.

A term that stands f times counts its weight w, times k + 1, times f / (f + k n), where n is the length beside the
average, weighed by b. Let x be that quotient with tantivy's k and n. With ours it is y = x / (x + r (1 - x)), where r
is our k n by tantivy's. tantivy's score tells the sum of w x; what is wanted is the most that the sum of w y may be.

- For r up to 1, y is a concave function of x, so the sum is largest where x is the same for all terms.
- y / x falls with f, so y is at most x times what that is for f = 1.
- Both rise as r falls, the second as tantivy's n grows. tantivy rounds lengths down, never up, so to take the length
  itself for its n is safe. Where that is not known, r is taken for no words or for words without end, whichever is
  less: it runs from one to the other.

Besides, idf is over passages for us, and over articles too for tantivy.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval import bm25
from retrieval.bm25 import idf
from retrieval.index.protocol import Field
from retrieval.index.scoring import K1, ROUNDING, B, Scoring

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bound:
    """What holds for one question in one index.

    Args:
        weights: those of its words in tantivy, of as many as it holds.
        reach: all of them, added up.
        share: what each counts for us of that at most.
        average, average_counted: the length of a passage for us, and for tantivy.
    """

    weights: Mapping[str, float]
    reach: float
    share: float
    average: float
    average_counted: float

    @classmethod
    def of(cls, scoring: Scoring, words: Mapping[str, float]) -> "Bound":
        """Of some words, with what each counts beside its idf."""
        counts, documents = scoring.counts, scoring.should.documents
        weights: dict[str, float] = {}
        share = 0.0
        for term, weight in words.items():
            if frequency := scoring.frequency(Field.WORDS, term):
                counted = idf(frequency, documents)
                weights[term] = weight * counted
                share = max(share, idf(frequency, counts.passages) / counted)
        average = counts.lengths.get(Field.WORDS, 0) / max(1, counts.passages) or 1.0
        average_counted = scoring.measured.averages[Field.WORDS]
        return cls(weights, sum(weights.values()), share, average, average_counted)

    def needed(self, least: float) -> frozenset[str]:
        """Words of which a passage must hold one to have some score: all others together come to less."""
        left = least / ((bm25.K1 + 1) * self.share) if self.share else 0.0
        ascending = sorted(self.weights, key=self.weights.__getitem__)
        for place, term in enumerate(ascending):
            left -= self.weights[term]
            if left <= 0:
                return frozenset(ascending[place:])
        return frozenset()

    def any_length(self, score: float) -> float:
        """The most for a passage of any length; it rises with tantivy's score."""
        endless = bm25.B * self.average_counted / (B * self.average)
        ratio = bm25.K1 / K1 * min((1 - bm25.B) / (1 - B), endless)
        x = min(1.0, score * (1 + ROUNDING) / ((K1 + 1) * self.reach))
        return self._whole * x / (x + ratio * (1 - x))

    def with_lengths(self, scores: Floats, lengths: Floats) -> Floats:
        """The most for each of some passages, whose lengths are known."""
        ours = bm25.K1 * (1 - bm25.B + bm25.B * lengths / self.average)
        theirs = K1 * (1 - B + B * lengths / self.average_counted)
        x = np.minimum(1.0, scores * (1 + ROUNDING) / ((K1 + 1) * self.reach))
        # Above 1, y is at most x, as it is at 1.
        alike = x / (x + np.minimum(1.0, ours / theirs) * (1 - x))
        once = x * (1 + theirs) / (1 + ours)
        return np.asarray(self._whole * np.minimum(alike, once))

    @property
    def _whole(self) -> float:
        """What the words would be worth in a passage that holds each without end."""
        return self.share * (bm25.K1 + 1) * self.reach
