"""Remembers what each file of a corpus was and gave, in SQLite, so that only what changed is read again."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import IndexStorageError
from retrieval.index.damage import damaged
from retrieval.reading.fields import Remark
from retrieval.reading.walk import State
from retrieval.types import Note, Refusal

FILE = "catalogue.sqlite"

_SCHEMA = """
CREATE TABLE files (
    number INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, place INTEGER NOT NULL,
    size INTEGER, modified INTEGER, changed INTEGER
);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, file INTEGER NOT NULL, line INTEGER NOT NULL, print BLOB NOT NULL,
    given_line INTEGER, remarks TEXT, day INTEGER NOT NULL, language TEXT NOT NULL, first_passage INTEGER
);
CREATE INDEX ids ON articles (id);
CREATE INDEX prints ON articles (print);
CREATE INDEX lines ON articles (file, line);
CREATE TABLE lost (id TEXT NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (id, file)) WITHOUT ROWID;
CREATE INDEX losers ON lost (file);
CREATE TABLE refusals (file INTEGER NOT NULL, name TEXT NOT NULL, line INTEGER, reason TEXT NOT NULL);
CREATE INDEX refused ON refusals (file);
CREATE TABLE notes (file INTEGER NOT NULL, name TEXT NOT NULL, remark TEXT NOT NULL);
CREATE INDEX noted ON notes (file);
"""


NOWHERE = 2**32 - 1
"""The place of an article that was removed."""


class Row(NamedTuple):
    """An article and what it was read from.

    Attributes:
        number: of the article.
        id: of the article.
        file, line: where it stands; the line is 0 if it has the whole file.
        print: a hash of the bytes it was read from.
        given_line: the line its id stands on, None where the file gives none.
        remarks: as JSON, None where there are none.
    """

    number: int
    id: str
    file: int
    line: int
    print: bytes
    given_line: int | None
    remarks: str | None


class Taken(NamedTuple):
    """What the analysis of an article has shown.

    Attributes:
        number: of the article.
        language: it was analysed in.
        first_passage: the number of its first passage, None of one without a passage.
    """

    number: int
    language: str
    first_passage: int | None


class Facts(NamedTuple):
    """What is known of the articles together.

    Attributes:
        first, last: the oldest and the newest day, as ordinals.
        languages: the commonest first, then by code.
        newest: first passages of the newest articles that have any, the newest first.
        places: by an article's number, how many come before it in the corpus; `NOWHERE` where there is none.
    """

    first: int
    last: int
    languages: tuple[str, ...]
    newest: tuple[int, ...]
    places: NDArray[np.uint32]


class Catalogue:
    """What is remembered of the corpus of one index, while that is brought up to date.

    Args:
        folder: where it lies; None keeps it in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        path = ":memory:" if folder is None else str(folder / FILE)
        self._db = sqlite3.connect(path, isolation_level=None)
        # Until the index is complete nobody reads it, and an incomplete one is thrown away: nothing has to be safe.
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._coming: dict[int, tuple[Row, int]] = {}
        self._coming_ids: dict[str, Row] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close it, all written unless it was broken off."""
        with closing(self._db):
            if kind is None:
                self._db.execute("COMMIT")

    def files(self) -> dict[str, tuple[int, tuple[int | None, ...]]]:
        """By name, the number of each file and its state when it was read last, of None where that was not known."""
        rows = self._db.execute("SELECT name, number, size, modified, changed FROM files")
        return {os.fsdecode(row[0]): (row[1], row[2:]) for row in rows}

    def put_file(self, number: int | None, name: str, state: State | None, place: int) -> int:
        """Write down a file, a new one if it has no number; returns its number."""
        values = (number, os.fsencode(name), place, *(state or (None, None, None)))
        cursor = self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", values)
        return number if number is not None else int(cursor.lastrowid or 0)

    def put_places(self, places: Iterable[tuple[int, int]]) -> None:
        """Write down which place each of some files has among all: number and place."""
        self._db.executemany(
            "UPDATE files SET place = ?2 WHERE number = ?1 AND place != ?2", places
        )

    def drop_file(self, number: int) -> None:
        """Forget a file that is no longer there."""
        self._db.execute("DELETE FROM files WHERE number = ?", (number,))

    def clear(self, file: int) -> None:
        """Forget what a file gave, but for its articles."""
        for table in ("lost", "refusals", "notes"):
            self._db.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608

    def losers_to(self, file: int) -> list[int]:
        """The files that asked in vain for an id that an article of some file has."""
        query = """SELECT DISTINCT lost.file FROM articles JOIN lost USING (id)
            WHERE articles.file = ? AND EXISTS (SELECT 1 FROM lost)"""
        return [loser for (loser,) in self._db.execute(query, (file,))]

    def with_id(self, identity: str) -> list[Row]:
        """The articles that have an id, among them one that is not analysed yet."""
        found = self._rows("id = ?", identity)
        coming = self._coming_ids.get(identity)
        return found if coming is None else [*found, coming]

    def with_print(self, print_: bytes) -> list[Row]:
        """The articles that were read from the same bytes."""
        return self._rows("print = ?", print_)

    def of_file(self, file: int) -> Iterator[Row]:
        """The articles of a file, in order."""
        query = f"SELECT {_ROW} FROM articles WHERE file = ? ORDER BY line"  # noqa: S608
        return map(Row._make, self._db.execute(query, (file,)))

    def ids_of(self, file: int) -> list[tuple[int, str]]:
        """Number and id of the articles of a file."""
        query = "SELECT number, id FROM articles WHERE file = ? ORDER BY line"
        return self._db.execute(query, (file,)).fetchall()

    def add(self, row: Row, day: int) -> None:
        """Write down an article before it is analysed, as what is read next may ask for its id.

        Until `complete` is told of it, it is found by its id alone.

        Args:
            row: the article; nobody else who comes has its id.
            day: its date as an ordinal.
        """
        self._coming[row.number] = row, day
        self._coming_ids[row.id] = row

    def complete(self, taken: Iterable[Taken]) -> None:
        """Write down what the analysis of articles has shown."""
        rows: list[tuple[object, ...]] = []
        for number, language, first_passage in taken:
            row, day = self._coming.pop(number)
            del self._coming_ids[row.id]
            rows.append((*row, day, language, first_passage))
        self._db.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def move(self, row: Row) -> None:
        """Write down that an article stands elsewhere now."""
        self._db.execute(
            "UPDATE articles SET file = ?, line = ?, given_line = ? WHERE number = ?",
            (row.file, row.line, row.given_line, row.number),
        )

    def remove(self, number: int) -> None:
        """Forget an article."""
        self._db.execute("DELETE FROM articles WHERE number = ?", (number,))

    def lose(self, identity: str, file: int) -> None:
        """Write down that an article of a file asked for an id in vain."""
        self._db.execute("INSERT OR IGNORE INTO lost VALUES (?, ?)", (identity, file))

    def refuse(self, file: int, refusals: Iterable[Refusal]) -> None:
        """Write down what of a file could not be used."""
        rows = ((file, each.file, each.line, each.reason) for each in refusals)
        self._db.executemany("INSERT INTO refusals VALUES (?, ?, ?, ?)", rows)

    def note(self, file: int, notes: Iterable[Note]) -> None:
        """Write down what is worth knowing about a file."""
        rows = ((file, each.file, each.remark) for each in notes)
        self._db.executemany("INSERT INTO notes VALUES (?, ?, ?)", rows)

    def refusals(self) -> Iterator[Refusal]:
        """All that could not be used, in the order of the files."""
        query = """SELECT refusals.name, line, reason FROM refusals JOIN files ON files.number = file
            ORDER BY place, refusals.rowid"""
        return (Refusal(*row) for row in self._db.execute(query))

    def notes(self) -> Iterator[Note]:
        """All that is worth knowing, in the order of the files."""
        query = """SELECT notes.name, remark FROM notes JOIN files ON files.number = file
            ORDER BY place, notes.rowid"""
        return (Note(*row) for row in self._db.execute(query))

    def facts(self, newest: int) -> Facts:
        """Look over all articles; there must be one.

        Args:
            newest: of how many articles first passages are wanted.
        """
        first, last, highest = self._db.execute(
            "SELECT MIN(day), MAX(day), MAX(number) FROM articles"
        ).fetchone()
        languages = self._db.execute(
            "SELECT language FROM articles GROUP BY language ORDER BY COUNT(*) DESC, language"
        )
        order = self._db.execute(
            """SELECT articles.number FROM articles JOIN files ON files.number = file
            ORDER BY place, line"""
        )
        numbers = np.fromiter((number for (number,) in order), np.int64)
        places = np.full(highest + 1, NOWHERE, np.uint32)
        places[numbers] = np.arange(len(numbers))
        openings = self._db.execute(
            """SELECT first_passage FROM articles JOIN files ON files.number = file
            WHERE first_passage IS NOT NULL ORDER BY day DESC, place, line LIMIT ?""",
            (newest,),
        )
        return Facts(
            first,
            last,
            tuple(language for (language,) in languages),
            tuple(passage for (passage,) in openings),
            places,
        )

    def _rows(self, where: str, value: object) -> list[Row]:
        query = f"SELECT {_ROW} FROM articles WHERE {where}"  # noqa: S608
        return [Row(*row) for row in self._db.execute(query, (value,))]


_ROW = "number, id, file, line, print, given_line, remarks"


@contextmanager
def reading_it() -> Iterator[None]:
    """Tell of a catalogue that can't be read or written as of any other part of an index.

    Raises:
        IndexDamageError: it is damaged.
        IndexStorageError: there is no room, or it is not allowed.
    """
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:
        raise IndexStorageError(
            f"the index's catalogue can't be read or written ({error}); make room, or delete the index folder: it is "
            "rebuilt from the articles"
        ) from error
    except sqlite3.Error as error:
        raise damaged(FILE, f"can't be read ({error})") from error


def packed(remarks: tuple[Remark, ...]) -> str | None:
    """Remarks as a row has them."""
    if not remarks:
        return None
    return json.dumps([(each.what, each.detail) for each in remarks], ensure_ascii=False)


def unpacked(remarks: str | None) -> tuple[Remark, ...]:
    """What `packed` made."""
    return () if remarks is None else tuple(Remark(*each) for each in json.loads(remarks))
