"""What the archive asks of an index, whichever stands behind it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Field(StrEnum):
    """What is indexed of a passage; each field has statistics of its own."""

    WORDS = "words"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as the index sees it: tokens of our own analyzer.

    Args:
        number: the passage's place in the archive, from 0.
        article: the id of its article.
        day: the article's date as a proleptic ordinal (`date.toordinal()`).
        words: the passage's terms in order.
        title: the title's terms in order.
    """

    number: int
    article: str
    day: int
    words: Sequence[str]
    title: Sequence[str]


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """One field over the whole archive.

    Args:
        documents: passages in the archive.
        average_length: terms in a passage's field, on average; 0 in an empty archive.
        document_frequency: in how many passages' field a term stands.
    """

    documents: int
    average_length: float
    document_frequency: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class CandidateQuery:
    """What to look for.

    Args:
        terms: a passage must hold one of them, in any field.
        weights: how much a match counts in each field.
        first_day, last_day: ordinals of the days a passage's article may have, None is open.
    """

    terms: Sequence[str]
    weights: dict[Field, float]
    first_day: int | None = None
    last_day: int | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found.

    Args:
        numbers: of the passages, best first.
        total: how many passages match, found or not.
    """

    numbers: Sequence[int]
    total: int


class Index(Protocol):
    """An index over the passages of one archive."""

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Take passages in; they are found after `commit`."""

    def remove(self, article: str) -> None:
        """Forget all passages of an article; it takes effect at `commit`."""

    def commit(self) -> None:
        """Make what was added and removed visible, in one step.

        Raises:
            IndexStorageError: it could not be written; what was visible before stays so.
        """

    def candidates(self, query: CandidateQuery, limit: int) -> Candidates:
        """Find the passages that match best, roughly in order.

        Args:
            query: what to look for.
            limit: how many numbers to return at most.

        Raises:
            IndexStorageError: the index is damaged.
        """

    def statistics(self, field: Field) -> FieldStatistics:
        """Exact counts over what is visible."""
