"""Floods of questions: everyone is answered in order, nothing is refused, and nobody waits for another chat."""

import asyncio

import fake_telegram.floods
import pytest
from echo import Echo, check_budgets, echo
from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_clock import run

from bot.telegram.budgets import MARGIN, UNLIMITED, Budget, Budgets


@pytest.fixture(params=[5, 1], ids=["as Telegram", "no bursts"])
def burst(request, monkeypatch) -> None:
    """How many messages at once a chat takes beyond the published budget."""
    monkeypatch.setattr(fake_telegram.floods, "CHAT_BURST", request.param)


def test_a_hundred_people_within_a_second(burst):
    async def main():
        async with echo() as bot:
            people = [bot.private() for _ in range(100)]
            for person in people:
                bot.ask(person)
                await asyncio.sleep(0.01)
            await bot.done()
            check_budgets(bot.fake)
            firsts = [bot.at(person)[0] for person in people]
            assert firsts == sorted(firsts), "first come, first served"
            assert 3.0 <= firsts[-1] <= 4.0, "no slower than 30 a second"

    run(main())


def test_twelve_at_once_from_one_person(burst):
    async def main():
        async with echo() as bot:
            ada, bob = bot.private(), bot.private()
            for _ in range(12):
                bot.ask(ada)
            await asyncio.sleep(3.3)
            bot.ask(bob)
            await bot.done()
            check_budgets(bot.fake)
            assert bot.at(ada)[0] == 0
            assert 11 <= bot.at(ada)[-1] <= 12
            assert bot.at(bob)[0] == pytest.approx(3.3)

    run(main())


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
@pytest.mark.parametrize("pause", [0.0, 0.3, 2.4], ids="{} s between".format)
def test_twenty_five_questions_of_a_group_within_a_minute(burst, kind, pause):
    async def main():
        async with echo() as bot:
            group, other, ada = getattr(bot.fake, kind)(), bot.fake.group(), bot.private()
            for _ in range(25):
                bot.ask(group)
                await asyncio.sleep(pause)
            for chat in (ada, other):
                asked = bot.clock.passed
                await bot.ask(chat)
                assert bot.clock.passed - asked < 0.01
            await bot.done()
            check_budgets(bot.fake)
            assert bot.at(group)[19] <= max(20 * (1 + MARGIN), 20 * pause)
            assert 60 <= bot.at(group)[-1] <= 70

    run(main())


def test_everything_at_once(burst):
    async def main():
        async with echo() as bot:
            group, ada = bot.fake.supergroup(), bot.private()
            people = [bot.private() for _ in range(60)]
            for _ in range(25):
                bot.ask(group)
            for _ in range(12):
                bot.ask(ada)
            for person in people:
                bot.ask(person)
            await bot.done()
            check_budgets(bot.fake)
            assert max(bot.at(person)[0] for person in people) < 3

    run(main())


def test_without_budgets_telegram_refuses_and_yet_all_are_answered_in_order():
    async def main():
        async with echo(UNLIMITED) as bot:
            ada = bot.private()
            for _ in range(8):
                bot.ask(ada)
            await asyncio.gather(*bot.work)
            assert bot.answers(ada) == bot.asked[ada.id]
            assert [call.status for call in bot.fake.calls[1:7]] == [200] * 5 + [429]

    run(main())


arrivals = st.lists(
    st.tuples(st.floats(0, 40), st.sampled_from(["ada", "bob", "group", "channel"])),
    min_size=20,
    max_size=70,
)


@settings(max_examples=40)
@given(arrivals=arrivals, slowest=st.sampled_from([0.0, 0.05, 1.5]), seed=st.integers(0, 99))
def test_the_published_budgets_hold_whoever_writes_when(arrivals, slowest, seed):
    async def main():
        async with echo(slowest=slowest, seed=seed) as bot:
            await arrive(bot, arrivals)
            check_budgets(bot.fake)

    run(main())


counts = st.integers(1, 4)
spans = st.sampled_from([0.5, 1.0, 7.0])


@settings(max_examples=60)
@given(
    budgets=st.builds(
        Budgets,
        overall=st.builds(Budget, counts, spans),
        chat=st.builds(Budget, counts, spans),
        group=st.builds(Budget, counts, spans),
    ),
    arrivals=arrivals,
    slowest=st.sampled_from([0.0, 0.4]),
)
def test_any_budgets_hold_whoever_writes_when(budgets, arrivals, slowest):
    async def main():
        async with echo(budgets, floods=False, slowest=slowest) as bot:
            await arrive(bot, arrivals)
            check_budgets(bot.fake, budgets)

    run(main())


async def arrive(bot: Echo, arrivals: list[tuple[float, str]]) -> None:
    chats = {"group": bot.fake.group(), "channel": bot.fake.channel()}
    chats |= {"ada": bot.private(), "bob": bot.private()}
    for when, who in sorted(arrivals):
        await asyncio.sleep(when - bot.clock.passed)
        bot.ask(chats[who])
    await bot.done()
