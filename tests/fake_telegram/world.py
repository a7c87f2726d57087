"""Everything that Telegram remembers about one bot: users, chats, queries, calls, updates."""

from __future__ import annotations

import time
from typing import Any

from .chats import Chat
from .commands import CommandMenus
from .errors import bad_request
from .faults import Faults
from .floods import Floods
from .messages import Message
from .pending import Pending
from .queries import Queries
from .types import Call, Clock, Json


class World:
    """The state that the bot's methods change and the users' verbs change."""

    def __init__(
        self,
        *,
        username: str = "dateline_bot",
        name: str = "Dateline",
        bot_id: int = 123456789,
        clock: Clock = time.time,
        privacy: bool = True,
        floods: bool = False,
        local: bool = False,
    ):
        self.clock = clock
        self.token = f"{bot_id}:AAFakeTelegramTokenForTestsOnly_0123"
        self.privacy = privacy
        self.local = local
        """Whether this is a Bot API server of one's own, which brings updates anywhere."""
        self.me: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.abilities: Json = {}
        self.users: dict[int, Json] = {bot_id: self.me}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.silent: set[tuple[int, int]] = set()
        self.own: set[tuple[int, int]] = set()
        self.reactions: dict[tuple[int, int], list[str]] = {}
        self.inline_messages: dict[str, Message] = {}
        self.calls: list[Call] = []
        self.unknown_methods: list[str] = []
        self.warnings: list[str] = []
        self.descriptions: dict[tuple[str, str], str] = {}
        self.menus = CommandMenus()
        self.updates = Pending(clock)
        self.queries = Queries(clock)
        self.faults = Faults()
        self.floods = Floods(clock, enabled=floods)
        self._ids = 0
        self._shared_message_ids = 0

    @property
    def now(self) -> int:
        """The date that a message sent at this moment carries."""
        return int(self.clock())

    def new_id(self) -> int:
        """A number never given before."""
        self._ids += 1
        return self._ids

    def warn(self, text: str) -> None:
        """Note something that Telegram does without telling the bot."""
        self.warnings.append(text)

    def chat(self, wanted: Any) -> Chat:
        """The chat with this id, @username or Chat, or `chat not found`."""
        if isinstance(wanted, Chat):
            return wanted
        if wanted is None or wanted == "":
            raise bad_request("chat_id is empty")
        if str(wanted).startswith("@"):
            name = str(wanted)[1:].lower()
            for chat in self.chats.values():
                if chat.type != "private" and chat.info.get("username", "").lower() == name:
                    return chat
            raise bad_request("chat not found")
        try:
            return self.chats[int(wanted)]
        except (KeyError, ValueError):
            raise bad_request("chat not found") from None

    def post(self, chat: Chat, content: Json) -> Message:
        """Store a message in its chat, numbered as Telegram numbers: supergroups by themselves."""
        if chat.type in {"supergroup", "channel"}:
            chat.last_message_id += 1
            number = chat.last_message_id
        else:
            self._shared_message_ids += 1
            number = self._shared_message_ids
        message = Message({"message_id": number, "date": self.now, "chat": chat.json(), **content})
        chat.messages[number] = message
        return message

    def sent(self, chat: Chat | int) -> list[Message]:
        """What the bot has in a chat now: after edits, without what was deleted."""
        found = self.chat(chat)
        return [one for one in found.messages.values() if (found.id, one.id) in self.own]

    def is_hidden(self, update: Json) -> bool:
        """Whether Telegram keeps this update from the bot (privacy mode, or it is not there)."""
        return update["update_id"] in self.updates.hidden

    def is_silent(self, message: Message) -> bool:
        """Whether the bot sent this without a sound."""
        return (message["chat"]["id"], message.id) in self.silent
