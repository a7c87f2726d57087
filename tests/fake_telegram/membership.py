"""The users' side, part four: the bot is blocked, added, promoted, kicked, and groups migrate."""

from __future__ import annotations

from .asking import Asking
from .chats import Chat
from .types import Json


class Membership(Asking):
    """What happens to the bot's place in a chat."""

    def blocks(self, user: Json) -> Json:
        """The user stops the bot in their private chat."""
        chat = self.private(user)
        chat.blocked = True
        return self._member_update(chat, user, "member", "kicked")

    def unblocks(self, user: Json) -> Json:
        """The user starts the bot again."""
        chat = self.private(user)
        chat.blocked = False
        return self._member_update(chat, user, "kicked", "member")

    def adds(self, chat: Chat, user: Json, status: str = "member") -> Json:
        """Someone adds the bot to a group or channel."""
        return self._changes(chat, user, status)

    def promotes(self, chat: Chat, user: Json) -> Json:
        """Someone makes the bot an administrator."""
        return self._changes(chat, user, "administrator")

    def kicks(self, chat: Chat, user: Json) -> Json:
        """Someone removes and bans the bot."""
        return self._changes(chat, user, "kicked")

    def removes(self, chat: Chat, user: Json) -> Json:
        """Someone takes the bot out, without a ban."""
        return self._changes(chat, user, "left")

    def migrates(self, chat: Chat) -> tuple[Chat, list[Json]]:
        """A group becomes a supergroup: the new chat and the two service messages."""
        owner = next(iter(chat.members), self.me["id"])
        user = self.users[owner]
        new = self.supergroup(chat.info["title"], bot_status=chat.bot_status)
        new.members = dict(chat.members)
        left = self.happens(chat, user, migrate_to_chat_id=new.id)
        chat.migrated_to = new.id
        came = self.happens(new, user, migrate_from_chat_id=chat.id)
        return new, [left, came]

    def _changes(self, chat: Chat, user: Json, status: str) -> Json:
        before = chat.bot_status
        chat.bot_status = status
        return self._member_update(chat, user, before, status)

    def _member_update(self, chat: Chat, user: Json, before: str, after: str) -> Json:
        old, new = self.member(chat, self.me, before), self.member(chat, self.me, after)
        return self.updates.make(
            "my_chat_member",
            {
                "chat": chat.json(),
                "from": user,
                "date": self.now,
                "old_chat_member": old,
                "new_chat_member": new,
            },
        )
