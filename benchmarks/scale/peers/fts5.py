"""SQLite's FTS5 and its bm25(), without a copy of the texts."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.scale.peers.asking import TOP, Search, passages_of

_FILE = "passages.sqlite3"


def version() -> str:
    """Of SQLite."""
    return sqlite3.sqlite_version


def build(passages: Path, folder: Path) -> None:
    """Index passages in one transaction."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / _FILE)) as database:
        # A full stop is inside of terms, as in 3.5.
        database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5"
            """(words, content='', detail='full', tokenize="unicode61 tokenchars '.'")"""
        )
        database.executemany(
            "INSERT INTO passages (rowid, words) VALUES (?, ?)",
            ((number, " ".join(terms)) for number, terms in enumerate(passages_of(passages), 1)),
        )
        database.execute("INSERT INTO passages (passages) VALUES ('optimize')")
        database.commit()


def opened(folder: Path) -> Search:
    """What was built."""
    database = sqlite3.connect(folder / _FILE)

    def search(terms: Sequence[str]) -> list[int]:
        wanted = " OR ".join(f'"{term}"' for term in terms)
        rows = database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?",
            (wanted, TOP),
        )
        return [number - 1 for (number,) in rows]

    return search
