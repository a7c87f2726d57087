"""Decides whether the best passage answers the question, or only holds some of its words."""

import math
from collections.abc import Sequence
from itertools import islice

from retrieval.bm25 import ARTICLE_K1, K1
from retrieval.expectation import Expected
from retrieval.index.protocol import Field
from retrieval.query import Query
from retrieval.ranking import ADJACENT, ARTICLE, GRAMS, PASSAGE, Ranked
from retrieval.types import Outcome

# The logit of "the best passage is about the question". Fitted by logistic regression, and rounded, on archives from
# one article to 1,800 in English, Spanish, German and Chinese, asked about what they hold and what they don't.
BIAS = -10.0
OF_REACH = 9.0
OF_GRAMS = 11.0
OF_PAIRS = 9.0
OF_MARGIN = 5.5
ALONE = 4.5
"""In place of the margin where all candidates are of one article."""
OF_SIZE = 0.8

ANSWER = 0.96
"""From here on the passages are an answer. Of questions about what is not there 0 to 1 in 100 get so far, of those
asked without a context ("When was the first issue?") 4."""

WEAK = 0.13
"""From here on they are shown as the nearest there is; 2 to 4 in 100 questions that have an answer stay below."""

NOUNS_WITH_CAPITALS = frozenset({"de", "lb"})
"""Languages in which a capital makes no name."""

LOOKED_AT = 3
"""The best by its words is looked for among so many; what it asks for may have put another first."""

SEVERAL = 2
"""Words; a single one that is there is no sign of an answer."""

UNSURE = 0.95
"""What the confidence of an answer is multiplied by that lacks a name, or the kind of thing, that was asked for: it
stays below `ANSWER`, and the order of such answers is kept (false answers at 90 % recall 4.7 %; 5.9 when cut off)."""

MEASURES = frozenset({Expected.TIME, Expected.NUMBER, Expected.DURATION})
"""What an answer must hold if it is asked for."""

STEEPEST = 30.0
"""The logit is cut off here, where the probability is 1 to thirteen places."""

PARTS = ("passage", "title", "article", "grams", "adjacent", "span", "sentence")
"""The parts of a score that a margin is taken over."""


def confidence(query: Query, ranked: Sequence[Ranked]) -> float:
    """How likely the archive answers the question, 0 to 1, comparable from question to question.

    Each part of the best passage's score is divided by the largest that the question could reach, with every word
    there without end; a word that the archive doesn't know has the largest weight. So a score above 0 means nothing
    by itself.

    Args:
        query: the question, in the language of the first passage.
        ranked: best first, not empty.
    """
    best = max(_head(query, ranked), key=_by_words)
    score = _by_words(best)
    others = [
        _by_words(candidate)
        for candidate in ranked
        if candidate.passage.article != best.passage.article
    ]
    words = _share(best.parts["passage"] + best.parts["article"], _words_reach(query))
    # Where one sentence holds all that was asked, it does not matter that others do too.
    stands_alone = not others or not score or _in_one_sentence(best)
    logit = (
        BIAS
        + OF_REACH * words
        + OF_GRAMS * _share(best.parts["grams"], _grams_reach(query), otherwise=words)
        + OF_PAIRS * _share(best.parts["adjacent"], _pairs_reach(query), otherwise=words)
        + (ALONE if stands_alone else OF_MARGIN * (1 - max(others) / score))
        + OF_SIZE * math.log(1 + query.size)
    )
    return 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, logit))))


def answers_fully(query: Query, ranked: Sequence[Ranked], question: str) -> bool:
    """Whether the best passages hold every name of the question and the kind of thing it asks for.

    Args:
        query: the question, in the language of the first passage.
        ranked: best first, not empty.
        question: as it was asked, for its capitals.
    """
    if query.expected in MEASURES and not any(
        candidate.answers for candidate in _head(query, ranked)
    ):
        return False
    if query.language in NOUNS_WITH_CAPITALS:
        return True
    names = [
        place
        for place, wanted in enumerate(query.wanted[: query.asked])
        if _is_name(
            question[: wanted.token.start], question[wanted.token.start : wanted.token.end]
        )
    ]
    return not names or any(
        (candidate.words_held[names] > 0).all() for candidate in _head(query, ranked)
    )


def _is_name(before: str, word: str) -> bool:
    """Whether a word has a capital that no sentence's beginning gives it."""
    before = before.rstrip(" \"“«'")
    return word[:1].isupper() and bool(before) and before[-1] not in ".?!:"


def _head(query: Query, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The first passages in the language of the query; those of another were asked in other words."""
    alike = (candidate for candidate in ranked if candidate.passage.language == query.language)
    return list(islice(alike, LOOKED_AT))


def _in_one_sentence(ranked: Ranked) -> bool:
    words = ranked.held.shape[1]
    return words >= SEVERAL and bool((ranked.held.min(axis=1) >= 1).any())


def _by_words(ranked: Ranked) -> float:
    return sum(ranked.parts[part] for part in PARTS)


def outcome(sure: float) -> Outcome:
    """What to call an answer of this confidence."""
    if sure >= ANSWER:
        return Outcome.ANSWER
    return Outcome.WEAK if sure >= WEAK else Outcome.NOTHING


def _share(score: float, reach: float, otherwise: float = 0.0) -> float:
    return score / reach if reach else otherwise


def _words_reach(query: Query) -> float:
    article = sum(
        max(query.idf(Field.ARTICLE, term) for term in wanted.forms)
        if wanted.known or len(wanted.forms) == 1
        else min(query.idf(Field.ARTICLE, term) for term in wanted.forms)
        for wanted in query.wanted
    )
    return PASSAGE * (K1 + 1) * query.total + ARTICLE * (ARTICLE_K1 + 1) * article


def _grams_reach(query: Query) -> float:
    return GRAMS * query.damping * (K1 + 1) * sum(query.gram_weights.values())


def _pairs_reach(query: Query) -> float:
    return ADJACENT * query.damping * sum(query.pairs.values())
