"""The one door to the articles: load an archive, ask it a question, get an answer in quotations."""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from retrieval.confidence import coverage, outcome
from retrieval.examples import example_questions
from retrieval.excerpts import excerpt
from retrieval.index.protocol import CandidateQuery, Field
from retrieval.query import Query, build_query
from retrieval.question import Question, parse
from retrieval.ranking import FIELD_WEIGHTS, Ranked, rank
from retrieval.settings import ArchiveSettings
from retrieval.snapshot import Progress, Snapshot, open_or_build
from retrieval.store import StoredPassage
from retrieval.types import Answer, Excerpt, Note, Outcome, Refusal

CANDIDATES = 50
"""How many passages are scored exactly. The right one is among them in 98 to 100 of 100 questions; 20 cost
0.3 points."""

DEFAULT_EXCERPTS = 3


class Archive:
    """An immutable snapshot of a corpus: articles, index, statistics. Safe to ask from many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._statistics = {field: snapshot.index.statistics(field) for field in Field}

    @classmethod
    def load(cls, settings: ArchiveSettings, progress: Progress | None = None) -> "Archive":
        """Read a corpus, or open its index where nothing has changed.

        Args:
            settings: where the articles and the index are.
            progress: called with the number of articles taken in so far.

        Raises:
            CorpusError: the corpus can't be read, or holds no usable article.
            IndexStorageError: the index can't be written or read.
        """
        return cls(open_or_build(settings, progress))

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return self._snapshot.manifest.articles

    @property
    def passages(self) -> int:
        """How many passages they were cut into."""
        return len(self._snapshot.passages)

    def all_passages(self) -> Iterator[StoredPassage]:
        """Every passage, in order; for measuring and checking."""
        return iter(self._snapshot.passages)

    @property
    def first_day(self) -> date:
        """The date of the oldest article."""
        return self._snapshot.manifest.first

    @property
    def last_day(self) -> date:
        """The date of the newest article."""
        return self._snapshot.manifest.last

    @property
    def languages(self) -> Sequence[str]:
        """ISO 639-1 codes of the articles' languages, the commonest first."""
        return self._snapshot.manifest.languages

    @property
    def refusals(self) -> Sequence[Refusal]:
        """Files and lines of the corpus that could not be used."""
        return self._snapshot.manifest.refusals

    @property
    def notes(self) -> Sequence[Note]:
        """What is worth knowing about files that were used."""
        return self._snapshot.manifest.notes

    @property
    def generation(self) -> str:
        """Tells this snapshot from one of other files or settings."""
        return self._snapshot.manifest.fingerprint[:12]

    @cached_property
    def examples(self) -> Sequence[str]:
        """Up to two questions, taken from the newest articles, that this archive answers."""
        newest = [self._snapshot.passages[number] for number in self._snapshot.manifest.newest]
        return example_questions(newest, self.ask, wanted=2)

    def ask(self, text: str, limit: int = DEFAULT_EXCERPTS) -> Answer:
        """Answer a question in quotations.

        Args:
            text: the question, any text of any length.
            limit: excerpts at most, from 1.

        Raises:
            IndexStorageError: the index is damaged.
        """
        began = time.perf_counter()
        question = parse(text, self.languages)
        queries = {
            language: build_query(question, language, self._statistics)
            for language in self.languages
        }
        terms = {term: None for query in queries.values() for term in query.terms}
        missing = _missing(question, queries)
        if not terms:
            return _nothing(question, missing, began)
        found = self._snapshot.index.candidates(
            CandidateQuery(tuple(terms), dict(FIELD_WEIGHTS)), max(CANDIDATES, limit)
        )
        passages = [self._snapshot.passages[number] for number in found.numbers]
        ranked = rank(queries, passages, self._statistics)
        if not ranked:
            return _nothing(question, missing, began)
        confidence = coverage(ranked, queries)
        return Answer(
            question=question.text,
            outcome=outcome(confidence),
            confidence=confidence,
            total=found.total,
            excerpts=_excerpts(ranked, queries, limit),
            missing=missing,
            milliseconds=_since(began),
        )


def _missing(question: Question, queries: Mapping[str, Query]) -> tuple[str, ...]:
    """The words that no language of the archive knows, as they were typed."""
    unknown: dict[tuple[int, int], bool] = {}
    for query in queries.values():
        for wanted in query.wanted:
            place = (wanted.start, wanted.end)
            unknown[place] = unknown.get(place, True) and not wanted.known
    return tuple(
        dict.fromkeys(
            question.text[start:end] for (start, end), missing in unknown.items() if missing
        )
    )


def _nothing(question: Question, missing: tuple[str, ...], began: float) -> Answer:
    return Answer(
        question=question.text,
        outcome=Outcome.NOTHING,
        confidence=0.0,
        total=0,
        excerpts=(),
        missing=missing,
        milliseconds=_since(began),
    )


def _excerpts(
    ranked: Sequence[Ranked], queries: Mapping[str, Query], limit: int
) -> tuple[Excerpt, ...]:
    """The best excerpts; neighbouring passages overlap, but no two excerpts do."""
    chosen: list[Excerpt] = []
    for candidate in ranked:
        if len(chosen) == limit:
            break
        quoted = excerpt(candidate, queries[candidate.passage.language])
        if not any(_overlap(quoted, other) for other in chosen):
            chosen.append(quoted)
    return tuple(chosen)


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return (
        one.source.id == other.source.id
        and one.start < other.start + len(other.text)
        and other.start < one.start + len(one.text)
    )


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1_000
