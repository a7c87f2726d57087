"""Counts how answers were received: votes, and questions that nothing was found for."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, literal, select, union_all

from bot.state.database import Database
from bot.state.digests import Digests, storable
from bot.state.tables import feedback, missed
from bot.state.together import Together
from bot.state.values import Miss, Totals, Vote

_UNHELPFUL = (
    select(
        feedback.c.topic,
        func.max(feedback.c.question).label("question"),
        literal(0).label("missed"),
        func.count().label("unhelpful"),
        func.max(feedback.c.at).label("at"),
    )
    .where(feedback.c.vote == Vote.DOWN.value, feedback.c.topic.is_not(None))
    .group_by(feedback.c.topic)
)
_NOT_FOUND = select(missed.c.topic, missed.c.question, missed.c.times, literal(0), missed.c.at)
_EITHER = union_all(_UNHELPFUL, _NOT_FOUND).subquery()
_MISSED = func.sum(_EITHER.c.missed)
_VOTED_DOWN = func.sum(_EITHER.c.unhelpful)
_LAST = func.max(_EITHER.c.at)
_MISSES = (
    select(func.max(_EITHER.c.question), _MISSED, _VOTED_DOWN, _LAST)
    .group_by(_EITHER.c.topic)
    .order_by((_MISSED + _VOTED_DOWN).desc(), _LAST.desc(), _EITHER.c.topic)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_TOTALS = select(
    func.count().filter(feedback.c.vote == Vote.UP.value),
    func.count().filter(feedback.c.vote == Vote.DOWN.value),
    select(func.coalesce(func.sum(missed.c.times), 0)).scalar_subquery(),
)


class Feedback:
    """Votes and misses.

    Args:
        database: where they are kept.
        digests: hash chats and people.
        now: the time, in UTC.
    """

    def __init__(self, database: Database, digests: Digests, now: Callable[[], datetime]) -> None:
        self._database = database
        self._digests = digests
        self._now = now
        self._writing = Together(self._write_missed, "state: misses")
        insert = database.insert(feedback)
        self._vote = insert.on_conflict_do_update(
            index_elements=[feedback.c.chat, feedback.c.message_id, feedback.c.person],
            set_={name: insert.excluded[name] for name in ("vote", "topic", "question", "at")},
            where=feedback.c.vote != insert.excluded.vote,
        ).returning(feedback.c.vote)
        insert = database.insert(missed)
        self._miss = insert.on_conflict_do_update(
            index_elements=[missed.c.topic],
            set_={
                "times": missed.c.times + 1,
                **{name: insert.excluded[name] for name in ("question", "at")},
            },
        )

    async def vote(
        self,
        chat_id: int,
        message_id: int,
        user_id: int,
        vote: Vote,
        *,
        question: str | None,
    ) -> bool:
        """Count a vote once. Whether anything changed by it."""
        asked = None if question is None else storable(question)
        row = {
            "chat": self._digests.chat(chat_id),
            "message_id": message_id,
            "person": self._digests.person(user_id),
            "vote": vote.value,
            "topic": None if asked is None else self._digests.topic(asked),
            "question": asked,
            "at": self._now(),
        }
        return await self._database.write(
            lambda connection: connection.execute(self._vote, row).first() is not None
        )

    async def missed(self, question: str) -> None:
        """Count a question that nothing was found for."""
        asked = storable(question)
        row = {
            "topic": self._digests.topic(asked),
            "question": asked,
            "times": 1,
            "at": self._now(),
        }

        await self._writing.do(row)

    async def stop(self) -> None:
        """Wait for what is being written."""
        await self._writing.stop()

    async def _write_missed(self, rows: Sequence[dict[str, object]]) -> list[None]:
        def work(connection: Connection) -> None:
            for row in rows:
                connection.execute(self._miss, row)

        await self._database.write(work)
        return [None] * len(rows)

    async def misses(self, limit: int, skip: int) -> list[Miss]:
        """Questions that were not answered well, the most frequent first, then the latest."""
        wanted = {"limit": limit, "skip": skip}
        rows = await self._database.read(
            lambda connection: connection.execute(_MISSES, wanted).all()
        )
        return [
            Miss(question, int(missed), int(unhelpful), last)
            for question, missed, unhelpful, last in rows
        ]

    async def totals(self) -> Totals:
        """How answers were received."""
        up, down, missed = await self._database.read(
            lambda connection: connection.execute(_TOTALS).one()
        )
        return Totals(int(up), int(down), int(missed))
