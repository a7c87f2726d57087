"""Whether the bot can answer, and if not, why not."""

import asyncio

from bot.services import Services
from bot.state import StateError

PATIENCE = 2.0
"""Seconds that the state may take to answer; those who ask for readiness wait about as long."""

STOPPING = "the bot is stopping"
NOT_STARTED = "the bot is not logged in to Telegram yet"
SLOW_STATE = f"state.url: the database has not answered for {PATIENCE:g} seconds"


class Readiness:
    """Knows what keeps the bot from answering.

    The archive is there from the beginning: without one there are no services.

    Args:
        services: whose state is asked.
    """

    def __init__(self, services: Services) -> None:
        self.started = False
        """Whether the bot is logged in and updates come."""
        self.stopping = False
        """Whether it is finishing what came."""
        self.ready = False
        """Whether there was no reason when it was asked last."""
        self._services = services
        self._checking: asyncio.Task[str | None] | None = None

    async def reasons(self) -> list[str]:
        """Why it can't answer; none if it can."""
        reasons = [STOPPING] if self.stopping else await self._found()
        self.ready = not reasons
        return reasons

    async def _found(self) -> list[str]:
        reasons = [] if self.started else [NOT_STARTED]
        if (reason := await self._state()) is not None:
            reasons.append(reason)
        return reasons

    async def _state(self) -> str | None:
        # One question at a time, also to a state that hangs while it is asked for again and again.
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._check())
        checking = self._checking
        done, _ = await asyncio.wait([checking], timeout=PATIENCE)
        return checking.result() if done else SLOW_STATE

    async def _check(self) -> str | None:
        try:
            await self._services.state.ping()
        except StateError as error:
            return str(error)
        return None
