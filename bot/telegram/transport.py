"""Carries python-telegram-bot's requests by aiohttp, which takes a fifth of the time that httpx takes for them."""

import json
import logging
import ssl
from functools import cache
from typing import Any
from urllib.request import getproxies

import httpx
from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.unreachable import explained

logger = logging.getLogger("dateline.transport")

CONNECTIONS = 256
"""At the same time. What is beyond waits, but not in line: aiohttp lets later requests pass, so few should have to."""

PATIENCE = 5.0
"""Seconds to wait for a connection, and then for the answer, unless a request says otherwise."""

ECHOES = ("entities", "caption_entities", "reply_markup", "reply_to_message", "quote")
"""What Telegram sends back of a message that the bot has just sent."""

_JSON = {"Content-Type": "application/json"}


class Transport(BaseRequest):
    """For `ApplicationBuilder.request` and `get_updates_request`.

    A request that was not sent at all fails with NetworkError, and may be made again. One that was sent, but not
    answered in time, fails with TimedOut.
    """

    def __init__(self) -> None:
        self._open = False
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer, unless a request says otherwise."""
        return PATIENCE

    async def initialize(self) -> None:
        """Be ready for requests; the first one makes the connection."""
        self._open = True

    async def shutdown(self) -> None:
        """Close every connection."""
        self._open = False
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answers, of a sent message without what the bot has said itself.

        To make objects of all that, which nobody looks at, would take longer than to send it.
        """
        answer = BaseRequest.parse_json_payload(payload)
        result = answer.get("result")
        if isinstance(result, dict) and "message_id" in result:
            for name in ECHOES:
                result.pop(name, None)
        return answer

    async def do_request(  # noqa: PLR0917 - python-telegram-bot's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - aiohttp knows none,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 - and who waits in line may wait
    ) -> tuple[int, bytes]:
        """One request: the HTTP status and the body.

        Raises:
            telegram.error.TimedOut: it was sent, and not answered in time.
            telegram.error.NetworkError: there is no connection, or it broke.
        """
        session = self._connected()
        form, headers = _body(request_data)
        timeout = ClientTimeout(
            sock_connect=_seconds(connect_timeout), sock_read=_seconds(read_timeout)
        )
        try:
            async with session.request(
                method, url, data=form, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                body = await response.read()
        except ConnectionTimeoutError as error:
            raise NetworkError(f"no connection: {error}") from error
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(explained(error)) from error
        logger.debug("%s %s: %d", method, url, response.status)
        return response.status, body

    def _connected(self) -> ClientSession:
        if not self._open:
            raise RuntimeError("Transport is not initialized")
        if self._session is None:
            connector = TCPConnector(limit=CONNECTIONS, ssl=_trusted())
            self._session = ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                # To look for a proxy takes its time at every request.
                trust_env=bool(getproxies()),
            )
        return self._session


@cache
def _trusted() -> ssl.SSLContext:
    """Reading the certificates takes longer than a request."""
    # They are those that httpx trusts: a small container need not have any of its own.
    return httpx.create_ssl_context()


def _body(data: RequestData | None) -> tuple[bytes | FormData | None, dict[str, str] | None]:
    """What is sent, and the headers that say what it is."""
    if data is None:
        return None, None
    if not data.contains_files:
        return json.dumps(data.parameters).encode(), _JSON
    form = FormData(data.json_parameters)
    for name, (file, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file, content_type=kind)
    return form, None


def _seconds(given: Any) -> float | None:  # noqa: ANN401 - a number, None, or "as usual"
    return PATIENCE if given is BaseRequest.DEFAULT_NONE else given
