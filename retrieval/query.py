"""Weighs a question's words against an archive: what to look for, in which forms, and what each is worth."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.bm25 import idf
from retrieval.expectation import Expected, expected
from retrieval.index.protocol import Field, FieldStatistics
from retrieval.question import Question
from retrieval.text.analyzer import Token, analyzer
from retrieval.text.irregular import ENGLISH
from retrieval.text.related import related

RELATED_SHARE = 0.7
"""What finding a related word is worth, of finding the word itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of the question.

    Args:
        surface: in one case, irregular forms as their dictionary form.
        start, end: where it stands in the question.
        forms: the terms it may be found as, and what share of its weight each is worth.
        weight: its inverse document frequency; the largest there is if the archive doesn't know it.
        known: whether the archive holds the word itself.
    """

    surface: str
    start: int
    end: int
    forms: Mapping[str, float]
    weight: float
    known: bool


@dataclass(frozen=True)
class Query:
    """A question in one language of the archive.

    Args:
        language: ISO 639-1 code.
        wanted: its words that count, each once.
        expected: what kind of thing would answer it.
    """

    language: str
    wanted: tuple[Wanted, ...]
    expected: Expected | None

    @cached_property
    def terms(self) -> Mapping[str, float]:
        """Every term to look for, and the share it is worth of its word's weight."""
        terms: dict[str, float] = {}
        for wanted in self.wanted:
            for term, share in wanted.forms.items():
                terms[term] = max(share, terms.get(term, 0.0))
        return terms

    @cached_property
    def total(self) -> float:
        """The weight of all its words."""
        return sum(wanted.weight for wanted in self.wanted)

    def held(self, terms: Collection[str]) -> float:
        """How much of the weight some terms hold."""
        return sum(
            wanted.weight
            * max((share for term, share in wanted.forms.items() if term in terms), default=0.0)
            for wanted in self.wanted
        )


def build_query(
    question: Question, language: str, statistics: Mapping[Field, FieldStatistics]
) -> Query:
    """Weigh a question in one language.

    Args:
        question: what was asked.
        language: one of those it was analysed in.
        statistics: of each field, over the whole archive.
    """
    tokens = question.tokens[language]
    counting = [token for token in tokens if not token.stop] or tokens
    wanted = {
        token.term: _weigh(token, language, statistics) for token in reversed(list(counting))
    }
    return Query(language, tuple(reversed(wanted.values())), expected(question.text, language))


def _weigh(token: Token, language: str, statistics: Mapping[Field, FieldStatistics]) -> Wanted:
    frequency = _frequency(token.term, statistics)
    forms = {token.term: 1.0}
    if not frequency:
        for term in _known(_related_terms(token, language), statistics):
            forms.setdefault(term, RELATED_SHARE)
    return Wanted(
        surface=lemma(token.surface, language),
        start=token.start,
        end=token.end,
        forms=forms,
        weight=idf(frequency, statistics[Field.WORDS].documents),
        known=bool(frequency),
    )


def lemma(surface: str, language: str) -> str:
    """The dictionary form of an irregular one; other words as they are."""
    return ENGLISH.get(surface, surface) if language == "en" else surface


def _frequency(term: str, statistics: Mapping[Field, FieldStatistics]) -> int:
    return statistics[Field.WORDS].document_frequency(term) or min(
        1, statistics[Field.TITLE].document_frequency(term)
    )


def _related_terms(token: Token, language: str) -> Sequence[str]:
    words = related(lemma(token.surface, language), language)
    return analyzer(language).terms(" ".join(words)) if words else ()


def _known(terms: Iterable[str], statistics: Mapping[Field, FieldStatistics]) -> Iterable[str]:
    return (term for term in terms if statistics[Field.WORDS].document_frequency(term))
