"""Which entities may stand inside or across which others, and what Telegram does about it."""

from __future__ import annotations

from collections.abc import Callable

from .types import Json

SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}
QUOTES = {"blockquote", "expandable_blockquote"}
PRE = {"code", "pre"}
CONTINUOUS = PRE | {"text_link", "text_mention", "custom_emoji", "date_time"}
KINDS = SPLITTABLE | QUOTES | CONTINUOUS


def untangle(entities: list[Json], warn: Callable[[str], None]) -> list[Json]:
    """Drop and split what cannot stand together, silently towards the bot, as Telegram does."""
    ordered = _sorted(entities)
    quotes = _apart([one for one in ordered if one["type"] in QUOTES], warn)
    solid = _apart([one for one in ordered if one["type"] in CONTINUOUS], warn)
    solid = [one for one in solid if not _breaks_quote(one, quotes, warn)]
    soft: list[Json] = []
    for kind in sorted(SPLITTABLE):
        soft += _merged([one for one in ordered if one["type"] == kind], warn)
    soft = [one for one in soft if not _inside_pre(one, solid, warn)]
    return _split(_sorted(quotes + solid + soft), warn)


def with_found(entities: list[Json], found: list[Json]) -> list[Json]:
    """Add what Telegram found in the text wherever no link, code or mention already stands."""
    taken = [one for one in entities if one["type"] in CONTINUOUS]
    quotes = [one for one in entities if one["type"] in QUOTES]
    added = [
        one
        for one in found
        if not any(_overlap(one, other) for other in taken)
        and not any(_overlap(one, quote) and not _within(one, quote) for quote in quotes)
    ]
    return _sorted(entities + added)


def _sorted(entities: list[Json]) -> list[Json]:
    return sorted(entities, key=lambda one: (one["offset"], -one["length"], one["type"]))


def _end(entity: Json) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _within(inner: Json, outer: Json) -> bool:
    return bool(outer["offset"] <= inner["offset"] and _end(inner) <= _end(outer))


def _apart(entities: list[Json], warn: Callable[[str], None]) -> list[Json]:
    kept: list[Json] = []
    for one in entities:
        if kept and one["offset"] < _end(kept[-1]):
            warn(f"{one['type']} inside or across {kept[-1]['type']} is dropped")
        else:
            kept.append(one)
    return kept


def _breaks_quote(one: Json, quotes: list[Json], warn: Callable[[str], None]) -> bool:
    for quote in quotes:
        if _overlap(one, quote) and not _within(one, quote):
            warn(f"{one['type']} across {quote['type']} is dropped")
            return True
    return False


def _inside_pre(one: Json, solid: list[Json], warn: Callable[[str], None]) -> bool:
    for other in solid:
        if other["type"] in PRE and _within(one, other):
            warn(f"{one['type']} inside {other['type']} is dropped")
            return True
    return False


def _merged(entities: list[Json], warn: Callable[[str], None]) -> list[Json]:
    kept: list[Json] = []
    for one in entities:
        if kept and one["offset"] < _end(kept[-1]):
            warn(f"overlapping {one['type']} entities are merged")
            kept[-1]["length"] = max(_end(kept[-1]), _end(one)) - kept[-1]["offset"]
        else:
            kept.append(dict(one))
    return kept


def _split(entities: list[Json], warn: Callable[[str], None]) -> list[Json]:
    for one in entities:
        if one["type"] not in SPLITTABLE:
            continue
        for other in entities:
            for edge in (other["offset"], _end(other)):
                crosses = _overlap(one, other) and not (_within(one, other) or _within(other, one))
                if crosses and one["offset"] < edge < _end(one):
                    warn(f"{one['type']} across {other['type']} is split")
                    rest = [left for left in entities if left is not one]
                    head = {**one, "length": edge - one["offset"]}
                    tail = {**one, "offset": edge, "length": _end(one) - edge}
                    return _split(_sorted([*rest, head, tail]), warn)
    return entities
