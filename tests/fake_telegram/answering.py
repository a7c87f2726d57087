"""answerCallbackQuery, answerInlineQuery, answerGuestQuery."""

from __future__ import annotations

from typing import Any

from . import formatted, keyboards, utf16
from .errors import bad_request
from .messages import Message
from .methods import method
from .params import Params
from .types import Json
from .world import World

RESULT_LIMIT = 50
ID_BYTES = 64
OFFSET_BYTES = 64
NOTICE_LIMIT = 200
TYPES = {
    "article",
    "audio",
    "contact",
    "document",
    "game",
    "gif",
    "location",
    "mpeg4_gif",
    "photo",
    "sticker",
    "venue",
    "video",
    "voice",
}


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    """Stop the spinner on a button, with a notice or an alert."""
    query = world.queries.find("callback", params.text("callback_query_id"))
    text = params.text("text")
    if utf16.length(text) > NOTICE_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    alert = params.flag("show_alert")
    cached = params.integer("cache_time")
    query.answers.append(
        {"text": text, "show_alert": alert, "url": params.text("url"), "cache_time": cached}
    )
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, params: Params) -> bool:
    """A page of results, offered above the user's keyboard."""
    query = world.queries.find("inline", params.text("inline_query_id"))
    results = params.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > RESULT_LIMIT:
        raise bad_request("too many inline query results specified")
    if len(params.text("next_offset").encode()) > OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    checked = [_checked_result(world, one) for one in results]
    if len({one["id"] for one in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    query.answers.append(
        {
            "results": checked,
            "next_offset": params.text("next_offset"),
            "cache_time": params.integer("cache_time", 300),
            "is_personal": params.flag("is_personal"),
            "button": params.json("button", "inline query results button"),
        }
    )
    return True


@method("answerGuestQuery")
def answer_guest_query(world: World, params: Params) -> Json:
    """One message into a chat where the bot is no member."""
    query = world.queries.find("guest", params.text("guest_query_id"))
    result = _checked_result(world, params.json("result", "inline query result"))
    asked = query.payload
    chat = world.chat(asked["chat"]["id"])
    content: Json = dict(result["input_message_content"])
    text = content.pop("message_text", "")
    keyboard = {"reply_markup": result["reply_markup"]} if result.get("reply_markup") else {}
    message = world.post(
        chat,
        {
            "from": world.me,
            "text": text,
            **content,
            **keyboard,
            "guest_bot_caller_user": asked["from"],
            "reply_to_message": Message(asked).without_reply(),
        },
    )
    world.own.add((chat.id, message.id))
    number = f"AQAAAFake{world.new_id():08d}guest"
    world.inline_messages[number] = message
    query.answers.append({"result": result, "inline_message_id": number})
    return {"inline_message_id": number}


def _checked_result(world: World, raw: Any) -> Json:
    if not isinstance(raw, dict) or "type" not in raw:
        raise bad_request("can't parse inline query result: Can't find field \"type\"")
    if raw["type"] not in TYPES:
        raise bad_request(
            f'can\'t parse inline query result: type "{raw["type"]}" is unsupported for the '
            "inline query result"
        )
    number = str(raw.get("id", ""))
    if not 1 <= len(number.encode()) <= ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    result: Json = {**raw, "id": number}
    if "reply_markup" in raw:
        result["reply_markup"] = keyboards.check(raw["reply_markup"], world.warn)
    if raw["type"] == "article":
        if not str(raw.get("title", "")).strip():
            raise bad_request("can't parse inline query result: Can't find field \"title\"")
        content = raw.get("input_message_content")
        if not isinstance(content, dict):
            raise bad_request("can't parse inline query result: can't find message content")
        result["input_message_content"] = _checked_content(world, content)
    return result


def _checked_content(world: World, content: Json) -> Json:
    if content.get("parse_mode"):
        raise bad_request("parse_mode refused by fake_telegram: send entities instead")
    raw = str(content.get("message_text", ""))
    text, entities = formatted.clean(raw, content.get("entities"), world.warn)
    if not raw:
        raise bad_request("can't parse inline query result: Message text is empty")
    if not text:
        raise bad_request("text must be non-empty")
    if utf16.length(text) > formatted.TEXT_LIMIT:
        raise bad_request("message is too long")
    kept: Json = {"message_text": text}
    if entities:
        kept["entities"] = entities
    if content.get("link_preview_options"):
        kept["link_preview_options"] = content["link_preview_options"]
    return kept
