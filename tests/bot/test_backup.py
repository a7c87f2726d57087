"""`python -m bot backup`: a whole copy of the state, also while others write to it; nothing is overwritten."""

import asyncio
import re
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.state import ChatOptions, State, StateError
from bot.state.backup import backup

NOW = datetime(2026, 11, 24, 9, 5, 7, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("clean_logging")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with settings and a corpus."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    (tmp_path / "corpus").mkdir()
    write_settings(tmp_path, "sqlite:///var/state.sqlite3")
    return tmp_path


def write_settings(folder: Path, url: str) -> None:
    (folder / "config.yaml").write_text(f"corpus: {{path: corpus}}\nstate: {{url: '{url}'}}\n")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["backup", *words])


def begin(file: Path) -> None:
    """A state with something in it."""

    async def fill() -> None:
        state = await State.open(f"sqlite:///{file}")
        await state.set_options(7, ChatOptions(excerpts=7))
        await state.close()

    asyncio.run(fill())


def excerpts(file: Path) -> int | None:
    async def read() -> int | None:
        state = await State.open(f"sqlite:///{file}")
        try:
            return (await state.options(7)).excerpts
        finally:
            await state.close()

    return asyncio.run(read())


def test_it_is_put_beside_the_state_with_its_time(folder):
    begin(folder / "var" / "state.sqlite3")
    result = run()
    assert result.exit_code == 0, result.output
    (copy,) = (folder / "var").glob("state-*")
    assert re.fullmatch(r"state-\d{4}-\d\d-\d\d-\d{6}\.sqlite3", copy.name)
    assert result.output == f"state: copied to {copy}\n"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert excerpts(copy) == 7


@pytest.mark.parametrize("place", ["kept.sqlite3", "kept"])
def test_a_file_or_a_folder_may_be_named(folder, place):
    file = folder / "var" / "state.sqlite3"
    begin(file)
    (folder / "kept").mkdir()
    copy = backup(f"sqlite:///{file}", folder / place, NOW)
    name = "kept/state-2026-11-24-090507.sqlite3" if place == "kept" else place
    assert copy == folder / name
    assert excerpts(copy) == 7


def test_nothing_is_overwritten(folder):
    begin(folder / "var" / "state.sqlite3")
    there = folder / "there.sqlite3"
    there.write_text("precious")
    result = run("there.sqlite3")
    assert result.exit_code == 2
    assert "there.sqlite3: is there already" in result.stderr
    assert there.read_text() == "precious"
    assert {path.name for path in folder.iterdir()} == {
        "config.yaml", "corpus", "there.sqlite3", "var",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:///var/nowhere.sqlite3", "nowhere.sqlite3: no such file"),
        ("sqlite://", "in memory"),
        ("sqlite:///file:x?uri=true", "named by its path"),
        ("postgresql://ada:secret@host/dateline", "pg_dump"),
    ],
)
def test_what_cannot_be_copied_is_said(folder, url, reason):
    write_settings(folder, url)
    result = run()
    assert result.exit_code == 2
    assert reason in result.stderr
    assert "secret" not in result.output
    assert sorted(path.name for path in folder.iterdir()) == ["config.yaml", "corpus"]


def test_a_folder_that_is_not_there_is_said(folder):
    begin(folder / "var" / "state.sqlite3")
    result = run("nowhere/copy.sqlite3")
    assert result.exit_code == 2
    assert "nowhere/copy.sqlite3: can't be written: No such file" in result.stderr


def test_a_damaged_state_is_said_and_not_copied(folder):
    file = folder / "var" / "state.sqlite3"
    begin(file)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StateError, match=r"damaged|malformed"):
        backup(f"sqlite:///{file}", None, NOW)
    assert [path.name for path in file.parent.iterdir() if path.name.startswith("state-")] == []


def test_each_copy_is_of_one_moment_while_others_write(folder):
    file = folder / "var" / "state.sqlite3"
    begin(file)
    enough = threading.Event()

    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE one (number INTEGER, padding TEXT)")
        database.execute("CREATE TABLE other (number INTEGER, padding TEXT)")

    def write() -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            number = 0
            while not enough.is_set():
                number += 1
                database.execute("BEGIN IMMEDIATE")
                for table in ("one", "other"):
                    database.execute(f"INSERT INTO {table} VALUES (?, ?)", (number, "x" * 3000))
                database.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    try:
        while len(counts) < 15 or counts[-1] < 5:
            copy = backup(f"sqlite:///{file}", folder / f"copy-{len(counts)}", NOW)
            with closing(sqlite3.connect(copy)) as database:
                one = database.execute("SELECT count(*), max(number) FROM one").fetchone()
                other = database.execute("SELECT count(*), max(number) FROM other").fetchone()
            assert one == other
            counts.append(one[0])
    finally:
        enough.set()
        writer.join()
    assert counts == sorted(counts)
    assert len(set(counts)) > 2
