"""Writes behind: what many tasks leave is gathered and written in one transaction, so that answering never waits."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy import Connection

from bot.state.database import Database
from bot.state.errors import StateError

logger = structlog.get_logger("dateline.state")

WRITE_BEHIND = 1.0
"""Seconds that things are gathered before they are written; a killed process forgets no more than these."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts, at most, while the database refuses."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What waited at one moment.

    Args:
        write: writes it.
        written: to be called when that is kept, so that it waits no more.
    """

    write: Callable[[Connection], None]
    written: Callable[[], None]


class Source(Protocol):
    """Where things wait to be written."""

    @property
    def waiting(self) -> int:
        """How many wait."""

    def batch(self) -> Batch:
        """All that wait now; they go on waiting until they are written."""

    def drop(self) -> None:
        """Let go of what waits: no database takes it."""


class WriteBehind:
    """Writes what waits, about every second, in one transaction for all sources.

    Args:
        database: where to.
        pause: see `WRITE_BEHIND`.
    """

    def __init__(self, database: Database, pause: float) -> None:
        self._database = database
        self._pause = pause
        self._sources: Sequence[Source] = ()
        self._refused = False
        self._any = asyncio.Event()
        self._flushing = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None

    def start(self, *sources: Source) -> None:
        """Write behind from now on what waits in these."""
        self._sources = sources
        self._writer = asyncio.create_task(self._write_behind(), name="state: write behind")

    def wake(self) -> None:
        """Say that something waits."""
        self._any.set()

    async def flush(self) -> None:
        """Write what waits now.

        Raises:
            StateError: the database refuses; all of it goes on waiting.
        """
        async with self._flushing:
            self._any.clear()
            batches = [source.batch() for source in self._sources if source.waiting]
            if not batches:
                return

            def write(connection: Connection) -> None:
                for batch in batches:
                    batch.write(connection)

            try:
                await self._database.write(write)
            except BaseException:
                self._any.set()
                raise
            for batch in batches:
                batch.written()

    async def stop(self) -> None:
        """Write what waits, as far as the database lets, and stop."""
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.wait([self._writer])
        if not await self._try():
            logger.error("what was to be written behind is lost", waiting=self._waiting)

    @property
    def _waiting(self) -> int:
        return sum(source.waiting for source in self._sources)

    async def _write_behind(self) -> None:
        pause = self._pause
        while True:
            await self._any.wait()
            await asyncio.sleep(pause)
            pause = self._pause if await self._try() else min(2 * pause, LONGEST_PAUSE)

    async def _try(self) -> bool:
        try:
            await self.flush()
        except StateError as error:
            self._refused = True
            logger.warning("writing behind must wait", waiting=self._waiting, error=str(error))
            return False
        except Exception:
            logger.exception("what was written behind is refused", dropped=self._waiting)
            for source in self._sources:
                source.drop()
            self._any.clear()
            return True
        if self._refused:
            logger.info("writing behind goes on")
            self._refused = False
        return True
