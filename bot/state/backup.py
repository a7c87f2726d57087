"""`python -m bot backup`: a copy of the state, also while the bot writes to it."""

import sqlite3
from datetime import datetime
from pathlib import Path

from bot.state.copying import copy
from bot.state.engine import EXAMPLE, file_of
from bot.state.errors import StateError, refused


def backup(address: str, to: Path | None, now: datetime) -> Path:
    """Copy the state as it is at this moment.

    Args:
        address: `state.url`.
        to: the copy, or a folder to put it into; beside the state unless given.
        now: goes into the copy's name where `to` names none.

    Returns:
        The copy.

    Raises:
        StateError: there is nothing to copy, or it cannot be copied; or the copy would overwrite something.
    """
    file = file_of(address)
    if file is None:
        if address.startswith("postgresql"):
            raise StateError(
                "state.url: PostgreSQL is copied with pg_dump; docs/state.md says how"
            )
        raise StateError(
            "state.url: only a database that is named by its path can be copied, and none in memory; "
            f"write one such as {EXAMPLE}"
        )
    if not file.is_file():
        raise StateError(f"state.url: {file}: no such file; it is made when the bot first runs")
    name = f"{file.stem}-{now:%Y-%m-%d-%H%M%S}{file.suffix}"
    kept = file.with_name(name) if to is None else to / name if to.is_dir() else to
    if kept.exists():
        raise StateError(f"{kept}: is there already; name another file, or move it away")
    try:
        copy(file, kept)
    except sqlite3.Error as error:
        raise refused(error, f"{file}, copied to {kept}") from error
    except OSError as error:
        raise StateError(
            f"{kept}: can't be written: {error.strerror}; name a file in a folder that is there"
        ) from error
    return kept
