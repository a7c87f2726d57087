"""Counts questions, so that nobody keeps the bot from the others: so many of one person and in one chat."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.settings import QuotaSettings

MOST_KEPT = 10_000
"""People and chats whose questions are remembered; those that asked long ago are forgotten first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a question is to be answered.

    Args:
        admitted: it is.
        seconds: else, how long it is until the next is.
        first: else, whether it is the first that isn't, and so the one to say it to.
    """

    admitted: bool
    seconds: float = 0.0
    first: bool = False


ADMITTED = Verdict(admitted=True)


@dataclass(slots=True)
class _Asker:
    times: deque[float] = field(default_factory=deque)
    told: float = float("-inf")


class Quota:
    """What each person and each chat may still ask.

    Args:
        settings: how many questions, in how many minutes; others may take their place at any time.
        clock: seconds that only grow.
    """

    def __init__(
        self, settings: QuotaSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.settings = settings
        self._clock = clock
        self._askers: dict[tuple[str, int], _Asker] = {}

    def admit(self, user: int | None, chat: int | None) -> Verdict:
        """Count a question, unless it is one too many.

        Args:
            user: who asks; None where Telegram doesn't say.
            chat: where; None where that is of no account, as in a private chat.
        """
        now = self._clock()
        limits = [
            (("user", user), self.settings.user),
            (("chat", chat), self.settings.chat),
        ]
        wanted = [
            ((kind, key), limit) for (kind, key), limit in limits if key is not None and limit
        ]
        askers = [(self._asker(place, now), limit) for place, limit in wanted]
        for asker, limit in askers:
            if len(asker.times) >= limit:
                first = now - asker.told >= self._seconds
                asker.told = now if first else asker.told
                seconds = asker.times[0] + self._seconds - now
                return Verdict(admitted=False, seconds=seconds, first=first)
        for asker, _ in askers:
            asker.times.append(now)
        return ADMITTED

    @property
    def _seconds(self) -> float:
        return 60.0 * self.settings.minutes

    def _asker(self, place: tuple[str, int], now: float) -> _Asker:
        asker = self._askers.pop(place, None) or _Asker()
        # The last one who asked stands last, so the first is the one to forget.
        self._askers[place] = asker
        if len(self._askers) > MOST_KEPT:
            del self._askers[next(iter(self._askers))]
        oldest = now - self._seconds
        while asker.times and asker.times[0] <= oldest:
            asker.times.popleft()
        return asker
