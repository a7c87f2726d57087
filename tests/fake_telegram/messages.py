"""A message as Telegram stores it: the JSON itself, with handles for assertions."""

from __future__ import annotations

from typing import Any

from .markup import render
from .types import Json


class Message(dict[str, Any]):
    """A message's JSON (a plain dict) that can also be read by attribute."""

    @property
    def id(self) -> int:
        """Its number in its chat."""
        return int(self["message_id"])

    @property
    def text(self) -> str:
        """Its text or caption, empty when it has none."""
        return str(self.get("text", self.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """Its entities, those of the caption when there is no text."""
        return list(self.get("entities", self.get("caption_entities", [])))

    @property
    def markup(self) -> str:
        """Text and entities as one readable string: see `render`."""
        return render(self.text, self.entities)

    @property
    def keyboard(self) -> list[list[Json]]:
        """The rows of its inline keyboard."""
        return list(self.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[Json]:
        """The buttons of its inline keyboard, row after row."""
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [button["text"] for button in self.buttons]

    @property
    def reply_to(self) -> int | None:
        """The number of the message that it answers."""
        replied = self.get("reply_to_message")
        return int(replied["message_id"]) if replied else None

    def without_reply(self) -> Json:
        """The message as it stands inside another: Telegram nests one level only."""
        return {key: value for key, value in self.items() if key != "reply_to_message"}
