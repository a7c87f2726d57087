"""Does at once what many wait for at the same time: a hundred of them cost the database what one does."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")


class Together(Generic[Wanted, Found]):
    """Gathers what is wanted while the database is busy.

    Args:
        work: does it for several at once, and gives what came of each in their order.
        name: of the task that works.
    """

    def __init__(
        self, work: Callable[[Sequence[Wanted]], Awaitable[Sequence[Found]]], name: str
    ) -> None:
        self._work = work
        self._name = name
        self._waiting: list[tuple[Wanted, asyncio.Future[Found]]] = []
        self._working: asyncio.Task[None] | None = None

    async def do(self, wanted: Wanted) -> Found:
        """What comes of one; who gives up waiting stops nothing.

        Raises:
            Exception: whatever the work raises.
        """
        done: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._waiting.append((wanted, done))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._go(), name=self._name)
        return await asyncio.shield(done)

    async def stop(self) -> None:
        """Wait for what is being done."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def _go(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                found = await self._work([wanted for wanted, _ in batch])
            except Exception as error:  # noqa: BLE001 - each that waits raises it
                for _, done in batch:
                    done.set_exception(error)
                    done.exception()  # so that it is no loss where nobody waits any more
            else:
                for (_, done), one in zip(batch, found, strict=True):
                    done.set_result(one)
