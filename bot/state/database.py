"""One door for reading and one for writing, with every failure of the database as a `StateError`."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.state.engine import BUSY_SECONDS, build_engine
from bot.state.errors import StateError, refused

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

T = TypeVar("T")


class Database:
    """An engine, shared by every task.

    What is given to `read` and `write` runs in one transaction, may be cut off from its caller but is then
    finished all the same: SQLAlchemy throws away a connection that is interrupted, and with it a database in memory.

    Args:
        url: see `build_engine`.

    Raises:
        StateError: the URL cannot be used.
    """

    def __init__(self, url: str) -> None:
        self._engine: AsyncEngine
        self._engine, self.name = build_engine(url)
        self._turn = asyncio.Lock()
        self._running: set[asyncio.Task[object]] = set()
        self._closed = False
        self.failures = 0
        """How often it refused to be read or written."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads.

        Raises:
            StateError: the database refuses, or is closed.
        """
        return await self._finish(self._read(work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, once what it wrote is kept. It must begin with a statement that writes.

        Raises:
            StateError: the database refuses, or is closed; nothing was written.
        """
        return await self._finish(self._write(work))

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An INSERT that may say what happens `ON CONFLICT`."""
        if self._engine.dialect.name == "sqlite":
            return sqlite.insert(table)
        # Few have it, and everybody would wait for it.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table)

    async def close(self) -> None:
        """Finish what is being read and written, and let go of the database."""
        self._closed = True
        if self._running:
            await asyncio.wait(self._running)
        await self._engine.dispose()

    async def _finish(self, work: Coroutine[object, object, T]) -> T:
        if self._closed:
            work.close()
            raise StateError(f"state.url: {self.name}: it is closed; the bot is stopping")
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _read(self, work: Callable[[Connection], T]) -> T:
        try:
            async with self._engine.connect() as connection:
                return await connection.run_sync(work)
        except (SQLAlchemyError, OSError) as error:
            self.failures += 1
            raise refused(error, self.name) from error

    async def _write(self, work: Callable[[Connection], T]) -> T:
        # One writer at a time: SQLite would let them wait too, but by sleeping, and in no order.
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            self.failures += 1
            raise StateError(
                f"state.url: {self.name}: others have been writing for {BUSY_SECONDS} seconds; try again"
            ) from error
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)
        except (SQLAlchemyError, OSError) as error:
            self.failures += 1
            raise refused(error, self.name) from error
        finally:
            self._turn.release()
