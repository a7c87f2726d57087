"""Runs the migrations of `bot.state.migrations`. Imports Alembic, so it is imported only when there is one to run."""

import sqlite3
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.state.copying import copy, halves
from bot.state.errors import StateError
from bot.state.tables import SCHEMA_VERSION

logger = structlog.get_logger("dateline.state")

SCRIPTS = "bot.state:migrations"


def migrate(connection: Connection, version: str, where: str) -> None:
    """Bring the tables of an earlier version up to date, in the transaction that the connection is in.

    Of an SQLite file, a copy as it was before stands beside it from then on.

    Args:
        connection: has the database to itself.
        version: of the tables, as `meta` has it. That is the truth; Alembic's own note is made to agree.
        where: the database, for the log.

    Raises:
        StateError: the copy cannot be made.
        sqlalchemy.exc.SQLAlchemyError: the database refuses.
    """
    kept = _copy(connection)
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["connection"] = connection
    command.stamp(config, version, purge=True)
    command.upgrade(config, str(SCHEMA_VERSION))
    logger.info(
        "the state was brought up to date",
        database=where,
        before=version,
        now=SCHEMA_VERSION,
        copy=None if kept is None else str(kept),
    )


def _copy(connection: Connection) -> Path | None:
    """Copy an SQLite file as it is beside itself; None where there is no file.

    Raises:
        StateError: it cannot be made.
    """
    if connection.dialect.name != "sqlite":
        return None
    name = connection.exec_driver_sql("PRAGMA database_list").one().file
    if not name:
        return None
    file = Path(name)
    kept = file.with_name(f"{file.name}.before-{SCHEMA_VERSION}")
    try:
        for half in halves(kept):  # of a process that was killed here; no other is here now
            half.unlink()
        copy(file, kept)
    except (OSError, sqlite3.Error) as error:
        raise StateError(
            f"state.url: {kept}: no copy can be made before the tables are changed: {error}; "
            "make room on the disk, and let this user write to the folder"
        ) from error
    return kept
