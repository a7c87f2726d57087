"""The entities that Telegram finds by itself: commands, mentions, links, hashtags, addresses."""

from __future__ import annotations

import re

from . import utf16
from .types import Json

PATTERNS = (
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+\.[A-Za-z]{2,}\b")),
    (
        "url",
        re.compile(
            r"(?:https?://|\bwww\.)[^\s<>\"]+"
            r"|(?<![\w@./])(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|news|info|ru|de|uk|eu)\b"
            r"(?:[/?#][^\s<>\"]*)?",
            re.IGNORECASE,
        ),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>])/\w{1,64}(?:@\w{3,32})?(?![\w/<>])", re.ASCII)),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{2,31}\b", re.ASCII)),
    ("hashtag", re.compile(r"(?<![\w/])#(?=\w*[^\W\d_])\w{1,256}")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}\b(?!\w)")),
)


def find(text: str) -> list[Json]:
    """Everything in the text that Telegram would make clickable, in order, not overlapping."""
    taken: list[tuple[int, int]] = []
    entities: list[Json] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if kind == "url":
                end = begin + len(match.group().rstrip(".,:;!?)]}'»”"))
            if any(begin < other_end and other_begin < end for other_begin, other_end in taken):
                continue
            taken.append((begin, end))
            offset = utf16.offset_of(text, begin)
            size = utf16.length(text[begin:end])
            entities.append({"type": kind, "offset": offset, "length": size})
    return sorted(entities, key=lambda one: int(one["offset"]))
