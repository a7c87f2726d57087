"""Text and entities written out as one readable line of markup, for assertions."""

from __future__ import annotations

from . import utf16
from .types import Json

PAIRS = {
    "bold": ("**", "**"),
    "italic": ("_", "_"),
    "underline": ("__", "__"),
    "strikethrough": ("~~", "~~"),
    "spoiler": ("||", "||"),
    "code": ("`", "`"),
    "pre": ("```", "```"),
}
QUOTES = {"blockquote": "> ", "expandable_blockquote": ">> "}


def render(text: str, entities: list[Json]) -> str:
    """Write `**bold**`, `[title](url)`, `> quote`, `>> folded quote`, `<date_time:unix>`.

    What Telegram finds by itself (links, mentions, commands, hashtags) stays as plain text.
    """
    openings: dict[int, list[str]] = {}
    closings: dict[int, list[str]] = {}
    quoted: list[tuple[int, int, str]] = []
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] in QUOTES:
            quoted.append((begin, end, QUOTES[entity["type"]]))
            continue
        before, after = _around(entity)
        if before or after:
            openings.setdefault(begin, []).append(before)
            closings.setdefault(end, []).insert(0, after)
    written: list[str] = []
    at = 0
    line_begins = True
    for character in text:
        written += closings.get(at, [])
        if line_begins or any(begin == at for begin, _, _ in quoted):
            written += [mark for begin, end, mark in quoted if begin <= at < end]
        written += openings.get(at, [])
        written.append(character)
        line_begins = character == "\n"
        at += utf16.length(character)
    written += closings.get(at, [])
    return "".join(written)


def _around(entity: Json) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return "[", f"]({entity['url']})"
    if kind == "text_mention":
        return "[", f"](tg://user?id={entity['user']['id']})"
    if kind == "custom_emoji":
        return "<emoji>", "</emoji>"
    if kind == "date_time":
        return f"<date_time:{entity.get('unix_time')}>", "</date_time>"
    return PAIRS.get(kind, ("", ""))
