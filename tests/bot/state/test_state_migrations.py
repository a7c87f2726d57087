"""A database of an earlier Dateline is brought up to date at the start, whole or not at all, and loses nothing."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine
from structlog.testing import capture_logs

from bot.state import ChatOptions, DayCount, Miss, Result, State, StateError, Totals, Vote
from bot.state.migrating import SCRIPTS
from bot.state.tables import SCHEMA_VERSION, metadata

ROOT = Path(__file__).parents[3]
VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8")
CHAT, PERSON = -1_002_000_000_001, 501
UP_TO_DATE = "the state was brought up to date"


@pytest.fixture
def old(file):
    """A file of version 1."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(VERSION_1)
    return file


@pytest.fixture
def copy(old):
    """Where the copy of the old file comes to stand."""
    return old.with_name(f"{old.name}.before-{SCHEMA_VERSION}")


def dump(file):
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


async def read_all(state, clock):
    """What stands in the file of version 1, read through the state."""
    assert await state.options(CHAT) == ChatOptions(
        answer_mentions=True, excerpts=5, language="de"
    )
    found = await state.answered(CHAT, 8_000_001)
    assert found.answer_id == 8_000_002
    assert found.same("When did Kim and Putin meet?")
    assert await state.totals() == Totals(up=1, down=1, missed=1)
    misses = {miss.question: miss for miss in await state.misses(10)}
    assert misses == {
        "Who is x?": Miss("Who is x?", 0, 1, clock()),
        "Who is Maduro?": Miss("Who is Maduro?", 1, 0, clock()),
    }
    assert (await state.held(PERSON)).votes == 2


async def test_the_first_version_loses_nothing_and_works_on(opened, old, clock):
    state = await opened()
    await read_all(state, clock)
    assert not await state.vote(CHAT, 8_000_003, PERSON, Vote.UP, question=None)
    assert await state.vote(CHAT, 8_000_003, PERSON, Vote.DOWN, question=None)
    await state.audit(PERSON, "reload", "", Result.DONE)
    state.count(answered=True)
    await state.close()
    again = await opened()
    assert len(await again.audits(10)) == 1
    assert await again.counted(clock().date()) == DayCount(1, 1)
    assert await again.counted(date(2026, 4, 30)) == DayCount(0, 0)


async def test_a_copy_is_kept_that_only_its_owner_reads(opened, old, copy):
    before = dump(old)
    copy.with_name(f"{copy.name}.1234.half").write_text("left by a process that was killed")
    await (await opened()).close()
    assert dump(old) != before
    assert dump(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert {path.name for path in old.parent.iterdir()} == {old.name, copy.name}
    copy.unlink()
    await (await opened()).close()
    assert not copy.exists()


async def test_many_start_at_once_and_one_migrates(opened, old, clock):
    with capture_logs() as logs:
        states = await asyncio.gather(*(opened() for _ in range(6)))
    assert [log["event"] for log in logs] == [UP_TO_DATE]
    for state in states:
        await read_all(state, clock)


def test_several_processes_start_at_once(old):
    program = f"""
import asyncio
from bot.state import State

async def main():
    state = await State.open("sqlite:///{old}")
    print((await state.totals()).up)
    await state.close()

asyncio.run(main())
"""
    starting = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[0] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0]
    assert all(output.endswith(b"1\n") for output in said)
    assert sum(output.count(UP_TO_DATE.encode()) for output in said) == 1


async def test_whoever_migrates_is_waited_for_longer_than_others(
    opened, old, another_program, clock
):
    another_program.execute("BEGIN IMMEDIATE")
    opening = asyncio.ensure_future(opened(patient=False))  # else waits for 0.05 seconds
    await asyncio.sleep(0.3)
    another_program.execute("ROLLBACK")
    await read_all(await opening, clock)


async def test_a_migration_that_fails_changes_nothing(opened, old, another_program, clock):
    another_program.execute("CREATE TABLE daily (somebody INTEGER)")
    before = dump(old)
    with pytest.raises(StateError, match=f"{old}: table daily already exists"):
        await opened()
    assert dump(old) == before
    another_program.execute("DROP TABLE daily")
    await read_all(await opened(), clock)


async def test_without_a_copy_nothing_is_changed(opened, old, copy, clock):
    before = dump(old)
    copy.mkdir()
    with pytest.raises(StateError, match=f"{copy}: no copy can be made.*let this user write"):
        await opened()
    assert dump(old) == before
    assert {path.name for path in old.parent.iterdir()} >= {old.name, copy.name}
    copy.rmdir()
    await read_all(await opened(), clock)


async def test_checking_tells_and_changes_nothing(old, opened):
    before = dump(old)
    assert await State.check(f"sqlite:///{old}") is True
    assert dump(old) == before
    await (await opened()).close()
    assert await State.check(f"sqlite:///{old}") is False


async def test_checking_makes_no_tables(file):
    file.touch()
    assert await State.check(f"sqlite:///{file}") is False
    assert "CREATE" not in " ".join(dump(file))


async def test_checking_makes_neither_file_nor_folder(tmp_path):
    assert await State.check(f"sqlite:///{tmp_path}/some/folder/state.sqlite3") is False
    assert list(tmp_path.iterdir()) == []


async def test_checking_says_where_no_file_could_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(
        StateError, match=r"state\.sqlite3: cannot be made: .*file: Not a directory"
    ):
        await State.check(f"sqlite:///{tmp_path}/file/state.sqlite3")


async def test_checking_refuses_what_opening_refuses(opened, file, another_program):
    await (await opened()).close()
    another_program.execute("UPDATE meta SET value = '7' WHERE name = 'schema'")
    with pytest.raises(StateError, match="later Dateline"):
        await State.check(f"sqlite:///{file}")


def differences(file):
    """Between the tables in a file and those that the program works on."""
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


async def test_new_and_migrated_tables_are_the_same(opened, old, tmp_path):
    assert differences(old) != []
    await (await opened()).close()
    assert differences(old) == []
    new = tmp_path / "new.sqlite3"
    await (await opened(f"sqlite:///{new}")).close()
    assert differences(new) == []


def test_the_migrations_make_every_table_from_nothing(file):
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    assert differences(file) == []


def test_each_version_has_one_migration():
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    scripts = ScriptDirectory.from_config(config)
    versions = [script.revision for script in scripts.walk_revisions()]
    assert versions == [str(version) for version in range(SCHEMA_VERSION, 0, -1)]


def test_alembic_is_not_imported_where_nothing_is_to_be_migrated(file):
    program = f"""
import asyncio, sys
from bot.state import State

async def main():
    for _ in range(2):
        await (await State.open("sqlite:///{file}")).close()

asyncio.run(main())
print("alembic" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert run.stdout == b"False\n"
