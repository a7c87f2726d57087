"""A state is begun where there is none, opened where there is one, and refused with a reason where it can't be."""

import asyncio
import re
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.state import ChatOptions, Result, State, StateError, Totals, Vote
from retrieval.errors import DatelineError


def refusal(*parts: str) -> object:
    """A `StateError` that names the setting, and these things in this order."""
    pattern = ".*".join(re.escape(part) for part in ("state.url:", *parts))
    return pytest.raises(StateError, match=f"(?s)^{pattern}")


async def change(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


async def test_folder_and_file_are_made(opened, tmp_path):
    file = tmp_path / "some" / "folder" / "state.sqlite3"
    await opened(f"sqlite:///{file}")
    assert file.is_file()


async def test_a_new_file_is_read_by_its_owner_alone(opened, file):
    state = await opened()
    await state.missed("x")
    modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    assert set(modes) == {file.name, f"{file.name}-wal", f"{file.name}-shm"}
    assert set(modes.values()) == {0o600}


async def test_a_relative_path_stays_where_it_was_when_opened(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    state = await opened("sqlite:///var/state.sqlite3")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    await asyncio.gather(*(state.missed("x") for _ in range(3)))
    await asyncio.gather(*(state.misses(1) for _ in range(10)))
    assert (tmp_path / "var" / "state.sqlite3").is_file()
    assert list((tmp_path / "elsewhere").iterdir()) == []


async def test_the_driver_may_be_named(opened, file):
    await opened(f"sqlite+aiosqlite:///{file}")
    assert file.is_file()


async def test_readers_do_not_wait_for_the_writer(opened, file, another_program):
    state = await opened()
    (mode,) = another_program.execute("PRAGMA journal_mode").fetchone()
    assert mode == "wal"
    another_program.execute("BEGIN IMMEDIATE")
    assert await state.totals() == Totals(0, 0, 0)


async def test_many_begin_one_state_at_once_and_share_its_salt(opened):
    states = await asyncio.gather(*(opened() for _ in range(8)))
    states[0].remember(1, 2, 3, "Who?")
    await states[0].flush()
    for state in states:
        assert (await state.answered(1, 2)).same("Who?")


async def test_a_file_that_somebody_else_just_begins_is_waited_for(opened, another_program):
    another_program.execute("CREATE TABLE other (id INTEGER)")
    another_program.execute("BEGIN IMMEDIATE")
    opening = asyncio.ensure_future(opened())
    await asyncio.sleep(0.05)
    another_program.execute("ROLLBACK")
    await opening


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_each_state_in_memory_is_its_own(opened, url):
    one, other = await opened(url), await opened(url)
    await one.set_options(1, ChatOptions(excerpts=1))
    assert await one.options(1) == ChatOptions(excerpts=1)
    assert await other.options(1) == ChatOptions()


async def test_what_was_made_half_is_made_whole(opened, file):
    await change(
        file, "CREATE TABLE meta (name VARCHAR NOT NULL PRIMARY KEY, value VARCHAR NOT NULL)"
    )
    state = await opened()
    assert await state.totals() == Totals(0, 0, 0)
    await state.close()
    await change(file, "DROP TABLE missed", "DELETE FROM meta WHERE name = 'schema'")
    assert await (await opened()).totals() == Totals(0, 0, 0)


async def test_a_later_schema_is_refused_and_left_alone(opened, file):
    await (await opened()).close()
    await change(file, "UPDATE meta SET value = '7' WHERE name = 'schema'", "DROP TABLE missed")
    with refusal(str(file), "later Dateline", "version 7", "name another database"):
        await opened()
    with closing(sqlite3.connect(file)) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert "answers" in tables
    assert "missed" not in tables


@pytest.mark.parametrize("version", ["0", "one", "-1", ""])
async def test_an_unknown_schema_is_refused(opened, file, version):
    await (await opened()).close()
    await change(file, f"UPDATE meta SET value = '{version}' WHERE name = 'schema'")
    with refusal(str(file), repr(version), "expected 1"):
        await opened()


async def test_a_damaged_salt_is_refused(opened, file):
    await (await opened()).close()
    for salt in ("'pepper'", "''"):
        await change(file, f"UPDATE meta SET value = {salt} WHERE name = 'salt'")
        with refusal(str(file), "salt", "restore a copy"):
            await opened()
    await change(file, "DELETE FROM meta WHERE name = 'salt'")
    with refusal(str(file), "salt", "restore a copy"):
        await opened()


async def test_a_database_of_something_else_is_refused(opened, file):
    await change(file, "CREATE TABLE meta (id INTEGER)")
    with refusal(str(file), "meta"):
        await opened()


async def test_what_is_no_database_is_refused(opened, file):
    file.write_bytes(b"These are not the bytes you are looking for. " * 200)
    with refusal(str(file), "not a database", "move the file away"):
        await opened()


async def test_a_damaged_database_is_refused(opened, file):
    state = await opened()
    for number in range(200):
        await state.missed(f"question {number}")
    await state.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with refusal(str(file), "malformed", "restore a copy"):
        await opened()


async def test_a_file_cut_short_is_refused_when_its_lost_part_is_asked_for(opened, file):
    state = await opened()
    for number in range(500):
        await state.missed(f"question {number}")
    await state.close()
    file.write_bytes(file.read_bytes()[: 4096 * 12])
    with refusal(str(file), "malformed", "restore a copy"):
        await (await opened()).misses(1000)


async def test_a_folder_is_refused(opened, file):
    file.mkdir()
    with refusal(str(file), "unable to open", "name a file"):
        await opened()


async def test_a_path_below_a_file_is_refused(opened, file):
    file.touch()
    with refusal("the folder", str(file), "cannot be made", "name a file"):
        await opened(f"sqlite:///{file}/below/state.sqlite3")


async def test_a_database_that_may_only_be_read_is_refused(opened, file):
    await (await opened()).close()
    await change(file, "DELETE FROM meta")
    with refusal("readonly", "let this user write"):
        await opened(f"sqlite:///file:{file}?mode=ro&uri=true")


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("", ["''", "not a database's URL", "sqlite:///"]),
        ("var/state.sqlite3", ["'var/state.sqlite3'", "not a database's URL", "sqlite:///"]),
        ("sqlite://state.sqlite3", ["host", "three slashes"]),
        ("sqlite://var/state.sqlite3", ["host", "three slashes"]),
        ("mysql://ada:secret@host/x", ["mysql is not a database that is known", "postgresql://"]),
        ("postgres://ada:secret@host/x", ["postgres is not a database", "postgresql://"]),
        ("ada:secret@host/x", ["this is not a database's URL"]),
        ("postgresql://ada:secret@host:port/x", ["this is not a database's URL"]),
        ("sqlite+pysqlite:///x.sqlite3", ["async", "sqlite:///"]),
        ("sqlite+none:///x.sqlite3", ["none"]),
    ],
)
async def test_a_url_that_cannot_be_used_is_refused_without_its_password(
    opened, url, parts, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with refusal(*parts) as refused:
        await opened(url)
    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


async def test_a_driver_that_is_not_installed_is_named(opened, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with refusal("postgresql://ada:***@host/x", "psycopg", "not installed") as refused:
        await opened("postgresql://ada:secret@host/x")
    assert "secret" not in str(refused.value)


async def test_a_closed_state_says_so(opened, file):
    state = await opened()
    await state.close()
    await state.close()
    state.remember(1, 2, 3, "x")
    for call in (
        state.options(1),
        state.set_options(1, ChatOptions()),
        state.move_chat(1, 2),
        state.flush(),
        state.answered(1, 1),
        state.vote(1, 2, 3, Vote.UP, question=None),
        state.missed("x"),
        state.misses(1),
        state.totals(),
        state.counted(date(2026, 5, 1)),
        state.audit(1, "reload", "", Result.DONE),
        state.audits(1),
        state.held(1),
        state.forget(1),
    ):
        with refusal(str(file), "closed"):
            await call


def test_the_error_is_one_of_ours():
    assert issubclass(StateError, DatelineError)


async def test_the_clock_is_in_utc_unless_another_is_given():
    state = await State.open("sqlite://")
    try:
        await state.missed("x")
        (miss,) = await state.misses(1)
        assert miss.last.utcoffset().total_seconds() == 0
    finally:
        await state.close()
