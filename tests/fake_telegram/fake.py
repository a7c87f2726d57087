"""A Telegram for one bot: `handle` answers its requests, the verbs play everybody else."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from . import account, answering, editing, polling, rooms, sending  # noqa: F401 - fill METHODS
from .chats import Chat
from .errors import ConnectionLostError, RefusalError
from .membership import Membership
from .messages import Message
from .methods import METHODS, Method
from .params import Params
from .types import Call, Json

T = TypeVar("T")
LOOK_AGAIN = 0.05
TEXTS = {"text", "caption", "description", "short_description", "name", "url", "next_offset"}
TEXT_IDS = {
    "callback_query_id",
    "inline_query_id",
    "guest_query_id",
    "inline_message_id",
    "file_id",
}
NUMBERS = {"offset", "limit", "timeout", "cache_time", "max_connections"}


class FakeTelegram(Membership):
    """One bot's Telegram, with every request of the bot in `calls`."""

    def handle(self, method: str, params: Json) -> tuple[int, Json]:
        """Answer one request: the HTTP status and the body.

        Raises:
            ConnectionLostError: A test ordered that this answer gets lost.
        """
        call = Call(method, _decoded(params), self.clock())
        self.calls.append(call)
        try:
            return self._answered(call, params)
        finally:
            self.updates.wake()

    def _answered(self, call: Call, params: Json) -> tuple[int, Json]:
        method = call.method
        try:
            lost = self.faults.strike(method)
            function = self._method(method)
            reader = Params(params)
            call.result = json.loads(json.dumps(function(self, reader)))
            call.ignored = reader.ignored()
        except RefusalError as refusal:
            call.status, call.error = refusal.code, refusal.description
            return refusal.code, refusal.body()
        call.status = 200
        if lost:
            raise ConnectionLostError
        return 200, {"ok": True, "result": call.result}

    async def until(self, condition: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """Wait for the bot: the condition's value once it holds.

        It is looked at after every request, and now and then for what is no request.

        Raises:
            TimeoutError: It did not hold in time.
        """
        called = asyncio.Event()
        self.updates.listeners.append(called.set)
        try:
            async with asyncio.timeout(timeout):
                while not (value := condition()):
                    called.clear()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(called.wait(), LOOK_AGAIN)
                return value
        finally:
            self.updates.listeners.remove(called.set)

    def _method(self, name: str) -> Method:
        function = METHODS.get(name.lower())
        if function is None:
            self.unknown_methods.append(name)
            raise RefusalError(404, "Not Found")
        return function

    def called(self, method: str) -> list[Call]:
        """The bot's requests of this method, in order."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def last(self, chat: Chat | int) -> Message:
        """The newest message that the bot has in a chat."""
        return self.sent(chat)[-1]

    def transcript(self, chat: Chat | int) -> str:
        """The whole conversation in readable lines, for looking at."""
        lines = []
        for message in self.chat(chat).messages.values():
            author = message.get("from") or message["sender_chat"]
            name = author.get("first_name") or author["title"]
            buttons = f"\n    {message.labels}" if message.labels else ""
            lines.append(f"{message.id} {name}: {message.markup}{buttons}")
        return "\n".join(lines)

    def refused(self) -> list[Call]:
        """The requests that Telegram refused."""
        return [call for call in self.calls if call.status >= 400]

    def check(self) -> None:
        """Fail when the bot called an unknown method or left a pressed button spinning."""
        assert not self.unknown_methods, f"unknown methods: {self.unknown_methods}"
        spinning = self.queries.unanswered("callback")
        assert not spinning, f"callback queries without an answer: {spinning}"


def _decoded(params: Json) -> Json:
    return {name: _value(name, value) for name, value in params.items()}


def _value(name: str, value: Any) -> Any:
    """Numbers, flags and JSON as themselves; texts and identifiers that are strings stay so."""
    number = name in NUMBERS or (name.endswith("_id") and name not in TEXT_IDS)
    if not isinstance(value, str) or (value[:1] not in {"[", "{", "t", "f"} and not number):
        return value
    if name in TEXTS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
