"""The whole bot in a flood: everyone has an answer, in order, and Telegram refuses nothing."""

import asyncio

import fake_telegram.floods
import pytest
from echo import check_budgets
from fake_telegram import FakeRequest, FakeTelegram
from virtual_clock import VirtualClock, deliver, run

from bot.services import Services
from bot.telegram.app import build_application

QUESTION = "/ask When did Kim meet Putin, asked for the {}th time?"


@pytest.fixture(params=[5, 1], ids=["as Telegram", "no bursts"])
def clock(request, monkeypatch) -> VirtualClock:
    monkeypatch.setattr(fake_telegram.floods, "CHAT_BURST", request.param)
    return VirtualClock()


@pytest.fixture
def fake(clock) -> FakeTelegram:
    return FakeTelegram(clock=clock, floods=True)


def test_a_hundred_people_one_in_haste_and_a_group(fake, clock, config, seeds):
    telegram = config.telegram.model_copy(update={"paced": True})
    config = config.model_copy(update={"telegram": telegram})
    app = build_application(Services(seeds, config), FakeRequest(fake))
    users = [fake.user() for _ in range(125)]
    people = [fake.private(user) for user in users[:100]]
    group, ada = fake.supergroup(), fake.user()
    hers = fake.private(ada)

    async def main():
        async with app:
            asked = [
                fake.says(group, user, QUESTION.format(n)) for n, user in enumerate(users[100:])
            ]
            asked += [fake.says(hers, ada, QUESTION.format(n)) for n in range(12)]
            asked += [
                fake.says(chat, user, QUESTION.format(1))
                for chat, user in zip(people, users, strict=False)
            ]
            await asyncio.gather(*deliver(app, *asked))
            assert clock.passed < 75

    run(main())
    fake.check()
    check_budgets(fake)
    assert fake.refused() == []
    assert [len(fake.sent(chat)) for chat in people] == [1] * 100
    for chat, count in ((hers, 12), (group, 25)):
        answered = [message["reply_to_message"]["message_id"] for message in fake.sent(chat)]
        assert len(answered) == count
        assert answered == sorted(answered)
