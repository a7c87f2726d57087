"""The one door to the articles: load an archive, ask it a question, get an answer in quotations."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from retrieval.answering import Answering
from retrieval.examples import example_questions
from retrieval.excerpts import DEFAULT_WORDS
from retrieval.question import parse
from retrieval.ranking import Ranked
from retrieval.settings import ArchiveSettings
from retrieval.snapshot import Progress, Snapshot, open_or_build
from retrieval.store import StoredPassage
from retrieval.types import Answer, Note, Refusal

DEFAULT_EXCERPTS = 3


class Archive:
    """An immutable snapshot of a corpus: articles, index, statistics. Safe to ask from many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._answering = Answering(snapshot, self.languages)

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
        return self._snapshot.manifest.counts.articles

    @property
    def passages(self) -> int:
        """How many passages they were cut into."""
        return self._snapshot.manifest.counts.passages

    def all_passages(self) -> Iterator[StoredPassage]:
        """Every passage, in order; for measuring and checking."""
        return map(self._answering.passage, range(self.passages))

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
        newest = [self._answering.passage(number) for number in self._snapshot.manifest.newest]
        return example_questions(newest, self.ask, wanted=2)

    def ask(
        self,
        text: str,
        limit: int = DEFAULT_EXCERPTS,
        words: int = DEFAULT_WORDS,
        today: date | None = None,
    ) -> Answer:
        """Answer a question in quotations.

        Args:
            text: the question, any text of any length.
            limit: excerpts at most, from 1.
            words: the length of an excerpt at most, but for a single longer sentence.
            today: the day it is asked on, for "yesterday" and "last month"; the day it is, unless given.

        Raises:
            IndexStorageError: the index is damaged.
        """
        began = time.perf_counter()
        asked = today or datetime.now().astimezone().date()
        answer = self._answering.answer(parse(text, self.languages, asked), limit, words)
        return replace(answer, milliseconds=(time.perf_counter() - began) * 1_000)

    def ranked(self, text: str) -> list[Ranked]:
        """The candidates for a question in the order of the answer, with the parts of their scores.

        For measuring and explaining; spelling is not repaired, no limits of time are followed, and the day of asking
        is the last there is.
        """
        question = parse(text, self.languages, date.max)
        return self._answering.ranked(question)
