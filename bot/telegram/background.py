"""Work that goes on behind a chat's back, so that the chat can go on meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

import structlog
from telegram.error import TelegramError

from bot.statistics import Statistics

logger = structlog.get_logger("dateline.telegram")

Sorry = Callable[[], Awaitable[object]]
"""Tells whoever asked that it failed."""


class Background:
    """What is running, to be given up when the bot stops.

    Args:
        statistics: remember what failed.
    """

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None], sorry: Sorry | None = None) -> None:
        """Begin with something; where it fails, that is logged, and told.

        Args:
            work: it.
            sorry: called where it fails for a reason that it did not foresee; but not where Telegram fails.
        """
        task = asyncio.get_running_loop().create_task(self._tolerating(work, sorry))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """Give up what is running."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _tolerating(
        self, work: Coroutine[object, object, None], sorry: Sorry | None
    ) -> None:
        try:
            try:
                await work
            except TelegramError:
                raise
            except Exception as error:
                # There is nobody above to tell.
                logger.exception("an admin's command failed")
                self._statistics.failed(f"{type(error).__name__}: {error}")
                if sorry is not None:
                    await sorry()
        except TelegramError as error:
            logger.warning(
                "what came of an admin's command could not be told", error=error.message
            )
