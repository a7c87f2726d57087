"""The index on tantivy, in memory or in a folder. It is given our own terms and splits only at spaces."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, cast

import tantivy

from retrieval.errors import IndexStorageError
from retrieval.index.documents import (
    DAY,
    KEY,
    KIND,
    NEWNESS,
    NUMBER,
    PART_OF,
    PASSAGE_TITLE,
    WHOLE,
    WRITTEN,
    WRITTEN_TITLE,
    documents_of,
    schema,
    shorten,
)
from retrieval.index.protocol import (
    CandidateQuery,
    Candidates,
    Counts,
    Field,
    FieldStatistics,
    IndexedArticle,
    IndexedPassage,
)

WRITER_MEGABYTES = 128
"""Memory for postings before they are written to a segment; more means fewer segments."""

ARTICLES = 15
"""How many of the best articles have their best passages among the candidates."""


class _Counted(Protocol):
    """A search result; tantivy's own type leaves the count out."""

    hits: list[tuple[object, tantivy.DocAddress]]
    count: int


class TantivyIndex:
    """An `Index` (see `retrieval.index.protocol`) that tantivy holds.

    Args:
        folder: where it lives; None keeps it in memory. The folder must exist.

    Raises:
        IndexStorageError: what lies in the folder can't be opened.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._schema = schema()
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
                "make room if the disk is full; else delete that folder, and it is built anew from the articles"
            ) from error
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None
        self._lock = threading.Lock()
        self._counts = Counts()

    @property
    def documents(self) -> int:
        """How many passages and articles can be found, together."""
        return int(self._searcher.num_docs)

    @property
    def counts(self) -> Counts:
        """Totals over what is visible; to be kept beside a folder and given back on opening."""
        return self._counts

    @counts.setter
    def counts(self, counts: Counts) -> None:
        self._counts = counts

    def add(self, article: IndexedArticle, passages: Sequence[IndexedPassage]) -> None:
        """Take an article in; it is found after `commit`."""
        with self._lock:
            writer = self._open_writer()
            for document in documents_of(article, passages):
                writer.add_document(document)
            self._counts = self._counts.plus(article, passages)

    def commit(self) -> None:
        """Make what was added visible, in one step.

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
        words = self._any_of({Field.WORDS: query.terms.get(Field.WORDS, {})})
        passages = self._any_of(query.terms)
        articles = self._any_of(query.article_terms)
        total = self._search(self._limited(words, query), 1).count
        found = self._numbers(self._search(self._limited(passages, query), limit))
        best = self._numbers(self._search(self._within(articles, query), ARTICLES))
        inside = self._limited(_all_of([self._parts_of(best), passages]), query)
        found += self._numbers(self._search(inside, max(1, limit // 2)))
        return Candidates(tuple(dict.fromkeys(found)), total)

    def newest(self, query: CandidateQuery, limit: int, skip: int = 0) -> Candidates:
        """The newest articles of a query's days; see the protocol."""
        articles = tantivy.Query.term_query(self._schema, KIND, WHOLE, "basic")
        clauses = [(tantivy.Occur.Must, tantivy.Query.const_score_query(articles, 0.0))]
        clauses += [
            (tantivy.Occur.MustNot, self._term(Field.ARTICLE, stem)) for stem in query.excluded
        ]
        wanted = self._within(tantivy.Query.boolean_query(clauses), query)
        result = self._search(wanted, limit, newest_after=skip)
        return Candidates(tuple(self._numbers(result)), result.count)

    def article(self, key: str) -> int | None:
        """The number of the article with a key; see the protocol."""
        wanted = tantivy.Query.term_query(self._schema, KEY, key, "basic")
        return next(iter(self._numbers(self._search(wanted, 1))), None)

    def statistics(self, field: Field) -> FieldStatistics:
        """Exact counts over what is visible."""
        searcher = self._searcher

        def document_frequency(term: str) -> int:
            return int(searcher.doc_freq(field, shorten(term)))

        documents = self._counts.documents(field)
        average = self._counts.lengths.get(field, 0) / documents if documents else 0.0
        return FieldStatistics(documents, average, document_frequency)

    def _any_of(self, terms: Mapping[Field, Mapping[str, float]]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self._schema, field, shorten(term), "freq"),
                        weight,
                    ),
                )
                for field, weights in terms.items()
                for term, weight in weights.items()
            ]
        )

    def _parts_of(self, articles: Sequence[int]) -> tantivy.Query:
        named = [
            (
                tantivy.Occur.Should,
                tantivy.Query.term_query(self._schema, PART_OF, number, "basic"),
            )
            for number in articles
        ]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(named), 0.0)

    def _within(self, wanted: tantivy.Query, query: CandidateQuery) -> tantivy.Query:
        """Limited to the days of a query."""
        if query.first_day is None and query.last_day is None:
            return wanted
        days = tantivy.Query.range_query(
            self._schema, DAY, tantivy.FieldType.Integer, query.first_day, query.last_day
        )
        return _all_of([wanted, tantivy.Query.const_score_query(days, 0.0)])

    def _limited(self, wanted: tantivy.Query, query: CandidateQuery) -> tantivy.Query:
        """Limited to all that a query demands of a passage."""
        clauses = [(tantivy.Occur.Must, self._within(wanted, query))]
        must, must_not = tantivy.Occur.Must, tantivy.Occur.MustNot
        exact = (WRITTEN, WRITTEN_TITLE)
        clauses += [(must, self._phrase(exact, demand)) for demand in query.phrases]
        clauses += [(must, self._phrase((PASSAGE_TITLE,), demand)) for demand in query.titled]
        clauses += [(must_not, self._phrase(exact, phrase)) for phrase in query.excluded_phrases]
        clauses += [(must_not, self._term(Field.WORDS, stem)) for stem in query.excluded]
        return tantivy.Query.boolean_query(clauses)

    def _phrase(self, fields: Sequence[str], ways: Sequence[Sequence[str]]) -> tantivy.Query:
        """Words side by side in one of the fields, in one of the ways they may be read."""
        either = [
            (tantivy.Occur.Should, self._side_by_side(field, words))
            for field in fields
            for words in ways
            if words
        ]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(either), 0.0)

    def _side_by_side(self, field: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return self._term(field, words[0])
        terms: list[str | tuple[int, str]] = [shorten(word) for word in words]
        return tantivy.Query.phrase_query(self._schema, field, terms)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, shorten(term), "basic")

    def _search(
        self, wanted: tantivy.Query, limit: int, *, newest_after: int | None = None
    ) -> "_Counted":
        """Search, best first; newest first, and so many passed over, where that is given."""
        try:
            if newest_after is not None:
                found = self._searcher.search(
                    wanted,
                    limit,
                    count=True,
                    order_by_field=NEWNESS,
                    offset=newest_after,
                )
            else:
                found = self._searcher.search(wanted, limit, count=True)
        except (ValueError, OSError) as error:
            raise IndexStorageError(
                f"the index in {self._place} can't be searched ({error}); "
                "delete that folder and start again, it is rebuilt from the articles"
            ) from error
        return cast("_Counted", found)

    def _numbers(self, result: "_Counted") -> list[int]:
        addresses = [address for _, address in result.hits]
        values = self._searcher.fast_field_values(NUMBER, addresses) if addresses else []
        return [value for value in values if isinstance(value, int)]

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


def _all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in queries])
