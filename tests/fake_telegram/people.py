"""The users' side, part one: who there is, and which chats they are in."""

from __future__ import annotations

from typing import Any

from .chats import Chat, Topic
from .types import Json
from .world import World

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
SERVICE_ACCOUNT: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)


class People(World):
    """Users, chats, and the bot's standing in them."""

    def user(
        self,
        first_name: str = "Ada",
        *,
        username: str | None = None,
        language_code: str | None = "en",
        is_bot: bool = False,
        id: int | None = None,  # noqa: A002 - Telegram's own name for it
        **more: Any,
    ) -> Json:
        """A new account, as its JSON."""
        user: Json = {
            "id": id or 500_000_000 + self.new_id(),
            "is_bot": is_bot,
            "first_name": first_name,
            **more,
        }
        if username:
            user["username"] = username
        if language_code:
            user["language_code"] = language_code
        self.users[user["id"]] = user
        return user

    def private(self, user: Json, *, started: bool = True) -> Chat:
        """The chat between this user and the bot; not started: the bot may not write first."""
        chat = self.chats.get(user["id"])
        if chat is None:
            names = ("first_name", "last_name", "username")
            info = {name: user[name] for name in names if name in user}
            chat = Chat(user["id"], "private", info, started=started, is_bot=user["is_bot"])
            chat.members = {user["id"]: "member"}
            self.chats[chat.id] = chat
        return chat

    def group(self, title: str = "Readers", **more: Any) -> Chat:
        """A basic group with the bot in it."""
        return self._add(-4_000_000_000 - self.new_id(), "group", title, **more)

    def supergroup(
        self,
        title: str = "Newsroom",
        *,
        forum: bool = False,
        username: str | None = None,
        **more: Any,
    ) -> Chat:
        """A supergroup with the bot in it; a forum has topics."""
        number = -1_001_000_000_000 - self.new_id()
        chat = self._add(number, "supergroup", title, username, **more)
        chat.is_forum = forum
        return chat

    def channel(
        self, title: str = "Dateline News", *, username: str | None = None, **more: Any
    ) -> Chat:
        """A channel with the bot as an administrator."""
        more.setdefault("bot_status", "administrator")
        number = -1_001_000_000_000 - self.new_id()
        return self._add(number, "channel", title, username, **more)

    def topic(self, chat: Chat, name: str) -> int:
        """A new topic in a forum: its thread id, which is the number of its first message."""
        if not chat.is_forum:
            raise ValueError("only a forum has topics")
        created = {"name": name, "icon_color": 7322096}
        message = self.post(chat, {"from": ANONYMOUS_ADMIN, "forum_topic_created": created})
        message["message_thread_id"] = message.id
        message["is_topic_message"] = True
        chat.topics[message.id] = Topic(message.id, name)
        return message.id

    def joins(self, chat: Chat, user: Json, status: str = "member") -> None:
        """Put a user into a chat ("creator", "administrator", "member", "restricted", ...)."""
        chat.members[user["id"]] = status

    def member(self, chat: Chat, user: Json, status: str | None = None) -> Json:
        """What getChatMember says about a user, by default as things stand now."""
        if status is None:
            own = user["id"] == self.me["id"]
            status = chat.bot_status if own else chat.members.get(user["id"], "left")
        member: Json = {"user": user, "status": status}
        if status == "creator":
            member["is_anonymous"] = False
        elif status == "administrator":
            member |= dict.fromkeys(RIGHTS, True) | {"is_anonymous": False}
            if chat.type == "channel":
                member |= {"can_post_messages": True, "can_edit_messages": True}
        elif status == "restricted":
            member |= dict.fromkeys(PERMISSIONS, False) | {"is_member": True, "until_date": 0}
        elif status == "kicked":
            member["until_date"] = 0
        return member

    def _add(
        self,
        number: int,
        kind: str,
        title: str,
        username: str | None = None,
        *,
        bot_status: str = "member",
        can_send: bool = True,
    ) -> Chat:
        info: Json = {"title": title} | ({"username": username} if username else {})
        chat = Chat(number, kind, info, bot_status=bot_status, can_send=can_send)
        chat.last_message_id = 1  # its creation, which is General's first message in a forum
        self.chats[number] = chat
        return chat
