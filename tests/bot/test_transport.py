"""Requests over a real connection: carried out, refused, broken off and too late."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fake_telegram import FakeServer, FakeTelegram
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.telegram.transport import CONNECTIONS, Transport

NOBODY = "http://127.0.0.1:9/bot"
SOON = 0.05


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def server(fake: FakeTelegram) -> AsyncIterator[FakeServer]:
    async with FakeServer(fake) as server:
        yield server


@pytest.fixture
async def bot(fake: FakeTelegram, server: FakeServer) -> AsyncIterator[Bot]:
    async with bot_at(server.base_url, fake) as bot:
        yield bot


@pytest.fixture
def chat(fake: FakeTelegram):
    ada = fake.user("Ada")
    chat = fake.private(ada)
    fake.says(chat, ada, "When did they meet?")
    return chat


def bot_at(base_url: str, fake: FakeTelegram) -> Bot:
    return Bot(
        fake.token,
        base_url=base_url,
        base_file_url=base_url.replace("/bot", "/file/bot"),
        request=Transport(),
        get_updates_request=Transport(),
    )


async def test_a_message_arrives_as_it_was_meant(bot, fake, chat):
    asked = next(iter(chat.messages))
    button = InlineKeyboardButton("Mehr …", callback_data="ü:1")
    sent = await bot.send_message(
        chat.id,
        "🙂 Freitag & <Samstag>",
        entities=[MessageEntity(MessageEntity.BOLD, 3, 7)],
        reply_markup=InlineKeyboardMarkup([[button]]),
        reply_parameters=ReplyParameters(asked),
        disable_notification=True,
    )
    arrived = fake.last(chat)
    assert arrived.markup == "🙂 **Freitag** & <Samstag>"
    assert arrived["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "ü:1"
    assert arrived["reply_to_message"]["message_id"] == asked
    assert (sent.message_id, sent.text, sent.chat_id) == (arrived.id, arrived.text, chat.id)


async def test_what_the_bot_said_itself_is_not_read_back(bot, chat):
    sent = await bot.send_message(chat.id, "bold", entities=[MessageEntity("bold", 0, 4)])
    assert sent.entities == ()


async def test_updates_are_read_whole(bot, fake, chat):
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "When did they meet?"


async def test_a_file_is_sent(bot, chat):
    sent = await bot.send_document(chat.id, b"col\n1\n", filename="a.csv", caption="Ж")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("a.csv", "Ж")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"status": 400}, BadRequest),
        ({"status": 403}, Forbidden),
        ({"status": 401}, InvalidToken),
        ({"status": 502}, NetworkError),
    ],
)
async def test_what_telegram_refuses_is_told_as_ever(bot, fake, chat, fault, expected):
    fake.faults.order("sendMessage", **fault)
    with pytest.raises(expected):
        await bot.send_message(chat.id, "Hello")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_that_breaks_is_no_timeout_and_the_next_request_goes_through(
    bot, fake, chat, when
):
    await bot.send_message(chat.id, "a first, so that there is a connection to reuse")
    fake.faults.order("sendMessage", drop=when)
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(chat.id, "lost")
    assert not isinstance(caught.value, TimedOut | BadRequest)
    assert fake.token not in str(caught.value)
    await bot.send_message(chat.id, "there")
    assert fake.last(chat).text == "there"


async def test_nobody_there_is_no_timeout_and_the_token_is_not_told(fake):
    transport = Transport()
    await transport.initialize()
    with pytest.raises(NetworkError) as caught:
        await transport.post(f"{NOBODY}{fake.token}/getMe")
    await transport.shutdown()
    assert not isinstance(caught.value, TimedOut)
    assert fake.token not in str(caught.value)


async def test_an_answer_that_does_not_come_in_time_is_a_timeout(bot):
    await bot.get_updates()
    with pytest.raises(TimedOut):
        await bot.get_updates(timeout=30, read_timeout=SOON - 30)


async def test_more_requests_than_connections_are_all_answered(bot, fake, chat):
    texts = [str(number) for number in range(3 * CONNECTIONS)]
    await asyncio.gather(*(bot.send_message(chat.id, text) for text in texts))
    assert sorted(message.text for message in fake.sent(chat)) == sorted(texts)


async def test_it_opens_again_after_it_was_closed(bot, server):
    transport = Transport()
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert await transport.post(f"{bot.base_url}/getMe")
        await transport.shutdown()
        await transport.shutdown()
    with pytest.raises(NetworkError, match="not initialized"):
        await transport.post(f"{bot.base_url}/getMe")
