"""Brings a database to the tables of this program: makes them, migrates earlier ones, refuses those of a later."""

from sqlalchemy import Connection, inspect, select, text, update

from bot.state.database import Database
from bot.state.digests import Digests, new_salt
from bot.state.errors import StateError
from bot.state.tables import SCHEMA_VERSION, meta, metadata

VERSION = "schema"
SALT = "salt"

PATIENCE = 60
"""Seconds to wait for another process that makes or migrates the tables."""

TURN = 0x6461_7465_6C69_6E65
"""The advisory lock of PostgreSQL that whoever makes or migrates the tables has: "dateline" in ASCII."""

_SET_VERSION = update(meta).where(meta.c.name == VERSION).values(value=str(SCHEMA_VERSION))


async def prepare(database: Database) -> Digests:
    """Bring a database to the tables of this program, whatever there is of them, in one transaction.

    Returns:
        Digests by the database's salt, which is drawn when the database is new.

    Raises:
        StateError: the database cannot be used, or a later Dateline wrote it.
    """

    def work(connection: Connection) -> str:
        _take_turn(connection)
        found = _read_meta(connection)
        if VERSION not in found:
            _make(connection)
        elif _is_earlier(found[VERSION], database.name):
            # Not at the top: Alembic takes as long to import as all the rest of the state.
            from bot.state.migrating import migrate  # noqa: PLC0415

            migrate(connection, found[VERSION], database.name)
            connection.execute(_SET_VERSION)
        return _read_meta(connection).get(SALT, "")

    return Digests(_read_salt(await database.write(work), database.name))


async def is_due(database: Database) -> bool:
    """Whether `prepare` would have to migrate tables; shows that it could be tried, and changes nothing.

    Raises:
        StateError: it could not.
    """

    def work(connection: Connection) -> bool:
        _take_turn(connection)
        found = _read_meta(connection)
        return VERSION in found and _is_earlier(found[VERSION], database.name)

    return await database.write(work)


def _take_turn(connection: Connection) -> None:
    """Begin a transaction, before which or behind which every other process begins its own."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
        return
    usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    if _read_meta(connection).get(VERSION) != str(SCHEMA_VERSION):
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE * 1_000}")
    try:
        # Python's driver would begin one only before the first INSERT, behind tables that are made.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {usual}")


def _read_meta(connection: Connection) -> dict[str, str]:
    """The table `meta`; empty where there is none."""
    if not inspect(connection).has_table(meta.name):
        return {}
    return {row.name: row.value for row in connection.execute(select(meta))}


def _make(connection: Connection) -> None:
    """Make what there is not."""
    metadata.create_all(connection)
    found = _read_meta(connection)
    drawn = {VERSION: str(SCHEMA_VERSION), SALT: new_salt().hex()}
    rows = [{"name": name, "value": value} for name, value in drawn.items() if name not in found]
    connection.execute(meta.insert(), rows)


def _read_salt(salt: str, where: str) -> bytes:
    try:
        read = bytes.fromhex(salt)
    except ValueError:
        read = b""
    if not read:
        raise StateError(
            f"state.url: {where}: the salt in its table meta is missing or damaged; restore a copy"
        )
    return read


def _is_earlier(version: str, where: str) -> bool:
    """Whether tables are of an earlier version.

    Raises:
        StateError: they are of a later one, or of none that there ever was.
    """
    if version.isdecimal() and version == str(int(version)):
        if 1 <= int(version) <= SCHEMA_VERSION:
            return int(version) < SCHEMA_VERSION
        if int(version) > SCHEMA_VERSION:
            raise StateError(
                f"state.url: {where}: a later Dateline wrote it (tables of version {version}, this one "
                f"knows up to {SCHEMA_VERSION}); install that one, or name another database"
            )
    raise StateError(
        f"state.url: {where}: its tables have the version {version!r}, expected 1 to "
        f"{SCHEMA_VERSION}; restore a copy, or name another database"
    )
