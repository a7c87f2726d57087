"""`python -m bot run` as a process of its own, and a Telegram on loopback for it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fake_telegram import FakeServer, FakeTelegram

ROOT = Path(__file__).parents[2]


class Bot:
    """The bot's process and what it wrote."""

    def __init__(self, process: Process):
        self.process = process
        self.log = ""

    async def ends(self, sent: signal.Signals | None = None) -> int:
        """Its exit code, after a signal; it must not take long."""
        if sent is not None:
            self.process.send_signal(sent)
        async with asyncio.timeout(8):
            output, errors = await self.process.communicate()
        self.log = output.decode() + errors.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    async def writes(self, wanted: str) -> None:
        """Wait for a line that holds this."""
        assert self.process.stderr is not None
        async with asyncio.timeout(8):
            while wanted not in (line := (await self.process.stderr.readline()).decode()):
                assert line, "it ended without a word of it"


Start = Callable[..., "asynccontextmanager[Bot]"]


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram(local=True)


@pytest.fixture
async def server(fake: FakeTelegram) -> AsyncIterator[FakeServer]:
    async with FakeServer(fake) as server:
        yield server
    fake.check()


@pytest.fixture
def start(fake: FakeTelegram, server: FakeServer, tmp_path: Path) -> Start:
    """`async with start("debug", settings="webhook: …", TELEGRAM_BOT_TOKEN=…) as bot`: the bot runs."""

    @asynccontextmanager
    async def start(
        level: str = "info", settings: str = "", **variables: str
    ) -> AsyncIterator[Bot]:
        file = tmp_path / "config.yaml"
        file.write_text(
            f"corpus: {{path: {ROOT}/seeds}}\nretrieval: {{index: ':memory:'}}\n"
            f"state: {{url: 'sqlite:///{tmp_path}/state.sqlite3'}}\nlog: {{level: {level}}}\n"
            f"{settings}\n"
        )
        given = {"TELEGRAM_BOT_TOKEN": fake.token, "TELEGRAM_API_URL": server.url, **variables}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(file),
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), **given}, stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        try:
            yield Bot(process)
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()

    return start
