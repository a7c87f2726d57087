"""Turns a question into what is asked of the index: terms to find, and conditions to meet."""

from collections.abc import Iterable, Mapping

from retrieval.index.protocol import CandidateQuery, Field
from retrieval.query import Query
from retrieval.question import Question
from retrieval.ranking import ARTICLE, GRAMS, TITLE
from retrieval.text.analyzer import analyzer
from retrieval.types import Bounds

FEW_KNOWN = 3
"""Grams help to find candidates only where the archive knows fewer words of the question, or not all of them; they
cost ten times what words cost."""

Ways = list[list[str]]
"""Words as each language of the archive reads them."""


def candidate_query(
    queries: Mapping[str, Query], question: Question, bounds: Bounds
) -> CandidateQuery:
    """Every term of every language, weighed as the ranking weighs its field, and the question's conditions."""
    words: dict[str, float] = {}
    grams: dict[str, float] = {}
    for query in queries.values():
        own: dict[str, float] = {}
        for term, emphasis in zip(query.terms, query.emphases.tolist(), strict=True):
            # What stands for two words of a question counts for both.
            own[term] = own.get(term, 0.0) + emphasis
        # Each passage is of one language, and counts for no more than the larger of two weights.
        words |= {term: max(weight, words.get(term, 0.0)) for term, weight in own.items()}
        known = sum(wanted.known for wanted in query.wanted)
        if known < FEW_KNOWN or known < len(query.wanted):
            grams |= dict.fromkeys(query.grams, GRAMS * query.damping)
    first, last = _days(bounds)
    return CandidateQuery(
        terms={Field.WORDS: words, Field.GRAMS: grams},
        article_terms={
            Field.ARTICLE: {term: ARTICLE * share for term, share in words.items()},
            Field.TITLE: {term: TITLE * share for term, share in words.items()},
        },
        phrases=[_written(phrase, queries) for phrase in question.phrases],
        titled=[_stems(words, queries) for words in question.titled],
        excluded=_excluded(question, queries),
        excluded_phrases=[_written(phrase, queries) for phrase in question.excluded_phrases],
        first_day=first,
        last_day=last,
    )


def listing_query(question: Question, languages: Iterable[str]) -> CandidateQuery:
    """Only the days and the exclusions of a question that asks for nothing in particular."""
    first, last = _days(question.bounds)
    excluded = _excluded(question, list(languages))
    return CandidateQuery({}, {}, excluded=excluded, first_day=first, last_day=last)


def _excluded(question: Question, languages: Iterable[str]) -> list[str]:
    return [stem for word in question.excluded for way in _stems(word, languages) for stem in way]


def _stems(text: str, languages: Iterable[str]) -> Ways:
    return [analyzer(language).content(text) for language in languages]


def _written(text: str, languages: Iterable[str]) -> Ways:
    ways = ([token.surface for token in analyzer(each).tokens(text)] for each in languages)
    return [list(way) for way in dict.fromkeys(map(tuple, ways))]


def _days(bounds: Bounds) -> tuple[int | None, int | None]:
    return (
        None if bounds.after is None else bounds.after.toordinal(),
        None if bounds.before is None else bounds.before.toordinal(),
    )
