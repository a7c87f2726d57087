"""The questions of each day are counted, written behind, and go on after a restart."""

from datetime import timedelta

import pytest

from bot.state import DayCount, StateError
from bot.statistics import Statistics


async def test_each_day_of_utc_has_its_counts(state, clock):
    today = clock().date()
    for answered in (True, False, True):
        state.count(answered=answered)
    clock.passes(hours=12)
    state.count(answered=False)
    for _ in range(2):
        assert await state.counted(today) == DayCount(3, 2)
        assert await state.counted(today + timedelta(days=1)) == DayCount(1, 0)
        assert await state.counted(today + timedelta(days=2)) == DayCount(0, 0)
        await state.flush()


async def test_they_are_added_up_over_restarts_and_processes(opened, clock):
    today = clock().date()
    here, there = await opened(), await opened()
    for state in (here, there, there):
        state.count(answered=True)
        await state.flush()
    assert await here.counted(today) == DayCount(3, 3)
    here.count(answered=False)
    await here.close()
    assert await (await opened()).counted(today) == DayCount(4, 3)


async def test_they_are_written_by_themselves_with_the_answers(opened, until, clock):
    here, there = await opened(write_behind=0.001), await opened()
    today = clock().date()

    async def counted() -> bool:
        return await there.counted(today) == DayCount(1, 1)

    here.count(answered=True)
    await until(counted)


async def test_what_the_database_refuses_is_counted_later(opened, another_program, clock):
    state = await opened(patient=False)
    another_program.execute("BEGIN IMMEDIATE")
    state.count(answered=True)
    with pytest.raises(StateError):
        await state.flush()
    state.count(answered=False)
    another_program.execute("ROLLBACK")
    await state.flush()
    await state.flush()
    assert await state.counted(clock().date()) == DayCount(2, 1)


async def test_statistics_go_on_from_the_row_of_today(opened, clock):
    state = await opened()
    statistics = Statistics(clock)
    await statistics.resume(state)
    assert statistics.questions == 0
    statistics.asked(1.0, answered=True)
    statistics.asked(1.0, answered=False)
    await state.close()
    state = await opened()
    again = Statistics(clock)
    again.asked(1.0, answered=True)  # before the state is open
    await again.resume(state)
    assert (again.questions, again.answered_share) == (3, 2 / 3)
    clock.passes(days=1)
    assert again.questions == 0
    again.asked(1.0, answered=True)
    assert await state.counted(clock().date()) == DayCount(1, 1)
