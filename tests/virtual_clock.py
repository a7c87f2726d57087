"""An event loop whose time jumps to the next timer when nothing else is to do: minutes pass in milliseconds.

    clock = VirtualClock()
    fake = FakeTelegram(clock=clock, floods=True)

    async def flood():
        await asyncio.sleep(60)  # no time at all

    run(flood())

Work in threads (`asyncio.to_thread`, aiosqlite) takes real time and no virtual time.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar
from unittest.mock import patch

import aiosqlite
from fake_telegram import FakeRequest
from fake_telegram.types import Json
from telegram import Update
from telegram.ext import Application

T = TypeVar("T")

STUCK = 20.0
"""Real seconds without any event, after which a test is taken to wait for something that never comes."""


class StuckError(Exception):
    """The loop has nothing more to do, and the test is not at its end."""


class JumpingSelector(selectors.DefaultSelector):
    """Waits for real where a thread is at work, and otherwise lets virtual time pass instead."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0
        self.at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; if nothing is, the time has passed."""
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is not None and not self.at_work:
            self.passed += timeout
            return []
        ready = super().select(STUCK)
        if not ready:
            raise StuckError(f"nothing happened for {STUCK:g} s; threads at work: {self.at_work}")
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on virtual time."""

    START = 1_000.0
    """What its clock shows at first, in seconds; not 0, which code may take for "never"."""

    def __init__(self) -> None:
        self._jumping = JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Virtual seconds."""
        return self.START + self._jumping.passed

    @contextmanager
    def thread_at_work(self) -> Iterator[None]:
        """Time stands still meanwhile."""
        self._jumping.at_work += 1
        try:
            yield
        finally:
            self._jumping.at_work -= 1

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        """As ever, with time standing still until it is done."""
        future = super().run_in_executor(executor, func, *args)
        at_work = self.thread_at_work()
        at_work.__enter__()
        future.add_done_callback(lambda _: at_work.__exit__(None, None, None))
        return future

    async def shutdown_default_executor(self, *args: Any, **named: Any) -> None:
        """As ever, without passing its timeout by jumping."""
        with self.thread_at_work():
            await super().shutdown_default_executor(*args, **named)


class VirtualClock:
    """Unix seconds for a FakeTelegram, which pass as the virtual loop's time passes."""

    def __init__(self, start: float | None = None) -> None:
        self.start = time.time() if start is None else start

    def __call__(self) -> float:
        return self.start + self.passed

    @property
    def passed(self) -> float:
        """Virtual seconds since the loop began; none outside of it."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return 0.0
        assert isinstance(loop, VirtualLoop), "run the test by virtual_clock.run"
        return loop.time() - loop.START

    def utc(self) -> datetime:
        """The same as a datetime, for `Lanes(clock.utc)`."""
        return datetime.fromtimestamp(self(), UTC)


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end on a loop of its own, from a test that is not async itself."""
    with _sqlite_counted(), asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


@contextmanager
def _sqlite_counted() -> Iterator[None]:
    """aiosqlite works in threads of its own, of which the loop knows nothing."""

    def counted(method: Any) -> Any:
        async def call(*args: Any, **named: Any) -> Any:
            loop = asyncio.get_running_loop()
            assert isinstance(loop, VirtualLoop)
            with loop.thread_at_work():
                return await method(*args, **named)

        return call

    connection = aiosqlite.Connection
    with (
        patch.object(connection, "_connect", counted(connection._connect)),
        patch.object(connection, "_execute", counted(connection._execute)),
    ):
        yield


def deliver(
    app: Application[Any, Any, Any, Any, Any, Any], *updates: Json
) -> list[asyncio.Task[None]]:
    """Hand raw updates over as Application does: all at once, each a task, through its processor.

    `feed` of fake_telegram handles them one after the other instead, and passes the processor by.
    """
    request = app.bot.request
    assert isinstance(request, FakeRequest)
    shown = [update for update in updates if not request.fake.is_hidden(update)]
    return [asyncio.create_task(_processed(app, raw)) for raw in shown]


async def _processed(app: Application[Any, Any, Any, Any, Any, Any], raw: Json) -> None:
    update = Update.de_json(raw, app.bot)
    await app.update_processor.process_update(update, app.process_update(update))
