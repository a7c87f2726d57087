"""The bot with its own HTTP, in this process."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from fake_telegram import FakeRequest, FakeTelegram
from fake_telegram.types import Json
from ports import free_port
from prometheus_client.parser import text_string_to_metric_families
from telegram import Update

from bot.config import Config
from bot.services import Services
from bot.telegram.app import build_application
from bot.telegram.connection import PatientApplication
from bot.telegram.running import start, stop
from retrieval.archive import Archive


@dataclass
class Bot:
    """The bot, Ada in a private chat with it, and a client of its own HTTP."""

    fake: FakeTelegram
    app: PatientApplication
    config: Config
    client: ClientSession
    ada: Json = field(init=False)

    def __post_init__(self):
        self.ada = self.fake.user("Ada")
        self.chat = self.fake.private(self.ada)

    @property
    def hook(self) -> str:
        """Where updates are brought."""
        return self.config.webhook.address

    async def receives(self, *updates: Json) -> None:
        """Updates come in, and are handled to the end."""
        queue = self.app.update_queue
        for update in updates:
            queue.put_nowait(Update.de_json(update, self.app.bot))
        await queue.join()

    async def answers(self, text: str) -> str:
        """What it says to a message of Ada's."""
        await self.receives(self.fake.says(self.chat, self.ada, text))
        return self.fake.last(self.chat).text

    def monitor(self, path: str) -> str:
        """An address of the monitoring server."""
        return f"http://127.0.0.1:{self.config.monitoring.port}{path}"

    async def ready(self) -> tuple[int, Json]:
        async with self.client.get(self.monitor("/readyz")) as response:
            text = await response.text()
            assert "\n" not in text
            return response.status, await response.json()

    async def metrics(self) -> dict[str, float]:
        """Every sample, by its name and labels as they are written: `name{label="value"}`."""
        async with self.client.get(self.monitor("/metrics")) as response:
            assert response.status == 200
            self.text = await response.text()
        return {
            sample.name
            + (
                f"{{{','.join(f'{k}={v}' for k, v in sample.labels.items())}}}"
                * bool(sample.labels)
            ): (sample.value)
            for family in text_string_to_metric_families(self.text)
            for sample in family.samples
        }


Open = Callable[..., Any]


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram(local=True)


@pytest.fixture
async def bot_of(fake: FakeTelegram, config: Config) -> AsyncIterator[Open]:
    """`await bot_of(archive, {"monitoring": {"port": …}})`: logged in, not yet running."""
    async with AsyncExitStack() as running:

        async def open_bot(archive: Archive, changes: dict[str, Json]) -> Bot:
            groups = {
                name: getattr(config, name).model_copy(update=group)
                for name, group in changes.items()
            }
            settings = config.model_copy(update=groups)
            app = build_application(Services(archive, settings), FakeRequest(fake))
            client = await running.enter_async_context(ClientSession())
            bot = Bot(fake, app, settings, client)
            await running.enter_async_context(app)
            running.push_async_callback(stop, app)
            return bot

        yield open_bot
    fake.check()


async def no_updates() -> None:
    """The test hands them over itself."""


@pytest.fixture
async def watched(bot_of: Open, seeds: Archive) -> Bot:
    """A running bot with its monitoring, which is handed updates by the test."""
    bot = await bot_of(seeds, {"monitoring": {"port": free_port()}})
    await start(bot.app, no_updates)
    return bot


@pytest.fixture
async def aiohttp_client_of() -> AsyncIterator[Callable[..., Any]]:
    """`await aiohttp_client_of(app)`: a client of an aiohttp application."""
    async with AsyncExitStack() as running:

        async def open_client(app: web.Application) -> TestClient[Any, Any]:
            return await running.enter_async_context(TestClient(TestServer(app)))

        yield open_client
