"""Weighs a question's words against an archive: what to look for, in which forms, and what each is worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.bm25 import idf
from retrieval.expectation import Expected, expected
from retrieval.index.protocol import Field, FieldStatistics
from retrieval.store import Codes, code, codes
from retrieval.text.analyzer import Analyzer, Token, analyzer
from retrieval.text.related import related
from retrieval.text.words import word_size

RELATED_SHARE = 0.7
"""What finding a related word is worth, of finding the word itself."""

FULL_QUESTION = 5
"""Words; in longer questions the closeness of words counts for less (Cranfield +0.8 points, TIME +0.8)."""

Floats = NDArray[np.float64]
Statistics = Mapping[Field, FieldStatistics]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of the question that counts.

    Args:
        token: the word, where it stands in the question, and its stem.
        forms: the stems it may be found as, and what share of its weight each is worth.
        weight: its idf over passages and titles; the largest there is if the archive doesn't know it.
        known: whether the archive holds the word itself.
        emphasis: what its weight was multiplied by; less than 1 for a word of an earlier question.
    """

    token: Token
    forms: Mapping[str, float]
    weight: float
    known: bool
    emphasis: float = 1.0


@dataclass(frozen=True)
class Query:
    """A question in one language of the archive.

    The arrays have one row for each form of each word, in the order of `wanted`.

    Args:
        language: ISO 639-1 code.
        wanted: its words that count, each once.
        expected: what kind of thing would answer it.
        terms: the stems to look for; `codes` of them.
        word: for each term, which of `wanted` it is a form of.
        shares: for each term, the share of its word's weight that it is worth.
        weights: by field, the idf of each term times its share.
        grams: character grams of the words; their idf in `gram_weights`.
        pairs: codes of stems side by side in the question, with the weight of finding them so.
        asked: how many of `wanted`, the first, are words of the question itself; the others are of an earlier one.
    """

    language: str
    wanted: tuple[Wanted, ...]
    expected: Expected | None
    terms: tuple[str, ...]
    codes: Codes
    word: NDArray[np.intp]
    shares: Floats
    weights: Mapping[Field, Mapping[int, float]]
    grams: tuple[str, ...]
    gram_codes: Codes
    gram_weights: Mapping[int, float]
    pairs: Mapping[tuple[int, int], float]
    asked: int

    @cached_property
    def word_weights(self) -> Floats:
        """The weight of each of `wanted`."""
        return np.array([wanted.weight for wanted in self.wanted])

    @cached_property
    def total(self) -> float:
        """The weight of all its words."""
        return float(self.word_weights.sum())

    @cached_property
    def size(self) -> float:
        """How many words it is as long as: an ideograph counts a half, a gram of Thai a fifth."""
        return sum(word_size(wanted.token.surface) * wanted.emphasis for wanted in self.wanted)

    @cached_property
    def damping(self) -> float:
        """What the closeness of words counts for, 1 in a short question."""
        return min(1.0, FULL_QUESTION / max(1.0, self.size))

    def idf(self, field: Field, term: str) -> float:
        """The weight of one of its terms in a field."""
        return self.weights[field].get(code(term), 0.0)

    @cached_property
    def emphases(self) -> Floats:
        """What each of its terms counts for beside the others, whatever its idf."""
        emphases = np.array([wanted.emphasis for wanted in self.wanted])
        return np.asarray(self.shares * emphases[self.word])

    def word_presence(self, present: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Floats:
        """What share of each word is found, given which terms are (last axis), 0 to 1."""
        worth = present * self.shares
        starts = np.searchsorted(self.word, np.arange(len(self.wanted)))
        return np.maximum.reduceat(worth, starts, axis=-1)


def build_query(
    tokens: Sequence[Token], asks: Sequence[str], language: str, statistics: Statistics
) -> Query | None:
    """Weigh a question in one language.

    Args:
        tokens: of the question, in that language, stop words included.
        asks: texts that may say what kind of thing is asked for; the first that does is heard.
        language: ISO 639-1 code.
        statistics: of each field, over the whole archive.

    Returns:
        None for a question without a word that counts.
    """
    counting = [token for token in tokens if not token.stop]
    first = {token.stem: token for token in reversed(counting)}
    words = analyzer(language)
    wanted = tuple(
        _weigh(token, words, statistics) for token in sorted(first.values(), key=_start)
    )
    if not wanted:
        return None
    forms = [
        (term, place, share)
        for place, word in enumerate(wanted)
        for term, share in word.forms.items()
    ]
    terms = tuple(term for term, _, _ in forms)
    stood_for = {word.token.stem for word in wanted if len(word.forms) > 1}
    grams = tuple(
        dict.fromkeys(
            words.grams(
                (token.surface, token.stop) for token in counting if token.stem not in stood_for
            )
        )
    )
    return Query(
        language=language,
        wanted=wanted,
        expected=next(filter(None, (expected(text, language) for text in asks)), None),
        terms=terms,
        codes=codes(terms),
        word=np.array([place for _, place, _ in forms]),
        shares=np.array([share for _, _, share in forms]),
        weights={
            field: _idf(((term, share) for term, _, share in forms), statistics[field])
            for field in (Field.WORDS, Field.TITLE, Field.ARTICLE)
        },
        grams=grams,
        gram_codes=codes(grams),
        gram_weights=_idf(((gram, 1.0) for gram in grams), statistics[Field.GRAMS]),
        pairs=_pairs(
            [token for token in tokens if token.stem not in stood_for],
            {word.token.stem: word.weight for word in wanted},
        ),
        asked=len(wanted),
    )


def _weigh(token: Token, words: Analyzer, statistics: Statistics) -> Wanted:
    of = statistics[Field.WORDS]
    frequency = of.document_frequency(token.stem)
    if frequency:
        return Wanted(token, {token.stem: 1.0}, idf(frequency, of.documents), known=True)
    near = words.content(" ".join(related(words.lemma(token.surface), words.language)))
    frequencies = {stem: of.document_frequency(stem) for stem in near}
    forms = {stem: RELATED_SHARE for stem, found in frequencies.items() if found}
    # What related words stand for weighs what the rarest of them does.
    rarest = min((frequencies[stem] for stem in forms), default=0)
    return Wanted(token, {token.stem: 1.0, **forms}, idf(rarest, of.documents), known=False)


def _idf(terms: Iterable[tuple[str, float]], of: FieldStatistics) -> dict[int, float]:
    return {
        code(term): share * idf(of.document_frequency(term), of.documents) for term, share in terms
    }


def _pairs(tokens: Sequence[Token], weights: Mapping[str, float]) -> dict[tuple[int, int], float]:
    """Neighbours in the question, not both stop words, and the sum of their weights."""
    return {
        (code(one.stem), code(other.stem)): weights.get(one.stem, 0.0) * (not one.stop)
        + weights.get(other.stem, 0.0) * (not other.stop)
        for one, other in pairwise(tokens)
        if not (one.stop and other.stop)
    }


def _start(token: Token) -> int:
    return token.start
