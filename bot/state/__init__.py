"""Remembers, in a database, what a restart must not lose: options, who answered what, votes, misses, admins' acts."""

from typing import TYPE_CHECKING

from bot.state.errors import StateError
from bot.state.values import (
    Answered,
    Audit,
    ChatOptions,
    DayCount,
    Held,
    Miss,
    Result,
    Retention,
    Totals,
    Vote,
)

if TYPE_CHECKING:
    from bot.state.store import State

__all__ = [
    "Answered",
    "Audit",
    "ChatOptions",
    "DayCount",
    "Held",
    "Miss",
    "Result",
    "Retention",
    "State",
    "StateError",
    "Totals",
    "Vote",
]


def __getattr__(name: str) -> object:
    """`State`, with SQLAlchemy behind it, which whoever opens no state should not wait for."""
    if name == "State":
        from bot.state.store import State  # noqa: PLC0415

        return State
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
