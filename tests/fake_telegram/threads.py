"""Where a message stands: what it replies to, and in which topic or chain of replies."""

from __future__ import annotations

from .chats import Chat
from .messages import Message


def place(chat: Chat, message: Message, replied: Message | None, topic: int | None) -> None:
    """Give a message its reply and thread, as every message in its chat carries them.

    In a topic, a message that answers nothing carries the topic's first message as its reply; in
    a plain supergroup, a reply carries the chain's first number as its thread, without being a
    topic message.
    """
    if replied is not None:
        if not topic and replied.get("is_topic_message"):
            topic = replied["message_thread_id"]
        message["reply_to_message"] = replied.without_reply()
    if topic:
        message["message_thread_id"] = topic
        message["is_topic_message"] = True
        if "reply_to_message" not in message and topic in chat.messages:
            message["reply_to_message"] = chat.messages[topic].without_reply()
    elif replied is not None and chat.type == "supergroup":
        message["message_thread_id"] = replied.get("message_thread_id", replied.id)


def as_shown(chat: Chat, message: Message) -> Message:
    """The message as an update shows it now: its reply as edited since, or gone when deleted."""
    shown = message.without_reply()
    if message.reply_to in chat.messages:
        shown["reply_to_message"] = chat.messages[message.reply_to].without_reply()
    return Message(shown)
