"""Logging in to Telegram and staying there: what python-telegram-bot passes over in silence is said."""

from http import HTTPStatus
from typing import Any

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.config import TOKEN_VARIABLE
from retrieval.errors import ConfigError

logger = structlog.get_logger("dateline.telegram")

NO_UPDATES = b'{"ok": true, "result": []}'

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class PatientApplication(AnyApplication):
    """An application that says what keeps it from starting, and tries again."""

    async def initialize(self) -> None:
        """Log in.

        Raises:
            ConfigError: Telegram does not know the token.
            telegram.error.TelegramError: anything else; it is tried again.
        """
        try:
            await super().initialize()
        except InvalidToken as error:
            await self.bot.request.shutdown()
            raise unknown_token(self.bot) from error
        except TelegramError as error:
            logger.warning("Telegram could not be reached; trying again", error=str(error))
            raise


def unknown_token(bot: Bot) -> ConfigError:
    """What to tell the operator when the token isn't taken."""
    address = bot.base_url.removesuffix(f"/bot{bot.token}")
    return ConfigError(
        f"{TOKEN_VARIABLE}: {address} does not know this token; @BotFather gives out new ones"
    )


class PollingRequest(HTTPXRequest):
    """Fetches updates, and stops the application when the token is revoked.

    Left to itself the polling would end there, and the process live on without doing anything.
    """

    application: AnyApplication | None = None
    revoked = False

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:  # noqa: ANN401
        """One request: the HTTP status and the body."""
        status, body = await super().do_request(*arguments, **named)
        if status != HTTPStatus.UNAUTHORIZED or self.application is None:
            return status, body
        if not self.revoked:
            self.revoked = True
            self.application.stop_running()
        # The error itself would break off the stopping half-way.
        return HTTPStatus.OK, NO_UPDATES
