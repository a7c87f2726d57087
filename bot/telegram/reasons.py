"""Names for what goes wrong between Telegram and the bot, where it is counted."""

from http import HTTPStatus

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

OK = "ok"

INTERNAL = "internal"
"""An error of our own."""

_REASONS: dict[type[Exception], str] = {
    BadRequest: "refused",
    TimedOut: "timed_out",
    NetworkError: "network",
    Forbidden: "forbidden",
    RetryAfter: "rate_limited",
    Conflict: "conflict",
    InvalidToken: "unauthorized",
    TelegramError: "telegram",
}
"""The first that fits; python-telegram-bot makes refused and timed out requests kinds of network errors."""


_STATUSES: dict[int, str] = {
    HTTPStatus.OK: OK,
    HTTPStatus.UNAUTHORIZED: "unauthorized",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limited",
}


def reason_of_status(status: int) -> str:
    """The same for an HTTP status that Telegram answers with."""
    return _STATUSES.get(status, "telegram")


def reason_of(error: BaseException | None) -> str:
    """What an error is called where errors are counted."""
    return next((name for kind, name in _REASONS.items() if isinstance(error, kind)), INTERNAL)
