"""A chat as Telegram keeps it: who is in it, what was said, and whether the bot may speak."""

from __future__ import annotations

from dataclasses import dataclass, field

from .errors import bad_request, forbidden, migrated
from .messages import Message
from .types import Json

GENERAL = 1
"""The thread id of a forum's General topic, which cannot be named when sending."""


@dataclass(slots=True)
class Topic:
    """One topic of a forum."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat, group, supergroup or channel, seen from the bot."""

    id: int
    type: str
    info: Json
    bot_status: str = "member"
    can_send: bool = True
    blocked: bool = False
    started: bool = True
    migrated_to: int | None = None
    is_forum: bool = False
    is_bot: bool = False
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    last_message_id: int = 0
    last_action: str | None = None

    def json(self) -> Json:
        """The chat as it stands in messages."""
        forum = {"is_forum": True} if self.is_forum else {}
        return {"id": self.id, "type": self.type, **self.info, **forum}

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.type in {"group", "supergroup"}

    @property
    def is_public(self) -> bool:
        """Whether anybody can read it by its username."""
        return "username" in self.info and self.type in {"supergroup", "channel"}

    def check_reading(self) -> None:
        """Refuse as Telegram does when the bot cannot look into this chat."""
        if self.type in {"supergroup", "channel"}:
            if self.bot_status == "kicked":
                raise forbidden(f"bot was kicked from the {self.type} chat")
            if self.bot_status == "left" and not self.is_public:
                raise forbidden(f"bot is not a member of the {self.type} chat")

    def check_editing(self) -> None:
        """Refuse as Telegram does when the bot may not change anything here."""
        self.check_reading()
        if self.type == "private" and self.blocked:
            raise forbidden("bot was blocked by the user")
        if self.migrated_to is None and self.bot_status in {"kicked", "left"}:
            fate = "was kicked from" if self.bot_status == "kicked" else "is not a member of"
            raise forbidden(f"bot {fate} the {self.type} chat")

    def check_sending(self) -> None:
        """Refuse as Telegram does when the bot may not write here."""
        if self.migrated_to is not None:
            raise migrated(self.migrated_to)
        self.check_editing()
        if self.type == "private" and not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        if self.type == "private" and self.is_bot:
            raise forbidden("bot can't send messages to bots")
        if self.type == "channel" and self.bot_status != "administrator":
            raise bad_request("need administrator rights in the channel chat")
        if not self.can_send:
            raise bad_request("not enough rights to send text messages to the chat")

    def check_thread(self, thread_id: int) -> None:
        """Refuse a topic that is not there; General must be left out, not named."""
        if not thread_id:
            return
        topic = self.topics.get(thread_id)
        if topic is None or thread_id == GENERAL:
            raise bad_request("message thread not found")
        if topic.closed and self.bot_status != "administrator":
            raise bad_request("TOPIC_CLOSED")
