"""The bot over a folder of six articles, and the admin who changes them from Telegram."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_telegram.chats import Chat
from fake_telegram.messages import Message
from shelves import article

from bot import texts
from bot.config import Config, load_config
from retrieval.archive import Archive

BOSS = 500_000_777
WAITING = (texts.RELOADING.partition(" …")[0], texts.UNDOING)
PATIENCE = 30.0
"""Seconds; far more than anything takes."""


@dataclass
class Newsroom:
    """What a test talks to."""

    talk: Any
    corpus: Path
    config: Config

    def __post_init__(self):
        self.fake, self.app = self.talk.fake, self.talk.app
        self.boss = self.fake.user("Boss", id=BOSS)
        self.desk: Chat = self.fake.private(self.boss)

    @property
    def services(self):
        return self.app.services

    @property
    def archive(self) -> Archive:
        return self.services.archive

    def files(self) -> dict[str, bytes]:
        return {
            str(file.relative_to(self.corpus)): file.read_bytes()
            for file in self.corpus.rglob("*")
            if file.is_file()
        }

    async def says(self, text: str, **more: Any) -> Message:
        """The boss writes; what the bot says in the end."""
        return await self.settled(self.fake.says(self.desk, self.boss, text, **more))

    def file(self, name: str | None, content: bytes, caption: str | None = None, **more: Any):
        """The update of a file of the boss's."""
        return self.fake.hands(self.desk, self.boss, name, content, caption=caption, **more)

    async def hands(self, name: str | None, content: bytes, caption: str = "/add", **more: Any):
        """The boss sends a file; what the bot says in the end."""
        return await self.settled(self.file(name, content, caption, **more))

    async def presses(self, message: Message, label: str, user: Any = None) -> Message:
        """Somebody presses a button; what the message says in the end."""
        before, shown = message.text, self.fake.chat(self.desk).messages
        await self.talk.feed(self.fake.presses(message, label, user or self.boss))
        await self.fake.until(
            lambda: shown[message.id].text != before and not _waits(shown[message.id]), PATIENCE
        )
        return shown[message.id]

    async def settled(self, *updates: Any) -> Message:
        """The last thing that the bot says to updates, once it stays that way."""
        before = len(self.fake.sent(self.desk))
        await self.talk.feed(*updates)
        await self.fake.until(
            lambda: (
                len(self.fake.sent(self.desk)) > before and not _waits(self.fake.last(self.desk))
            ),
            PATIENCE,
        )
        return self.fake.last(self.desk)


def _waits(message: Message) -> bool:
    return any(message.text.startswith(begun) for begun in WAITING)


async def newsroom(
    talk_to: Callable[..., Coroutine[Any, Any, Any]],
    config: Config,
    root: Path,
    index: str = ":memory:",
    **corpus: Any,
) -> Newsroom:
    """Six articles, indexed in memory."""
    folder = root / "corpus"
    folder.mkdir()
    for number in range(1, 7):
        (folder / f"a{number}.txt").write_bytes(article(number))
    places = load_config(None, corpus=folder, index=index, environment={})
    update = {
        "corpus": config.corpus.model_copy(update={"path": places.corpus.path, **corpus}),
        "retrieval": places.retrieval,
        "quota": config.quota.model_copy(update={"user": 0}),
        "access": config.access.model_copy(update={"admins": (BOSS,)}),
    }
    config = config.model_copy(update=update)
    talk = await talk_to(Archive.load(config.archive), config)
    return Newsroom(talk, folder, config)
