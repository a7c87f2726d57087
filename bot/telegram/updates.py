"""Which kinds of updates the bot asks Telegram for, and what one of them is called in the log and in the metrics."""

from numpy import base_repr
from telegram import Update

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.MY_CHAT_MEMBER,
]
"""Named, because leaving it out keeps whatever was set before."""

OTHER = "other"
"""The kind of an update that was not asked for; Telegram may still send some that it had waiting."""

ID_BASE = 36
"""Digits and letters, so that the id of an update, a number of nine digits, is six characters."""


def kind_of(update: object) -> str:
    """One of `ALLOWED_UPDATES`, or `OTHER`."""
    for kind in ALLOWED_UPDATES:
        if getattr(update, kind, None) is not None:
            return kind
    return OTHER


def request_id(update: object) -> str | None:
    """What every log line about an update carries: its id in base 36; `int(text, 36)` is the id again."""
    if not isinstance(update, Update):
        return None
    return base_repr(update.update_id, ID_BASE).lower()
