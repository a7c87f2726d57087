"""What a chat has chosen is kept, seen soon everywhere, and goes with a group that becomes a supergroup."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from bot.state import ChatOptions
from bot.state import options as options_module
from bot.state.database import Database
from bot.state.options import OPTIONS_KEPT

CHAT, NEW = -4_000_001, -1_002_000_000_001
GERMAN = ChatOptions(answer_mentions=False, excerpts=5, language="de")
SHORT = ChatOptions(excerpts=1)


async def test_who_has_chosen_nothing_has_what_the_configuration_says(state):
    assert await state.options(CHAT) == ChatOptions(None, None, None)


async def test_what_was_chosen_last_holds(state):
    await state.set_options(CHAT, GERMAN)
    assert await state.options(CHAT) == GERMAN
    await state.set_options(CHAT, SHORT)
    assert await state.options(CHAT) == SHORT
    assert await state.options(NEW) == ChatOptions()


async def test_a_restart_loses_nothing(opened):
    state = await opened()
    await state.set_options(CHAT, GERMAN)
    await state.close()
    assert await (await opened()).options(CHAT) == GERMAN


async def test_a_change_by_another_process_is_seen_within_the_time_and_costs_no_query_before(
    opened, clock
):
    here, there = await opened(), await opened()
    assert await here.options(CHAT) == ChatOptions()
    await there.set_options(CHAT, GERMAN)
    clock.passes(seconds=OPTIONS_KEPT.total_seconds() - 1)
    assert await here.options(CHAT) == ChatOptions()
    clock.passes(seconds=1)
    assert await here.options(CHAT) == GERMAN


async def test_a_clock_that_was_put_back_does_not_make_options_last(opened, clock):
    here, there = await opened(), await opened()
    assert await here.options(CHAT) == ChatOptions()
    await there.set_options(CHAT, GERMAN)
    clock.passes(days=-1)
    assert await here.options(CHAT) == GERMAN


async def test_only_so_many_chats_are_kept_in_memory(opened, monkeypatch):
    monkeypatch.setattr(options_module, "CHATS_KEPT", 2)
    here, there = await opened(), await opened()
    for chat in (1, 2, 3):
        await here.options(chat)
    for chat in (1, 3):
        await there.set_options(chat, GERMAN)
    assert await here.options(3) == ChatOptions()
    assert await here.options(1) == GERMAN


async def test_a_chat_that_asks_again_drives_out_no_other(opened, clock, monkeypatch):
    monkeypatch.setattr(options_module, "CHATS_KEPT", 2)
    here, there = await opened(), await opened()
    await here.options(1)
    clock.passes(seconds=OPTIONS_KEPT.total_seconds() / 2)
    await here.options(2)
    clock.passes(days=-1)
    await here.options(2)
    clock.passes(days=1)
    await there.set_options(1, GERMAN)
    assert await here.options(1) == ChatOptions()


async def test_options_read_while_they_are_changed_are_not_kept(state, monkeypatch):
    read, answer = asyncio.Event(), asyncio.Event()

    async def slow(database: Database, work: Callable[[Connection], object]) -> object:
        found = await Database._read(database, work)
        read.set()
        await answer.wait()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Database, "read", slow)
        reading = asyncio.create_task(state.options(CHAT))
        await read.wait()
    await state.set_options(CHAT, GERMAN)
    answer.set()
    assert await reading == ChatOptions()
    assert await state.options(CHAT) == GERMAN


async def test_many_tasks_ask_and_choose_at_once(state):
    await state.set_options(CHAT, GERMAN)
    asking = [state.options(CHAT) for _ in range(20)]
    choosing = [state.set_options(NEW, SHORT) for _ in range(5)]
    assert (await asyncio.gather(*asking, *choosing))[:20] == [GERMAN] * 20


async def test_many_chats_choose_at_once(state):
    chosen = {chat: ChatOptions(excerpts=chat % 10) for chat in range(1, 51)}
    await asyncio.gather(*(state.set_options(chat, mine) for chat, mine in chosen.items()))
    assert {chat: await state.options(chat) for chat in chosen} == chosen


async def test_the_supergroup_has_what_the_group_had(state):
    await state.set_options(CHAT, GERMAN)
    await state.options(NEW)
    await state.move_chat(CHAT, NEW)
    assert await state.options(NEW) == GERMAN
    assert await state.options(CHAT) == ChatOptions()


async def test_what_was_chosen_in_the_supergroup_wins(state):
    await state.set_options(CHAT, GERMAN)
    await state.set_options(NEW, ChatOptions(answer_mentions=True, excerpts=1))
    await state.move_chat(CHAT, NEW)
    assert await state.options(NEW) == ChatOptions(True, 1, "de")


async def test_moving_twice_from_nowhere_or_nowhere_changes_nothing(state):
    await state.move_chat(CHAT, NEW)
    assert await state.options(NEW) == ChatOptions()
    await state.set_options(CHAT, GERMAN)
    await state.move_chat(CHAT, CHAT)
    assert await state.options(CHAT) == GERMAN
    await state.move_chat(CHAT, NEW)
    await state.move_chat(CHAT, NEW)
    assert await state.options(NEW) == GERMAN


async def test_two_processes_may_move_a_chat_at_once(opened):
    states = [await opened() for _ in range(3)]
    await states[0].set_options(CHAT, GERMAN)
    await asyncio.gather(*(state.move_chat(CHAT, NEW) for state in states))
    assert [await state.options(NEW) for state in states] == [GERMAN] * 3


@pytest.mark.parametrize("language", ["\ud83d", "d\0e", ""])
async def test_any_text_can_be_kept(state, language):
    await state.set_options(CHAT, ChatOptions(language=language))
    kept = (await state.options(CHAT)).language
    assert kept is not None
    assert len(kept) == len(language)
