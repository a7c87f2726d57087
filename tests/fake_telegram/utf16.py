"""Telegram counts text in UTF-16 code units; Python counts code points."""

from __future__ import annotations


def length(text: str) -> int:
    """How long Telegram says that the text is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def boundaries(text: str) -> set[int]:
    """The UTF-16 offsets at which a character begins, and the end of the text."""
    offsets = {0}
    at = 0
    for character in text:
        at += 2 if ord(character) > 0xFFFF else 1
        offsets.add(at)
    return offsets


def cut(text: str, offset: int, size: int) -> str:
    """The part of the text that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + size) * 2].decode("utf-16-le", "replace")


def offset_of(text: str, index: int) -> int:
    """The UTF-16 offset of Python's index."""
    return length(text[:index])
