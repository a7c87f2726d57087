"""What the archive asks of an index, whichever stands behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, Self


class Field(StrEnum):
    """What is indexed. `WORDS` and `GRAMS` are of passages, the title included; the others of articles."""

    WORDS = "words"
    GRAMS = "grams"
    TITLE = "title"
    ARTICLE = "article"


PASSAGE_FIELDS = frozenset({Field.WORDS, Field.GRAMS})


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as the index sees it: terms of our own analyzer.

    Args:
        number: no other passage has or had it.
        words: the stems of passage and title that count.
        grams: the character grams of both.
        written: every word of the passage, stop words included, in one case.
    """

    number: int
    words: Sequence[str]
    grams: Sequence[str]
    written: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article as a whole.

    Args:
        number: no other article has or had it.
        article: its id.
        day: its date as a proleptic ordinal (`date.toordinal()`).
        words: the stems of title and text that count.
        title: those of the title.
        written: every word of the title, stop words included, in one case.
    """

    number: int
    article: str
    day: int
    words: Sequence[str]
    title: Sequence[str]
    written: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an archive holds.

    Args:
        passages, articles: how many.
        lengths: terms in each field, over all of them.
    """

    passages: int = 0
    articles: int = 0
    lengths: Mapping[Field, int] = field(default_factory=dict)

    def documents(self, of: Field) -> int:
        """How many passages, or articles, a field is counted over."""
        return self.passages if of in PASSAGE_FIELDS else self.articles

    @classmethod
    def of(cls, article: IndexedArticle, passages: Sequence[IndexedPassage]) -> Self:
        """The counts of one article."""
        lengths = {
            Field.WORDS: sum(len(passage.words) for passage in passages),
            Field.GRAMS: sum(len(passage.grams) for passage in passages),
            Field.TITLE: len(article.title),
            Field.ARTICLE: len(article.words),
        }
        return cls(len(passages), 1, lengths)

    def plus(self, other: "Counts") -> "Counts":
        """The counts of both together."""
        return self._with(other, 1)

    def minus(self, other: "Counts") -> "Counts":
        """The counts without those of articles that go."""
        return self._with(other, -1)

    def _with(self, other: "Counts", sign: int) -> "Counts":
        return Counts(
            self.passages + sign * other.passages,
            self.articles + sign * other.articles,
            {of: self.lengths.get(of, 0) + sign * other.lengths.get(of, 0) for of in Field},
        )


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """One field over the whole archive.

    Args:
        documents: passages, or articles, in the archive.
        average_length: terms in the field, on average; 0 in an empty archive.
        document_frequency: in how many of them a term stands.
    """

    documents: int
    average_length: float
    document_frequency: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class CandidateQuery:
    """What to look for.

    Args:
        terms: by field of a passage, the terms and how much each counts; one must be found.
        article_terms: by field of an article, likewise; their articles' passages are candidates too.
        phrases: words as written that must stand side by side in text or title; each in the ways it may be read.
        titled: stems that the title must hold side by side, likewise.
        excluded: stems that a passage, or a listed article, must not hold.
        excluded_phrases: as `phrases`, that must not stand there.
        first_day, last_day: ordinals of the days an article may have, None is open.
    """

    terms: Mapping[Field, Mapping[str, float]]
    article_terms: Mapping[Field, Mapping[str, float]]
    phrases: Sequence[Sequence[Sequence[str]]] = ()
    titled: Sequence[Sequence[Sequence[str]]] = ()
    excluded: Sequence[str] = ()
    excluded_phrases: Sequence[Sequence[Sequence[str]]] = ()
    first_day: int | None = None
    last_day: int | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found.

    Args:
        numbers: of passages, in the corpus's order; of articles, the newest first.
        total: how many passages hold one of the words, found or not.
        reaching: given a score, which other passages that meet the same conditions BM25 of the words may give it, or
            more, with the archive's `K1` and `B`: all of them, but at most the 2,560 likeliest. Some may be among
            `numbers`.
    """

    numbers: Sequence[int]
    total: int
    reaching: Callable[[float], Sequence[int]] = field(default=lambda _: (), compare=False)


class Index(Protocol):
    """An index over the articles of one archive.

    What it finds depends on the articles only: neither on their numbers, nor on when each was added, nor on what has
    been removed.
    """

    def add(self, article: IndexedArticle, passages: Sequence[IndexedPassage]) -> None:
        """Take an article in; it is found after `commit`."""

    def remove(self, article: int) -> None:
        """Leave out an article with its passages, by its number; it is found until `commit`."""

    def commit(self) -> None:
        """Make what was added and removed visible, in one step.

        Raises:
            IndexStorageError: it could not be written; what was visible before stays so.
        """

    def candidates(self, query: CandidateQuery, limit: int) -> Candidates:
        """Find the passages that match best; of those that match alike the newer, then the earlier in the corpus.

        Args:
            query: what to look for.
            limit: how many numbers to return, roughly.

        Raises:
            IndexStorageError: the index is damaged.
        """

    def newest(self, query: CandidateQuery, limit: int, skip: int = 0) -> Candidates:
        """The newest articles of a query's days, without those that hold what it excludes.

        `numbers` and `total` are of articles, those of one day in the corpus's order; the query's terms are not looked
        at.

        Args:
            query: the days and what to leave out.
            limit: how many numbers to return at most.
            skip: how many to pass over.

        Raises:
            IndexStorageError: the index is damaged.
        """

    def article(self, key: str) -> int | None:
        """The number of the article with a key, see `retrieval.keys`; None where there is none.

        Raises:
            IndexStorageError: the index is damaged.
        """

    def statistics(self, field: Field) -> FieldStatistics:
        """Exact counts over what is visible; counting raises IndexStorageError where the index is damaged."""
