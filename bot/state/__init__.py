"""Remembers, in a database, what a restart must not lose: options, who answered what, votes, misses, admins' acts."""

from bot.state.errors import StateError
from bot.state.retention import Retention
from bot.state.store import State
from bot.state.values import (
    Answered,
    Audit,
    ChatOptions,
    DayCount,
    Held,
    Miss,
    Result,
    Totals,
    Vote,
)

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
