"""`python -m bot run` lets Telegram bring updates, over HTTP, and shows how it is doing."""

import asyncio
import signal
import socket

import pytest
from aiohttp import ClientSession
from ports import free_port

from bot.config import load_config

QUESTION = "When did they meet?"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Ports:
    """Where the bot is to listen."""

    def __init__(self):
        self.webhook, self.monitoring = free_port(), free_port()
        self.hook = f"http://127.0.0.1:{self.webhook}/hook"
        self.settings = (
            "telegram: {mode: webhook}\n"
            f"webhook: {{url: 'http://127.0.0.1:{self.webhook}', path: /hook, port: {self.webhook}}}\n"
            f"monitoring: {{port: {self.monitoring}}}\n"
        )

    def monitor(self, path: str) -> str:
        return f"http://127.0.0.1:{self.monitoring}{path}"


@pytest.fixture
def ports() -> Ports:
    return Ports()


@pytest.fixture
def secret(fake) -> str:
    environment = {"TELEGRAM_BOT_TOKEN": fake.token}
    return load_config(environment=environment).require_webhook_secret()


async def readiness(client: ClientSession, ports: Ports) -> tuple[int, object]:
    async with client.get(ports.monitor("/readyz")) as response:
        return response.status, await response.json()


async def test_it_answers_lets_nobody_else_in_and_finishes_on_sigterm(start, fake, ports, secret):
    ada = fake.user()
    chat = fake.private(ada)
    early = fake.says(chat, ada, QUESTION)
    async with start("debug", ports.settings) as bot, ClientSession() as client:
        (answer,) = await fake.until(lambda: fake.sent(chat), 10)
        assert "Thursday _[25 Apr 2019]_" in answer.markup
        for headers in ({}, {SECRET_HEADER: "wrong"}):
            async with client.post(ports.hook, json=early, headers=headers) as response:
                assert response.status == 403
        assert await readiness(client, ports) == (200, {"ready": True, "reasons": []})
        async with client.get(ports.monitor("/metrics")) as response:
            metrics = await response.text()
        assert 'dateline_webhook_requests_total{status="403"} 2.0' in metrics
        assert 'dateline_build_info{mode="webhook"' in metrics
        # Each answer waits a second for Telegram's limits; the bot is told to stop meanwhile.
        for _ in range(3):
            fake.says(chat, ada, QUESTION)
        await fake.until(lambda: len(fake.sent(chat)) == 2 and not fake.updates.queue, 10)
        bot.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(5):
            while (told := await readiness(client, ports))[0] == 200:
                pass
        assert told == (503, {"ready": False, "reasons": ["the bot is stopping"]})
        assert await bot.ends() == 0
    assert len(fake.sent(chat)) == 4
    assert fake.updates.webhook["url"] == ports.hook, "Telegram keeps what comes"
    assert fake.token.partition(":")[2] not in bot.log
    assert secret not in bot.log
    assert "Traceback" not in bot.log


async def test_from_webhook_to_polling_nothing_is_lost(start, fake, ports):
    ada = fake.user()
    chat = fake.private(ada)
    async with start(settings=ports.settings) as bot:
        await fake.until(lambda: fake.updates.webhook["url"], 10)
        assert await bot.ends(signal.SIGTERM) == 0
    fake.says(chat, ada, QUESTION)
    async with start() as bot:
        await fake.until(lambda: fake.sent(chat), 10)
        assert fake.updates.webhook["url"] == ""
        assert await bot.ends(signal.SIGTERM) == 0


async def test_a_port_that_is_taken_ends_it_with_a_word(start, ports):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", ports.webhook))
        taken.listen()
        async with start(settings=ports.settings) as bot:
            assert await bot.ends() == 2
    last = bot.log.splitlines()[-1]
    assert last.startswith("dateline: webhook.port, webhook.listen: can't listen on 127.0.0.1")
    assert "Traceback" not in bot.log
