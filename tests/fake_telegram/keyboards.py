"""Reply markup as the bot sent it -> as it stands under a message, or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from . import utf16
from .errors import bad_request
from .types import Json

BUTTON_LIMIT = 100
ROW_LIMIT = 8
DATA_BYTES = 64
COPY_LIMIT = 256
OTHER_ACTIONS = {
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
}


def check(raw: object, warn: Callable[[str], None] = lambda _: None) -> Json | None:
    """The inline keyboard to show, None when there is none."""
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in raw:
        return None
    rows = raw["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    rows = [row for row in rows if row]
    for row in rows:
        if len(row) > ROW_LIMIT:
            warn(f"{len(row)} buttons in a row, {ROW_LIMIT} are shown")
        for button in row:
            _check_button(button)
    if sum(map(len, rows)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request(
            'can\'t parse inline keyboard button: field "text" must be a non-empty String'
        )
    if button.get("callback_data"):
        if len(str(button["callback_data"]).encode()) > DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif button.get("url"):
        parts = urlsplit(str(button["url"]))
        if parts.scheme not in {"http", "https", "tg"} or not (parts.hostname or parts.path):
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
    elif "copy_text" in button:
        copied = str(button["copy_text"].get("text", ""))
        if not 1 <= utf16.length(copied) <= COPY_LIMIT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif not OTHER_ACTIONS & set(button):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
