"""Keeps a log of what admins did, and of what others tried to do that only admins may."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.state.database import Database
from bot.state.digests import Digests, storable
from bot.state.tables import audit
from bot.state.values import Audit, Result

LONGEST_ACT = 32
"""Characters, as many as Telegram allows a command."""

LONGEST_DETAIL = 300
"""Characters; a page of the log is one message of Telegram's 4,096."""

THE_BOT = "bot"
"""Who acts when nobody does, as at a signal."""

_LATEST = (
    select(audit.c.at, audit.c.who, audit.c.act, audit.c.detail, audit.c.result)
    .order_by(audit.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)


class AuditLog:
    """Who did what, when, and what came of it.

    Args:
        database: where it is kept.
        digests: hash the people who are not named.
        now: the time, in UTC.
        named: whether somebody stands in the log with their user id.
    """

    def __init__(
        self,
        database: Database,
        digests: Digests,
        now: Callable[[], datetime],
        named: Callable[[int], bool],
    ) -> None:
        self._database = database
        self._digests = digests
        self._now = now
        self._named = named

    async def note(self, user_id: int | None, act: str, detail: str, result: Result) -> None:
        """Write a line."""
        row = {
            "at": self._now(),
            "who": self._who(user_id),
            "act": _short(act, LONGEST_ACT),
            "detail": _short(detail, LONGEST_DETAIL),
            "result": result.value,
        }
        await self._database.write(lambda connection: connection.execute(audit.insert(), row))

    async def latest(self, limit: int, skip: int) -> Sequence[Audit]:
        """Lines, the newest first."""
        wanted = {"limit": limit, "skip": skip}
        rows = await self._database.read(
            lambda connection: connection.execute(_LATEST, wanted).all()
        )
        return [
            Audit(at, who, act, detail, Result(result)) for at, who, act, detail, result in rows
        ]

    def _who(self, user_id: int | None) -> str:
        if user_id is None:
            return THE_BOT
        return str(user_id) if self._named(user_id) else self._digests.label(user_id)


def _short(text: str, longest: int) -> str:
    line = " ".join(storable(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
