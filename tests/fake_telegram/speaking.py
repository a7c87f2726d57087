"""The users' side, part two: messages, edits and posts, as raw updates for the bot."""

from __future__ import annotations

from typing import Any

from . import found, utf16
from .chats import GENERAL, Chat
from .messages import Message
from .people import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE_ACCOUNT, People
from .sending import store
from .threads import as_shown, place
from .types import Json, Upload

EMPTY_MEDIA: dict[str, Any] = {
    "photo": [
        {
            "file_id": "AgACAgIAAxkBfakephoto",
            "file_unique_id": "AQADfakephoto",
            "width": 1280,
            "height": 720,
            "file_size": 90_000,
        }
    ],
    "sticker": {
        "file_id": "CAACAgIAAxkBfakesticker",
        "file_unique_id": "AgADfakesticker",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "📰",
    },
    "document": {
        "file_id": "BQACAgIAAxkBfakedocument",
        "file_unique_id": "AgADfakedocument",
        "file_name": "notes.pdf",
        "mime_type": "application/pdf",
        "file_size": 12_345,
    },
    "voice": {
        "file_id": "AwACAgIAAxkBfakevoice",
        "file_unique_id": "AgADfakevoice",
        "duration": 3,
        "mime_type": "audio/ogg",
        "file_size": 9_000,
    },
    "location": {"latitude": 43.115, "longitude": 131.885},
}


