"""What Telegram refuses: a 429 all the same holds up its own chat, and other refusals hold up nothing."""

import asyncio
import os
from unittest.mock import patch

import pytest
from echo import echo, times
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter
from virtual_clock import run

from bot.telegram.budgets import MARGIN, Budget, Budgets
from bot.telegram.pacing import RETRIES


def test_a_flood_all_the_same_holds_up_its_chat_alone():
    async def main():
        async with echo() as bot:
            ada, bob = bot.private(), bot.private()
            bot.fake.faults.order("sendMessage", retry_after=7)
            bot.ask(ada)
            await asyncio.sleep(0.1)
            bot.ask(ada)
            await bot.ask(bob)
            assert bot.clock.passed < 0.2
            await asyncio.gather(*bot.work)
            assert bot.answers(ada) == bot.asked[ada.id]
            assert bot.at(ada)[0] == 0
            assert 7 <= bot.at(ada)[1] <= 7.1

    run(main())


def test_floods_in_several_chats_hold_up_everyone():
    async def main():
        async with echo() as bot:
            chats = [bot.private() for _ in range(4)]
            bot.fake.faults.order("sendMessage", retry_after=9, times=3)
            for chat in chats[:3]:
                bot.ask(chat)
            await asyncio.sleep(0.1)
            bot.ask(chats[3])
            await asyncio.gather(*bot.work)
            assert [len(bot.answers(chat)) for chat in chats] == [1] * 4
            assert 9 <= bot.at(chats[3])[0] <= 9.1

    run(main())


def test_whoever_stops_waiting_for_everyone_gives_up_the_place_too():
    async def main():
        async with echo(Budgets(overall=Budget(3, 1.0), chat=None), floods=False) as bot:
            chats = [bot.private() for _ in range(4)]
            bot.fake.faults.order("sendMessage", retry_after=9, times=3)
            for chat in chats[:3]:
                bot.ask(chat)
            await asyncio.sleep(2)
            for _ in range(3):
                called_off = bot.ask(chats[3])
                await asyncio.sleep(0.1)
                called_off.cancel()
            await asyncio.sleep(5)
            began = len(bot.fake.calls)
            await asyncio.gather(*bot.work[:3])
            assert [len(bot.answers(chat)) for chat in chats] == [1, 1, 1, 0]
            assert len({call.at for call in bot.fake.calls[began:]}) == 1, "all places are there"

    run(main())


def test_floods_one_by_one_hold_up_nobody_else():
    async def main():
        async with echo() as bot:
            chats = [bot.private() for _ in range(4)]
            bot.fake.faults.order("sendMessage", retry_after=9, times=3)
            for chat in chats:
                bot.ask(chat)
                await asyncio.sleep(1)
            await asyncio.gather(*bot.work)
            assert bot.at(chats[3]) == [3.0]

    run(main())


def test_a_request_is_given_up_in_the_end():
    async def main():
        async with echo() as bot:
            ada = bot.private()
            bot.fake.faults.order(retry_after=5, times=RETRIES + 1)
            with pytest.raises(RetryAfter):
                await bot.bot.send_message(ada.id, "x")
            assert len(times(bot.fake, ada.id)) == RETRIES + 1
            await bot.bot.send_message(ada.id, "y")
            assert bot.clock.passed == pytest.approx((RETRIES + 1) * (5 + MARGIN))

    run(main())


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
def test_seconds_as_a_number_are_understood_too():
    async def main():
        async with echo() as bot:
            bot.fake.faults.order("getMe", retry_after=3)
            with patch.dict(os.environ, {"PTB_TIMEDELTA": "0"}):
                await bot.bot.get_me()
            assert bot.clock.passed == pytest.approx(3 + MARGIN)

    run(main())


def test_what_telegram_refuses_passes_through_and_holds_nothing_up():
    async def main():
        async with echo() as bot:
            ada, bob, group = bot.fake.user(), bot.private(), bot.fake.group()
            gone = bot.fake.private(ada)
            bot.fake.blocks(ada)
            bot.fake.migrates(group)
            with pytest.raises(Forbidden):
                await bot.bot.send_message(gone.id, "x")
            with pytest.raises(ChatMigrated):
                await bot.bot.send_message(group.id, "x")
            with pytest.raises(BadRequest):
                await bot.bot.send_message(bob.id, "x" * 5_000)
            await bot.bot.send_message(bob.id, "x")
            assert [round(when, 2) for when in bot.at(bob)] == [0, 1.05]

    run(main())
