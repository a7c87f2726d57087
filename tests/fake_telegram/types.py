"""The few types that every other file here speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Clock = Callable[[], float]


class FakeClock:
    """Unix seconds that pass only when told to."""

    def __init__(self, now: float = 1_790_000_000.0):
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives in a multipart body."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass(slots=True)
class Call:
    """One request of the bot: what it asked and what it was told."""

    method: str
    params: Json
    at: float
    status: int = 0
    result: Any = None
    error: str | None = None
    ignored: list[str] = field(default_factory=list)
    """Names of parameters that the method did not look at, as Telegram ignores them silently."""
