"""Finds and removes what is kept about one person."""

from sqlalchemy import Connection, bindparam, delete, func, select

from bot.state.database import Database
from bot.state.digests import Digests
from bot.state.tables import answers, feedback, options
from bot.state.values import Held

_THEIRS = {
    options: options.c.chat == bindparam("private_chat"),
    feedback: feedback.c.person == bindparam("this_person"),
    answers: answers.c.chat == bindparam("private_chat"),
}
"""In the order of the parts of `Held`."""

_COUNT = select(
    *(
        select(func.count()).select_from(table).where(theirs).scalar_subquery()
        for table, theirs in _THEIRS.items()
    )
)
_REMOVE = [delete(table).where(theirs) for table, theirs in _THEIRS.items()]


class Personal:
    """What is kept about a person, whose private chat has their own user id.

    Args:
        database: where it is kept.
        digests: hash the person.
    """

    def __init__(self, database: Database, digests: Digests) -> None:
        self._database = database
        self._digests = digests

    async def held(self, user_id: int) -> Held:
        """How much there is."""
        whose = self._whose(user_id)
        row = await self._database.read(lambda connection: connection.execute(_COUNT, whose).one())
        return Held(*row)

    async def remove(self, user_id: int) -> int:
        """Remove it all; how many entries there were."""
        whose = self._whose(user_id)

        def work(connection: Connection) -> int:
            return sum(connection.execute(remove, whose).rowcount for remove in _REMOVE)

        return await self._database.write(work)

    def _whose(self, user_id: int) -> dict[str, bytes]:
        return {
            "private_chat": self._digests.chat(user_id),
            "this_person": self._digests.person(user_id),
        }
