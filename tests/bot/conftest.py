"""Small archives out of files, and the log of a test."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_telegram import FakeTelegram
from newsrooms import Newsroom, newsroom

from bot.config import load_config
from bot.logs import set_up_logging
from retrieval.archive import Archive


@pytest.fixture
def archive_of(tmp_path: Path) -> Callable[..., Archive]:
    """`archive_of("one.txt", "Title: …", "two.md", "---…")`: an archive of these files."""

    def build(*files: str) -> Archive:
        folder = tmp_path / "corpus"
        folder.mkdir()
        for name, text in zip(files[::2], files[1::2], strict=True):
            (folder / name).write_text(text, encoding="utf-8")
        settings = tmp_path / "config.yaml"
        settings.write_text("corpus: {path: corpus}\nretrieval: {index: ':memory:'}\n")
        return Archive.load(load_config(settings, environment={}).archive)

    return build


@pytest.fixture
def log(clean_logging: None, fake: FakeTelegram) -> io.StringIO:
    """What the bot logs during the test."""
    stream = io.StringIO()
    set_up_logging("info", fake.token, stream)
    return stream


@pytest.fixture
async def room(talk_to, config, tmp_path) -> Newsroom:
    """The bot over a folder of six articles, with its admin."""
    return await newsroom(talk_to, config, tmp_path)
