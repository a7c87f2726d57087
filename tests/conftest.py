"""The real application on a Telegram that refuses as Telegram does, and one person who writes to it."""

import logging
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from fake_telegram import FakeRequest, FakeTelegram, feed
from fake_telegram.messages import Message
from hypothesis import HealthCheck, settings

from bot.config import Config, load_config
from bot.services import Services
from bot.telegram.app import build_application
from bot.telegram.connection import AnyApplication
from retrieval.archive import Archive

ROOT = Path(__file__).parents[1]

# How long an example takes depends on what else the machine does; speed is measured in benchmarks.
settings.register_profile("dateline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dateline")


@dataclass
class Talk:
    """Ada in a private chat with the bot."""

    fake: FakeTelegram
    app: AnyApplication

    def __post_init__(self):
        self.ada = self.fake.user("Ada")
        self.chat = self.fake.private(self.ada)

    async def feed(self, *updates: dict[str, Any]) -> None:
        """Give the bot those updates that Telegram would show it."""
        await feed(self.app, *updates)

    async def replies(self, *updates: dict[str, Any]) -> list[Message]:
        """What the bot says to these updates."""
        before = len(self.fake.sent(self.chat))
        assert await feed(self.app, *updates)
        return self.fake.sent(self.chat)[before:]

    async def reply(self, update: dict[str, Any]) -> Message:
        """The one thing that the bot says to an update."""
        replies = await self.replies(update)
        assert len(replies) == 1, [message.text for message in replies]
        return replies[0]

    async def says(self, text: str, **more: Any) -> Message:
        """Ada writes; the one thing that the bot says to it."""
        return await self.reply(self.fake.says(self.chat, self.ada, text, **more))


TalkTo = Callable[..., Coroutine[Any, Any, Talk]]


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def config(fake: FakeTelegram, tmp_path: Path) -> Config:
    """The settings as they come with the repository, but for the waiting and what is written."""
    config = load_config(
        ROOT / "config.yaml",
        corpus=ROOT / "seeds",
        environment={"TELEGRAM_BOT_TOKEN": fake.token},
    )
    telegram = config.telegram.model_copy(update={"paced": False})
    state = config.state.model_copy(update={"url": "sqlite://"})
    corpus = config.corpus.model_copy(update={"removed": tmp_path / "removed"})
    return config.model_copy(update={"telegram": telegram, "state": state, "corpus": corpus})


@pytest.fixture(scope="session")
def seeds() -> Archive:
    settings = load_config(ROOT / "config.yaml", corpus=ROOT / "seeds", environment={})
    return Archive.load(settings.archive)


@pytest.fixture
async def talk_to(fake: FakeTelegram, config: Config) -> AsyncIterator[TalkTo]:
    """`await talk_to(archive, config)`: a private chat with the bot over that archive."""
    async with AsyncExitStack() as running:

        async def talk(archive: Archive, settings: Config = config) -> Talk:
            app = build_application(Services(archive, settings), FakeRequest(fake))
            await running.enter_async_context(app)
            return Talk(fake, app)

        yield talk
    fake.check()
    assert fake.warnings == [], "Telegram left something out in silence"


@pytest.fixture
async def chat(talk_to: TalkTo, seeds: Archive) -> Talk:
    """A private chat with the bot over the article of the repository."""
    return await talk_to(seeds)


@pytest.fixture
def clean_logging() -> Iterator[None]:
    """For tests that set up logging in this process: all is put back behind them."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    with warnings.catch_warnings():
        yield
        logging.captureWarnings(False)
    root.handlers, root.level = handlers, level
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    structlog.reset_defaults()
