"""The table of Bot API methods; each file beside this one puts its own into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .params import Params

if TYPE_CHECKING:
    from .world import World

Method = Callable[["World", Params], Any]
METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register the function that answers a method; the Bot API ignores the name's case."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register
