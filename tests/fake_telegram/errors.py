"""What Telegram says when it refuses: a code, a description and sometimes parameters."""

from __future__ import annotations

from .types import Json

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TWO_POLLERS = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)


class RefusalError(Exception):
    """A request that Telegram answers with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None):
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON that goes over the wire."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ConnectionLostError(Exception):
    """The connection ended without an answer: there is no status and no body."""


def bad_request(reason: str) -> RefusalError:
    """A 400 with Telegram's prefix."""
    return RefusalError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusalError:
    """A 403 with Telegram's prefix."""
    return RefusalError(403, f"Forbidden: {reason}")


def too_many_requests(retry_after: int) -> RefusalError:
    """A 429, which says when to come back."""
    return RefusalError(
        429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
    )


def migrated(new_chat_id: int) -> RefusalError:
    """A 400 that names the supergroup which the group became."""
    return RefusalError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )
