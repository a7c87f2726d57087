"""The index on tantivy, in memory or in a folder. It is given our own terms and splits only at spaces."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import tantivy

from retrieval.errors import IndexStorageError
from retrieval.index.damage import ReadingFiles, writing
from retrieval.index.dead import Dead
from retrieval.index.documents import (
    BALLAST,
    KIND,
    NUMBER,
    OWN,
    PART_OF,
    Texts,
    ballast_of,
    documents_of,
    schema,
    shorten,
    texts_of,
)
from retrieval.index.finding import Finding, Places
from retrieval.index.protocol import (
    CandidateQuery,
    Candidates,
    Counts,
    Field,
    FieldStatistics,
    IndexedArticle,
    IndexedPassage,
)
from retrieval.index.queries import Queries
from retrieval.index.scoring import Measured, Scoring, measured, should_be
from retrieval.index.view import View

WRITER_MEGABYTES = 350
"""Memory for postings before they are written to a segment, taken as it fills; 180,000 documents of news fill it.

A million passages fit in fewer segments than tantivy merges (8): to merge them takes a quarter of the time again.
"""

NEARLY = 1e-4
"""Averages that differ by no more than this share are left as they are."""

BALANCED_AT_MOST = 3
"""Times that ballast is put in at once; what is written may make tantivy merge, and so change what it counts."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the index can't tell itself; to be kept beside a folder and given back on opening.

    Args:
        counts: how much there is.
        places: by an article's number, how many come before it in the corpus.
        dead: what tantivy counts though it was removed.
    """

    counts: Counts = field(default_factory=Counts)
    places: Places = field(default_factory=lambda: np.zeros(0, np.uint32))
    dead: Dead = field(default_factory=Dead)


Frequency = Callable[[Field, str], int]
"""In how many documents a term of a field stands."""


class TantivyIndex:
    """An `Index` (see `retrieval.index.protocol`) that tantivy holds.

    Args:
        folder: where it lives; None keeps it in memory. The folder must exist.

    Raises:
        IndexDamageError: what lies in the folder can't be opened.
        IndexStorageError: nothing can be written into the folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        made = schema()
        self._queries = Queries(made)
        self._place = "memory" if folder is None else str(folder)
        begun = folder is not None and tantivy.Index.exists(str(folder))
        with ReadingFiles(self._place) if begun else writing(self._place):
            if folder is None:
                self._index = tantivy.Index(made)
            else:
                self._index = tantivy.Index(made, path=str(folder))
            self._index.config_reader("manual")
            self._index.reload()
            self._view = View(self._index.searcher(), self._place)
        self._writer: tantivy.IndexWriter | None = None
        self._lock = threading.Lock()
        self.standing = Standing()

    @property
    def standing(self) -> Standing:
        """What it is told about the articles it holds."""
        return self._standing

    @standing.setter
    def standing(self, standing: Standing) -> None:
        self._standing = standing
        measured = self._measured() or should_be(standing.counts)
        counted = self._view.frequency
        self._frequency = partial(_living, counted, standing.dead) if standing.dead else counted
        self._scoring = Scoring(standing.counts, measured, self._frequency, counted)
        self._finding = Finding(self._view, self._queries, self._scoring, standing.places)

    @property
    def documents(self) -> int:
        """How many passages and articles can be found, together."""
        return self._view.documents - self.ballast

    @property
    def ballast(self) -> int:
        """How many documents only weigh."""
        return self._view.counted(KIND, BALLAST)

    def add(self, article: IndexedArticle, passages: Sequence[IndexedPassage]) -> None:
        """Take an article in; it is found after `commit`."""
        self.add_texts(texts_of(article, passages), [passage.number for passage in passages])

    def add_texts(self, texts: Texts, numbers: Iterable[int]) -> None:
        """Take in an article of which `texts_of` was made before, with the numbers of its passages."""
        with self._lock:
            writer = self._open_writer()
            for document in documents_of(texts, numbers):
                writer.add_document(document)

    def remove(self, article: int) -> None:
        """Leave out an article with its passages; see the protocol."""
        with self._lock:
            self._open_writer().delete_documents_by_term(PART_OF, str(article))

    def commit(self) -> None:
        """Make what was added and removed visible, in one step.

        Raises:
            IndexStorageError: it could not be written; what was visible before stays so.
        """
        with self._lock:
            writer = self._open_writer()
            if not self.ballast:
                writer.add_document(ballast_of(dict.fromkeys(Field, 1)))
            try:
                with writing(self._place):
                    writer.commit()
                    # A merge that nobody waits for may bring back what is removed next.
                    writer.wait_merging_threads()
            finally:
                self._writer = None
            with self._view.reading:
                self._index.reload()
                self._view = View(self._index.searcher(), self._place)
            self.standing = self._standing

    def balance(self, counts: Counts) -> None:
        """Make tantivy's averages come out as if nothing had been removed, so that its scores are what they should be.

        Args:
            counts: how much there is.

        Raises:
            IndexStorageError: it could not be written.
        """
        for _ in range(BALANCED_AT_MOST):
            self.standing = Standing(counts)
            if self._scoring.off <= NEARLY:
                break
            with self._lock:
                writer = self._open_writer()
                for lengths in self._scoring.missing():
                    writer.add_document(ballast_of(lengths))
            self.commit()

    def counts_on(self, term: str) -> bool:
        """Whether a document counts still, though it may be removed, by the term that it alone has."""
        return bool(self._view.counted(OWN, term))

    def candidates(self, query: CandidateQuery, limit: int) -> Candidates:
        """Find the passages that match best, in the corpus's order; see the protocol."""
        return self._finding.candidates(query, limit)

    def newest(self, query: CandidateQuery, limit: int, skip: int = 0) -> Candidates:
        """The newest articles of a query's days; see the protocol."""
        return self._finding.newest(query, limit, skip)

    def article(self, key: str) -> int | None:
        """The number of the article with a key; see the protocol."""
        found = self._view.search(self._queries.keyed(key), 1).hits
        return next(iter(self._view.values(NUMBER, [address for _, address in found])), None)

    def statistics(self, field: Field) -> FieldStatistics:
        """Exact counts over what is visible."""
        counts = self._standing.counts
        documents = counts.documents(field)
        average = counts.lengths.get(field, 0) / documents if documents else 0.0
        return FieldStatistics(documents, average, partial(self._frequency, field))

    def _measured(self) -> Measured | None:
        """What tantivy takes its scores from; None of an index that holds nothing."""
        explained: dict[Field, str] = {}
        for of in Field:
            wanted = self._queries.any_of({of: {BALLAST: 1.0}})
            for _, address in self._view.search(wanted, 1).hits:
                explained[of] = self._view.explained(wanted, address)
        return measured(explained) if explained else None

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(
                    heap_size=WRITER_MEGABYTES * 1_000_000, num_threads=1
                )
            except (ValueError, OSError) as error:
                raise IndexStorageError(
                    f"the index in {self._place} can't be written ({error}); "
                    "is another Dateline running on it?"
                ) from error
        return self._writer


def _living(counted: Frequency, dead: Dead, field: Field, term: str) -> int:
    """In how many documents there are a term stands, of those that tantivy counts."""
    frequency = counted(field, term)
    return frequency - dead.frequency(field, shorten(term)) if frequency else 0
