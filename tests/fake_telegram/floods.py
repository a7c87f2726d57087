"""Flood control: about 30 messages a second in all, 1 a second a chat, 20 a minute a group."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .chats import Chat
from .errors import too_many_requests
from .types import Clock

CHAT_BURST = 5
"""How many messages a chat takes at once before one a second is enforced."""


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at a steady rate, up to a full bucket."""

    size: float
    rate: float
    tokens: float
    filled_at: float

    def refill(self, now: float) -> None:
        """Give back what came in since the last time."""
        self.tokens = min(self.size, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now

    def wait(self) -> float:
        """Seconds until one token is there."""
        return 0.0 if self.tokens >= 1 - 1e-9 else (1 - self.tokens) / self.rate


class Floods:
    """The budgets of one bot, switched off unless asked for."""

    def __init__(self, clock: Clock, *, enabled: bool = False):
        self.clock = clock
        self.enabled = enabled
        self.buckets: dict[tuple[str, int], Bucket] = {}

    def spend(self, chat: Chat) -> None:
        """Take one message out of every budget that applies, or refuse with retry_after."""
        if not self.enabled:
            return
        budgets = [self._bucket("all", 0, 30, 30.0)]
        if chat.is_group or chat.type == "channel":
            budgets.append(self._bucket("group", chat.id, 20, 20 / 60))
        budgets.append(self._bucket("chat", chat.id, CHAT_BURST, 1.0))
        wait = max(bucket.wait() for bucket in budgets)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for bucket in budgets:
            bucket.tokens -= 1

    def _bucket(self, kind: str, number: int, size: float, rate: float) -> Bucket:
        now = self.clock()
        bucket = self.buckets.setdefault((kind, number), Bucket(size, rate, size, now))
        bucket.refill(now)
        return bucket
