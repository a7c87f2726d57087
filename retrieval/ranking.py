"""Puts candidate passages in order: rank-bm25's exact scores over words and title, then the best sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.bm25 import ArchiveBM25
from retrieval.index.protocol import Field, FieldStatistics
from retrieval.query import Query
from retrieval.sentence_match import sentence_scores
from retrieval.store import StoredPassage

FIELD_WEIGHTS: Mapping[Field, float] = {Field.WORDS: 1.0, Field.TITLE: 0.3}
"""How much a field's BM25 score counts."""

SENTENCE_WEIGHT = 0.5
"""How much the best sentence's score counts."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage and what its place among the others follows from.

    Args:
        bm25: rank-bm25's score, the fields' weighted sum.
        sentences: each sentence's, see `sentence_scores`.
        score: what the order goes by.
    """

    passage: StoredPassage
    bm25: float
    sentences: Sequence[float]
    score: float


def rank(
    queries: Mapping[str, Query],
    candidates: Sequence[StoredPassage],
    statistics: Mapping[Field, FieldStatistics],
) -> list[Ranked]:
    """Order candidates, best first; ties go to the newer article, then to the earlier passage.

    Args:
        queries: the question by language; each passage is asked in its own.
        candidates: as the index found them; their order does not matter.
        statistics: of each field, over the whole archive.
    """
    ranked: list[Ranked] = []
    for language in {passage.language for passage in candidates}:
        query = queries[language]
        alike = [passage for passage in candidates if passage.language == language]
        for passage, bm25 in zip(alike, bm25_scores(query, alike, statistics), strict=True):
            sentences = sentence_scores(passage, query)
            score = bm25 + SENTENCE_WEIGHT * max(sentences, default=0.0)
            ranked.append(Ranked(passage, bm25, sentences, score))
    return sorted(ranked, key=_order)


def bm25_scores(
    query: Query,
    candidates: Sequence[StoredPassage],
    statistics: Mapping[Field, FieldStatistics],
) -> list[float]:
    """rank-bm25's scores of candidates, over all fields, in their order."""
    scores = [0.0] * len(candidates)
    for field, weight in FIELD_WEIGHTS.items():
        texts = [_field(passage, field) for passage in candidates]
        bm25 = ArchiveBM25(
            [[term for term in text if term in query.terms] for text in texts],
            statistics[field],
            lengths=[len(text) for text in texts],
        )
        for term, share in query.terms.items():
            for place, score in enumerate(bm25.scores([term])):
                scores[place] += weight * share * float(score)
    return scores


def _order(ranked: Ranked) -> tuple[float, int, str, int]:
    source = ranked.passage.source
    return (-ranked.score, -source.date.toordinal(), source.id, ranked.passage.number)


def _field(passage: StoredPassage, field: Field) -> Sequence[str]:
    return passage.title if field is Field.TITLE else passage.words
