"""Updates that wait for getUpdates, numbered and filtered as Telegram does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from .types import Clock, Json

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_ID = 700_000_000
PAGE = 100


class Pending:
    """The queue of updates, and who is waiting at its end."""

    def __init__(self, clock: Clock):
        self.clock = clock
        self.queue: list[Json] = []
        self.allowed: list[str] = []
        self.webhook: Json = {"url": ""}
        self.hidden: set[int] = set()
        self.listeners: list[Callable[[], None]] = []
        self.poller = 0
        self._last_id = FIRST_ID

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def make(self, kind: str, payload: Json, *, seen: bool = True) -> Json:
        """Number an update and queue it, unless the bot is not to see it."""
        self._last_id += 1
        update: Json = json.loads(json.dumps({"update_id": self._last_id, kind: payload}))
        if not seen:
            self.hidden.add(self._last_id)
        elif self.wants(kind):
            self.queue.append(update)
            self.wake()
        return update

    def wake(self) -> None:
        """Tell the front ends that something changed."""
        for listener in list(self.listeners):
            listener()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember allowed_updates; leaving it out keeps what was set before."""
        if kinds is not None:
            self.allowed = list(kinds)

    def confirm(self, offset: int) -> None:
        """Forget the updates before the offset; a negative one counts from the end."""
        if offset < 0:
            self.queue = self.queue[offset:]
        elif offset > 0:
            self.queue = [one for one in self.queue if one["update_id"] >= offset]

    def page(self, limit: int) -> list[Json]:
        """The oldest updates, 100 at most."""
        return self.queue[: limit if 1 <= limit <= PAGE else PAGE]
