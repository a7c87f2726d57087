"""The front end over HTTP: the Bot API's URLs on loopback, and updates pushed to a webhook."""

from __future__ import annotations

import asyncio
import json
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from .errors import ConnectionLostError, RefusalError
from .fake import FakeTelegram
from .polling import answer
from .types import Json, Upload

MEGABYTE = 1024 * 1024


class FakeServer:
    """Serves one FakeTelegram; `base_url` and `base_file_url` are what a bot is pointed at."""

    def __init__(self, fake: FakeTelegram, *, port: int = 0):
        self.fake = fake
        self.port = port
        app = web.Application(client_max_size=50 * MEGABYTE)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._pushing: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """For `ApplicationBuilder.base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """For `ApplicationBuilder.base_file_url`."""
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self._pushing = asyncio.create_task(self._push())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pushing is not None:
            self._pushing.cancel()
            await asyncio.gather(self._pushing, return_exceptions=True)
        await self._runner.cleanup()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.fake.token:
            return web.json_response(RefusalError(401, "Unauthorized").body(), status=401)
        try:
            params = await _params(request)
            status, body = await answer(self.fake, request.match_info["method"], params)
        except ConnectionLostError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return web.json_response(body, status=status)

    async def _file(self, request: web.Request) -> web.Response:
        content = self.fake.files.get(request.match_info["path"].rsplit("/", 1)[-1])
        if request.match_info["token"] != self.fake.token or content is None:
            return web.json_response(RefusalError(404, "Not Found").body(), status=404)
        return web.Response(body=content)

    async def _push(self) -> None:
        """Post waiting updates to the webhook, one by one, again when it does not answer 2xx."""
        changed = asyncio.Event()
        self.fake.updates.listeners.append(changed.set)
        try:
            # Self-signed certificates are trusted here without a look at the one that was uploaded.
            connector = TCPConnector(ssl=False)
            async with ClientSession(
                timeout=ClientTimeout(total=10), connector=connector
            ) as session:
                while True:
                    delivered = await self._push_first(session)
                    if not delivered:
                        try:
                            async with asyncio.timeout(0.05 if delivered is False else None):
                                await changed.wait()
                        except TimeoutError:
                            pass
                    changed.clear()
        finally:
            self.fake.updates.listeners.remove(changed.set)

    async def _push_first(self, session: ClientSession) -> bool | None:
        """True: the webhook took an update. False: it refused it. None: nothing to push."""
        updates = self.fake.updates
        url, secret = updates.webhook["url"], updates.webhook.get("secret_token")
        if not url or not updates.queue:
            return None
        update = updates.queue[0]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with session.post(url, json=update, headers=headers) as response:
                taken = response.ok
                trouble = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError):
            taken, trouble = False, "Connection refused"
        if taken:
            updates.queue = [one for one in updates.queue if one is not update]
        else:
            updates.webhook |= {
                "last_error_date": int(self.fake.clock()),
                "last_error_message": trouble,
            }
        return taken


async def _params(request: web.Request) -> Json:
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        raw = await request.text()
        params.update(json.loads(raw) if raw else {})
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                params[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                params[name] = value
    return params
