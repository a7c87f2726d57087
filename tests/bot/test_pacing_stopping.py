"""Waits that are called off, and a bot that is told to stop: short waits end well, long ones end at once."""

import asyncio

import pytest
from echo import echo, most, times
from fake_telegram import Chat
from telegram import Update
from virtual_clock import run

from bot.telegram.budgets import MARGIN, Budget, Budgets
from bot.telegram.pacing import GRACE, NotSentError


def test_whoever_stops_waiting_gives_up_the_place_and_nothing_else():
    async def main():
        async with echo(Budgets(overall=Budget(2, 1.0)), floods=False) as bot:

            def send(chat: Chat, text: str) -> asyncio.Task:
                return asyncio.create_task(bot.bot.send_message(chat.id, text))

            ada, chats = bot.private(), [bot.private() for _ in range(8)]
            hers = [send(ada, text) for text in "abc"]
            sending = [send(chat, "x") for chat in chats]
            await asyncio.sleep(
                0.5
            )  # one waits for its chat, one for its turn there, seven for all
            gone = [hers[1], *sending[1::2]]
            for task in gone:
                task.cancel()
            await asyncio.gather(*hers, *sending, return_exceptions=True)
            assert [task for task in (*hers, *sending) if task.cancelled()] == gone
            assert bot.answers(ada) == ["a", "c"]
            assert bot.clock.passed == pytest.approx(2 * (1 + MARGIN))
            assert most(times(bot.fake), 1) == 2

            await asyncio.sleep(5)
            assert bot.pacing.chats == 0
            began = bot.clock.passed
            await asyncio.gather(*(send(chat, "y") for chat in chats[:4]))
            assert bot.clock.passed - began == pytest.approx(1 + MARGIN), "both places are there"

    run(main())


async def outcome(request) -> tuple[str, float]:
    began = asyncio.get_running_loop().time()
    try:
        await request
    except NotSentError:
        return "given up", asyncio.get_running_loop().time() - began
    return "sent", asyncio.get_running_loop().time() - began


def test_stopping_lets_short_waits_finish_and_ends_long_ones():
    async def main():
        async with echo() as bot:
            ada, group = bot.private(), bot.fake.group()
            for _ in range(20):
                await bot.bot.send_message(group.id, "x")
            await asyncio.sleep(5)

            def send(chat: Chat) -> asyncio.Task[tuple[str, float]]:
                return asyncio.create_task(outcome(bot.bot.send_message(chat.id, "x")))

            ada_waits, group_waits = (
                [send(ada) for _ in range(12)],
                [send(group) for _ in range(5)],
            )
            await asyncio.sleep(0.5)
            bot.pacing.close()
            late = send(group)
            assert await asyncio.gather(*group_waits, late) == [("given up", 0.5)] * 5 + [
                ("given up", 0.0)
            ]
            await asyncio.sleep(3)
            bot.pacing.close()  # a second signal changes nothing
            sent = await asyncio.gather(*ada_waits)
            assert [how for how, _ in sent] == ["sent"] * 6 + ["given up"] * 6
            assert max(seconds for _, seconds in sent) <= GRACE + 0.5
            assert await send(bot.private()) == ("sent", 0.0), "what needn't wait still goes"
            await bot.pacing.initialize()
            assert (await send(ada))[0] == "sent"

    run(main())


def test_stopping_ends_waits_for_all_budgets_and_for_what_telegram_asked():
    async def main():
        async with echo(Budgets(overall=Budget(1, 2.0)), floods=False) as bot:
            ada = bot.private()
            bot.fake.faults.order("getMe", retry_after=60)
            me = asyncio.create_task(outcome(bot.bot.get_me()))
            chats = [bot.private() for _ in range(8)]
            sending = [
                asyncio.create_task(outcome(bot.bot.send_message(chat.id, "x"))) for chat in chats
            ]
            await asyncio.sleep(0.5)
            bot.pacing.close()
            assert await me == ("given up", 0.5)
            sent = await asyncio.gather(*sending)
            assert [how for how, _ in sent] == ["sent"] * 3 + ["given up"] * 5
            assert max(seconds for _, seconds in sent) == 0.5 + GRACE
            assert bot.answers(ada) == []

    run(main())


def test_a_group_in_waiting_does_not_hold_up_the_application_that_stops():
    async def main():
        async with echo() as bot:
            await bot.app.start()
            group = bot.fake.group()
            for n in range(30):
                update = Update.de_json(bot.fake.says(group, bot.fake.user(), str(n)), bot.bot)
                await bot.app.update_queue.put(update)
            await asyncio.sleep(30)
            bot.pacing.close()
            await bot.app.stop()
            assert bot.clock.passed == 30
            assert bot.answers(group) == [str(n) for n in range(20)]
            assert [type(error) for error in bot.errors] == [NotSentError] * 10

    run(main())
