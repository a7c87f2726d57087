"""Copies an SQLite file while others write to it, whole or not at all."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.state.engine import MODE

HALF = ".half"
"""What the name of a copy ends with until it is whole."""


def copy(file: Path, to: Path) -> None:
    """Copy a database as it is at this moment, by SQLite's online backup. What stood there is replaced.

    Args:
        file: the database; what others have not committed is left out, and they do not wait.
        to: the copy; it is there when it is whole.

    Raises:
        OSError: the copy cannot be written.
        sqlite3.Error: the same, or the database cannot be read or is damaged.
    """
    half = to.with_name(f"{to.name}.{os.getpid()}{HALF}")
    try:
        half.touch(MODE, exist_ok=False)
        # "rw": a database that is not there must not be made.
        with (
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(half)) as target,
        ):
            source.backup(target)
            _check(target)
        half.replace(to)
    finally:
        half.unlink(missing_ok=True)


def halves(to: Path) -> list[Path]:
    """What there is of copies that are not whole: being made, or left by a process that was killed.

    Raises:
        OSError: the folder cannot be read.
    """
    begin = f"{to.name}."
    return [
        path
        for path in to.parent.iterdir()
        if path.name.startswith(begin) and path.name.endswith(HALF)
    ]


def _check(copy: sqlite3.Connection) -> None:
    (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"the database is damaged: {found}")
