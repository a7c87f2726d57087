"""The one door to the articles: load an archive, ask it a question, get an answer in quotations."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from retrieval.answering import Answering
from retrieval.articles import whole
from retrieval.contents import Changes
from retrieval.demands import listing_query
from retrieval.examples import example_questions
from retrieval.excerpts import DEFAULT_WORDS
from retrieval.generations import open_current, open_or_build
from retrieval.keys import is_key
from retrieval.page import Page
from retrieval.question import parse
from retrieval.ranking import Ranked
from retrieval.settings import ArchiveSettings
from retrieval.snapshot import Snapshot
from retrieval.store import StoredPassage
from retrieval.types import Answer, ArticleText, Note, Order, Refusal, Source
from retrieval.updating import Progress

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
            progress: called with the number of articles taken in so far, and of about how many there are to take in.

        Raises:
            CorpusError: the corpus can't be read, or holds no usable article.
            IndexStorageError: the index can't be written or read.
        """
        return cls(open_or_build(settings, progress))

    @classmethod
    def open(cls, folder: Path) -> "Archive":
        """Open the index that a folder holds, as it was built last.

        Raises:
            IndexStorageError: there is none, or it can't be read.
        """
        return cls(open_current(folder))

    def changes_since(self, earlier: "Archive") -> Changes:
        """Which articles came, changed and went, compared with an earlier snapshot."""
        return self._snapshot.contents.since(earlier._snapshot.contents)

    def check_loss(self, earlier: "Archive", most_lost: float) -> None:
        """Refuse to take the place of a snapshot of which too many articles would be lost.

        Args:
            earlier: the one there is.
            most_lost: the share of its articles that may be missing, 0 to 1.

        Raises:
            CorpusError: more are.
        """
        self._snapshot.contents.check_loss(earlier._snapshot.contents, most_lost)

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return self._snapshot.manifest.counts.articles

    @property
    def passages(self) -> int:
        """How many passages they were cut into."""
        return self._snapshot.manifest.counts.passages

    def all_passages(self) -> Iterator[StoredPassage]:
        """Every passage, in the corpus's order; for measuring and checking."""
        searching = self._answering.searching
        for number in np.argsort(self._snapshot.places)[: self.articles].tolist():
            article = searching.article(number)
            first = article.first_passage
            yield from map(searching.passage, range(first, first + article.passages))

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
        """Tells this snapshot from one of other articles or settings."""
        return self._snapshot.manifest.generation[:12]

    @cached_property
    def examples(self) -> Sequence[str]:
        """Up to two questions, taken from the newest articles, that this archive answers."""
        newest = [
            self._answering.searching.passage(number) for number in self._snapshot.manifest.newest
        ]
        return example_questions(newest, self.ask, wanted=2)

    def ask(
        self,
        text: str,
        limit: int = DEFAULT_EXCERPTS,
        words: int = DEFAULT_WORDS,
        today: date | None = None,
        *,
        skip: int = 0,
        order: Order | None = None,
        after: str | None = None,
    ) -> Answer:
        """Answer a question in quotations.

        Args:
            text: the question, any text of any length.
            limit: excerpts at most, from 1.
            words: the length of an excerpt at most, but for a single longer sentence.
            today: the day it is asked on, for "yesterday" and "last month"; the day it is, unless given.
            skip: excerpts to pass over, for the next page. Pages are cut from one list, whatever their size, up to
                `MOST_EXCERPTS` (`MOST_LISTED` where articles of some days are listed).
            order: what to sort by; what the question itself asks for ("latest"), unless given.
            after: the question that this one may follow ("and what did Putin say?", "when was that?"). The two are
                read together only where this does not make the answer worse; then `follows` says so.

        Raises:
            IndexStorageError: the index is damaged.
        """
        began = time.perf_counter()
        asked = today or datetime.now().astimezone().date()
        question = parse(text, self.languages, asked)
        earlier = None if after is None else parse(after, self.languages, asked)
        page = Page(limit, words, max(0, skip))
        answer = self._answering.answer(question, page, order, earlier)
        return replace(answer, milliseconds=(time.perf_counter() - began) * 1_000)

    def newest(self, limit: int, words: int = DEFAULT_WORDS, *, skip: int = 0) -> Answer:
        """Quote the openings of the newest articles, the newest first; those of one day in the corpus's order.

        Args:
            limit: how many at most, from 1.
            words: the length of an opening at most, but for a single longer sentence.
            skip: how many to pass over, for the next page; `MOST_LISTED` can be reached.

        Raises:
            IndexStorageError: the index is damaged.
        """
        began = time.perf_counter()
        page = Page(limit, words, max(0, skip))
        answer = self._answering.listed(parse("", self.languages, date.max), page)
        return replace(answer, milliseconds=(time.perf_counter() - began) * 1_000)

    def listing(self, limit: int, skip: int = 0) -> list[Source]:
        """Articles, the newest first, copies and all; those of one day in the corpus's order.

        Args:
            limit: how many at most.
            skip: how many to pass over.

        Raises:
            IndexStorageError: the index is damaged.
        """
        query = listing_query(parse("", self.languages, date.max), self.languages)
        searching = self._answering.searching
        numbers = self._snapshot.index.newest(query, limit, skip).numbers
        articles = map(searching.article, numbers)
        return [
            searching.passage(article.first_passage).source
            for article in articles
            if article.passages
        ]

    def article(self, key: str) -> ArticleText | None:
        """A whole article, to be read.

        Args:
            key: see `retrieval.keys.article_key`; it may come from anywhere, and be of an older corpus.

        Returns:
            None where there is no such article, or the key is none.

        Raises:
            IndexStorageError: the index is damaged.
        """
        number = self._snapshot.index.article(key) if is_key(key) else None
        if number is None:
            return None
        searching = self._answering.searching
        article = searching.article(number)
        first = article.first_passage
        return whole(searching.passage(first + place) for place in range(article.passages))

    def ranked(self, text: str) -> list[Ranked]:
        """The candidates for a question in the order of the answer, with the parts of their scores.

        For measuring and explaining; spelling is not repaired, no limits of time are followed, and the day of asking
        is the last there is.
        """
        question = parse(text, self.languages, date.max)
        return self._answering.ranked(question)
