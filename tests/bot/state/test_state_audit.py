"""The audit log: who did what, when, with what result; admins by number, others by a label."""

import sqlite3
from contextlib import closing
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state import Audit, Result, State, Vote
from bot.state.audit import LONGEST_DETAIL

BOSS, STRANGER, OTHER = 500_000_777, 600_000_001, 600_000_002


@pytest.fixture
async def office(clock, file):
    state = await State.open(f"sqlite:///{file}", now=clock, named={BOSS}.__contains__)
    yield state
    await state.close()


async def test_the_newest_comes_first_and_pages_follow(office, clock):
    for number in range(5):
        clock.passes(minutes=1)
        await office.audit(BOSS, "add", f"file {number}", Result.DONE)
    assert await office.audits(1) == [Audit(clock(), str(BOSS), "add", "file 4", Result.DONE)]
    listed = [line.detail for line in await office.audits(10)]
    assert listed == [f"file {number}" for number in (4, 3, 2, 1, 0)]
    assert [line.detail for line in await office.audits(2, skip=3)] == listed[3:]
    assert await office.audits(2, skip=5) == []


async def test_lines_of_one_moment_stay_in_their_order(office):
    for result in Result:
        await office.audit(BOSS, "reload", "", result)
    assert [line.result for line in await office.audits(10)] == list(reversed(Result))


async def test_admins_are_named_others_only_told_apart(office, file):
    for who in (BOSS, STRANGER, OTHER, STRANGER, -1_002_000_000_001, None):
        await office.audit(who, "reload", "", Result.REFUSED)
    said = [line.who for line in reversed(await office.audits(10))]
    assert said[0] == str(BOSS)
    assert said[1] == said[3]
    assert len({*said[1:5]}) == 3
    assert said[5] == "bot"
    with closing(sqlite3.connect(file)) as database:
        dumped = "\n".join(database.iterdump())
    for hidden in (STRANGER, OTHER, 1_002_000_000_001):
        assert str(hidden) not in dumped


async def test_a_label_finds_nothing_else_of_its_person(office, file):
    await office.audit(STRANGER, "reload", "", Result.REFUSED)
    await office.vote(STRANGER, 1, STRANGER, Vote.UP, question=None)
    (line,) = await office.audits(1)
    with closing(sqlite3.connect(file)) as database:
        ((chat, person),) = database.execute("SELECT chat, person FROM feedback")
    assert line.who.strip("~") not in chat.hex() + person.hex()


async def test_it_outlives_a_restart(office, file, clock):
    await office.audit(BOSS, "reload", "3 added", Result.DONE)
    before = await office.audits(5)
    await office.close()
    again = await State.open(f"sqlite:///{file}", now=clock)
    assert await again.audits(5) == before
    assert before[0].at.tzinfo is UTC
    await again.close()


@settings(max_examples=25)
@given(st.text(st.characters() | st.sampled_from("\n\0\ud83d"), max_size=2 * LONGEST_DETAIL))
async def test_any_detail_is_kept_on_one_line_and_not_too_long(detail):
    state = await State.open("sqlite://")
    try:
        await state.audit(1, "act" * 40, detail, Result.FAILED)
        (line,) = await state.audits(1)
    finally:
        await state.close()
    line.detail.encode()
    assert len(line.detail) <= LONGEST_DETAIL
    assert len(line.detail.splitlines()) <= 1
    assert len(line.act) <= 40
    if len(" ".join(detail.split())) > LONGEST_DETAIL:
        assert line.detail.endswith("…")
