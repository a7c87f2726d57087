"""Flood budgets and injected faults, with a clock that only the test moves."""

import pytest
from fake_telegram import FakeClock, FakeRequest, FakeServer, FakeTelegram
from telegram import Bot
from telegram.error import NetworkError, RetryAfter


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakeTelegram:
    return FakeTelegram(clock=clock, floods=True)


@pytest.fixture
async def bot(fake: FakeTelegram):
    async with Bot(fake.token, request=FakeRequest(fake)) as bot:
        yield bot


async def send_until_refused(bot: Bot, chats: list[int]) -> tuple[int, int]:
    """How many messages went through, and the seconds to wait."""
    for count in range(1000):
        try:
            await bot.send_message(chats[count % len(chats)], "x")
        except RetryAfter as flood:
            return count, int(flood.retry_after)
    raise AssertionError("never refused")


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
async def test_a_chat_takes_a_short_burst_then_one_a_second(bot, fake, clock):
    chat = fake.private(fake.user())
    assert await send_until_refused(bot, [chat.id]) == (5, 1)
    clock.advance(1)
    assert await send_until_refused(bot, [chat.id]) == (1, 1)
    assert fake.refused()[0].error == "Too Many Requests: retry after 1"


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
async def test_a_group_takes_twenty_a_minute(bot, fake, clock):
    group = fake.group()
    sent = 0
    for _ in range(40):
        clock.advance(1)
        try:
            await bot.send_chat_action(group.id, "typing")
        except RetryAfter:
            break
        sent += 1
    assert 20 <= sent <= 30
    clock.advance(60)
    await bot.send_message(group.id, "again")


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
async def test_thirty_a_second_in_all(bot, fake, clock):
    chats = [fake.private(fake.user()).id for _ in range(40)]
    assert await send_until_refused(bot, chats) == (30, 1)
    clock.advance(1)
    await bot.send_message(chats[39], "x")


async def test_floods_are_off_unless_asked_for():
    fake = FakeTelegram()
    chat = fake.private(fake.user())
    for _ in range(100):
        assert fake.handle("sendMessage", {"chat_id": chat.id, "text": "x"})[0] == 200


@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
async def test_faults_befall_as_ordered(bot, fake):
    chat = fake.private(fake.user())
    fake.faults.order("sendMessage", status=502, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(chat.id, "x")
    fake.faults.order(retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await bot.get_me()
    assert int(flood.value.retry_after) == 7
    await bot.send_message(chat.id, "x")
    assert len(fake.sent(chat)) == 1


@pytest.mark.parametrize("over_http", [False, True])
@pytest.mark.parametrize(("drop", "arrived"), [("before", 0), ("after", 1)])
async def test_a_dropped_connection_may_have_done_its_work(drop, arrived, over_http):
    fake = FakeTelegram()
    chat = fake.private(fake.user())
    async with FakeServer(fake) as server:
        way = {"base_url": server.base_url} if over_http else {"request": FakeRequest(fake)}
        async with Bot(fake.token, **way) as bot:
            fake.faults.order("sendMessage", drop=drop)
            with pytest.raises(NetworkError):
                await bot.send_message(chat.id, "x")
    assert len(fake.sent(chat)) == arrived


@pytest.mark.parametrize(
    "wrong", [{}, {"status": 500, "retry_after": 1}, {"drop": "sometimes"}], ids=str
)
def test_a_fault_must_be_clear(wrong):
    with pytest.raises(ValueError, match=r"order one|before"):
        FakeTelegram().faults.order(**wrong)
