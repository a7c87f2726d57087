"""Measures how well each sentence of a passage matches a question."""

from retrieval.expectation import Expected, holds
from retrieval.query import Query, lemma
from retrieval.store import StoredPassage

STEM_ONLY_SHARE = 0.85
"""What a word found only by its stem ("meeting" for "meet") is worth, of the word itself."""

EXPECTED_BONUS = 3.0
"""Added where a sentence that matches holds the kind of thing the question asks for."""

VAGUE_SHARE = 0.5
"""What a year, a month or a period is worth of that bonus where a day was asked for."""


def sentence_scores(passage: StoredPassage, query: Query) -> list[float]:
    """How much of the question's weight each sentence of a passage holds, and a bonus for what is asked.

    A sentence that holds none of the question's words is worth 0 whatever else it holds.
    """
    return [
        _score(passage, query, place, tokens)
        for place, tokens in enumerate(passage.sentence_tokens())
    ]


def _score(passage: StoredPassage, query: Query, place: int, tokens: range) -> float:
    found = {passage.terms[token] for token in tokens} & query.terms.keys()
    if not found:
        return 0.0
    surfaces = {lemma(passage.surfaces[token], passage.language) for token in tokens}
    held = sum(
        wanted.weight
        * max((part for term, part in wanted.forms.items() if term in found), default=0.0)
        * (1.0 if wanted.surface in surfaces else STEM_ONLY_SHARE)
        for wanted in query.wanted
    )
    return held + _bonus(passage, query, place)


def _bonus(passage: StoredPassage, query: Query, place: int) -> float:
    if query.expected is None:
        return 0.0
    span = passage.sentences[place]
    sentence = passage.text[span.start : span.end]
    asked = {wanted.surface for wanted in query.wanted}
    if not holds(query.expected, sentence, query.language, asked):
        return 0.0
    if query.expected is Expected.TIME:
        days = [found for found in passage.resolved if span.start <= found.start < span.end]
        if not any(found.first == found.last for found in days):
            return EXPECTED_BONUS * VAGUE_SHARE
    return EXPECTED_BONUS
