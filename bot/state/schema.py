"""Makes the tables where there are none, and refuses those of a later program."""

from sqlalchemy import Connection, select
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.state.database import Database
from bot.state.digests import Digests, new_salt
from bot.state.errors import StateError
from bot.state.tables import SCHEMA_VERSION, meta, metadata

VERSION = "schema"
SALT = "salt"


async def prepare(database: Database) -> Digests:
    """Bring a database to the tables of this program, whatever there is of them.

    Returns:
        Digests by the database's salt, which is drawn when the database is new.

    Raises:
        StateError: the database cannot be used, or is of another version.
    """
    drawn = [
        {"name": VERSION, "value": str(SCHEMA_VERSION)},
        {"name": SALT, "value": new_salt().hex()},
    ]
    insert = database.insert(meta).on_conflict_do_nothing()

    def begin(connection: Connection) -> str:
        connection.execute(CreateTable(meta, if_not_exists=True))
        connection.execute(insert, drawn)
        found: dict[str, str] = {row.name: row.value for row in connection.execute(select(meta))}
        _check_version(found[VERSION], database.name)
        for table in metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))
        return found[SALT]

    salt = await database.write(begin)
    try:
        return Digests(bytes.fromhex(salt))
    except ValueError as error:
        raise StateError(
            f"state.url: {database.name}: the salt in its table meta is damaged; restore a copy"
        ) from error


def _check_version(version: str, where: str) -> None:
    known = str(SCHEMA_VERSION)
    if version == known:
        return
    if version.isdecimal() and int(version) > SCHEMA_VERSION:
        raise StateError(
            f"state.url: {where}: a later Dateline wrote it (tables of version {version}, this one knows "
            f"up to {known}); install that one, or name another database"
        )
    raise StateError(
        f"state.url: {where}: its tables have the version {version!r}, expected {known}; "
        "restore a copy, or name another database"
    )
