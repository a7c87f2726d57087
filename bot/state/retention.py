"""Deletes what has been kept long enough, at the start and once a day."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy import ColumnElement, Delete, Table, Update, delete, select, tuple_, update

from bot.state.database import Database
from bot.state.errors import StateError
from bot.state.tables import answers, audit, feedback, missed
from bot.state.values import Retention

logger = structlog.get_logger("dateline.state")

EVERY = 24 * 3600.0
"""Seconds between two cleanings."""

AGAIN = 600.0
"""Seconds until the next attempt where the database refuses."""

AT_ONCE = 2_000
"""Rows that one transaction deletes, some 30 ms of it: others who write wait no longer."""


class Cleaning:
    """Deletes what has been kept long enough.

    Args:
        database: where from.
        retention: how long that is.
        now: the time, in UTC.
    """

    def __init__(
        self, database: Database, retention: Retention, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._retention = retention
        self._now = now
        self._cleaner: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Clean now, and once a day from now on."""
        self._cleaner = asyncio.create_task(self._go(), name="state: cleaning")

    async def keep(self, retention: Retention) -> None:
        """Keep things for another time from now on, and clean accordingly."""
        await self.stop()
        self._retention = retention
        self.start()

    async def stop(self) -> None:
        """Clean no more."""
        if self._cleaner is not None:
            self._cleaner.cancel()
            await asyncio.wait([self._cleaner])

    async def clean(self) -> int:
        """Clean once, and say how many entries went.

        Raises:
            StateError: the database refuses; what is gone until then stays gone.
        """
        now, kept = self._now(), self._retention
        gone = 0
        if kept.answers is not None:
            gone += await self._all(delete(answers), answers, answers.c.at < now - kept.answers)
        if kept.misses is not None:
            oldest = now - kept.misses
            gone += await self._all(delete(missed), missed, missed.c.at < oldest)
            told = (feedback.c.at < oldest) & feedback.c.topic.is_not(None)
            silent = update(feedback).values(topic=None, question=None)
            gone += await self._all(silent, feedback, told)
        if kept.audit is not None:
            gone += await self._all(delete(audit), audit, audit.c.at < now - kept.audit)
        return gone

    async def _all(self, change: Delete | Update, table: Table, which: ColumnElement[bool]) -> int:
        """Change rows, a few at once."""
        key = tuple(table.primary_key.columns)
        some = change.where(tuple_(*key).in_(select(*key).where(which).limit(AT_ONCE)))
        gone = 0
        while True:
            changed = await self._database.write(
                lambda connection: connection.execute(some).rowcount
            )
            gone += changed
            if changed < AT_ONCE:
                return gone

    async def _go(self) -> None:
        while True:
            try:
                gone = await self.clean()
            except StateError as error:
                logger.warning("what is old can't be deleted yet", error=str(error))
                await asyncio.sleep(AGAIN)
            else:
                if gone:
                    logger.info("what was old is deleted", entries=gone)
                await asyncio.sleep(EVERY)
