"""Remembers which message answers which question, written behind so that answering does not wait for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, bindparam, delete, select

from bot.state.database import Database
from bot.state.digests import Digests
from bot.state.errors import StateError
from bot.state.tables import answers
from bot.state.values import Answered

logger = structlog.get_logger("dateline.state")

WRITE_BEHIND = 1.0
"""Seconds that answers are gathered before they are written; a killed process forgets no more than these."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts, at most, while the database refuses."""

WAITING_KEPT = 10_000
"""Answers that wait at most, while the database refuses; some 5 MB."""

ANSWERS_KEPT = timedelta(days=3)
"""A message can be edited for 48 hours; after these days nobody can ask for its answer."""

CLEANED_EVERY = timedelta(hours=1)
"""How often old answers are looked for."""

Key = tuple[int, int]

_FIND = select(answers.c.answer_id, answers.c.digest).where(
    answers.c.chat == bindparam("chat"), answers.c.question_id == bindparam("question_id")
)
_CLEAN = delete(answers).where(answers.c.at < bindparam("oldest"))


@dataclass(frozen=True, slots=True)
class _Waiting:
    answer_id: int
    digest: bytes
    at: datetime


class Answers:
    """Which message answers which question.

    Args:
        database: where they are kept.
        digests: hash the questions.
        now: the time, in UTC.
        write_behind: see `WRITE_BEHIND`.
    """

    def __init__(
        self,
        database: Database,
        digests: Digests,
        now: Callable[[], datetime],
        write_behind: float,
    ) -> None:
        self._database = database
        self._digests = digests
        self._now = now
        self._pause = write_behind
        self._waiting: dict[Key, _Waiting] = {}
        self._dropped = 0
        self._refused = False
        self._cleaned: datetime | None = None
        self._any = asyncio.Event()
        self._flushing = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None
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
        self._any.set()

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

    async def flush(self) -> None:
        """Write what waits, in one transaction, and now and then delete what is old.

        Raises:
            StateError: the database refuses; all of it goes on waiting.
        """
        async with self._flushing:
            batch = dict(self._waiting)
            self._any.clear()
            if not batch:
                return
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
            now = self._now()
            cleaning = self._cleaned is None or now - self._cleaned >= CLEANED_EVERY

            def write(connection: Connection) -> None:
                connection.execute(self._keep, rows)
                if cleaning:
                    connection.execute(_CLEAN, {"oldest": now - ANSWERS_KEPT})

            try:
                await self._database.write(write)
            except BaseException:
                self._any.set()
                raise
            if cleaning:
                self._cleaned = now
            for key, waiting in batch.items():
                if self._waiting.get(key) is waiting:
                    del self._waiting[key]

    def start(self) -> None:
        """Write behind from now on."""
        self._writer = asyncio.create_task(self._write_behind(), name="state: write behind")

    async def stop(self) -> None:
        """Write what waits, as far as the database lets, and stop."""
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.wait([self._writer])
        if not await self._try():
            logger.error("answers are lost", answers=len(self._waiting))

    async def _write_behind(self) -> None:
        pause = self._pause
        while True:
            await self._any.wait()
            await asyncio.sleep(pause)
            pause = self._pause if await self._try() else min(2 * pause, LONGEST_PAUSE)

    async def _try(self) -> bool:
        try:
            await self.flush()
        except StateError as error:
            self._refused = True
            logger.warning(
                "answers cannot be written yet", waiting=len(self._waiting), error=str(error)
            )
            return False
        except Exception:
            logger.exception("answers cannot be written", dropped=len(self._waiting))
            self._waiting.clear()
            self._any.clear()
            return True
        if self._refused:
            logger.info("answers are written again", dropped=self._dropped)
            self._refused = False
            self._dropped = 0
        return True
