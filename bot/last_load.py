"""When, why and how the archive was loaded last."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from retrieval.contents import Changes


class Cause(StrEnum):
    """Why the corpus is read; as people know it."""

    START = "start"
    RELOAD = "/reload"
    SIGNAL = "SIGHUP"
    WATCH = "corpus.watch"
    ADD = "/add"
    REMOVE = "/remove"
    UNDO = "/undo"


@dataclass(frozen=True, slots=True)
class Load:
    """One reading of the corpus.

    Args:
        cause: why it was read.
        at: when that ended, in UTC.
        seconds: how long it took; None where that isn't known.
        changes: what came, changed and went; None where there was nothing before, or nothing was loaded.
        error: why nothing was loaded; empty where something was.
    """

    cause: Cause
    at: datetime
    seconds: float | None = None
    changes: Changes | None = None
    error: str = ""
