"""getChat, getChatMember, getChatAdministrators, leaveChat."""

from __future__ import annotations

from typing import cast

from .errors import bad_request, forbidden
from .methods import method
from .params import Params
from .people import People
from .types import Json
from .world import World


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    """Everything about a chat."""
    chat = world.chat(params.text("chat_id"))
    chat.check_reading()
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Json:
    """One user's standing in a chat."""
    chat = world.chat(params.text("chat_id"))
    chat.check_reading()
    user = world.users.get(params.integer("user_id"))
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return cast("People", world).member(chat, user)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """The owner and the administrators, bots left out."""
    chat = world.chat(params.text("chat_id"))
    chat.check_reading()
    if not chat.is_group and chat.type != "channel":
        raise bad_request("there are no administrators in the private chat")
    people = cast("People", world)
    members = [people.member(chat, world.users[number]) for number in chat.members]
    return [one for one in members if one["status"] in {"creator", "administrator"}]


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    """The bot goes away by itself."""
    chat = world.chat(params.text("chat_id"))
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if chat.bot_status in {"left", "kicked"}:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    chat.bot_status = "left"
    return True
