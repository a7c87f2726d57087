"""The bot about itself: getMe, command menus, descriptions, files, logging out."""

from __future__ import annotations

from .errors import bad_request
from .methods import method
from .params import Params
from .types import Json
from .world import World


@method("getMe")
def get_me(world: World, params: Params) -> Json:
    """The bot's own user."""
    return {
        **world.me,
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        **world.abilities,
    }


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    """One command menu."""
    commands = params.json("commands", "bot commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    world.menus.set(commands, params.json("scope", "scope"), params.text("language_code"))
    return True


@method("getMyCommands")
def get_my_commands(world: World, params: Params) -> list[Json]:
    """One command menu, exactly this scope and language."""
    return world.menus.get(params.json("scope", "scope"), params.text("language_code"))


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    """Forget one command menu."""
    world.menus.delete(params.json("scope", "scope"), params.text("language_code"))
    return True


def _describe(world: World, params: Params, name: str, limit: int) -> bool:
    text = params.text(name)
    if len(text) > limit:
        raise bad_request(f"BOT_{name.upper()}_INVALID")
    world.descriptions[name, params.text("language_code")] = text
    return True


@method("setMyName")
def set_my_name(world: World, params: Params) -> bool:
    """The bot's name in one language."""
    return _describe(world, params, "name", 64)


@method("setMyDescription")
def set_my_description(world: World, params: Params) -> bool:
    """The text in an empty chat with the bot."""
    return _describe(world, params, "description", 512)


@method("setMyShortDescription")
def set_my_short_description(world: World, params: Params) -> bool:
    """The text on the bot's profile."""
    return _describe(world, params, "short_description", 120)


@method("getMyName")
def get_my_name(world: World, params: Params) -> Json:
    """The bot's name in one language."""
    set_name = world.descriptions.get(("name", params.text("language_code")))
    return {"name": set_name or world.me["first_name"]}


@method("getMyDescription")
def get_my_description(world: World, params: Params) -> Json:
    """The description in one language."""
    key = ("description", params.text("language_code"))
    return {"description": world.descriptions.get(key, "")}


@method("getMyShortDescription")
def get_my_short_description(world: World, params: Params) -> Json:
    """The short description in one language."""
    key = ("short_description", params.text("language_code"))
    return {"short_description": world.descriptions.get(key, "")}


@method("getFile")
def get_file(world: World, params: Params) -> Json:
    """Where a file can be fetched for an hour; 20 MB at most."""
    number = params.text("file_id")
    content = world.files.get(number)
    if content is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(content) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    return {
        "file_id": number,
        "file_unique_id": f"u{number[-12:]}",
        "file_size": len(content),
        "file_path": f"documents/{number}",
    }


@method("logOut")
def log_out(world: World, params: Params) -> bool:
    """Leave the cloud for a local server."""
    return True


@method("close")
def close(world: World, params: Params) -> bool:
    """Close the bot on this server."""
    return True
