"""Votes are counted once, and what was not answered well is listed for admins."""

import asyncio
from collections import Counter
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state import Miss, State, Totals, Vote

CHAT, ANSWER, ADA, BEN = -1_002_000_000_001, 17, 501, 502


async def votes(state, vote, user=ADA, message=ANSWER, chat=CHAT, question="Who is x?"):
    return await state.vote(chat, message, user, vote, question=question)


async def test_a_vote_counts_once(state):
    assert await votes(state, Vote.UP)
    assert not await votes(state, Vote.UP)
    assert await state.totals() == Totals(1, 0, 0)


async def test_a_mind_may_be_changed_and_changed_back(state):
    for vote, totals in ((Vote.UP, (1, 0, 0)), (Vote.DOWN, (0, 1, 0)), (Vote.UP, (1, 0, 0))):
        assert await votes(state, vote)
        assert await state.totals() == Totals(*totals)


async def test_each_person_message_and_chat_has_a_vote(state):
    assert await votes(state, Vote.UP)
    assert await votes(state, Vote.UP, user=BEN)
    assert await votes(state, Vote.DOWN, message=ANSWER + 1)
    assert await votes(state, Vote.DOWN, chat=CHAT - 1)
    assert await state.totals() == Totals(2, 2, 0)


async def test_the_vote_is_known_after_a_restart_and_in_another_process(opened):
    here, there = await opened(), await opened()
    assert await votes(here, Vote.DOWN)
    assert not await votes(there, Vote.DOWN)
    await here.close()
    assert not await votes(await opened(), Vote.DOWN)


async def test_pressed_many_times_at_once_it_counts_once(state):
    pressed = await asyncio.gather(*(votes(state, Vote.UP) for _ in range(30)))
    assert sorted(pressed) == [False] * 29 + [True]
    assert await state.totals() == Totals(1, 0, 0)


async def test_pressed_at_once_in_several_processes_it_counts_once(opened):
    states = [await opened() for _ in range(3)]
    pressed = await asyncio.gather(
        *(votes(state, Vote.UP, user=user) for user in (ADA, BEN) for state in states * 5)
    )
    assert sum(pressed) == 2
    assert await states[0].totals() == Totals(2, 0, 0)


async def test_both_buttons_pressed_wildly_leave_one_vote(state):
    pressed = [Vote.UP, Vote.DOWN] * 10
    await asyncio.gather(*(votes(state, vote) for vote in pressed))
    totals = await state.totals()
    assert totals.up + totals.down == 1


async def test_a_question_that_is_not_to_be_kept_is_counted_but_not_listed(state):
    await votes(state, Vote.DOWN, question=None)
    assert await state.totals() == Totals(0, 1, 0)
    assert await state.misses(10) == []


async def test_only_votes_against_an_answer_list_its_question(state):
    await votes(state, Vote.DOWN)
    await votes(state, Vote.UP, user=BEN)
    assert [miss.unhelpful for miss in await state.misses(10)] == [1]
    await votes(state, Vote.UP)
    assert await state.misses(10) == []


async def test_wordings_of_one_question_are_one(state, clock):
    await state.missed("Who is  Maduro?")
    clock.passes(minutes=1)
    await state.missed(" who IS\nMaduro? ")
    clock.passes(minutes=1)
    await votes(state, Vote.DOWN, question="WHO is Maduro?")
    latest = clock()
    clock.passes(minutes=1)
    await state.missed("Who is Guaid\u00f3?")
    await state.missed("Who is Guaido\u0301?")
    first, second = await state.misses(10)
    assert first == Miss(first.question, 2, 1, latest)
    assert first.question in {" who IS\nMaduro? ", "WHO is Maduro?"}
    assert first.last.tzinfo is UTC
    assert (second.missed, second.unhelpful) == (2, 0)
    assert await state.totals() == Totals(0, 1, 4)


async def test_the_most_frequent_come_first_then_the_latest(state, clock):
    for question in ("rare", "twice", "later", "twice", "latest"):
        clock.passes(seconds=1)
        await state.missed(question)
    for user in range(3):
        await votes(state, Vote.DOWN, user=user, question="thrice")
    listed = [miss.question for miss in await state.misses(10)]
    assert listed == ["thrice", "twice", "latest", "later", "rare"]
    assert [miss.question for miss in await state.misses(2)] == listed[:2]
    assert [miss.question for miss in await state.misses(2, skip=2)] == listed[2:4]
    assert [miss.question for miss in await state.misses(2, 4)] == listed[4:]
    assert await state.misses(2, 5) == []


async def test_questions_missed_at_once_are_all_counted(opened):
    states = [await opened(), await opened()]
    await asyncio.gather(*(state.missed("x") for state in states * 10))
    (miss,) = await states[0].misses(1)
    assert miss.missed == 20


async def test_a_restart_loses_no_miss(opened):
    state = await opened()
    await state.missed("x")
    before = await state.misses(10)
    await state.close()
    assert await (await opened()).misses(10) == before


@settings(max_examples=40)
@given(st.lists(st.text(st.characters() | st.sampled_from("aA \0\ud83d\n"), max_size=6)))
async def test_whatever_is_asked_is_counted_and_shown_as_valid_text(questions):
    state = await State.open("sqlite://")
    try:
        for number, question in enumerate(questions):
            await state.missed(question)
            await state.vote(1, number, 1, Vote.DOWN, question=f" {question}")
        listed = await state.misses(len(questions) + 1)
        paged = [(await state.misses(1, skip))[0] for skip in range(len(listed))]
        totals = await state.totals()
    finally:
        await state.close()
    assert paged == listed
    assert totals == Totals(0, len(questions), len(questions))
    assert all(miss.missed == miss.unhelpful for miss in listed)
    assert sum(miss.missed for miss in listed) == len(questions)
    for miss in listed:
        miss.question.encode()
        assert "\0" not in miss.question


WORDS = st.lists(st.text("abcXYZ", min_size=1), min_size=1, max_size=4)
SPACE = st.text(" \t\n\u00a0", min_size=1, max_size=3)


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=6), st.data())
async def test_grouping_is_by_the_words_in_one_case(asked, data):
    state = await State.open("sqlite://")
    try:
        for words in asked:
            written = data.draw(SPACE).join(words)
            changed = data.draw(st.sampled_from([str, str.upper, str.lower, str.swapcase]))
            await state.missed(changed(written))
        listed = await state.misses(100)
    finally:
        await state.close()
    counted = Counter(" ".join(words).lower() for words in asked)
    assert {" ".join(miss.question.split()).lower(): miss.missed for miss in listed} == counted


@pytest.mark.parametrize("vote", ["up", "down"])
def test_a_vote_is_its_text(vote):
    assert Vote(vote) == vote
