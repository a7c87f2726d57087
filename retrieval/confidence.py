"""Decides whether the best passages answer the question, or only hold some of its words."""

from collections.abc import Mapping, Sequence

from retrieval.query import Query
from retrieval.ranking import Ranked
from retrieval.types import Outcome

ANSWER_COVERAGE = 0.6
"""Share of the question's weight that the best passage must hold to be taken for an answer."""

WEAK_COVERAGE = 0.35
"""Below `ANSWER_COVERAGE` and from here on, passages are offered as the nearest there is."""

LOOKED_AT = 3
"""How many of the first passages may be the one that answers."""


def coverage(ranked: Sequence[Ranked], queries: Mapping[str, Query]) -> float:
    """The largest share of the question's weight that one of the first passages holds, 0 to 1.

    Scores are never looked at: a word found in every passage has a score above 0 too.

    Args:
        ranked: best first.
        queries: the question by language.
    """
    return max((_share(candidate, queries) for candidate in ranked[:LOOKED_AT]), default=0.0)


def _share(candidate: Ranked, queries: Mapping[str, Query]) -> float:
    passage = candidate.passage
    query = queries[passage.language]
    return query.held({*passage.terms, *passage.title}) / query.total if query.total else 0.0


def outcome(confidence: float) -> Outcome:
    """What to call an answer of this confidence."""
    if confidence >= ANSWER_COVERAGE:
        return Outcome.ANSWER
    return Outcome.WEAK if confidence >= WEAK_COVERAGE else Outcome.NOTHING
