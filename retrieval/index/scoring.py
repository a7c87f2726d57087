"""Computes tantivy's BM25 with the numbers of the articles there are, where its own come close to a tie.

tantivy counts removed documents until it merges them away, and adds up in 32 bits. Scores of what a question finds
therefore differ a little between two indexes of the same articles, and near the last place so may what is found. How
much they can differ is known; only what lies that near is computed anew.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from retrieval.bm25 import idf
from retrieval.index.documents import shorten
from retrieval.index.protocol import Counts, Field
from retrieval.index.queries import Weights

ROUNDING = 1e-5
"""How far a score may be off for adding up in 32 bits, as a share of it."""

K1 = 1.2
"""Term-frequency saturation in tantivy, which can't be changed."""

B = 0.75
"""Length normalisation in tantivy."""

_TERM = re.compile(r'Term=Term\(field=(\d+), type=Str, "(.*)"\)', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_FIELDS = tuple(Field)


@dataclass(frozen=True, slots=True)
class Measured:
    """What tantivy takes its scores from.

    Args:
        documents: how many, removed ones included.
        averages: length of each field, over all of them.
    """

    documents: int
    averages: Mapping[Field, float]


@dataclass(frozen=True)
class Scoring:
    """What scores should follow from, and what tantivy takes for it.

    Args:
        counts: how much there is.
        measured: what tantivy takes its scores from.
        frequency: in how many documents there are a term of a field stands.
        frequency_counted: in how many that tantivy counts.
    """

    counts: Counts
    measured: Measured
    frequency: Callable[[Field, str], int]
    frequency_counted: Callable[[Field, str], int]

    @cached_property
    def should(self) -> Measured:
        """What tantivy should take its scores from: as in an index of the same articles that was built at once."""
        return should_be(self.counts)

    def boosted(self, weights: Weights) -> Weights:
        """Weights that make tantivy's idf of each term the one it should be; those that stand nowhere are left out."""
        should, measured = self.should.documents, self.measured.documents

        def boosted(field: Field, terms: Mapping[str, float]) -> Iterator[tuple[str, float]]:
            for term, weight in terms.items():
                counted = self.frequency_counted(field, term)
                frequency = self.frequency(field, term) if measured != should else counted
                if frequency:
                    yield term, weight * idf(frequency, should) / idf(counted, measured)

        return {field: dict(boosted(field, terms)) for field, terms in weights.items()}

    @cached_property
    def off(self) -> float:
        """How far a score of tantivy's may be off, as a share of it.

        A term's share of the score falls with the length of the field beside the average, and no faster than that.
        """
        ratios = [self.measured.averages[of] / self.should.averages[of] for of in Field]
        return ROUNDING + max(max(ratio, 1 / ratio) - 1 for ratio in ratios)

    def exact(self, weights: Weights, explained: str) -> float:
        """The score that a document should have.

        Args:
            weights: of the terms that were looked for.
            explained: what tantivy says about the score that it gives, as JSON.
        """
        by_term = {
            (field, shorten(term)): weight
            for field, terms in weights.items()
            for term, weight in terms.items()
        }
        parts = []
        for found in _matches(json.loads(explained)):
            weight = by_term.get((found.field, found.term), 0.0)
            weight *= idf(self.frequency(found.field, found.term), self.should.documents)
            length = found.length / self.should.averages[found.field]
            frequency = found.frequency
            parts.append(weight * (K1 + 1) * frequency / (frequency + K1 * (1 - B + B * length)))
        return math.fsum(parts)

    def missing(self) -> list[dict[Field, int]]:
        """The ballast that makes averages what they should be: how long each field of each document is.

        Documents without a word make averages fall, words make them rise.
        """
        documents, held = self.measured.documents, self._held()
        enough = max(
            math.ceil(length / self.should.averages[field]) for field, length in held.items()
        )
        empty = max(0, enough - documents - 1)
        lengths = {
            field: max(0, round(self.should.averages[field] * (documents + empty + 1)) - length)
            for field, length in held.items()
        }
        return [lengths, *({} for _ in range(empty))]

    def _held(self) -> dict[Field, int]:
        """How long each field is, over all documents that tantivy counts."""
        return {
            field: round(average * self.measured.documents)
            for field, average in self.measured.averages.items()
        }


def should_be(counts: Counts) -> Measured:
    """What tantivy takes its scores from where articles were added only; it counts passages and articles together.

    Args:
        counts: of the articles. There is one document of ballast, with a word in each field.
    """
    documents = counts.passages + counts.articles + 1
    return Measured(
        documents, {field: (counts.lengths.get(field, 0) + 1) / documents for field in Field}
    )


def measured(explained: Mapping[Field, str]) -> Measured:
    """What tantivy takes its scores from.

    Args:
        explained: what it says about the score of a document that holds a word in each field, as JSON.
    """
    documents, averages = 0, {}
    for field, told in explained.items():
        values = _values(json.loads(told))
        documents, averages[field] = int(values["N"]), values["avgdl"]
    return Measured(documents, averages)


class _Match(NamedTuple):
    """A term that a document holds, how often, and the field's length as tantivy keeps it."""

    field: Field
    term: str
    frequency: float
    length: float


def _matches(node: Mapping[str, object]) -> Iterator[_Match]:
    context = cast("list[str]", node.get("context", []))
    found = next(filter(None, map(_TERM.match, context)), None)
    if found is None:
        for each in cast("list[Mapping[str, object]]", node.get("details", [])):
            yield from _matches(each)
        return
    values = _values(node)
    term = _ESCAPED.sub(_unescaped, found[2])
    yield _Match(_FIELDS[int(found[1])], term, values["freq"], values["dl"])


def _values(node: Mapping[str, object]) -> dict[str, float]:
    """What a score is computed from, by the letters that tantivy has for it."""
    details = cast("list[Mapping[str, object]]", node.get("details", []))
    if not details:
        return {str(node["description"]).partition(",")[0]: cast("float", node["value"])}
    values: dict[str, float] = {}
    for each in details:
        values |= _values(each)
    return values


def _unescaped(found: re.Match[str]) -> str:
    if found[1] is not None:
        return chr(int(found[1], 16))
    return _LETTERS.get(found[2], found[2])
