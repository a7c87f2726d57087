"""Turns `state.url` into an engine of SQLAlchemy that is set up for its database."""

import errno
import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, AsyncAdaptedQueuePool, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.state.errors import StateError, failure, refused

BUSY_SECONDS = 5
"""How long to wait for another program, or another task, to finish writing."""

SQLITE_CONNECTIONS = 4
"""Connections to a file, each with a thread of its own: one that writes, the others read."""

MODE = 0o600
"""Of a new file and of a copy: they hold people's votes and questions, so their owner alone reads them."""

EXAMPLE = "sqlite:///var/state.sqlite3"

IN_MEMORY = frozenset({None, "", ":memory:"})
"""What SQLite takes for the name of a database in memory."""

URI = "file:"
"""What a path begins with that SQLite is to read as a URI."""


def build_engine(address: str) -> tuple[AsyncEngine, str]:
    """An engine that is not connected yet, and what to call its database in messages.

    The folder of an SQLite file is made.

    Args:
        address: a URL as SQLAlchemy reads it; SQLAlchemy's and the driver's parameters may follow a `?`.

    Raises:
        StateError: the URL cannot be used.
    """
    url = _parse(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    name = url.render_as_string(hide_password=True)
    return _engine(url, name, pool_pre_ping=True), name


def file_of(address: str) -> Path | None:
    """The SQLite file that a URL names by its path; None for a database in memory and for other databases.

    Raises:
        StateError: the URL cannot be used.
    """
    url = _parse(address)
    if url.get_backend_name() != "sqlite" or url.host is not None:
        return None
    if url.database in IN_MEMORY or str(url.database).startswith(URI):
        return None
    return Path(str(url.database)).absolute()


def check_place(file: Path) -> None:
    """See whether a file that is not there yet could be made, and make nothing.

    Args:
        file: an absolute path.

    Raises:
        StateError: it could not.
    """
    folder = next(parent for parent in file.parents if parent.exists())
    if not folder.is_dir():
        reason = os.strerror(errno.ENOTDIR)
    elif not os.access(folder, os.W_OK | os.X_OK):
        reason = os.strerror(errno.EACCES)
    else:
        return
    raise StateError(
        f"state.url: {file}: cannot be made: {folder}: {reason}; "
        "name a file in a folder that this user may write to"
    )


def _parse(address: str) -> URL:
    shown = "this" if "@" in address else repr(address)  # it may hold a password
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StateError(
            f"state.url: {shown} is not a database's URL; write one such as {EXAMPLE}"
        ) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StateError(
            f"state.url: {url.drivername} is not a database that is known here; "
            f"write sqlite:///<path> (such as {EXAMPLE}) or postgresql://<user>@<host>/<database>"
        )
    return url


def _sqlite(url: URL) -> tuple[AsyncEngine, str]:
    if url.host is not None:
        raise StateError(
            f"state.url: {url.render_as_string()} has a host, expected a path behind three slashes; "
            f"write one such as {EXAMPLE}"
        )
    connections, path = SQLITE_CONNECTIONS, None
    if url.database in IN_MEMORY:
        name = "the database in memory"
        # One connection, taken by one task at a time: a shared one would mix their transactions.
        connections = 1
    elif str(url.database).startswith(URI):
        name = str(url.database)
    else:
        path = Path(str(url.database)).absolute()
        name = str(path)
        url = url.set(database=name)
    if url.drivername == "sqlite":
        url = url.set(drivername="sqlite+aiosqlite")
    url = url.set(query={"timeout": str(BUSY_SECONDS), **url.query})
    engine = _engine(
        url, name, poolclass=AsyncAdaptedQueuePool, pool_size=connections, max_overflow=0
    )
    if path is not None:
        _make_file(path)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    return engine, name


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(
            f"state.url: the folder {path.parent} cannot be made: {error.strerror}; "
            "name a file in a folder that this user may write to"
        ) from error
    try:
        if not path.exists():
            path.touch(MODE)
    except OSError as error:
        raise StateError(
            f"state.url: {path}: cannot be made: {error.strerror}; "
            "name a file in a folder that this user may write to"
        ) from error
    try:
        # aiosqlite leaves a thread behind where this fails, which would complain as the program ends.
        sqlite3.connect(path).close()
    except sqlite3.Error as error:
        raise refused(error, str(path)) from error


def _engine(url: URL, name: str, **options: object) -> AsyncEngine:
    try:
        return create_async_engine(url, hide_parameters=True, pool_timeout=BUSY_SECONDS, **options)
    except ImportError as error:
        raise StateError(
            f"state.url: {name}: its driver, {error.name}, is not installed; install it"
        ) from error
    except SQLAlchemyError as error:
        raise StateError(f"state.url: {name}: {error}; write one such as {EXAMPLE}") from error


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        # Readers and one writer do not wait for each other. The file stays so.
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        # Does not wait its turn. Whoever has it has done this, or the next connection will.
        if failure(error) != sqlite3.SQLITE_BUSY:
            raise
    # A killed process loses nothing that was committed; a machine without power, the last moments.
    cursor.execute("PRAGMA synchronous=NORMAL")
    # What is deleted is overwritten, so that it can't be read off the file.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
