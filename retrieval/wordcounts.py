"""Counts how often words come and go, in bounded memory: what is too much is kept in a temporary database."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

MOST_HELD = 400_000
"""Words in memory, 60 MB or so; an archive of millions of passages has several times as many."""

_CREATE = "CREATE TABLE words (word BLOB PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID"
_ADD = """INSERT INTO words (word, count) VALUES (?, ?)
    ON CONFLICT (word) DO UPDATE SET count = count + excluded.count"""


class WordCounts:
    """How many times more than before each word stands in an archive, below 0 for less."""

    def __init__(self) -> None:
        self._held: Counter[str] = Counter()
        self._laid_by: sqlite3.Connection | None = None

    def add(self, words: Iterable[str] | Mapping[str, int]) -> None:
        """Count words in, each once or as often as is told.

        Raises:
            sqlite3.Error: what is too much for memory can't be written.
        """
        self._held.update(words)
        self._lay_by()

    def subtract(self, words: Iterable[str]) -> None:
        """Count words out.

        Raises:
            sqlite3.Error: as above.
        """
        self._held.subtract(words)
        self._lay_by()

    def items(self) -> Iterator[tuple[str, int]]:
        """Each word and its count, in the order of the words, whichever came first.

        Raises:
            sqlite3.Error: as above.
        """
        if self._laid_by is None:
            yield from sorted(self._held.items())
            return
        self._lay_by(0)
        for word, count in self._laid_by.execute("SELECT word, count FROM words ORDER BY word"):
            yield word.decode("utf-8", "surrogatepass"), count

    def _lay_by(self, most: int | None = None) -> None:
        if len(self._held) <= (MOST_HELD if most is None else most):
            return
        if self._laid_by is None:
            # One without a name is a file that only this connection knows, and that is gone with it.
            self._laid_by = sqlite3.connect("", isolation_level=None)
            self._laid_by.execute("PRAGMA journal_mode = OFF")
            self._laid_by.execute(_CREATE)
        self._laid_by.execute("BEGIN")
        # In their order, as those that lie together are found together.
        rows = (
            (word.encode("utf-8", "surrogatepass"), count)
            for word, count in sorted(self._held.items())
        )
        self._laid_by.executemany(_ADD, rows)
        self._laid_by.execute("COMMIT")
        self._held.clear()
