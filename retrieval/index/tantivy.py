"""The index on tantivy, in memory or in a folder. It is given our own terms and splits only at spaces."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, cast

import tantivy

from retrieval.errors import IndexStorageError
from retrieval.index.protocol import (
    CandidateQuery,
    Candidates,
    Field,
    FieldStatistics,
    IndexedPassage,
)

WRITER_MEGABYTES = 128
"""Memory for postings before they are written to a segment; more means fewer segments."""

LONGEST_TERM_BYTES = 1_000
"""Longer terms are cut; tantivy drops those past 65,530 bytes without a word."""

_NUMBER = "number"
_ARTICLE = "article"
_DAY = "day"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(Field.WORDS, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(Field.TITLE, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(_ARTICLE, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(_NUMBER, fast=True)
    # A day is its ordinal number: dates in tantivy reach from 1677 to 2262 only.
    builder.add_integer_field(_DAY, indexed=True, fast=True)
    return builder.build()


class _Counted(Protocol):
    """A search result; tantivy's own type leaves the count out."""

    hits: list[tuple[float, tantivy.DocAddress]]
    count: int


class TantivyIndex:
    """An `Index` (see `retrieval.index.protocol`) that tantivy holds.

    Args:
        folder: where it lives; None keeps it in memory. The folder must exist.

    Raises:
        IndexStorageError: what lies in the folder can't be opened.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._schema = _schema()
        self._place = "memory" if folder is None else str(folder)
        try:
            if folder is None:
                self._index = tantivy.Index(self._schema)
            else:
                self._index = tantivy.Index(self._schema, path=str(folder))
            self._index.config_reader("manual")
            self._index.reload()
        except (ValueError, OSError) as error:
            raise IndexStorageError(
                f"the index in {self._place} can't be opened ({error}); "
                "delete that folder and start again, it is rebuilt from the articles"
            ) from error
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None
        self._lock = threading.Lock()
        self._lengths: dict[Field, int] = dict.fromkeys(Field, 0)

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return int(self._searcher.num_docs)

    @property
    def total_lengths(self) -> dict[Field, int]:
        """Terms in each field over all passages; to be kept beside a folder and given back on opening."""
        return dict(self._lengths)

    @total_lengths.setter
    def total_lengths(self, lengths: dict[Field, int]) -> None:
        self._lengths = dict(lengths)

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Take passages in; they are found after `commit`."""
        with self._lock:
            writer = self._open_writer()
            for passage in passages:
                document = tantivy.Document()
                for field, terms in ((Field.WORDS, passage.words), (Field.TITLE, passage.title)):
                    document.add_text(field, " ".join(map(_shorten, terms)))
                    self._lengths[field] += len(terms)
                document.add_text(_ARTICLE, passage.article)
                document.add_unsigned(_NUMBER, passage.number)
                document.add_integer(_DAY, passage.day)
                writer.add_document(document)

    def remove(self, article: str) -> None:
        """Forget all passages of an article; it takes effect at `commit`."""
        with self._lock:
            self._open_writer().delete_documents_by_term(_ARTICLE, article)

    def commit(self) -> None:
        """Make what was added and removed visible, in one step.

        Raises:
            IndexStorageError: it could not be written; what was visible before stays so.
        """
        with self._lock:
            writer = self._open_writer()
            try:
                writer.commit()
                writer.wait_merging_threads()
            except (ValueError, OSError) as error:
                raise IndexStorageError(
                    f"the index in {self._place} can't be written ({error}); "
                    "make room or choose another place with retrieval.index"
                ) from error
            finally:
                self._writer = None
            self._index.reload()
            self._searcher = self._index.searcher()

    def candidates(self, query: CandidateQuery, limit: int) -> Candidates:
        """Find the passages that match best, roughly in order; see the protocol."""
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, _shorten(term), "freq"), weight
                ),
            )
            for term in query.terms
            for field, weight in query.weights.items()
        ]
        wanted = tantivy.Query.boolean_query(clauses)
        if query.first_day is not None or query.last_day is not None:
            days = tantivy.Query.range_query(
                self._schema,
                _DAY,
                tantivy.FieldType.Integer,
                query.first_day,
                query.last_day,
            )
            wanted = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, wanted),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(days, 0.0)),
                ]
            )
        try:
            result = cast("_Counted", self._searcher.search(wanted, limit, count=True))
            addresses = [address for _, address in result.hits]
            values = self._searcher.fast_field_values(_NUMBER, addresses) if addresses else []
        except (ValueError, OSError) as error:
            raise IndexStorageError(
                f"the index in {self._place} can't be searched ({error}); "
                "delete that folder and start again, it is rebuilt from the articles"
            ) from error
        numbers = tuple(value for value in values if isinstance(value, int))
        return Candidates(numbers, result.count)

    def statistics(self, field: Field) -> FieldStatistics:
        """Exact counts over what is visible."""
        searcher = self._searcher

        def document_frequency(term: str) -> int:
            return int(searcher.doc_freq(field, _shorten(term)))

        documents = int(searcher.num_docs)
        average = self._lengths[field] / documents if documents else 0.0
        return FieldStatistics(documents, average, document_frequency)

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


def _shorten(term: str) -> str:
    if len(term) * 4 <= LONGEST_TERM_BYTES:
        return term
    return term.encode()[:LONGEST_TERM_BYTES].decode(errors="ignore")
