"""Finds the sentence of a passage that answers, and prefers passages that have one."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from retrieval.expectation import Expected, holds
from retrieval.query import Query
from retrieval.ranking import Ranked, order
from retrieval.store import StoredPassage, code
from retrieval.text.analyzer import analyzer

LOOKED_AT = 8
"""How many of the best passages are looked into for what the question asks for."""

EXPECTED = {
    Expected.TIME: 0.6,
    Expected.NUMBER: 0.6,
    Expected.NAME: 0.6,
    Expected.PLACE: 0.6,
    Expected.DURATION: 1.5,
}
"""Added where a sentence that matches holds the kind of thing the question asks for."""

VAGUE_SHARE = 0.5
"""What a year, a month or a period is worth of that where a day was asked for."""

LEMMA = 0.2
"""Added for each word found as it was asked ("met" for "meet") rather than by its stem only ("meeting")."""

WORTH_A_LOOK = 0.5
"""Sentences with less than this share of the best one's words are not looked into."""


def prefer_answers(ranked: Sequence[Ranked], query: Query) -> list[Ranked]:
    """Put those of the best passages first that hold what the question asks for, where scores are close.

    Args:
        ranked: best first.
        query: the question, in the language of all of them.
    """
    lemma_of = analyzer(query.language).lemma
    lemmas = {code(lemma_of(wanted.token.surface)) for wanted in query.wanted}
    head = [_looked_into(candidate, query, lemmas) for candidate in ranked[:LOOKED_AT]]
    return sorted([*head, *ranked[LOOKED_AT:]], key=order)


def _looked_into(ranked: Ranked, query: Query, lemmas: AbstractSet[int]) -> Ranked:
    passage = ranked.passage
    as_asked = np.zeros(passage.sentence_count)
    expected = np.zeros(passage.sentence_count)
    found = passage.lemmas_found(lemmas)
    least = WORTH_A_LOOK * float(ranked.sentences.max(initial=0.0))
    for place in np.flatnonzero((ranked.sentences > 0) & (ranked.sentences >= least)).tolist():
        as_asked[place] = LEMMA * len(found[place]) / len(lemmas)
        if query.expected is not None:
            expected[place] = _expected(passage, place, query, query.expected)
    bonuses = as_asked + expected
    bonus = float(bonuses.max(initial=0.0))
    return replace(
        ranked,
        score=ranked.score + bonus,
        parts={**ranked.parts, "focus": bonus},
        sentences=ranked.sentences + bonuses / query.total,
        answers=bool(expected.any()),
    )


def _expected(passage: StoredPassage, place: int, query: Query, kind: Expected) -> float:
    span = passage.sentences[place]
    asked = {wanted.token.surface for wanted in query.wanted}
    if not holds(kind, passage.text[span.start : span.end], query.language, asked):
        return 0.0
    if kind is Expected.TIME:
        inside = [found for found in passage.resolved if span.start <= found.start < span.end]
        if not any(found.first == found.last for found in inside):
            return EXPECTED[kind] * VAGUE_SHARE
    return EXPECTED[kind]
