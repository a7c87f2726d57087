"""The index on tantivy, in memory or in a folder. It is given our own terms and splits only at spaces."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import tantivy
from numpy.typing import NDArray

from retrieval.errors import IndexStorageError
from retrieval.index.damage import ReadingFiles, damaged, writing
from retrieval.index.dead import Dead
from retrieval.index.documents import (
    ARTICLE,
    BALLAST,
    DAY,
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
from retrieval.index.protocol import (
    CandidateQuery,
    Candidates,
    Counts,
    Field,
    FieldStatistics,
    IndexedArticle,
    IndexedPassage,
)
from retrieval.index.queries import Queries, Weights, all_of
from retrieval.index.scoring import Measured, Scoring, measured, should_be

WRITER_MEGABYTES = 350
"""Memory for postings before they are written to a segment, taken as it fills; 180,000 documents of news fill it.

A million passages fit in fewer segments than tantivy merges (8): to merge them takes a quarter of the time again.
"""

ARTICLES = 15
"""How many of the best articles have their best passages among the candidates."""

NEARLY = 1e-4
"""Averages that differ by no more than this share are left as they are."""

BALANCED_AT_MOST = 3
"""Times that ballast is put in at once; what is written may make tantivy merge, and so change what it counts."""

SPARE = 16
"""How many more are asked for than wanted, to see where those that score like the last of them end."""

MOST_TIED = 200
"""If more score like the last one that is wanted, the newest of all that match are taken instead: to score one anew
takes a tenth of a millisecond."""

Places = NDArray[np.uint32]

_Hit = tuple[float, tantivy.DocAddress]


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


class _Counted(Protocol):
    """A search result; tantivy's own type leaves the count out."""

    hits: list[_Hit]
    count: int


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
        self._reading = ReadingFiles(self._place)
        begun = folder is not None and tantivy.Index.exists(str(folder))
        with self._reading if begun else writing(self._place):
            if folder is None:
                self._index = tantivy.Index(made)
            else:
                self._index = tantivy.Index(made, path=str(folder))
            self._index.config_reader("manual")
            self._index.reload()
            self._searcher = self._index.searcher()
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
        should = should_be(standing.counts)
        found = self._measured() or should
        self._scoring = Scoring(should, found, self._frequency, self._frequency_counted)

    @property
    def documents(self) -> int:
        """How many passages and articles can be found, together."""
        return int(self._searcher.num_docs) - self.ballast

    @property
    def ballast(self) -> int:
        """How many documents only weigh."""
        return self._counted(KIND, BALLAST)

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
            with self._reading:
                self._index.reload()
                self._searcher = self._index.searcher()

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
        return bool(self._counted(OWN, term))

    def candidates(self, query: CandidateQuery, limit: int) -> Candidates:
        """Find the passages that match best, in the corpus's order; see the protocol."""

        def limited(any_of: tantivy.Query) -> tantivy.Query:
            return self._queries.limited(any_of, query)

        found, total = self._best(query.terms, limited, limit)
        if query.terms.get(Field.GRAMS):
            words = {Field.WORDS: query.terms.get(Field.WORDS, {})}
            total = self._search(limited(self._any_of(words)), 1).count

        def within(any_of: tantivy.Query) -> tantivy.Query:
            return self._queries.within(any_of, query.first_day, query.last_day)

        best = self._values(NUMBER, self._best(query.article_terms, within, ARTICLES)[0])

        def inside(any_of: tantivy.Query) -> tantivy.Query:
            return limited(all_of([self._queries.parts_of(best), any_of]))

        found += self._best(query.terms, inside, max(1, limit // 2))[0]
        # Sums of floats depend on the order that they are added in, so it has to be the same each time.
        numbers, places = self._in_corpus(found)
        ordered = numbers[np.lexsort((numbers, places))]
        return Candidates(tuple(dict.fromkeys(ordered.tolist())), total)

    def newest(self, query: CandidateQuery, limit: int, skip: int = 0) -> Candidates:
        """The newest articles of a query's days; see the protocol."""
        articles = self._queries.articles_without(query.excluded)
        wanted = self._queries.within(articles, query.first_day, query.last_day)
        found, total = self._newest(wanted, skip + limit)
        return Candidates(self._values(NUMBER, found[skip:]), total)

    def article(self, key: str) -> int | None:
        """The number of the article with a key; see the protocol."""
        found = self._search(self._queries.keyed(key), 1).hits
        return next(iter(self._values(NUMBER, [address for _, address in found])), None)

    def statistics(self, field: Field) -> FieldStatistics:
        """Exact counts over what is visible."""
        counts, dead = self._standing.counts, self._standing.dead
        documents = counts.documents(field)
        average = counts.lengths.get(field, 0) / documents if documents else 0.0
        frequency = self._frequency if dead else self._frequency_counted
        return FieldStatistics(documents, average, partial(frequency, field))

    def _measured(self) -> Measured | None:
        """What tantivy takes its scores from; None of an index that holds nothing."""
        explained: dict[Field, str] = {}
        for of in Field:
            wanted = self._queries.any_of({of: {BALLAST: 1.0}}, lambda *_: 1.0)
            for _, address in self._search(wanted, 1).hits:
                explained[of] = self._explained(wanted, address)
        return measured(explained) if explained else None

    def _frequency_counted(self, field: Field, term: str) -> int:
        return self._counted(field, shorten(term))

    def _frequency(self, field: Field, term: str) -> int:
        counted = self._frequency_counted(field, term)
        return counted - self._standing.dead.frequency(field, shorten(term)) if counted else 0

    def _any_of(self, weights: Weights) -> tantivy.Query:
        return self._queries.any_of(weights, self._scoring.boost)

    def _best(
        self, weights: Weights, narrow: Callable[[tantivy.Query], tantivy.Query], limit: int
    ) -> tuple[list[tantivy.DocAddress], int]:
        """What scores best, of what scores alike the newer, then the earlier in the corpus; and how many match.

        Args:
            weights: the terms, and how much each counts.
            narrow: what else must hold.
            limit: how many at most.
        """
        any_of = self._any_of(weights)
        wanted = narrow(any_of)
        result = self._search(wanted, limit + SPARE)
        hits, count = result.hits, result.count
        if count <= limit:
            return [address for _, address in hits], count
        margin = 2 * self._scoring.off
        low, high = hits[limit - 1][0] * (1 - margin), hits[limit - 1][0] * (1 + margin)
        if hits[-1][0] >= low:
            hits = self._search(wanted, limit + MOST_TIED).hits
        sure = [address for score, address in hits if score > high]
        tied = [(score, address) for score, address in hits if low <= score <= high]
        missing = limit - len(sure)
        if len(tied) > MOST_TIED:
            return sure + self._newest(wanted, limit)[0], count
        addresses = [address for _, address in tied]
        if len(tied) == missing:
            return sure + addresses, count
        exact: list[float] = []
        # Scores that agree to the last bit are those of documents that match alike.
        one_of = dict(tied)
        if len(one_of) > 1:
            anew = {
                score: self._scoring.exact(weights, self._explained(any_of, each))
                for score, each in one_of.items()
            }
            exact = [anew[score] for score, _ in tied]
        return sure + self._arranged(addresses, exact)[:missing], count

    def _newest(self, wanted: tantivy.Query, limit: int) -> tuple[list[tantivy.DocAddress], int]:
        """The newest that match, of one day in the corpus's order; and how many match."""
        result = self._search(wanted, limit, newest=True)
        found = [address for _, address in result.hits]
        if result.count > len(found):
            # Of the last day any may have come; which are the first can be told from all of it.
            with self._reading:
                day = int(result.hits[-1][0])
            within = self._queries.within(wanted, day, day)
            whole = self._search(within, self._search(within, 1).count)
            found = [address for each, address in result.hits if each > day]
            found += [address for _, address in whole.hits]
        return self._arranged(found)[:limit], result.count

    def _arranged(
        self, addresses: list[tantivy.DocAddress], scores: Sequence[float] = ()
    ) -> list[tantivy.DocAddress]:
        """By score if there are any, then the newer, then the earlier in the corpus."""
        keys = [*self._in_corpus(addresses), -np.array(self._values(DAY, addresses))]
        if scores:
            keys.append(-np.array(scores))
        return [addresses[place] for place in np.lexsort(keys).tolist()]

    def _in_corpus(
        self, addresses: list[tantivy.DocAddress]
    ) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """What the order of documents in the corpus goes by: their numbers, and before them their articles' places."""
        with self._reading:
            numbers = np.array(self._values(NUMBER, addresses), np.int64)
            articles = np.array(self._values(ARTICLE, addresses), np.int64)
            return numbers, self._standing.places[articles].astype(np.int64)

    def _search(self, wanted: tantivy.Query, limit: int, *, newest: bool = False) -> "_Counted":
        """Search, best first; or newest first, with the day instead of a score."""
        with self._reading:
            found = self._searcher.search(
                wanted, limit, count=True, order_by_field=DAY if newest else None
            )
        return cast("_Counted", found)

    def _counted(self, field: str, term: str) -> int:
        with self._reading:
            return int(self._searcher.doc_freq(field, term))

    def _explained(self, wanted: tantivy.Query, address: tantivy.DocAddress) -> str:
        with self._reading:
            return str(wanted.explain(self._searcher, address).to_json())

    def _values(self, of: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        if not addresses:
            return []
        with self._reading:
            values = self._searcher.fast_field_values(of, addresses)
        if None in values:
            raise damaged(self._place, "has no number where each document has one")
        return cast("list[int]", values)

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