class Speaking(People):
    """What users and channels say."""

    def says(
        self,
        chat: Chat,
        user: Json | None,
        text: str,
        *,
        entities: list[Json] | None = None,
        reply_to: Json | None = None,
        quote: str | None = None,
        topic: int | None = None,
        via_bot: Json | None = None,
        sender_chat: Chat | None = None,
        anonymous: bool = False,
        forwarded_from: Json | None = None,
        date: int | None = None,
        **more: Any,
    ) -> Json:
        """A user writes a text: the update that the bot gets.

        Args:
            entities: Formatting by the user; commands, mentions and links are added.
            reply_to: The message it answers.
            quote: The part of that message it quotes.
            topic: The thread id in a forum; None is General.
            via_bot: The inline bot that the message was sent through.
            sender_chat: The channel in whose name it was sent; the user is then replaced, by
                Telegram's own account for `is_automatic_forward=True` (a discussion group).
            anonymous: Sent by an anonymous admin, in the group's own name.
            forwarded_from: The user that it was forwarded from.
            date: Unix seconds, now when left out.
        """
        content: Json = {"text": text, **more}
        marks = sorted([*(entities or []), *found.find(text)], key=lambda one: one["offset"])
        if marks:
            content["entities"] = marks
        if date is not None:
            content["date"] = date
        if via_bot is not None:
            content["via_bot"] = via_bot
        if forwarded_from is not None:
            origin = {"type": "user", "date": self.now, "sender_user": forwarded_from}
            content["forward_origin"] = origin
        if anonymous:
            user, sender_chat = ANONYMOUS_ADMIN, chat
        elif sender_chat is not None:
            user = SERVICE_ACCOUNT if more.get("is_automatic_forward") else CHANNEL_BOT
        if user is None:
            raise ValueError("who says it? Give a user, a sender_chat or anonymous=True")
        if sender_chat is not None:
            content["sender_chat"] = sender_chat.json()
        if quote is not None and reply_to is not None:
            position = utf16.offset_of(reply_to["text"], reply_to["text"].index(quote))
            content["quote"] = {"text": quote, "position": position, "is_manual": True}
        return self._arrives(chat, user, content, reply_to, topic)

    def sends(
        self,
        chat: Chat,
        user: Json,
        media: str,
        *,
        caption: str | None = None,
        reply_to: Json | None = None,
        topic: int | None = None,
    ) -> Json:
        """A user sends a photo, sticker, document, voice or location, without a text."""
        content: Json = {media: EMPTY_MEDIA[media]}
        if caption:
            content["caption"] = caption
            marks = found.find(caption)
            if marks:
                content["caption_entities"] = marks
        return self._arrives(chat, user, content, reply_to, topic)

    def hands(
        self,
        chat: Chat,
        user: Json,
        name: str | None,
        content: bytes,
        *,
        caption: str | None = None,
        album: str | None = None,
        reply_to: Json | None = None,
    ) -> Json:
        """A user sends a file of their own, which the bot can fetch; one of an album, if that has a name."""
        document = store(self, Upload(name or "", content))
        if name is None:
            del document["file_name"]
        more: Json = {"document": document}
        if album is not None:
            more["media_group_id"] = album
        if caption:
            more["caption"] = caption
            more["caption_entities"] = found.find(caption)
        return self._arrives(chat, user, more, reply_to, None)

    def posts(self, channel: Chat, text: str, *, signature: str | None = None) -> Json:
        """A channel posts a text: a channel_post, which has no user."""
        content: Json = {"sender_chat": channel.json(), "text": text}
        if signature:
            content["author_signature"] = signature
        marks = found.find(text)
        if marks:
            content["entities"] = marks
        message = self.post(channel, content)
        return self.updates.make("channel_post", message, seen=self._is_there(channel))

    def edits(self, message: Json, text: str) -> Json:
        """The author changes a message: an edited_message or edited_channel_post."""
        chat = self.chat(message["chat"]["id"])
        stored = chat.messages[message["message_id"]]
        stored["text"] = text
        stored["edit_date"] = self.now
        stored.pop("entities", None)
        marks = found.find(text)
        if marks:
            stored["entities"] = marks
        channel = chat.type == "channel"
        kind = "edited_channel_post" if channel else "edited_message"
        shown = as_shown(chat, stored)
        return self.updates.make(kind, shown, seen=self.bot_sees(chat, stored))

    def deletes(self, message: Json) -> None:
        """Someone deletes a message: no bot is told."""
        del self.chat(message["chat"]["id"]).messages[message["message_id"]]

    def happens(self, chat: Chat, user: Json, **service: Any) -> Json:
        """A service message (new_chat_members=[...], pinned_message=..., ...)."""
        return self._arrives(chat, user, service, None, None)

    def bot_sees(self, chat: Chat, message: Message) -> bool:
        """Whether Telegram shows this to the bot: its membership, and its privacy mode."""
        if not self._is_there(chat):
            return False
        author = message.get("from", {})
        if author.get("is_bot") and author not in (ANONYMOUS_ADMIN, CHANNEL_BOT):
            return False
        if not (self.privacy and chat.is_group) or chat.bot_status == "administrator":
            return True
        if "text" not in message and not {"caption", *EMPTY_MEDIA} & set(message):
            return True
        me = self.me["id"]
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        return me in {replied, message.get("via_bot", {}).get("id")} or self._commanded(message)

    def _commanded(self, message: Message) -> bool:
        first = message.entities[0] if message.entities else {}
        if first.get("type") != "bot_command" or first["offset"]:
            return False
        _, _, target = utf16.cut(message.text, 0, first["length"]).partition("@")
        return not target or target.lower() == self.me["username"].lower()

    def _is_there(self, chat: Chat) -> bool:
        gone = chat.blocked or chat.bot_status in {"left", "kicked"}
        return not gone and chat.migrated_to is None

    def _arrives(
        self, chat: Chat, user: Json, content: Json, reply_to: Json | None, topic: int | None
    ) -> Json:
        if chat.type == "private":
            chat.started = True
            chat.blocked = False
        message = self.post(chat, {"from": user, **content})
        replied = chat.messages.get(reply_to["message_id"]) if reply_to else None
        place(chat, message, replied, None if topic == GENERAL else topic)
        return self.updates.make("message", message, seen=self.bot_sees(chat, message))
