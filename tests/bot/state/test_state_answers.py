"""An edited question finds its answer: at once, after a restart, on another replica."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state import ChatOptions, State, Vote
from bot.state.digests import Digests
from bot.state.values import Answered

ROOT = Path(__file__).parents[3]
CHAT, QUESTION, ANSWER = -1_002_000_000_001, 8_000_001, 8_000_002
ASKED = "When did Kim and Putin meet?"

ANY_TEXT = st.text(st.characters(), max_size=30)
"""Lone surrogates and NUL among it."""


async def test_known_at_once_when_written_and_after_a_restart(opened):
    state = await opened()
    state.remember(CHAT, QUESTION, ANSWER, ASKED)
    waiting = await state.answered(CHAT, QUESTION)
    await state.flush()
    written = await state.answered(CHAT, QUESTION)
    await state.close()
    kept = await (await opened()).answered(CHAT, QUESTION)
    for found in (waiting, written, kept):
        assert found is not None
        assert found.answer_id == ANSWER
        assert found.same(ASKED)
        assert not found.same("When did Kim meet Putin?")


async def test_what_was_not_answered_has_no_answer(state):
    state.remember(CHAT, QUESTION, ANSWER, ASKED)
    for _ in range(2):
        assert await state.answered(CHAT, QUESTION + 1) is None
        assert await state.answered(CHAT + 1, QUESTION) is None
        await state.flush()


@pytest.mark.parametrize("between", [False, True], ids=["waiting", "written"])
async def test_the_latest_answer_and_question_count(state, between):
    state.remember(CHAT, QUESTION, ANSWER, ASKED)
    if between:
        await state.flush()
    state.remember(CHAT, QUESTION, ANSWER + 7, "And Xi?")
    for _ in range(2):
        found = await state.answered(CHAT, QUESTION)
        assert found.answer_id == ANSWER + 7
        assert found.same("And Xi?")
        assert not found.same(ASKED)
        await state.flush()


async def test_another_process_knows_it_once_it_is_written(opened):
    here, there = await opened(), await opened()
    here.remember(CHAT, QUESTION, ANSWER, ASKED)
    assert await there.answered(CHAT, QUESTION) is None
    await here.flush()
    assert (await there.answered(CHAT, QUESTION)).same(ASKED)


async def test_it_is_written_by_itself_again_and_again(opened, until):
    here, there = await opened(write_behind=0.001), await opened()
    for question in (1, 2, 3):

        async def known(question: int = question) -> bool:
            return await there.answered(CHAT, question) is not None

        assert not await known()
        here.remember(CHAT, question, ANSWER, ASKED)
        await until(known)


async def test_what_is_remembered_while_it_is_written_is_not_lost(opened):
    state = await opened()
    state.remember(CHAT, 1, ANSWER, ASKED)
    writing = asyncio.create_task(state.flush())
    await asyncio.sleep(0)
    state.remember(CHAT, 1, ANSWER + 1, ASKED)
    state.remember(CHAT, 2, ANSWER + 2, ASKED)
    await writing
    await state.close()
    state = await opened()
    assert (await state.answered(CHAT, 1)).answer_id == ANSWER + 1
    assert (await state.answered(CHAT, 2)).answer_id == ANSWER + 2


async def test_what_is_remembered_while_it_is_looked_up_is_what_is_found(state):
    state.remember(CHAT, QUESTION, ANSWER, ASKED)
    await state.flush()
    asking = asyncio.create_task(state.answered(CHAT, QUESTION))
    await asyncio.sleep(0)
    state.remember(CHAT, QUESTION, ANSWER + 1, ASKED)
    assert (await asking).answer_id == ANSWER + 1


async def test_a_killed_process_loses_nothing_that_was_written(opened, file, clock):
    program = f"""
import asyncio, os, signal
from bot.state import ChatOptions, State, Vote

async def main():
    state = await State.open("sqlite:///{file}")
    await state.set_options({CHAT}, ChatOptions(excerpts=7))
    await state.vote({CHAT}, {ANSWER}, 1, Vote.UP, question=None)
    state.remember({CHAT}, {QUESTION}, {ANSWER}, {ASKED!r})
    await state.flush()
    state.remember({CHAT}, {QUESTION + 1}, {ANSWER}, {ASKED!r})
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    killed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)  # noqa: ASYNC221
    assert killed.returncode == -signal.SIGKILL
    state = await opened()
    assert await state.options(CHAT) == ChatOptions(excerpts=7)
    assert not await state.vote(CHAT, ANSWER, 1, Vote.UP, question=None)
    assert (await state.answered(CHAT, QUESTION)).same(ASKED)
    assert await state.answered(CHAT, QUESTION + 1) is None


async def test_neither_questions_nor_people_nor_chats_can_be_read_off_the_file(opened, file):
    person = 5_000_000_007
    state = await opened()
    state.remember(CHAT, QUESTION, ANSWER, ASKED)
    state.remember(person, QUESTION, ANSWER, ASKED)
    await state.vote(CHAT, ANSWER, person, Vote.DOWN, question=None)
    await state.set_options(person, ChatOptions(excerpts=2))
    await state.set_options(CHAT, ChatOptions(excerpts=2))
    await state.close()
    held = set()
    with closing(sqlite3.connect(file)) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            held.update(
                value for row in database.execute(f"SELECT * FROM {table}") for value in row
            )
    assert ANSWER in held
    assert {CHAT, person, str(CHAT), str(person), ASKED}.isdisjoint(held)


async def test_the_same_question_looks_different_in_another_database(opened, tmp_path):
    digests = set()
    for name in ("one", "two"):
        state = await opened(f"sqlite:///{tmp_path / name}")
        state.remember(CHAT, QUESTION, ANSWER, ASKED)
        await state.close()
        with closing(sqlite3.connect(tmp_path / name)) as database:
            digests.update(
                database.execute("SELECT chat FROM answers UNION SELECT digest FROM answers")
            )
    assert len(digests) == 4


@given(ANY_TEXT, ANY_TEXT)
def test_questions_are_the_same_but_for_white_space(one, other):
    digests = Digests(b"salt" * 8)
    answered = Answered(1, digests.question(one), digests)
    assert answered.same(f"\n {one}\t")
    assert answered.same(other) == (one.split() == other.split())


@settings(max_examples=20)
@given(st.lists(ANY_TEXT, min_size=5, max_size=20))
async def test_any_question_can_be_remembered(questions):
    state = await State.open("sqlite://")
    try:
        for number, question in enumerate(questions):
            state.remember(CHAT, QUESTION + number, ANSWER + number, question)
        await state.flush()
        for number, question in enumerate(questions):
            assert (await state.answered(CHAT, QUESTION + number)).same(question)
    finally:
        await state.close()


def test_nothing_of_the_salt_is_shown():
    digests = Digests(b"salt" * 8)
    assert "salt=" not in repr(Answered(1, digests.question("x"), digests))
    assert "saltsalt" not in repr(digests)
