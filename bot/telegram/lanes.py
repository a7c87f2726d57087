"""Lets updates be handled side by side, but those of one chat one after the other, as they came."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.metrics import Metrics, Stage
from bot.telegram.updates import kind_of, request_id

NO_CAP = 1_000_000
"""Updates handled at the same time. python-telegram-bot wants a number; a low one is soon used up by a
group whose answers wait for Telegram's limits, and then nobody else is answered."""

Lane = tuple[str, int]
"""Who shares a lane: "chat" or "user", and the id. A person's id is that of their private chat too."""

received_at: ContextVar[datetime] = ContextVar("received_at")
"""When the update that is being handled reached this process, in UTC."""

_began: ContextVar[float] = ContextVar("began")
"""The same by the performance counter, for measuring."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def received() -> datetime:
    """When the update that is being handled reached this process, before it waited in its lane; else now.

    A message much older than this waited at Telegram, while the bot was down.
    """
    return received_at.get(None) or now()


def seconds_since_received() -> float:
    """How long the update that is being handled has been in this process; 0 where there is none."""
    now = time.perf_counter()
    return now - _began.get(now)


def lane_of(update: object) -> Lane | None:
    """The lane of an update; None for what is handled at once.

    A pressed button must be answered at once. An inline query waits for the same person's earlier ones only.
    """
    if not isinstance(update, Update) or update.callback_query is not None:
        return None
    if update.inline_query is not None:
        return "user", update.inline_query.from_user.id
    chat = update.effective_chat
    return None if chat is None else ("chat", chat.id)


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    updates: int = 0
    """Those that are handled or wait."""


class Lanes(BaseUpdateProcessor):
    """For `ApplicationBuilder.concurrent_updates`.

    While an update is handled, log lines name it and its kind.

    Args:
        clock: gives this moment in UTC, for `received`.
        metrics: are told of updates, and of how long they wait.
    """

    def __init__(
        self, clock: Callable[[], datetime] = now, metrics: Metrics | None = None
    ) -> None:
        super().__init__(NO_CAP)
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._turns: dict[Lane, _Turn] = {}
        self._updates = 0

    @property
    def lanes(self) -> int:
        """Those in use; an empty one leaves nothing behind."""
        return len(self._turns)

    @property
    def waiting(self) -> int:
        """Updates that wait for an earlier one of their lane."""
        return sum(turn.updates - 1 for turn in self._turns.values())

    @property
    def handled(self) -> int:
        """Updates that are being handled, without those that wait."""
        return self._updates - self.waiting

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Handle an update when its turn has come."""
        kind = kind_of(update)
        self._metrics.received(kind)
        stamp, began = received_at.set(self._clock()), _began.set(time.perf_counter())
        lane = lane_of(update)
        self._updates += 1
        try:
            with structlog.contextvars.bound_contextvars(request=request_id(update), update=kind):
                await self._in_turn(lane, coroutine)
        finally:
            self._updates -= 1
            received_at.reset(stamp)
            _began.reset(began)
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # it never ran when the waiting was called off

    async def _in_turn(self, lane: Lane | None, coroutine: Awaitable[object]) -> None:
        if lane is None:
            await coroutine
            return
        with self._turn(lane) as turn:
            async with turn:
                self._metrics.took(Stage.LANE, seconds_since_received())
                await coroutine

    @contextmanager
    def _turn(self, lane: Lane) -> Iterator[asyncio.Lock]:
        # The lock wakes those that wait for it in the order in which they came.
        turn = self._turns.setdefault(lane, _Turn())
        turn.updates += 1
        try:
            yield turn.lock
        finally:
            turn.updates -= 1
            if not turn.updates:
                del self._turns[lane]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
