"""A Telegram on loopback, as light as can be, whose users each ask again as soon as they are answered."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

from aiohttp import ClientError, ClientSession, TCPConnector, web

TOKEN = "123456789:AAloopback-loopback-loopback_0123"  # noqa: S105 - nobody's
PATH = f"/bot{TOKEN}/{{method}}"

ME = {"id": 123456789, "is_bot": True, "first_name": "Dateline", "username": "loopback_bot"}

PAGE = 100
"""Updates given out at once, as Telegram does."""

PUSHED_AT_ONCE = 40
"""Connections to a webhook, Telegram's own default."""

LONGEST_TEXT = 4_096
"""UTF-16 units of a message, set by Telegram."""

PATIENCE = 30.0
"""Seconds that a bot may take to answer; one that takes longer is stuck."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105

Json = dict[str, object]


class StuckError(Exception):
    """The bot does not answer, or calls what it should not."""


class LoopbackTelegram:
    """Serves one bot, which may poll or set a webhook.

    Args:
        questions: what its users ask.
        see: is given the text of every answer.

    Attributes:
        waits: seconds from question to answer, one for each answer; may be cleared at any time.
        ready: the bot has begun to listen.
    """

    def __init__(self, questions: Iterator[str], see: Callable[[str], None] | None = None) -> None:
        self.waits: list[float] = []
        self.ready = asyncio.Event()
        self._questions = questions
        self._see = see
        self._asking = False
        self._asked: dict[int, float] = {}
        self._idle = asyncio.Event()
        self._latest: dict[int, Json] = {}
        self._number = 0
        self._pending: list[Json] = []
        self._arrived = asyncio.Event()
        self._webhook = ""
        self._secret: dict[str, str] = {}
        self._pushing: set[asyncio.Task[None]] = set()
        self._refused = ""
        app = web.Application()
        app.router.add_post(PATH, self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        self._client: ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._client = ClientSession(connector=TCPConnector(limit=PUSHED_AT_ONCE))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._pushing:
            task.cancel()
        if self._client is not None:
            await self._client.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """What to point a bot at."""
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    def begin(self, users: int) -> None:
        """Let so many users ask, each in a private chat."""
        self._asking = True
        self._idle.clear()
        for user in range(1, users + 1):
            self._ask(user)

    async def end(self) -> None:
        """Let nobody ask again, and wait for the last answers.

        Raises:
            StuckError: they don't come, or the bot did something wrong.
        """
        self._asking = False
        try:
            async with asyncio.timeout(PATIENCE):
                if self._asked:
                    await self._idle.wait()
        except TimeoutError:
            raise StuckError(
                f"{len(self._asked)} users were not answered in {PATIENCE:g} s"
            ) from None
        if self._refused:
            raise StuckError(self._refused)

    def _ask(self, user: int) -> None:
        self._number += 1
        person: Json = {"id": user, "is_bot": False, "first_name": "Ada", "language_code": "en"}
        message: Json = {
            "message_id": self._number,
            "from": person,
            "chat": {"id": user, "type": "private", "first_name": "Ada"},
            "date": int(time.time()),
            "text": next(self._questions),
        }
        self._latest[user] = message
        self._asked[user] = time.perf_counter()
        update: Json = {"update_id": self._number, "message": message}
        if self._webhook:
            task = asyncio.create_task(self._push(update))
            self._pushing.add(task)
            task.add_done_callback(self._pushing.discard)
        else:
            self._pending.append(update)
            self._arrived.set()

    async def _push(self, update: Json) -> None:
        if self._client is None:
            return
        try:
            async with self._client.post(
                self._webhook, json=update, headers=self._secret
            ) as response:
                response.raise_for_status()
        except ClientError as error:
            self._refused = f"the webhook did not take an update: {error!r}"

    async def _call(self, request: web.Request) -> web.Response:
        method, params = request.match_info["method"], await _params(request)
        match method:
            case "sendMessage":
                result: object = self._sent(params)
            case "getUpdates":
                result = await self._updates(params)
            case "getMe":
                result = ME
            case "getMyCommands":
                result = []
            case "setWebhook":
                self._webhook = str(params["url"])
                if "secret_token" in params:
                    self._secret = {SECRET_HEADER: str(params["secret_token"])}
                self.ready.set()
                result = True
            case "getWebhookInfo":
                result = {
                    "url": self._webhook,
                    "has_custom_certificate": False,
                    "pending_update_count": 0,
                }
            case "deleteWebhook" | "setMyCommands":
                result = True
            case _:
                self._refused = f"unexpected: {method}"
                return web.json_response(
                    {"ok": False, "error_code": 404, "description": "Not Found"}, status=404
                )
        body = json.dumps({"ok": True, "result": result}, separators=(",", ":"))
        return web.Response(body=body.encode(), content_type="application/json")

    async def _updates(self, params: Json) -> list[Json]:
        """Updates from an offset on, which confirms those before; waits for the first."""
        self.ready.set()
        offset = int(str(params.get("offset", 0)))
        self._pending = [each for each in self._pending if int(str(each["update_id"])) >= offset]
        try:
            async with asyncio.timeout(int(str(params.get("timeout", 0)))):
                while not self._pending:
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            return []
        return self._pending[:PAGE]

    def _sent(self, params: Json) -> Json:
        """The message as Telegram gives it back; the user who waited for it asks again."""
        user, text = int(str(params["chat_id"])), str(params["text"])
        units = len(text.encode("utf-16-le")) // 2
        if not 0 < units <= LONGEST_TEXT:
            self._refused = f"a text of {units} UTF-16 units was sent"
        if self._see is not None:
            self._see(text)
        self._number += 1
        question = self._latest[user]
        message: Json = {
            "message_id": self._number,
            "from": ME,
            "chat": question["chat"],
            "date": int(time.time()),
            "text": text,
        }
        for name in ("entities", "reply_markup", "link_preview_options"):
            if name in params:
                message[name] = _value(params[name])
        if "reply_parameters" in params:
            message["reply_to_message"] = question
        self._note(user)
        return message

    def _note(self, user: int) -> None:
        now = time.perf_counter()
        asked = self._asked.pop(user, None)
        if asked is None:
            self._refused = f"user {user} was answered twice"
            return
        self.waits.append(now - asked)
        if self._asking:
            self._ask(user)
        elif not self._asked:
            self._idle.set()


async def _params(request: web.Request) -> Json:
    """The parameters of a call: JSON, or a form whose values are JSON where they are no texts."""
    if request.content_type == "application/json":
        given = await request.json()
        return given if isinstance(given, dict) else {}
    return dict(parse_qsl(await request.text()))


def _value(given: object) -> object:
    return json.loads(given) if isinstance(given, str) else given
