"""What goes wrong on the bot's side is loud or on record."""

from collections.abc import AsyncIterator

import pytest
from fake_telegram import FakeRequest, FakeTelegram
from telegram import Bot
from telegram.error import InvalidToken


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Bot]:
    async with Bot(fake.token, request=FakeRequest(fake)) as bot:
        yield bot


async def test_an_unknown_method_is_loud(bot: Bot, fake: FakeTelegram):
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.send_dice(1)
    with pytest.raises(AssertionError, match="sendDice"):
        fake.check()


async def test_a_wrong_token(bot: Bot, fake: FakeTelegram):
    fake.token = "1:other"
    with pytest.raises(InvalidToken, match="Unauthorized"):
        await bot.get_me()


async def test_names_the_method_did_not_look_at_are_on_record(bot: Bot, fake: FakeTelegram):
    chat = fake.private(fake.user())
    await bot.send_message(chat.id, "1", api_kwargs={"silent": True})
    call = fake.called("sendMessage")[0]
    assert call.ignored == ["silent"]
    assert call.params == {"chat_id": chat.id, "text": "1", "silent": True}
    assert call.result["message_id"] == fake.last(chat).id
