"""Reads the corpus again by itself when its files change on disk."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from bot.changing import Changing
from bot.last_load import Cause
from bot.reloading import Reloader
from bot.services import Services
from retrieval.errors import DatelineError

logger = structlog.get_logger("dateline.watch")

QUIET = 2.0
"""Seconds without a change after which the corpus is read: a file that is being copied changes all the time."""

AT_MOST = 60.0
"""Seconds after which it is read even if changes never cease."""

AGAIN = 10.0
"""Seconds after which a folder that can't be watched, or is gone, is looked for again; then twice as many."""

RARELY = 600.0
"""Seconds between two attempts, at most."""

OnFailure = Callable[[str], Awaitable[None]]
"""Called with the reason when the corpus could not be read, once until it can be."""


class Watch:
    """Watches the corpus until it is stopped.

    Args:
        services: whose corpus it is.
        reloader: reads it again.
        changing: knows the bot's own changes.
        on_failure: told when the corpus could not be read.
    """

    def __init__(
        self,
        services: Services,
        reloader: Reloader,
        changing: Changing,
        on_failure: OnFailure,
    ) -> None:
        self._path = services.config.corpus.path.resolve()
        self._reloader = reloader
        self._changing = changing
        self._on_failure = on_failure
        self._failed = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._task = asyncio.get_running_loop().create_task(self._watch())
        self._task.add_done_callback(_log_end)

    async def stop(self) -> None:
        """Watch no longer."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self) -> None:
        wait = AGAIN
        while True:
            try:
                await self._follow()
                wait = AGAIN
            except (OSError, RuntimeError) as error:
                logger.warning("the corpus can't be watched; trying again", error=str(error))
            await asyncio.sleep(wait)
            wait = min(2 * wait, RARELY)
            # What changed meanwhile was not seen.
            await self._reload()

    async def _follow(self) -> None:
        """Reload at each change, as long as the folder is the same one."""
        folder = self._path if self._path.is_dir() else self._path.parent
        before = _identity(folder)
        logger.info("watching the corpus", path=str(self._path))
        changes = awatch(
            folder,
            watch_filter=self._concerns,
            debounce=round(1_000 * AT_MOST),
            step=round(1_000 * QUIET),
            recursive=folder == self._path,
            ignore_permission_denied=True,
        )
        async for found in changes:
            if not all(self._changing.is_own(Path(file)) for _, file in found):
                await self._reload()
            if _identity(folder) != before:
                logger.warning("the watched folder is gone, or another", path=str(folder))
                return

    def _concerns(self, _: Change, file: str) -> bool:
        path = Path(file)
        if path == self._path:
            return True
        if not path.is_relative_to(self._path):
            return False
        # What the reader passes over.
        parts = path.relative_to(self._path).parts
        return not any(part.startswith(".") or part.endswith("~") for part in parts)

    async def _reload(self) -> None:
        try:
            async with self._reloader.changing(Cause.WATCH) as load:
                await load(lambda _: None)
        except DatelineError as error:
            if not self._failed:
                self._failed = True
                await self._on_failure(str(error))
        else:
            self._failed = False


def _log_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("the corpus is not watched any more", exc_info=error)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
