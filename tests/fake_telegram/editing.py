"""editMessageText, editMessageReplyMarkup, deleteMessage, setMessageReaction."""

from __future__ import annotations

from telegram.constants import ReactionEmoji

from . import keyboards
from .chats import Chat
from .errors import NOT_MODIFIED, bad_request
from .messages import Message
from .methods import method
from .params import Params
from .sending import checked_text
from .types import Json
from .world import World

DELETABLE_FOR = 48 * 3600
REACTIONS = frozenset(ReactionEmoji)
CONTENT = ("text", "entities", "link_preview_options", "reply_markup")


@method("editMessageText")
def edit_message_text(world: World, params: Params) -> Message | bool:
    """New text, entities and buttons; what is left out goes away."""
    params.refuse_parse_mode()
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    message, answer = _target(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = checked_text(world, params, text)
    return _change(world, params, message, content) and answer


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, params: Params) -> Message | bool:
    """New buttons under the same content."""
    message, answer = _target(world, params)
    content = {key: message[key] for key in CONTENT if key in message}
    return _change(world, params, message, content) and answer


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    """Remove a message: the bot's own of the last 48 hours, or any where it is an admin."""
    chat = world.chat(params.text("chat_id"))
    chat.check_editing()
    number = params.integer("message_id")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    own = (chat.id, number) in world.own
    admin = chat.bot_status == "administrator"
    too_old = world.now - message["date"] > DELETABLE_FOR and not admin
    if too_old or not (own or admin or chat.type == "private"):
        raise bad_request("message can't be deleted")
    del chat.messages[number]
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, params: Params) -> bool:
    """One emoji from the bot on a message, or none."""
    chat = world.chat(params.text("chat_id"))
    chat.check_editing()
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    params.flag("is_big")
    reactions: list[Json] = params.json("reaction", "reaction types") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for one in reactions:
        if one.get("type") == "emoji" and one.get("emoji") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    world.reactions[chat.id, message.id] = [one.get("emoji", "") for one in reactions]
    return True


def _target(world: World, params: Params) -> tuple[Message, Message | bool]:
    """The message to edit, and what Telegram answers with when that went well."""
    inline = params.text("inline_message_id")
    if inline:
        found = world.inline_messages.get(inline)
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return found, True
    chat = world.chat(params.text("chat_id"))
    chat.check_editing()
    number = params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to edit not found")
    if chat.migrated_to is not None or not _may_edit(world, chat, number):
        raise bad_request("message can't be edited")
    return message, message


def _may_edit(world: World, chat: Chat, number: int) -> bool:
    own = (chat.id, number) in world.own
    return own or (chat.type == "channel" and chat.bot_status == "administrator")


def _change(world: World, params: Params, message: Message, content: Json) -> bool:
    content.pop("reply_markup", None)
    keyboard = keyboards.check(params.json("reply_markup", "reply keyboard markup"), world.warn)
    if keyboard:
        content["reply_markup"] = keyboard
    if content == {key: message[key] for key in CONTENT if key in message}:
        raise bad_request(NOT_MODIFIED)
    if message["chat"]["id"] in world.chats:
        world.floods.spend(world.chats[message["chat"]["id"]])
    for key in CONTENT:
        message.pop(key, None)
    message.update(content)
    message["edit_date"] = world.now
    return True
