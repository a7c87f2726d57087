"""Counts what the bot does in this process: questions and answers of the day, how long they took, the last errors."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median

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
    """What happened since the start.

    Args:
        now: this moment, with a time zone; the day of counting is its day.
    """

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))
        self._began = time.monotonic()
        self._day: date = self._now().date()
        self._questions = self._answered = 0
        self._milliseconds: deque[float] = deque(maxlen=DURATIONS_KEPT)
        self._failures: deque[Failure] = deque(maxlen=ERRORS_KEPT)

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

    def failed(self, what: str) -> None:
        """Remember an error."""
        self._failures.append(Failure(self._now(), what[:LONGEST_ERROR]))

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
