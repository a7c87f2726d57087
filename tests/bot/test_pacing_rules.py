"""What counts under which budget, in which order, and for how long it is remembered."""

import asyncio

import pytest
from echo import check_budgets, echo, most
from telegram import ReactionTypeEmoji
from virtual_clock import deliver, run

from bot.telegram.budgets import UNLIMITED, Budget, Budgets


def test_reading_and_answering_queries_wait_for_nobody():
    async def main():
        async with echo() as bot:
            group = bot.fake.group()
            for _ in range(25):
                bot.ask(group)
            await asyncio.sleep(30)
            before = bot.clock.passed
            await bot.bot.get_chat(group.id)
            await bot.bot.get_me()
            asked = bot.fake.asks_inline(bot.fake.user(), "x")["inline_query"]
            await bot.bot.answer_inline_query(asked["id"], [])
            assert bot.clock.passed == before
            await bot.done()

    run(main())


def test_a_pressed_button_is_answered_at_once_and_its_edit_waits():
    async def main():
        async with echo() as bot:
            group = bot.fake.group()
            await bot.ask(group)
            for _ in range(25):
                bot.ask(group)
            await asyncio.sleep(30)
            message = bot.fake.last(group)
            (press,) = deliver(
                bot.app, bot.fake.presses(message, "x", bot.fake.user(), forged=True)
            )
            await press
            answered = bot.fake.called("answerCallbackQuery")[0].at - bot.clock.start
            edited = bot.fake.called("editMessageText")[0].at - bot.clock.start
            assert answered == 30
            assert 60 <= edited <= 63
            await asyncio.gather(*bot.work)
            check_budgets(bot.fake)
            assert bot.fake.refused() == []

    run(main())


def test_whatever_is_done_in_a_chat_is_counted():
    async def main():
        async with echo() as bot:
            chat = bot.private()
            asked = bot.fake.says(chat, bot.fake.user(), "x")["message"]["message_id"]
            sent = await bot.bot.send_message(str(chat.id), "x")
            await bot.bot.send_chat_action(chat.id, "typing")
            await sent.edit_text("y")
            await bot.bot.set_message_reaction(chat.id, asked, ReactionTypeEmoji("👍"))
            await sent.delete()
            assert [round(when, 2) for when in bot.at(chat)] == [0, 1.05, 2.1, 3.15, 4.2]

    run(main())


def test_a_group_is_known_by_its_name_however_it_is_written():
    async def main():
        async with echo() as bot:
            group = bot.fake.supergroup(username="newsroom")
            for name in ["@newsroom", "@NewsRoom"] * 12:
                await bot.bot.send_message(name, "x")
            sent = [call.at for call in bot.fake.called("sendMessage")]
            assert most(sent, 60) == 20
            assert most(sent, 1) == 1
            assert len(bot.fake.sent(group)) == 24

    run(main())


def test_a_chat_sends_one_request_at_a_time_so_that_none_overtakes_another():
    async def main():
        async with echo(UNLIMITED, floods=False, slowest=2.0) as bot:
            ada, bob = bot.private(), bot.private()
            sending = [
                bot.bot.send_message(chat.id, str(n)) for n in range(20) for chat in (ada, bob)
            ]
            await asyncio.gather(*sending)
            assert bot.answers(ada) == bot.answers(bob) == [str(n) for n in range(20)]
            await asyncio.gather(bot.bot.get_me(), bot.bot.get_me())

    run(main())


def test_inline_messages_have_no_chat_but_count_in_all_and_keep_their_order():
    async def main():
        async with echo(Budgets(overall=Budget(2, 1.0)), floods=False) as bot:
            post = bot.fake.post(bot.private(), {"from": bot.fake.me, "text": "x"})
            number = bot.fake.new_inline(post)
            edits = [bot.bot.edit_message_text(str(n), inline_message_id=number) for n in range(5)]
            await asyncio.gather(*edits)
            calls = bot.fake.called("editMessageText")
            assert [call.params["text"] for call in calls] == [str(n) for n in range(5)]
            assert most([call.at for call in calls], 1) == 2
            await asyncio.sleep(1)
            assert bot.pacing.chats == 0

    run(main())


def test_idle_chats_are_forgotten():
    async def main():
        async with echo() as bot:
            for _ in range(200):
                await bot.bot.send_message(bot.private().id, "x")
            group = bot.fake.group()
            for _ in range(3):
                await bot.bot.send_message(group.id, "x")
            bot.fake.faults.order("sendMessage", retry_after=100)
            waiting = asyncio.create_task(bot.bot.send_message(bot.private().id, "x"))
            await asyncio.sleep(2)
            assert bot.pacing.chats == 2
            await asyncio.sleep(60)
            assert bot.pacing.chats == 1
            await waiting
            await asyncio.sleep(2)
            assert bot.pacing.chats == 0

    run(main())


def test_a_budget_of_nothing_is_refused():
    with pytest.raises(ValueError, match="lets nothing through"):
        Budget(0, 1.0)
