"""A database that refuses is told to whoever waits for it, and outlived by whatever does not."""

import asyncio
import resource
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.state import ChatOptions, Result, State, StateError, Totals, Vote
from bot.state import answers as answers_module

CHAT, ADA = -1_002_000_000_001, 501
WRITES: dict[str, Callable[[State], Awaitable[object]]] = {
    "vote": lambda state: state.vote(CHAT, 1, ADA, Vote.UP, question="x"),
    "missed": lambda state: state.missed("x"),
    "set_options": lambda state: state.set_options(CHAT, ChatOptions(excerpts=2)),
    "move_chat": lambda state: state.move_chat(CHAT, CHAT - 1),
    "audit": lambda state: state.audit(ADA, "reload", "", Result.DONE),
    "forget": lambda state: state.forget(ADA),
    "flush": lambda state: state.flush(),
}


@contextmanager
def full_disk(file: Path) -> Iterator[None]:
    """No file may grow beyond what the database has now, for this process."""
    had = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, had[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, had)


@pytest.mark.parametrize("name", WRITES)
async def test_locked_by_another_program(opened, another_program, file, name):
    state = await opened(patient=False)
    state.remember(CHAT, 1, 2, "x")
    another_program.execute("BEGIN IMMEDIATE")
    with pytest.raises(StateError, match=f"{file}: database is locked; another program"):
        await WRITES[name](state)
    assert await state.options(CHAT) == ChatOptions()
    assert await state.totals() == Totals(0, 0, 0)
    assert await state.misses(10) == []
    assert await state.answered(CHAT, 5) is None
    another_program.execute("ROLLBACK")
    assert await state.totals() == Totals(0, 0, 0)
    await WRITES[name](state)


async def test_what_is_locked_for_a_moment_is_waited_for(opened, another_program):
    state = await opened()
    another_program.execute("BEGIN IMMEDIATE")
    voting = asyncio.ensure_future(WRITES["vote"](state))
    await asyncio.sleep(0.05)
    another_program.execute("ROLLBACK")
    assert await voting is True


@pytest.mark.parametrize("name", ["vote", "missed", "set_options", "flush"])
async def test_a_full_disk(opened, file, name):
    state = await opened()
    for number in range(40):
        state.remember(CHAT, number, 2, "x")

    async def write_on() -> None:
        for _ in range(3):
            await WRITES[name](state)
            await state.missed("y" * 100_000)

    with full_disk(file), pytest.raises(StateError, match=r"disk"):
        await write_on()
    assert (await state.answered(CHAT, 1)).answer_id == 2
    await WRITES[name](state)
    await state.flush()


async def test_writing_behind_goes_on_when_the_database_is_free_again(
    opened, another_program, until
):
    state, other = await opened(write_behind=0.001, patient=False), await opened()

    async def refused_twice() -> bool:
        return len(logs) > 1

    async def written() -> bool:
        return await other.answered(CHAT, 2) is not None

    another_program.execute("BEGIN IMMEDIATE")
    with capture_logs() as logs:
        state.remember(CHAT, 1, 2, "x")
        await until(refused_twice)
        another_program.execute("ROLLBACK")
        state.remember(CHAT, 2, 3, "x")
        await until(written)
        await state.close()
    assert logs[0]["log_level"] == "warning"
    assert "locked" in logs[0]["error"]
    assert logs[-1]["event"] == "writing behind goes on"
    assert (await other.answered(CHAT, 1)).answer_id == 2


async def test_what_waits_does_not_grow_without_bound(opened, another_program, monkeypatch):
    monkeypatch.setattr(answers_module, "WAITING_KEPT", 3)
    state = await opened(patient=False)
    another_program.execute("BEGIN IMMEDIATE")
    for question in range(6):
        state.remember(CHAT, question, 100, "x")
        state.remember(CHAT, question, 200 + question, "x")
        with pytest.raises(StateError):
            await state.flush()
    another_program.execute("ROLLBACK")
    for _ in range(2):
        known = [await state.answered(CHAT, question) for question in range(6)]
        assert [found and found.answer_id for found in known] == [None, None, None, 203, 204, 205]
        await state.flush()


async def test_writing_behind_outlives_what_no_database_takes(opened, until):
    state, other = await opened(write_behind=0.001), await opened()

    async def logged() -> bool:
        return bool(logs)

    async def written() -> bool:
        return await other.answered(CHAT, 1) is not None

    with capture_logs() as logs:
        state.remember(CHAT, 2**70, 2, "x")
        await until(logged)
    assert logs[0]["log_level"] == "error"
    assert logs[0]["dropped"] == 1
    state.remember(CHAT, 1, 2, "x")
    await until(written)


async def test_closing_while_the_database_refuses_says_what_is_lost(opened, another_program):
    state = await opened(patient=False)
    state.count(answered=True)
    state.remember(CHAT, 1, 2, "x")
    another_program.execute("BEGIN IMMEDIATE")
    with capture_logs() as logs:
        await state.close()
    lost = {"event": "what was to be written behind is lost", "log_level": "error", "waiting": 2}
    assert logs[-1] == lost


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("moments", [0, 1, 2, 5])
async def test_a_caller_who_goes_away_harms_nobody(state, name, moments):
    state.remember(CHAT, 1, 2, "x")
    calling = asyncio.ensure_future(WRITES[name](state))
    for _ in range(moments):
        await asyncio.sleep(0)
    calling.cancel()
    await asyncio.wait([calling])
    assert calling.cancelled()
    await state.flush()
    assert (await state.answered(CHAT, 1)).answer_id == 2
    assert await WRITES["vote"](state) is (name != "vote" or moments == 0)


async def test_closing_waits_for_what_is_being_written(opened):
    state = await opened()
    writing = [asyncio.ensure_future(state.missed("x")) for _ in range(20)]
    await asyncio.sleep(0)
    await state.close()
    await asyncio.gather(*writing)
    assert (await (await opened()).totals()).missed == 20
