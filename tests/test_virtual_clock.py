"""The virtual clock: minutes take no time, work in threads takes none of them, and a stuck test ends."""

import asyncio
import threading
import time

import aiosqlite
import pytest
import virtual_clock
from virtual_clock import StuckError, VirtualClock, run


def test_time_jumps_to_the_next_timer():
    clock, seen = VirtualClock(100.0), []

    async def note(seconds: float) -> None:
        await asyncio.sleep(seconds)
        seen.append(clock())

    async def main():
        assert clock() == 100
        await asyncio.gather(note(3600), note(0.5), note(30))
        assert clock.utc().timestamp() == clock()

    began = time.monotonic()
    run(main())
    assert seen == pytest.approx([100.5, 130, 3700])
    assert time.monotonic() - began < 100
    assert clock() == 100, "outside of a loop it stands at its start"


def test_threads_are_waited_for_without_time_passing():
    clock = VirtualClock()

    async def main():
        go = threading.Event()
        timer = asyncio.create_task(asyncio.sleep(60))
        job = asyncio.create_task(asyncio.to_thread(go.wait, 10))
        asyncio.get_running_loop().call_soon(go.set)
        assert await job
        assert clock.passed == 0
        async with aiosqlite.connect(":memory:") as connection:
            for number in range(50):
                row = await connection.execute_fetchall("SELECT ?", (number,))
                assert list(row) == [(number,)]
            assert clock.passed == 0
        await timer
        assert clock.passed == 60

    run(main())


def test_a_test_that_waits_for_what_never_comes_ends(monkeypatch):
    monkeypatch.setattr(virtual_clock, "STUCK", 0.05)

    async def main():
        await asyncio.Event().wait()

    with pytest.raises(StuckError, match="nothing happened"):
        run(main())
