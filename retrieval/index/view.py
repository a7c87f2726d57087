"""What is visible of an index at one time, read through tantivy; whatever goes wrong comes as an error of ours."""

from functools import lru_cache, partial
from typing import Protocol, cast

import tantivy

from retrieval.index.damage import ReadingFiles, damaged
from retrieval.index.documents import DAY, shorten
from retrieval.index.protocol import Field

FREQUENCIES_KEPT = 16_384
"""Terms whose frequency is remembered, about 150 bytes each: a question asks for that of each of its terms twice."""

Hit = tuple[float, tantivy.DocAddress]


class Found(Protocol):
    """A search result; tantivy's own type leaves the count out."""

    hits: list[Hit]
    count: int


class View:
    """The documents as they were when it was made. Safe to use from many threads.

    Args:
        searcher: of the index.
        place: where the index lives, for errors.

    Attributes:
        reading: within it, what goes wrong comes as an error of ours.
        frequency: how many documents tantivy counts that hold a term in a field, removed ones included.
    """

    def __init__(self, searcher: tantivy.Searcher, place: str) -> None:
        self._searcher = searcher
        self._place = place
        self.reading = ReadingFiles(place)
        # Not of a method of this object, which would hold itself, and the files of its index.
        self.frequency = lru_cache(FREQUENCIES_KEPT)(partial(_frequency, searcher, self.reading))

    @property
    def documents(self) -> int:
        """How many there are, without those that were removed."""
        return int(self._searcher.num_docs)

    def counted(self, field: str, term: str) -> int:
        """The same as `frequency`, for any field, and not remembered."""
        with self.reading:
            return int(self._searcher.doc_freq(field, term))

    def search(self, wanted: tantivy.Query, limit: int, *, newest: bool = False) -> Found:
        """Search, best first; or newest first, with the day instead of a score. All that match are counted.

        Args:
            wanted: what to look for.
            limit: how many at most, from 1.
            newest: whether to go by the day.
        """
        with self.reading:
            found = self._searcher.search(
                wanted, limit, count=True, order_by_field=DAY if newest else None
            )
        return cast("Found", found)

    def best(self, wanted: tantivy.Query, limit: int) -> list[Hit]:
        """What `search` finds, best first, without a count: that takes a tenth less time."""
        with self.reading:
            hits = self._searcher.search(wanted, limit, count=False).hits
        return cast("list[Hit]", hits)

    def last_day(self, found: Found) -> int:
        """The day of the last that came, newest first."""
        with self.reading:
            return int(found.hits[-1][0])

    def explained(self, wanted: tantivy.Query, address: tantivy.DocAddress) -> str:
        """What tantivy says about the score that it gives a document, as JSON."""
        with self.reading:
            return str(wanted.explain(self._searcher, address).to_json())

    def values(self, of: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        """A number of each of some documents."""
        if not addresses:
            return []
        with self.reading:
            values = self._searcher.fast_field_values(of, addresses)
        if None in values:
            raise damaged(self._place, "has no number where each document has one")
        return cast("list[int]", values)


def _frequency(searcher: tantivy.Searcher, reading: ReadingFiles, field: Field, term: str) -> int:
    with reading:
        return int(searcher.doc_freq(field, shorten(term)))
