"""Methods called by hand, without a bot: what comes back, or how it is refused."""

from __future__ import annotations

import json
from typing import Any

from .chats import Chat
from .fake import FakeTelegram
from .types import Json


def refusal(fake: FakeTelegram, method: str, **params: Any) -> str:
    """The code and description of a call that must be refused."""
    status, body = fake.handle(method, params)
    assert body["ok"] is False, body
    assert body["error_code"] == status
    return f"{status} {body['description']}"


def returned(fake: FakeTelegram, method: str, **params: Any) -> Any:
    """The result of a call that must succeed."""
    status, body = fake.handle(method, params)
    assert status == 200, body
    return body["result"]


def send(fake: FakeTelegram, chat: Chat, **params: Any) -> Json:
    """A message of the bot, "hello" unless said otherwise."""
    message: Json = returned(fake, "sendMessage", **{"chat_id": chat.id, "text": "hello"} | params)
    return message


def keyboard(*rows: list[Any]) -> str:
    """An inline keyboard as a reply_markup parameter."""
    return json.dumps({"inline_keyboard": rows})
