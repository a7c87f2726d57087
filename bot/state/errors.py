"""Turns what a database complains of into a `StateError` that says what was wrong, where, and what to do."""

import sqlite3

from retrieval.errors import DatelineError

_PRIMARY = 0xFF
"""The part of a result code that says the kind of failure; the rest says where in SQLite it arose."""

_ADVICE = {
    sqlite3.SQLITE_BUSY: "another program holds it locked; let it finish, and try again",
    sqlite3.SQLITE_LOCKED: "another program holds it locked; let it finish, and try again",
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_IOERR: "check the disk, and that there is room on it",
    sqlite3.SQLITE_READONLY: "let this user write to the file and to its folder",
    sqlite3.SQLITE_PERM: "let this user write to the file and to its folder",
    sqlite3.SQLITE_CANTOPEN: "name a file that this user may write to, in a folder that it may write to",
    sqlite3.SQLITE_NOTADB: "restore a copy, or move the file away and a new one is begun",
    sqlite3.SQLITE_CORRUPT: "restore a copy, or move the file away and a new one is begun",
}
"""What to do, by SQLite's primary result code."""

_OTHER = "check state.url and that the database can be reached"


class StateError(DatelineError):
    """The state cannot be opened, read or written."""


def failure(error: BaseException) -> int | None:
    """What kind of failure SQLite reports, as one of its primary result codes; None when it isn't SQLite's."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & _PRIMARY


def refused(error: Exception, where: str) -> StateError:
    """What to raise for an error of the database.

    The statement and its values are left out: they hold people's questions.

    Args:
        error: from SQLAlchemy, the driver or the operating system.
        where: the database, as the operator knows it, without a password.
    """
    # Whoever only opens an index or asks for help should not wait for it.
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    cause = error.orig if isinstance(error, DBAPIError) else error
    problem = str(cause) or type(cause).__name__
    kind = None if cause is None else failure(cause)
    advice = _OTHER if kind is None else _ADVICE.get(kind, _OTHER)
    return StateError(f"state.url: {where}: {problem}; {advice}")
