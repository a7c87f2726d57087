"""getUpdates, its offsets and its conflicts; updates pushed to a webhook."""

import asyncio

import pytest
from aiohttp import web
from fake_telegram import FakeRequest, FakeServer, FakeTelegram
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict
from telegram.ext import ApplicationBuilder, MessageHandler, filters
from telegram.request import HTTPXRequest


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(request: pytest.FixtureRequest, fake: FakeTelegram):
    if request.param == "in process":
        ways = {"request": FakeRequest(fake), "get_updates_request": FakeRequest(fake)}
        async with Bot(fake.token, **ways) as bot:
            yield bot
    else:
        two = HTTPXRequest(connection_pool_size=2)
        async with (
            FakeServer(fake) as server,
            Bot(fake.token, server.base_url, get_updates_request=two) as bot,
        ):
            yield bot


async def test_the_offset_confirms(bot, fake):
    ada = fake.user()
    chat = fake.private(ada)
    ids = [fake.says(chat, ada, str(number))["update_id"] for number in range(4)]
    assert ids == sorted(set(ids))
    assert [one.update_id for one in await bot.get_updates(limit=2)] == ids[:2]
    assert [one.update_id for one in await bot.get_updates(limit=2)] == ids[:2]
    assert [one.update_id for one in await bot.get_updates(offset=ids[1])] == ids[1:]
    assert [one.update_id for one in await bot.get_updates(offset=-1)] == ids[3:]
    assert await bot.get_updates(offset=ids[3] + 1) == ()
    assert fake.updates.queue == []


async def test_a_hundred_at_most(bot, fake):
    ada = fake.user()
    chat = fake.private(ada)
    for number in range(120):
        fake.says(chat, ada, str(number))
    assert len(await bot.get_updates()) == 100


async def test_a_long_poll_ends_when_something_comes(bot, fake):
    ada = fake.user()
    chat = fake.private(ada)
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    said = fake.says(chat, ada, "hello")
    assert [one.update_id for one in await waiting] == [said["update_id"]]


async def test_a_second_consumer_ends_the_first(bot, fake):
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    assert await bot.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
        await first
    assert [call.status for call in fake.called("getUpdates")] == [409, 200]


async def test_no_polling_while_a_webhook_is_set(bot):
    await bot.set_webhook("https://bot.example.com")
    with pytest.raises(Conflict, match="deleteWebhook"):
        await bot.get_updates()


async def test_allowed_updates_stay_until_given_again(bot, fake):
    ada = fake.user()
    chat = fake.private(ada)
    await bot.get_updates(allowed_updates=["callback_query"])
    fake.says(chat, ada, "unheard")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    fake.says(chat, ada, "heard")
    assert [one.message.text for one in await bot.get_updates()] == ["heard"]


async def test_an_application_polls(fake):
    async def echo(update: Update, _context: object) -> None:
        await update.message.reply_text(update.message.text)

    builder = ApplicationBuilder().token(fake.token).request(FakeRequest(fake))
    app = builder.get_updates_request(FakeRequest(fake)).build()
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE, echo))
    ada = fake.user()
    chat = fake.private(ada)
    async with app:
        await app.updater.start_polling(allowed_updates=["message"])
        await app.start()
        fake.says(chat, ada, "hello")
        assert [one.text for one in await fake.until(lambda: fake.sent(chat))] == ["hello"]
        await app.updater.stop()
        await app.stop()
    assert fake.updates.queue == []
    fake.check()


async def test_waiting_for_what_never_comes(fake):
    with pytest.raises(TimeoutError):
        await fake.until(lambda: fake.calls, timeout=0.01)


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "http://bot.example.com"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "http://127.0.0.1:8443/x"}, "An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://bot.example.com:5000"},
            "Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://bot.example.com", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://bot.example.com", "secret_token": "x" * 257}, "too long"),
        ({"url": "https://bot.example.com", "certificate": b"none"}, "custom certificate"),
    ],
)
async def test_a_webhook_that_telegram_does_not_take(bot, params, reason):
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.set_webhook(**params)
    assert (await bot.get_webhook_info()).url == ""


async def test_a_local_server_brings_updates_anywhere():
    fake = FakeTelegram(local=True)
    async with Bot(fake.token, request=FakeRequest(fake)) as bot:
        await bot.set_webhook("http://10.0.0.7:5000/x")
        assert (await bot.get_webhook_info()).url == "http://10.0.0.7:5000/x"
        await bot.delete_webhook()
        assert (await bot.get_webhook_info()).url == ""


async def test_the_server_pushes_to_a_webhook_until_it_is_taken():
    fake = FakeTelegram(local=True)
    got: list[tuple[str | None, str]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        got.append(
            (request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"])
        )
        return web.Response(status=503 if len(got) == 1 else 200)

    runner = web.AppRunner(web.Application())
    runner.app.router.add_post("/hook", hook)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    ada = fake.user()
    chat = fake.private(ada)
    async with FakeServer(fake) as server, Bot(fake.token, server.base_url) as bot:
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
        fake.says(chat, ada, "one")
        fake.says(chat, ada, "two")
        await fake.until(lambda: not fake.updates.queue)
        info = await bot.get_webhook_info()
    await runner.cleanup()
    assert got == [("s3cret", "one"), ("s3cret", "one"), ("s3cret", "two")]
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
