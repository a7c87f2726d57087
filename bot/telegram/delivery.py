"""Updates by webhook: tells Telegram where to bring them, takes them in there, and watches that they come."""

import asyncio
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Updater

from bot.config import Config
from bot.metrics import Metrics
from bot.telegram.connection import PatientApplication, unknown_token
from bot.telegram.running import until_reached
from bot.telegram.updates import ALLOWED_UPDATES
from bot.web.checks import tls_of
from retrieval.errors import ConfigError

logger = structlog.get_logger("dateline.webhook")

LOOK_EVERY = 60.0
"""Seconds; Telegram itself tries again an update that it could not bring within about a minute."""


class Webhook(Updater):
    """Brings updates to an application, in the place of python-telegram-bot's own server.

    Stopping leaves the webhook set, so that Telegram keeps what comes until the bot is back.

    Args:
        application: handles the updates.
        config: the settings.
        metrics: are told of each request.
        look_every: seconds between two looks at how Telegram gets on with the webhook.
    """

    def __init__(
        self,
        application: PatientApplication,
        config: Config,
        metrics: Metrics,
        look_every: float = LOOK_EVERY,
    ) -> None:
        # Who polls should not wait for a server to be imported.
        from bot.web.listening import Listener  # noqa: PLC0415
        from bot.web.receiving import receiver  # noqa: PLC0415

        super().__init__(application.bot, application.update_queue)
        self.revoked = False
        """Whether Telegram no longer knows the token."""
        self.pending = 0
        """Updates that Telegram had waiting when it was asked last."""
        self._application = application
        self._look_every = look_every
        self._settings = config.webhook
        self._secret = config.require_webhook_secret()
        self._listener = Listener(
            receiver(
                self._settings.path, self._secret, self.bot, self.update_queue.put_nowait, metrics
            ),
            self._settings.listen,
            self._settings.port,
            "webhook",
            tls_of(self._settings),
        )
        self._watching: asyncio.Task[None] | None = None
        self._trouble: object = None

    @property
    def running(self) -> bool:
        """Whether updates may come."""
        return self._listener.listens

    async def start_webhook(self, *_: Any, **__: Any) -> "asyncio.Queue[object]":  # noqa: ANN401
        """Listen, and tell Telegram where; what python-telegram-bot would be told is in the settings.

        Raises:
            ListenError: the port can't be listened on.
            ConfigError: Telegram does not take the webhook, or does not know the token.
        """
        await self._listener.open()
        try:
            await until_reached(self._set)
        except BaseException:
            await self._listener.close()
            raise
        logger.info("the webhook is set", address=self._settings.address)
        self._watching = asyncio.create_task(self._watch(), name="webhook")
        return self.update_queue

    async def stop(self) -> None:
        """Take no more updates; what is being taken is taken to the end."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.wait([self._watching])
        await self._listener.close()

    async def _set(self) -> None:
        try:
            await self._tell()
        except BadRequest as error:
            raise ConfigError(
                f"webhook.url: {self._settings.address}: Telegram does not take it: {error.message}"
            ) from error
        except InvalidToken as error:
            raise unknown_token(self.bot) from error
        except TelegramError as error:
            logger.warning("the webhook could not be set; trying again", error=str(error))
            raise

    async def _tell(self) -> None:
        settings = self._settings
        await self.bot.set_webhook(
            settings.address,
            certificate=settings.certificate if settings.self_signed else None,
            max_connections=settings.max_connections,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
            secret_token=self._secret,
        )

    async def _watch(self) -> None:
        """Look now and then whether updates still come here: without that, it would only be silent."""
        while True:
            await asyncio.sleep(self._look_every)
            try:
                await self._look()
            except InvalidToken:
                self.revoked = True
                self._application.stop_running()
                return
            except TelegramError as error:
                logger.warning("the webhook could not be looked at", error=str(error))

    async def _look(self) -> None:
        info = await self.bot.get_webhook_info()
        self.pending = info.pending_update_count
        trouble = (info.last_error_date, info.last_error_message)
        if info.last_error_date is not None and trouble != self._trouble:
            logger.error(
                "Telegram could not bring an update",
                error=info.last_error_message,
                at=str(info.last_error_date),
                pending=info.pending_update_count,
            )
        self._trouble = trouble
        if info.url != self._settings.address:
            logger.error(
                "another process uses the same token: stop one of the two",
                webhook=info.url or "none",
            )
            await self._tell()
