"""Remembers, in a database, what a restart must not lose: chats' options, who answered what, votes and misses."""

from bot.state.errors import StateError
from bot.state.store import State
from bot.state.values import Answered, ChatOptions, Miss, Totals, Vote

__all__ = ["Answered", "ChatOptions", "Miss", "State", "StateError", "Totals", "Vote"]
