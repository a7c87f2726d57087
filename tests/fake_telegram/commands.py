"""The command menus: one for each scope and language."""

from __future__ import annotations

import json
import re

from .errors import bad_request
from .types import Json

NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


class CommandMenus:
    """Menus by scope (as sorted JSON) and language code."""

    def __init__(self) -> None:
        self.menus: dict[tuple[str, str], list[Json]] = {}

    @staticmethod
    def key(scope: Json | None, language: str) -> tuple[str, str]:
        """What a menu is stored under."""
        scope = scope or {"type": "default"}
        if scope.get("type") not in SCOPES:
            raise bad_request("unsupported type specified")
        if language and not re.fullmatch("[a-z]{2}", language):
            raise bad_request("invalid language code specified")
        return json.dumps(scope, sort_keys=True), language

    def set(self, commands: list[Json], scope: Json | None, language: str) -> None:
        """Replace one menu."""
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not NAME.fullmatch(str(command.get("command", "")).lstrip("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.menus[self.key(scope, language)] = [
            {**one, "command": one["command"].lstrip("/")} for one in commands
        ]

    def get(self, scope: Json | None, language: str) -> list[Json]:
        """One menu, empty when never set."""
        return self.menus.get(self.key(scope, language), [])

    def delete(self, scope: Json | None, language: str) -> None:
        """Forget one menu."""
        self.menus.pop(self.key(scope, language), None)
