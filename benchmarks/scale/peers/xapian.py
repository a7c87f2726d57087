"""Xapian with its own BM25. Debian's package is for the system's own Python."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import xapian

from benchmarks.scale.peers.asking import TOP, Search, passages_of

FLUSH = 100_000
"""Passages that are held in memory before they are written; the package's own 10,000 makes it slower."""


def version() -> str:
    """Of the library."""
    return str(xapian.version_string())


def build(passages: Path, folder: Path) -> None:
    """Index passages, without positions."""
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    for number, terms in enumerate(passages_of(passages), 1):
        document = xapian.Document()
        for term, count in Counter(terms).items():
            document.add_term(term, count)
        database.add_document(document)
        if number % FLUSH == 0:
            database.commit()
    database.commit()
    database.close()


def opened(folder: Path) -> Search:
    """What was built."""
    enquire = xapian.Enquire(xapian.Database(str(folder)))
    enquire.set_weighting_scheme(xapian.BM25Weight())

    def search(terms: Sequence[str]) -> list[int]:
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, list(terms)))
        return [match.docid - 1 for match in enquire.get_mset(0, TOP)]

    return search
