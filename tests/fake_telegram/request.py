"""The front end in process: python-telegram-bot's own request class, without a network."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import unquote

from telegram import Update
from telegram.error import NetworkError, TimedOut
from telegram.ext import Application
from telegram.request import BaseRequest, RequestData

from .errors import ConnectionLostError, RefusalError
from .fake import FakeTelegram
from .polling import answer
from .types import Json, Upload


class FakeRequest(BaseRequest):
    """Hands every request to a FakeTelegram, encoded as it would be for the wire."""

    def __init__(self, fake: FakeTelegram):
        self.fake = fake

    @property
    def read_timeout(self) -> float | None:
        """The timeout that PTB adds to a long poll."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer from memory."""
        await asyncio.sleep(0)
        url = unquote(url)
        if f"/file/bot{self.fake.token}/" in url:
            content = self.fake.files.get(url.rsplit("/", 1)[-1])
            return (404, b"") if content is None else (200, content)
        head, name = url.rsplit("/", 1)
        if not head.endswith(f"/bot{self.fake.token}"):
            return 401, json.dumps(RefusalError(401, "Unauthorized").body()).encode()
        try:
            status, body = await answer(self.fake, name, _params(request_data))
        except ConnectionLostError:
            raise NetworkError("httpx.RemoteProtocolError: Server disconnected") from None
        except TimeoutError:
            raise TimedOut from None
        return status, json.dumps(body).encode()


def _params(data: RequestData | None) -> Json:
    if data is None:
        return {}
    params: Json = dict(data.json_parameters)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        raw = content if isinstance(content, bytes) else content.read()
        params[name] = Upload(filename, raw, mime)
    return params


async def feed(app: Application[Any, Any, Any, Any, Any, Any], *updates: Json) -> bool:
    """Give raw updates to the application, those that Telegram would show it.

    Returns:
        Whether all of them were delivered: privacy mode and a bot that left hide some.
    """
    request = app.bot.request
    assert isinstance(request, FakeRequest)
    delivered = True
    for update in updates:
        if request.fake.is_hidden(update):
            delivered = False
        else:
            await app.process_update(Update.de_json(update, app.bot))
    return delivered
