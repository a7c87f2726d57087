"""Logging in to Telegram and staying there: what python-telegram-bot passes over in silence is said."""

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.config import TOKEN_VARIABLE
from bot.services import Services
from bot.telegram.lasting import Lasting
from bot.telegram.pacing import Pacing
from bot.telegram.reasons import reason_of, reason_of_status
from bot.telegram.transport import Transport
from bot.telegram.types import AnyApplication
from bot.web.readiness import Readiness
from retrieval.errors import ConfigError

if TYPE_CHECKING:
    from bot.web.listening import Listener

logger = structlog.get_logger("dateline.telegram")

NO_UPDATES = b'{"ok": true, "result": []}'


class PatientApplication(AnyApplication):
    """An application that says what keeps it from starting, and tries again; it opens and closes the state.

    Args:
        services: what the bot stands on.
        pacing: holds requests back, and must let go when the bot is to stop.

    Attributes:
        readiness: whether it can answer.
        monitor: serves health and metrics as long as it is open.
        told_to_stop: set by a signal, or by `stop_running`.
    """

    def __init__(self, *, services: Services, pacing: Pacing, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.services = services
        self.told_to_stop = asyncio.Event()
        self.readiness = Readiness(services)
        self.monitor: Listener | None = None
        self._pacing = pacing
        self._silence = Lasting()

    async def initialize(self) -> None:
        """Open the state, and log in.

        Raises:
            ListenError: health and metrics can't be served.
            ConfigError: Telegram does not know the token.
            StateError: the state can't be opened.
            telegram.error.TelegramError: anything else; it is tried again.
        """
        if self.monitor is not None:
            await self.monitor.open()
        await self.services.open()
        try:
            await super().initialize()
        except InvalidToken as error:
            raise unknown_token(self.bot) from error
        except TelegramError as error:
            since = self._silence.happens()
            if since is not None:
                logger.warning(
                    "Telegram could not be reached; trying again", error=str(error), **since
                )
            raise

    async def stop(self) -> None:
        """Finish what is being answered; what Telegram's limits hold back for long is given up."""
        self.readiness.stopping = True
        self._pacing.close()
        await super().stop()

    def stop_running(self) -> None:
        """Have `bot.telegram.running.run` come to its end."""
        self.told_to_stop.set()

    async def shutdown(self) -> None:
        """Log out, and close the state; also where logging in has failed."""
        await super().shutdown()
        await self.bot.request.shutdown()
        await self.services.close()
        if self.monitor is not None:
            await self.monitor.close()


def unknown_token(bot: Bot) -> ConfigError:
    """What to tell the operator when the token isn't taken."""
    address = bot.base_url.removesuffix(f"/bot{bot.token}")
    return ConfigError(
        f"{TOKEN_VARIABLE}: {address} does not know this token; @BotFather gives out new ones"
    )


class PollingRequest(Transport):
    """Fetches updates, and stops the application when the token is revoked.

    Left to itself the polling would end there, and the process live on without doing anything.
    """

    application: PatientApplication | None = None
    revoked = False

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """One request: the HTTP status and the body."""
        try:
            status, body = await super().do_request(*arguments, **named)
        except TelegramError as error:
            self._count(reason_of(error))
            raise
        self._count(reason_of_status(status))
        if status != HTTPStatus.UNAUTHORIZED or self.application is None:
            return status, body
        if not self.revoked:
            self.revoked = True
            self.application.stop_running()
        # The error itself would break off the stopping half-way.
        return HTTPStatus.OK, NO_UPDATES

    def _count(self, result: str) -> None:
        if self.application is not None:
            self.application.services.metrics.polled(result)
