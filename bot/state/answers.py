"""Remembers which message answers which question."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Connection, bindparam, select

from bot.state.behind import Batch, WriteBehind
from bot.state.database import Database
from bot.state.digests import Digests
from bot.state.tables import answers
from bot.state.values import Answered

logger = structlog.get_logger("dateline.state")

WAITING_KEPT = 10_000
"""Answers that wait at most, while the database refuses; some 5 MB."""

Key = tuple[int, int]

_FIND = select(answers.c.answer_id, answers.c.digest).where(
    answers.c.chat == bindparam("chat"), answers.c.question_id == bindparam("question_id")
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    answer_id: int
    digest: bytes
    at: datetime


class Answers:
    """Which message answers which question; written behind.

    Args:
        database: where they are kept.
        digests: hash the questions.
        now: the time, in UTC.
        behind: writes them.
    """

    def __init__(
        self,
        database: Database,
        digests: Digests,
        now: Callable[[], datetime],
        behind: WriteBehind,
    ) -> None:
        self._database = database
        self._digests = digests
        self._now = now
        self._behind = behind
        self._waiting: dict[Key, _Waiting] = {}
        self._dropped = 0
        insert = database.insert(answers)
        self._keep = insert.on_conflict_do_update(
            index_elements=[answers.c.chat, answers.c.question_id],
            set_={name: insert.excluded[name] for name in ("answer_id", "digest", "at")},
        )

    def remember(self, chat_id: int, question_id: int, answer_id: int, question: str) -> None:
        """Remember an answer, in memory for now."""
        key = (chat_id, question_id)
        if key not in self._waiting and len(self._waiting) >= WAITING_KEPT:
            del self._waiting[next(iter(self._waiting))]
            self._dropped += 1
        self._waiting[key] = _Waiting(answer_id, self._digests.question(question), self._now())
        self._behind.wake()

    async def answered(self, chat_id: int, question_id: int) -> Answered | None:
        """The answer to a question, None when there is none or nobody knows any more.

        Raises:
            StateError: the database refuses.
        """
        key = (chat_id, question_id)
        wanted = {"chat": self._digests.chat(chat_id), "question_id": question_id}
        row = None
        if key not in self._waiting:
            row = await self._database.read(
                lambda connection: connection.execute(_FIND, wanted).first()
            )
        found = self._waiting.get(key) or row  # what came meanwhile is newer
        return None if found is None else Answered(found.answer_id, found.digest, self._digests)

    @property
    def waiting(self) -> int:
        """How many wait to be written."""
        return len(self._waiting)

    def batch(self) -> Batch:
        """All that wait now."""
        batch = dict(self._waiting)
        rows = [
            {
                "chat": self._digests.chat(chat_id),
                "question_id": question_id,
                "answer_id": waiting.answer_id,
                "digest": waiting.digest,
                "at": waiting.at,
            }
            for (chat_id, question_id), waiting in batch.items()
        ]

        def write(connection: Connection) -> None:
            connection.execute(self._keep, rows)

        def written() -> None:
            for key, waiting in batch.items():
                if self._waiting.get(key) is waiting:
                    del self._waiting[key]
            if self._dropped:
                logger.warning("answers were not kept", dropped=self._dropped)
                self._dropped = 0

        return Batch(write, written)

    def drop(self) -> None:
        """Let go of what waits."""
        self._waiting.clear()
