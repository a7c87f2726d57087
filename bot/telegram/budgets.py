"""How many requests Telegram takes within a time, and when there is room for one more."""

from collections import deque
from dataclasses import dataclass
from math import inf

from telegram.constants import FloodLimit

MARGIN = 0.05
"""Seconds added to every wait: Telegram's clock need not run quite like ours."""

NEVER = -inf
"""A time of the event loop that has always been over."""


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `count` requests within any `seconds`."""

    count: int
    seconds: float

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(
                f"a budget of {self.count} requests lets nothing through; None is no limit"
            )


@dataclass(frozen=True, slots=True)
class Budgets:
    """How many requests Telegram takes; None is without limit.

    Attributes:
        overall: to all chats together.
        chat: to one chat.
        group: to one group or channel, besides `chat`.
    """

    overall: Budget | None = Budget(FloodLimit.MESSAGES_PER_SECOND, 1.0)
    chat: Budget | None = Budget(FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, 1.0)
    group: Budget | None = Budget(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, 60.0)


PUBLISHED = Budgets()
"""What Telegram says in its FAQ. It lets a chat go a little beyond for a short time, but doesn't say how far."""

UNLIMITED = Budgets(overall=None, chat=None, group=None)
"""For a Bot API server of one's own, and for measuring."""


class Window:
    """When the last requests under a budget were answered.

    A request counts until its answer has been here for the whole period. So however long it was under way,
    Telegram never counts more of them within one period than it allows.

    Args:
        budget: what is allowed.
    """

    def __init__(self, budget: Budget) -> None:
        self._seconds = budget.seconds + MARGIN
        self._answered: deque[float] = deque(maxlen=budget.count)

    def open_at(self) -> float:
        """From when on there is room for one more."""
        full = len(self._answered) == self._answered.maxlen
        return self._answered[0] + self._seconds if full else NEVER

    def empty_at(self) -> float:
        """From when on nothing counts any more."""
        return self._answered[-1] + self._seconds if self._answered else NEVER

    def add(self, answered_at: float) -> None:
        """Count a request that was answered at this time; later than all before."""
        self._answered.append(answered_at)
