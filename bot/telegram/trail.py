"""Writes into the audit log what was done that only admins may do, and what others tried."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.services import Services
from bot.state import Result
from bot.telegram.tolerated import tolerated
from retrieval.errors import DatelineError


@dataclass
class Deed:
    """Something that is being done; what stands here when it ends goes into the log.

    Args:
        detail: of it, such as the names of files.
        result: what came of it.
    """

    detail: str
    result: Result = Result.DONE

    def came_to(self, result: Result, detail: str) -> None:
        """Say what came of it, and why."""
        self.result, self.detail = result, f"{self.detail} {detail}".strip()


STOPPED = "broken off, because the bot was stopped"


class Trail:
    """The audit log, as those see it who do what it is about. Where it can't be written, the bot goes on.

    Args:
        services: whose state it stands in.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    async def note(self, by: int | None, act: str, detail: str, result: Result) -> None:
        """Write a line.

        Args:
            by: the user's, or the chat's, id; None where nobody asked for it.
            act: what was wanted.
            detail: more of it.
            result: what came of it.
        """
        with tolerated("a line of the audit log could not be written"):
            await self._services.state.audit(by, act, detail, result)

    @asynccontextmanager
    async def following(self, by: int | None, act: str, detail: str = "") -> AsyncIterator[Deed]:
        """Write a line when the block ends; as failed if it is broken off.

        Args:
            by: the user's id; None where nobody asked for it.
            act: what is being done.
            detail: more of it.
        """
        deed = Deed(detail)
        try:
            yield deed
        except BaseException as error:
            deed.came_to(Result.FAILED, _why(error))
            raise
        finally:
            await self.note(by, act, deed.detail, deed.result)


def _why(error: BaseException) -> str:
    match error:
        case DatelineError():
            return str(error)
        case asyncio.CancelledError():
            return STOPPED
        case _:
            return type(error).__name__
