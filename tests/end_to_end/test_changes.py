"""`python -m bot run` as a process of its own: files come by HTTP, and a kill between two changes loses neither."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fake_telegram import FakeServer, FakeTelegram
from shelves import article

from bot import texts

ROOT = Path(__file__).parents[2]
BOSS = 500_000_777
PATIENCE = 30
"""Seconds; far more than anything takes."""


@asynccontextmanager
async def running(file, fake, server):
    """The bot, killed in the end."""
    given = {"TELEGRAM_BOT_TOKEN": fake.token, "TELEGRAM_API_URL": server.url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(file),
        cwd=file.parent, env={**os.environ, "PYTHONPATH": str(ROOT), **given}, stdout=DEVNULL, stderr=DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.kill()
        await process.wait()


@pytest.mark.slow
async def test_files_come_and_what_was_done_before_a_kill_can_be_taken_back(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a1.txt").write_bytes(article(1))
    before = {"a1.txt": article(1)}
    file = tmp_path / "config.yaml"
    file.write_text(
        "corpus: {path: corpus, removed: removed}\nretrieval: {index: index}\n"
        "state: {url: 'sqlite:///state.sqlite3'}\ntelegram: {paced: false}\n"
        f"access: {{admins: [{BOSS}]}}\n"
    )
    fake = FakeTelegram()
    boss = fake.user("Boss", id=BOSS)
    desk = fake.private(boss)

    def says(begun: str):
        return lambda: [one for one in fake.sent(desk) if one.text.startswith(begun)]

    def stands():
        return {one.name: one.read_bytes() for one in corpus.iterdir()}

    async with FakeServer(fake) as server:
        large = article(2, "It rained for a very long time in that town. " * 2_000)
        async with running(file, fake, server):
            for number, content in ((2, large), (3, article(3))):
                fake.hands(
                    desk,
                    boss,
                    f"a{number}.txt",
                    content,
                    caption="/add" if number == 3 else None,
                    album="one",
                )
            await fake.until(says("2 files were added."), PATIENCE)
            assert stands() == before | {"a2.txt": large, "a3.txt": article(3)}
        async with running(file, fake, server):
            fake.says(desk, boss, "/undo")
            await fake.until(says(texts.UNDONE), PATIENCE)
            assert stands() == before
    fake.check()
