"""A bot that is told something while it still builds its index, before anybody listens."""

import asyncio
import fcntl
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOON = 10
"""Seconds."""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc for what is open")
async def test_sighup_is_passed_over_and_sigterm_ends_it_in_peace(tmp_path):
    index = tmp_path / "index"
    index.mkdir()
    # Another process that builds makes this one wait.
    with (index / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--corpus", str(ROOT / "seeds"), "--index", str(index),
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": "123456789:AAForTests_0123"},
            stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        async with asyncio.timeout(SOON):
            while not has_open(bot.pid, index / "lock"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        bot.send_signal(signal.SIGHUP)
        bot.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SOON):
            output, errors = await bot.communicate()
    assert (bot.returncode, output, errors) == (0, b"", b"")


def has_open(pid: int, file: Path) -> bool:
    links = Path(f"/proc/{pid}/fd").iterdir()
    return any(str(file) == str(link.readlink()) for link in links if link.is_symlink())
