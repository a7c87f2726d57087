"""sendMessage, sendDocument, sendChatAction and the other ways to say something in a chat."""

from __future__ import annotations

import hashlib

from telegram.constants import ChatAction

from . import formatted, keyboards, utf16
from .chats import Chat
from .errors import bad_request
from .messages import Message
from .methods import method
from .params import Params
from .threads import place
from .types import Json, Upload
from .world import World

ACTIONS = frozenset(ChatAction)


@method("sendMessage")
def send_message(world: World, params: Params) -> Message:
    """A text message."""
    params.refuse_parse_mode()
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    chat = world.chat(params.text("chat_id"))
    chat.check_sending()
    content = checked_text(world, params, text)
    return deliver(world, chat, params, content)


@method("sendDocument")
def send_document(world: World, params: Params) -> Message:
    """A file, with an optional caption."""
    params.refuse_parse_mode()
    chat = world.chat(params.text("chat_id"))
    chat.check_sending()
    document = params.upload("document")
    if isinstance(document, Upload):
        if not document.content:
            raise bad_request("file must be non-empty")
        file = store(world, document)
    elif document in world.files:
        file = file_json(world, str(document), "file")
    else:
        raise bad_request("wrong file identifier/HTTP URL specified")
    caption, entities = formatted.clean(
        params.text("caption"), params.json("caption_entities", "entities"), world.warn
    )
    if utf16.length(caption) > formatted.CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: Json = {"document": file}
    if caption:
        content["caption"] = caption
    if entities:
        content["caption_entities"] = entities
    return deliver(world, chat, params, content)


@method("sendChatAction")
def send_chat_action(world: World, params: Params) -> bool:
    """The "typing" line at the top of a chat; it spends the same budgets as a message."""
    chat = world.chat(params.text("chat_id"))
    chat.check_sending()
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.check_thread(params.integer("message_thread_id"))
    world.floods.spend(chat)
    chat.last_action = action
    return True


def checked_text(world: World, params: Params, text: str) -> Json:
    """Text, entities and link preview as a message keeps them."""
    cleaned, entities = formatted.clean(text, params.json("entities", "entities"), world.warn)
    if not cleaned:
        raise bad_request("text must be non-empty")
    if utf16.length(cleaned) > formatted.TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": cleaned}
    if entities:
        content["entities"] = entities
    preview = params.json("link_preview_options", "link preview options")
    if preview:
        content["link_preview_options"] = preview
    return content


def deliver(world: World, chat: Chat, params: Params, content: Json) -> Message:
    """What every way of sending shares: topic, reply, buttons, notification, budgets."""
    thread = params.integer("message_thread_id")
    chat.check_thread(thread)
    keyboard = keyboards.check(params.json("reply_markup", "reply keyboard markup"), world.warn)
    replied = _replied(chat, params)
    silent = params.flag("disable_notification")
    protected = params.flag("protect_content")
    world.floods.spend(chat)
    head: Json = {} if chat.type == "channel" else {"from": world.me}
    if chat.type == "channel":
        head["sender_chat"] = chat.json()
    message = world.post(chat, {**head, **content})
    place(chat, message, replied, thread)
    if keyboard:
        message["reply_markup"] = keyboard
    if protected:
        message["has_protected_content"] = True
    world.own.add((chat.id, message.id))
    if silent:
        world.silent.add((chat.id, message.id))
    return message


def _replied(chat: Chat, params: Params) -> Message | None:
    reply = params.json("reply_parameters", "reply parameters")
    number = params.integer("reply_to_message_id")
    allowed = params.flag("allow_sending_without_reply")
    if reply is None and not number:
        return None
    reply = reply or {"message_id": number, "allow_sending_without_reply": allowed}
    if reply.get("chat_id") not in {None, chat.id, str(chat.id)}:
        raise bad_request("chat not found")
    message = chat.messages.get(int(reply.get("message_id", 0)))
    if message is None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    quote = reply.get("quote")
    if quote and quote not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return message


def store(world: World, upload: Upload) -> Json:
    """Keep an uploaded file and describe it."""
    number = f"BQACAgIAAx{hashlib.sha256(upload.content).hexdigest()[:24]}{len(world.files)}"
    world.files[number] = upload.content
    return file_json(world, number, upload.name, upload.mime)


def file_json(
    world: World, number: str, name: str, mime: str = "application/octet-stream"
) -> Json:
    """A Document as Telegram describes it."""
    return {
        "file_id": number,
        "file_unique_id": f"u{number[-12:]}",
        "file_name": name,
        "mime_type": mime,
        "file_size": len(world.files[number]),
    }
