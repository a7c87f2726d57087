"""What has been kept long enough is deleted: at the start, and once a day; votes stay, without their text."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.settings import StateSettings
from bot.state import Miss, Result, Retention, State, Totals, Vote
from bot.state import retention as retention_module

CHAT, ADA = -1_002_000_000_001, 501
DAY = timedelta(days=1)


@pytest.fixture
async def keeping(file, clock):
    """`await keeping(retention)`: a state on the test's file that keeps things so long."""
    opened = []

    async def open_state(retention):
        opened.append(
            await State.open(
                f"sqlite:///{file}", retention=retention, now=clock, write_behind=3600
            )
        )
        return opened[-1]

    yield open_state
    for state in opened:
        await state.close()


async def fill(state, number):
    """One entry of each kind."""
    state.remember(CHAT, number, number + 1, "Who?")
    await state.missed(f"missed {number}")
    await state.vote(CHAT, number, ADA, Vote.DOWN, question=f"unhelpful {number}")
    await state.audit(ADA, "act", f"audit {number}", Result.REFUSED)
    state.count(answered=True)
    await state.flush()


async def kept(state):
    answers = [await state.answered(CHAT, number) is not None for number in (1, 2)]
    misses = sorted(miss.question for miss in await state.misses(10))
    return answers, misses, [line.detail for line in await state.audits(10)]


ALL = (
    [True, True],
    ["missed 1", "missed 2", "unhelpful 1", "unhelpful 2"],
    ["audit 2", "audit 1"],
)


async def two_days(state, clock):
    await fill(state, 1)
    clock.passes(days=10)
    await fill(state, 2)
    clock.passes(days=1)


@pytest.mark.parametrize(
    ("retention", "left"),
    [
        (Retention(), ALL),
        (Retention(answers=5 * DAY), ([False, True], *ALL[1:])),
        (Retention(misses=5 * DAY), (ALL[0], ["missed 2", "unhelpful 2"], ALL[2])),
        (Retention(audit=5 * DAY), (*ALL[:2], ["audit 2"])),
        (Retention(5 * DAY, 5 * DAY, 5 * DAY), ([False, True], ["missed 2", "unhelpful 2"], ["audit 2"])),
        (Retention(11 * DAY, 11 * DAY, 11 * DAY), ALL),
        (Retention(misses=timedelta()), (ALL[0], [], ALL[2])),
    ],
)  # fmt: skip
async def test_each_kind_goes_in_its_time(clock, keeping, retention, left):
    state = await keeping(Retention())
    await two_days(state, clock)
    today = clock().date()
    assert await state.clean() == 0
    await state.close()
    state = await keeping(retention)
    await state.clean()
    assert await kept(state) == left
    assert (await state.totals()).down == 2
    assert (await state.counted(today - DAY)).questions == 1
    assert await state.clean() == 0


async def test_a_vote_whose_question_is_gone_still_counts_once(keeping, clock):
    state = await keeping(Retention(misses=5 * DAY))
    await state.vote(CHAT, 1, ADA, Vote.DOWN, question="Who is x?")
    clock.passes(days=6)
    assert await state.clean() == 1
    assert not await state.vote(CHAT, 1, ADA, Vote.DOWN, question="Who is x?")
    assert await state.totals() == Totals(0, 1, 0)
    assert await state.misses(10) == []


async def test_a_question_that_comes_back_is_kept_anew(keeping, clock):
    state = await keeping(Retention(misses=5 * DAY))
    for _ in range(2):
        await state.missed("Who?")
        clock.passes(days=4)
    await state.clean()
    assert await state.misses(10) == [Miss("Who?", 2, 0, clock() - 4 * DAY)]


async def test_it_is_done_at_the_start_and_every_day(keeping, clock, monkeypatch, until):
    state = await keeping(Retention())
    await fill(state, 1)
    await state.close()
    clock.passes(days=6)
    monkeypatch.setattr(retention_module, "EVERY", 0.001)
    state = await keeping(Retention(5 * DAY, 5 * DAY, 5 * DAY))

    async def gone() -> bool:
        return await kept(state) == ([False, False], [], [])

    await until(gone)
    await fill(state, 2)
    assert (await kept(state))[1] == ["missed 2", "unhelpful 2"]
    clock.passes(days=6)
    await until(gone)


async def test_what_cannot_be_deleted_yet_is_deleted_later(
    keeping, clock, another_program, monkeypatch, until, file
):
    monkeypatch.setattr(retention_module, "EVERY", 0.05)
    monkeypatch.setattr(retention_module, "AGAIN", 0.001)

    async def locked() -> bool:
        try:
            another_program.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True

    async def refused() -> bool:
        return len(logs) > 1

    async def told() -> bool:
        return logs[-1]["event"] == "what was old is deleted"

    state = await State.open(
        f"sqlite:///{file}?timeout=0.01", retention=Retention(misses=DAY), now=clock
    )
    await state.missed("Who?")
    with capture_logs() as logs:
        another_program.execute("PRAGMA busy_timeout = 0")
        await until(locked)
        clock.passes(days=2)
        await until(refused)
        assert await state.misses(1) != []
        another_program.execute("ROLLBACK")
        await until(told)
        assert await state.misses(1) == []
        await state.close()
    assert logs[0]["event"] == "what is old can't be deleted yet"
    assert "locked" in logs[0]["error"]


async def test_much_is_deleted_a_little_at_a_time(keeping, clock, monkeypatch):
    monkeypatch.setattr(retention_module, "AT_ONCE", 3)
    state = await keeping(Retention(misses=DAY))
    for number in range(10):
        await state.missed(f"question {number}")
        await state.vote(CHAT, number, ADA, Vote.UP, question="x")
    clock.passes(days=2)
    assert await state.clean() == 20
    assert await state.totals() == Totals(10, 0, 0)


async def test_what_is_deleted_cannot_be_read_off_the_file(keeping, file, clock):
    state = await keeping(Retention(misses=DAY))
    secret = "a question that nobody should read"
    for number in range(50):
        await state.missed(f"{secret} {number}")
    clock.passes(days=2)
    await state.clean()
    await state.close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert secret.encode() not in file.read_bytes()


def test_the_settings_count_in_days_and_zero_is_for_ever():
    settings = StateSettings(keep_answers_days=7, keep_misses_days=0, keep_audit_days=1)
    assert settings.retention == Retention(answers=7 * DAY, misses=None, audit=DAY)
    silent = StateSettings(keep_questions=False, keep_misses_days=0)
    assert silent.retention.misses == timedelta()
