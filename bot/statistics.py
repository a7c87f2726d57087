"""Counts what the bot does: questions and answers of the day, how long they took, the last errors.

The counts of the day go on after a restart; all else is of this process.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median
from typing import TYPE_CHECKING

from bot.logs import redact

if TYPE_CHECKING:
    from bot.state import State

DURATIONS_KEPT = 1_000
"""Of the last answers."""

ERRORS_KEPT = 3

LONGEST_ERROR = 200
"""Characters of an error that are kept."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong.

    Args:
        at: when, in UTC.
        what: in short.
    """

    at: datetime
    what: str


class Statistics:
    """What happened since the start, and how many questions there were today.

    Args:
        now: this moment, in UTC; the day of counting is its day.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))
        self._began = time.monotonic()
        self._day: date = self._now().date()
        self._questions = self._answered = 0
        self._milliseconds: deque[float] = deque(maxlen=DURATIONS_KEPT)
        self._failures: deque[Failure] = deque(maxlen=ERRORS_KEPT)
        self._state: State | None = None

    async def resume(self, state: "State") -> None:
        """Go on from what was counted today, and have the state count along.

        Raises:
            StateError: it can't be read.
        """
        self._turn_day()
        counted = await state.counted(self._day)
        self._questions += counted.questions
        self._answered += counted.answered
        self._state = state

    def asked(self, milliseconds: float, *, answered: bool) -> None:
        """Count a question.

        Args:
            milliseconds: how long the archive took.
            answered: whether it had an answer.
        """
        self._turn_day()
        self._questions += 1
        self._answered += answered
        self._milliseconds.append(milliseconds)
        if self._state is not None:
            self._state.count(answered=answered)

    def failed(self, what: str) -> None:
        """Remember an error, which admins are shown; a token in it is taken out."""
        self._failures.append(Failure(self._now(), redact(what)[:LONGEST_ERROR]))

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._began

    @property
    def questions(self) -> int:
        """Of today, in UTC."""
        self._turn_day()
        return self._questions

    @property
    def answered_share(self) -> float:
        """Of today's questions, those that had an answer; 0 to 1, and 0 if there were none."""
        self._turn_day()
        return self._answered / self._questions if self._questions else 0.0

    @property
    def median(self) -> float | None:
        """Milliseconds of the last answers."""
        return median(self._milliseconds) if self._milliseconds else None

    @property
    def slowest(self) -> float | None:
        """Milliseconds of the slowest of the last answers."""
        return max(self._milliseconds, default=None)

    @property
    def failures(self) -> list[Failure]:
        """The last errors, the latest first."""
        return list(reversed(self._failures))

    def _turn_day(self) -> None:
        today = self._now().date()
        if today != self._day:
            self._day, self._questions, self._answered = today, 0, 0
