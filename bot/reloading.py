"""Reads the corpus again while questions are answered from the archive there is, and then replaces that in one step."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import structlog

from bot.last_load import Cause, Load
from bot.metrics import Reloaded
from bot.services import Services
from retrieval.archive import Archive
from retrieval.contents import Changes
from retrieval.errors import CorpusError, DatelineError, IndexStorageError
from retrieval.settings import IN_MEMORY

logger = structlog.get_logger("dateline.reload")

T = TypeVar("T")

Progress = Callable[[int], None]
"""Called now and then with the number of articles read so far."""


class ReloadRunningError(DatelineError):
    """The corpus is being read again already.

    Args:
        since: when that began, in UTC.
    """

    def __init__(self, since: datetime) -> None:
        super().__init__(f"the articles are being read again already, since {since:%H:%M:%S} UTC")
        self.since = since


@dataclass(frozen=True, slots=True)
class Report:
    """What a reload brought.

    Args:
        archive: the one that answers from now on.
        changes: how it differs from the one before.
        seconds: how long it took.
    """

    archive: Archive
    changes: Changes
    seconds: float


class Reloader:
    """Replaces the archive by a new one, in one step.

    Args:
        services: whose archive it is.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._turn = asyncio.Lock()
        self._since = datetime.now(UTC)

    async def reload(
        self, progress: Progress, cause: Cause = Cause.RELOAD, *, force: bool = False
    ) -> Report:
        """Read the corpus again. Whatever goes wrong, the archive there is stays.

        Args:
            progress: told how far it is.
            cause: why.
            force: also if most articles would disappear.

        Raises:
            ReloadRunningError: it is being read, or changed, already.
            CorpusError: the corpus can't be read, holds no usable article, or too few.
            IndexStorageError: the index can't be written or read.
        """
        if self._turn.locked():
            raise ReloadRunningError(self._since)
        async with self._in_turn():
            return await self._load(progress, cause, force=force)

    @asynccontextmanager
    async def changing(self, cause: Cause) -> AsyncIterator[Callable[..., Awaitable[Report]]]:
        """A turn to change the corpus and read it again, while nobody else does either.

        Those that come meanwhile wait, in the order in which they came.

        Args:
            cause: why.

        Yields:
            What reads the corpus again, as `reload` does: `await load(progress, force=False, lost=0)`; so many
            articles may disappear in any case.
        """

        async def load(progress: Progress, *, force: bool = False, lost: int = 0) -> Report:
            return await self._load(progress, cause, force=force, lost=lost)

        async with self._in_turn():
            yield load

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        async with self._turn:
            self._since = datetime.now(UTC)
            yield

    async def _load(
        self, progress: Progress, cause: Cause, *, force: bool, lost: int = 0
    ) -> Report:
        services, began = self._services, time.perf_counter()
        before = services.archive
        # Half an article more, so that no rounding keeps the last one from going.
        meant = (lost + 0.5) / before.articles if lost else 0.0
        most_lost = 1.0 if force else min(1.0, max(self._most_lost, meant))
        result = Reloaded.FAILED
        try:
            archive = await self._build(before, progress, most_lost)
            changes = await asyncio.to_thread(archive.changes_since, before)
            services.archive = archive
            result = Reloaded.CHANGED if changes else Reloaded.UNCHANGED
        except DatelineError as error:
            result = Reloaded.REFUSED if isinstance(error, CorpusError) else Reloaded.FAILED
            services.last_load = Load(cause, datetime.now(UTC), error=str(error))
            logger.error("the corpus could not be read again", cause=cause.value, error=str(error))  # noqa: TRY400
            raise
        finally:
            seconds = time.perf_counter() - began
            services.metrics.reloaded(result, seconds)
        report = Report(archive, changes, seconds)
        load = Load(cause, datetime.now(UTC), report.seconds, changes)
        services.loaded = services.last_load = load
        logger.info(
            "the corpus was read again",
            cause=cause.value,
            added=changes.added,
            changed=changes.changed,
            removed=changes.removed,
            refused=len(archive.refusals),
            articles=archive.articles,
            seconds=round(report.seconds, 1),
        )
        return report

    @property
    def _most_lost(self) -> float:
        return self._services.config.reload.most_lost

    async def _build(self, before: Archive, progress: Progress, most_lost: float) -> Archive:
        settings = self._services.config.archive
        if settings.retrieval.index == IN_MEMORY:
            # There is no folder to hand an index over by; answers come slower while it is built.
            archive = await asyncio.to_thread(Archive.load, settings)
            archive.check_loss(before, most_lost)
            return archive
        wanted = {"settings": settings.model_dump(mode="json"), "most_lost": most_lost}
        command = (sys.executable, "-m", "retrieval.building")
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=PIPE
            )
        except OSError as error:
            raise IndexStorageError(
                f"no process could be started to build the index ({error})"
            ) from error
        try:
            await _follow(process, json.dumps(wanted), progress)
        except BaseException:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        return await asyncio.to_thread(Archive.open, Path(settings.retrieval.index))


async def _follow(process: Process, wanted: str, progress: Progress) -> None:
    """Give a building process its order, and listen to it until it ends.

    Raises:
        CorpusError: what it says against the corpus or the index.
        IndexStorageError: it broke down.
    """
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise IndexStorageError("the building process has no pipes")
    process.stdin.write(wanted.encode())
    process.stdin.close()
    errors = asyncio.ensure_future(process.stderr.read())
    built = False
    async for line in process.stdout:
        word = json.loads(line)
        if "refused" in word:
            raise CorpusError(str(word["refused"]))
        if "articles" in word:
            progress(int(word["articles"]))
        built = built or "built" in word
    await process.wait()
    if not built:
        logger.error("building broke down", output=(await errors).decode(errors="replace"))
        raise IndexStorageError(
            "building the index broke down; the operator can see why in the log"
        )
    await errors
