"""Work that goes on behind a chat's back, so that the chat can go on meanwhile."""

import asyncio
from collections.abc import Coroutine

import structlog
from telegram.error import TelegramError

logger = structlog.get_logger("dateline.telegram")


class Background:
    """What is running, to be given up when the bot stops."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Begin with something; where Telegram fails, that is logged."""
        task = asyncio.get_running_loop().create_task(_tolerating(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """Give up what is running."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def _tolerating(work: Coroutine[object, object, None]) -> None:
    try:
        await work
    except TelegramError as error:
        logger.warning("what came of an admin's command could not be told", error=error.message)
