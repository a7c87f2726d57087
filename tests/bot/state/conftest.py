"""States on a file and in memory, with a clock that stands still; all are closed behind each test."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.state import State

NEVER = 3600.0
"""Seconds until the state writes by itself, in tests in which it should not."""


class Clock:
    """The time, which passes when told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **length: float) -> None:
        self.time += timedelta(**length)


async def _until(condition: Callable[[], Coroutine[Any, Any, bool]]) -> None:
    async with asyncio.timeout(30):
        while not await condition():  # noqa: ASYNC110 - nothing tells when a file is written
            await asyncio.sleep(0.001)


Until = Callable[[Callable[[], Coroutine[Any, Any, bool]]], Coroutine[Any, Any, None]]
OpenState = Callable[..., Coroutine[Any, Any, State]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def until() -> Until:
    """`await until(condition)`, for what happens behind."""
    return _until


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


@pytest.fixture
async def opened(file: Path, clock: Clock) -> AsyncIterator[OpenState]:
    """`await opened()`: a state on the test's file, as one process has it; or on another URL."""
    async with AsyncExitStack() as running:

        async def open_state(
            url: str = f"sqlite:///{file}", *, write_behind: float = NEVER, patient: bool = True
        ) -> State:
            if not patient:
                url += "?timeout=0.05"  # seconds to wait for a lock
            state = await State.open(url, now=clock, write_behind=write_behind)
            running.push_async_callback(state.close)
            return state

        yield open_state


@pytest.fixture(params=["file", "memory"])
async def state(request: pytest.FixtureRequest, opened: OpenState) -> State:
    """What holds on a file holds in memory."""
    return await (opened() if request.param == "file" else opened("sqlite://"))


@pytest.fixture
def another_program(file: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else who works on the file."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection
