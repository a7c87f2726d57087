"""Reads the corpus again while questions are answered from the archive there is, and then replaces that in one step."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.metrics import Reloaded
from bot.services import Services
from retrieval.archive import Archive
from retrieval.contents import Changes
from retrieval.errors import CorpusError, DatelineError, IndexStorageError
from retrieval.settings import IN_MEMORY

logger = structlog.get_logger("dateline.reload")

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
        self._since: datetime | None = None

    async def reload(self, progress: Progress, *, force: bool = False) -> Report:
        """Read the corpus again. Whatever goes wrong, the archive there is stays.

        Args:
            progress: told how far it is.
            force: also if most articles would disappear.

        Raises:
            ReloadRunningError: it is being read already.
            CorpusError: the corpus can't be read, holds no usable article, or too few.
            IndexStorageError: the index can't be written or read.
        """
        if self._since is not None:
            raise ReloadRunningError(self._since)
        self._since, began = datetime.now(UTC), time.perf_counter()
        result = Reloaded.FAILED
        try:
            before = self._services.archive
            archive = await self._build(before, progress, 1.0 if force else self._most_lost)
            changes = await asyncio.to_thread(archive.changes_since, before)
            self._services.archive = archive
            result = Reloaded.CHANGED if changes else Reloaded.UNCHANGED
        except CorpusError:
            result = Reloaded.REFUSED
            raise
        finally:
            self._since = None
            seconds = time.perf_counter() - began
            self._services.metrics.reloaded(result, seconds)
        return Report(archive, changes, seconds)

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
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
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
