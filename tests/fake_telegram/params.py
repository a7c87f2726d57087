"""The parameters of one request, read as the Bot API reads them: everything may be a string."""

from __future__ import annotations

import json
from typing import Any

from .errors import bad_request
from .types import Json, Upload


class Params:
    """Typed access to what was sent, remembering which names were asked for."""

    def __init__(self, raw: Json):
        self.raw = raw
        self.asked: set[str] = set()

    def __contains__(self, name: str) -> bool:
        self.asked.add(name)
        return self.raw.get(name) not in (None, "")

    def ignored(self) -> list[str]:
        """Names that were sent and that nobody looked at."""
        return sorted(set(self.raw) - self.asked)

    def text(self, name: str) -> str:
        """A string, empty when missing."""
        self.asked.add(name)
        value = self.raw.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            return json.dumps(value)
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """An integer, the default when missing or not a number (as the Bot API does)."""
        self.asked.add(name)
        try:
            return int(self.raw.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """A boolean: true, True, "true", "yes" and "1" count."""
        self.asked.add(name)
        return str(self.raw.get(name, "")).lower() in {"true", "yes", "1"}

    def json(self, name: str, label: str) -> Any:
        """A JSON-serialised parameter, None when missing."""
        self.asked.add(name)
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {label} JSON object") from None

    def upload(self, name: str) -> Upload | str | None:
        """A file: uploaded in this request (directly or by attach://), or a file id or URL."""
        self.asked.add(name)
        value = self.raw.get(name)
        if isinstance(value, Upload) or value is None:
            return value
        if isinstance(value, str) and value.startswith("attach://"):
            part = value.removeprefix("attach://")
            self.asked.add(part)
            found = self.raw.get(part)
            return found if isinstance(found, Upload) else None
        return str(value)

    def refuse_parse_mode(self, *names: str) -> None:
        """Our bot sends entities, never markup: anything else is a bug worth a loud failure."""
        for name in names or ("parse_mode",):
            if name in self:
                raise bad_request(
                    f"{name} {self.raw[name]!r} refused by fake_telegram: send entities instead"
                )
