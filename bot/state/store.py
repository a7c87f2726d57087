"""The state: one class that front ends are given, put together out of its parts."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Self

from sqlalchemy import select

from bot.state.answers import Answers
from bot.state.audit import AuditLog
from bot.state.behind import WRITE_BEHIND, WriteBehind
from bot.state.counts import Counts
from bot.state.database import Database
from bot.state.digests import Digests
from bot.state.engine import check_place, file_of
from bot.state.feedback import Feedback
from bot.state.options import Options
from bot.state.personal import Personal
from bot.state.retention import Cleaning
from bot.state.schema import is_due, prepare
from bot.state.values import (
    Answered,
    Audit,
    ChatOptions,
    DayCount,
    Held,
    Miss,
    Result,
    Retention,
    Totals,
    Vote,
)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class State:
    """What a restart must not lose. Any number of tasks may use it, and any number of processes its database.

    Everything that is awaited raises `StateError` when the database refuses, and has then changed nothing.
    """

    def __init__(
        self,
        database: Database,
        digests: Digests,
        *,
        now: Clock,
        write_behind: float,
        retention: Retention,
        named: Callable[[int], bool],
    ) -> None:
        self._database = database
        self._behind = WriteBehind(database, write_behind)
        self._options = Options(database, digests, now)
        self._answers = Answers(database, digests, now, self._behind)
        self._counts = Counts(database, now, self._behind)
        self._feedback = Feedback(database, digests, now)
        self._audit = AuditLog(database, digests, now, named)
        self._personal = Personal(database, digests)
        self._cleaning = Cleaning(database, retention, now)

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        retention: Retention | None = None,
        named: Callable[[int], bool] = lambda _: False,
        now: Clock = utc_now,
        write_behind: float = WRITE_BEHIND,
    ) -> Self:
        """Open the state, or begin one; that of an earlier Dateline is brought up to date.

        Args:
            url: `sqlite:///<path>` (its folder is made), `sqlite://` for one in memory, or
                `postgresql://<user>@<host>/<database>`.
            retention: how long things are kept, from now on; for ever unless given.
            named: whether somebody stands in the audit log with their user id; others do with a label.
            now: the time, in UTC.
            write_behind: seconds that things are gathered before they are written.

        Raises:
            StateError: the URL or the database cannot be used, or a later Dateline wrote it.
        """
        database = Database(url)
        try:
            state = cls(
                database,
                await prepare(database),
                now=now,
                write_behind=write_behind,
                retention=retention or Retention(),
                named=named,
            )
        except BaseException:
            await database.close()
            raise
        state._behind.start(state._answers, state._counts)
        if retention is not None:
            state._cleaning.start()
        return state

    async def keep(self, retention: Retention) -> None:
        """Keep things for another time from now on."""
        await self._cleaning.keep(retention)

    @staticmethod
    async def check(url: str) -> bool:
        """Show that a state could be opened, and change nothing.

        Returns:
            Whether an earlier Dateline wrote it, so that opening it would bring it up to date.

        Raises:
            StateError: it could not.
        """
        file = file_of(url)
        if file is not None and not file.exists():
            check_place(file)
            return False
        database = Database(url)
        try:
            return await is_due(database)
        finally:
            await database.close()

    async def close(self) -> None:
        """Write what waits to be written, and let go of the database. Closing twice is no error."""
        try:
            await self._cleaning.stop()
            await self._behind.stop()
            await self._feedback.stop()
        finally:
            await self._database.close()

    @property
    def failures(self) -> int:
        """How often the database refused to be read or written since it was opened."""
        return self._database.failures

    async def ping(self) -> None:
        """See whether the database answers.

        Raises:
            StateError: it does not.
        """
        await self._database.read(lambda connection: connection.execute(select(1)).scalar())

    async def flush(self) -> None:
        """Write now what `remember` and `count` were told.

        Raises:
            StateError: the database refuses; all of it goes on waiting.
        """
        await self._behind.flush()

    async def options(self, chat_id: int) -> ChatOptions:
        """What a chat has chosen; another process's change is seen within `OPTIONS_KEPT`."""
        return await self._options.get(chat_id)

    async def set_options(self, chat_id: int, options: ChatOptions) -> None:
        """Keep what a chat has chosen, instead of what it chose before."""
        await self._options.set(chat_id, options)

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """Take a group's options with it as it becomes a supergroup; choices made there already stay.

        What hangs on messages stays where it is: the supergroup counts its messages anew, so that the number of an
        old one is that of another there.
        """
        await self._options.move(old_id, new_id)

    def remember(self, chat_id: int, question_id: int, answer_id: int, question: str) -> None:
        """Remember which message answers which question, so that an edited question edits its answer.

        It is written behind, about every second: a killed process forgets the answers of its last moments, and
        another process knows of them only then. Of the question a hash is kept.
        """
        self._answers.remember(chat_id, question_id, answer_id, question)

    async def answered(self, chat_id: int, question_id: int) -> Answered | None:
        """The answer to a question, as far as it is known."""
        return await self._answers.answered(chat_id, question_id)

    async def vote(
        self,
        chat_id: int,
        message_id: int,
        user_id: int,
        vote: Vote,
        *,
        question: str | None,
    ) -> bool:
        """Count a person's vote on an answer, once; a second, different one takes its place.

        Args:
            chat_id: where the answer is; kept as a hash.
            message_id: the answer.
            user_id: who votes; kept as a hash.
            vote: for or against.
            question: what was asked; None where questions are not to be kept.

        Returns:
            Whether this changed anything.
        """
        return await self._feedback.vote(chat_id, message_id, user_id, vote, question=question)

    async def missed(self, question: str) -> None:
        """Count a question that nothing was found for; not where questions are not to be kept."""
        await self._feedback.missed(question)

    async def misses(self, limit: int, skip: int = 0) -> list[Miss]:
        """Questions that nothing was found for or whose answers were voted down.

        Those that differ in case and white space only are one. The most frequent come first; among equals, the
        latest.

        Args:
            limit: how many, at most.
            skip: how many to leave out at the beginning.
        """
        return await self._feedback.misses(limit, skip)

    async def totals(self) -> Totals:
        """How answers were received, all in all."""
        return await self._feedback.totals()

    def count(self, *, answered: bool) -> None:
        """Count a question of today, in UTC; written behind as `remember` does."""
        self._counts.count(answered=answered)

    async def counted(self, day: date) -> DayCount:
        """What was counted on a day, by every process."""
        return await self._counts.of(day)

    async def audit(self, user_id: int | None, act: str, detail: str, result: Result) -> None:
        """Note what an admin did, or what somebody else tried to.

        Args:
            user_id: who; None for the bot itself. Kept in clear for those who are to be named, else as a label.
            act: what they wanted, such as `reload`.
            detail: more of it; cut where it is long, and put on one line.
            result: what came of it.
        """
        await self._audit.note(user_id, act, detail, result)

    async def audits(self, limit: int, skip: int = 0) -> Sequence[Audit]:
        """What was noted, the newest first.

        Args:
            limit: how many, at most.
            skip: how many to leave out at the beginning.
        """
        return await self._audit.latest(limit, skip)

    async def held(self, user_id: int) -> Held:
        """How much is kept about a person."""
        await self._behind.flush()
        return await self._personal.held(user_id)

    async def forget(self, user_id: int) -> int:
        """Remove what is kept about a person: their options, votes, and what was answered in their private chat.

        The audit log stays as it is: it answers for what was done to the bot. So does the list of misses, which
        says of nobody that they asked.

        Returns:
            How many entries are gone.
        """
        await self._behind.flush()
        try:
            return await self._personal.remove(user_id)
        finally:
            self._options.forget(user_id)

    async def clean(self) -> int:
        """Delete what has been kept long enough; how many entries that was."""
        return await self._cleaning.clean()
