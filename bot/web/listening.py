"""Listens for HTTP at one address, and stops without breaking off what is being answered."""

import os
import ssl

from aiohttp import web

from retrieval.errors import DatelineError

PATIENCE = 5.0
"""Seconds for which requests under way may hold up a bot that is told to stop."""


class ListenError(DatelineError):
    """An address can't be listened on."""


class Listener:
    """An HTTP server.

    Args:
        app: what it serves.
        host: the address to listen on.
        port: the port.
        group: the settings that say so, for errors.
        tls: to serve HTTPS.
    """

    def __init__(
        self,
        app: web.Application,
        host: str,
        port: int,
        group: str,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._app = app
        self._host, self._port = host, port
        self._group = group
        self._tls = tls
        self._runner: web.AppRunner | None = None

    @property
    def listens(self) -> bool:
        """Whether it does."""
        return self._runner is not None

    async def open(self) -> None:
        """Listen from now on; opening twice is no error.

        Raises:
            ListenError: the address is taken, not this machine's, or not allowed.
        """
        if self._runner is not None:
            return
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=PATIENCE)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port, ssl_context=self._tls).start()
        except OSError as error:
            await runner.cleanup()
            raise ListenError(
                f"{self._group}.port, {self._group}.listen: can't listen on"
                f" {self._host}, port {self._port} ({_reason(error)});"
                " stop what uses it, or choose another"
            ) from error
        self._runner = runner

    async def close(self) -> None:
        """Take no more connections, and finish what is being answered; closing twice is no error."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()


def _reason(error: OSError) -> str:
    """In short; asyncio puts the address into it, and names that can't be resolved have numbers of their own."""
    known = error.errno is not None and error.errno > 0
    return os.strerror(error.errno or 0) if known else str(error.strerror or error)
