"""Counts the questions of each day, in UTC."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from bot.state.behind import Batch, WriteBehind
from bot.state.database import Database
from bot.state.tables import daily
from bot.state.values import DayCount

_FIND = select(daily.c.questions, daily.c.answered).where(daily.c.day == bindparam("of_day"))


class Counts:
    """How many questions there were on each day; written behind, and added to what other processes counted.

    Args:
        database: where they are kept.
        now: the time, in UTC.
        behind: writes them.
    """

    def __init__(
        self, database: Database, now: Callable[[], datetime], behind: WriteBehind
    ) -> None:
        self._database = database
        self._now = now
        self._behind = behind
        self._questions: Counter[date] = Counter()
        self._answered: Counter[date] = Counter()
        insert = database.insert(daily)
        self._add = insert.on_conflict_do_update(
            index_elements=[daily.c.day],
            set_={
                name: daily.c[name] + insert.excluded[name] for name in ("questions", "answered")
            },
        )

    def count(self, *, answered: bool) -> None:
        """Count a question, in memory for now."""
        today = self._now().date()
        self._questions[today] += 1
        self._answered[today] += answered
        self._behind.wake()

    async def of(self, day: date) -> DayCount:
        """What was counted on a day, and is written or waits here.

        Raises:
            StateError: the database refuses.
        """
        row = await self._database.read(
            lambda connection: connection.execute(_FIND, {"of_day": day}).first()
        )
        questions, answered = (0, 0) if row is None else row
        return DayCount(questions + self._questions[day], answered + self._answered[day])

    @property
    def waiting(self) -> int:
        """How many questions wait to be written."""
        return self._questions.total()

    def batch(self) -> Batch:
        """All that wait now."""
        questions, answered = self._questions.copy(), self._answered.copy()
        rows = [
            {"day": day, "questions": count, "answered": answered[day]}
            for day, count in questions.items()
        ]

        def write(connection: Connection) -> None:
            connection.execute(self._add, rows)

        def written() -> None:
            # Subtracting drops the days that come to nothing.
            self._questions -= questions
            self._answered -= answered

        return Batch(write, written)

    def drop(self) -> None:
        """Let go of what waits."""
        self._questions.clear()
        self._answered.clear()
