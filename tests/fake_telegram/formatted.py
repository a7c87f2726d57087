"""Text and entities as the bot sent them -> as Telegram keeps them, or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from . import found, nesting, utf16
from .errors import bad_request
from .types import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ENTITY_LIMIT = 100
RAW_BYTES = 32768
FOUND_BY_TELEGRAM = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
}
DROPPED = {"\r", *map(chr, range(0x2028, 0x202F)), "\u0333", "\u033f", "\u030a"}
BLANK = " \n"
INVISIBLE = {
    *map(chr, range(0x2000, 0x2010)),
    *"\u00a0\u00ad\u1680\u180e\u202f\u205f\u2060\u2800\u3000\ufeff\ufffc",
}


def clean(
    text: str, raw_entities: object, warn: Callable[[str], None] = lambda _: None
) -> tuple[str, list[Json]]:
    """Check the entities, trim the text, move the entities along, add what Telegram finds.

    The text comes back empty when nothing but whitespace was there.
    """
    if len(text.encode()) > RAW_BYTES:
        raise bad_request("text is too long")
    entities = _parse(raw_entities, warn)
    _check_bounds(text, entities)
    entities = nesting.untangle([one for one in entities if one["length"]], warn)
    text, entities = _without_control_characters(text, entities)
    text, entities = _trimmed(text, entities)
    if not set(text) - INVISIBLE - set(BLANK):
        return "", []
    if len(entities) > ENTITY_LIMIT:
        warn(f"{len(entities)} entities, only the first {ENTITY_LIMIT} are kept")
        entities = entities[:ENTITY_LIMIT]
    return text, nesting.with_found(entities, found.find(text))


def _parse(raw: object, warn: Callable[[str], None]) -> list[Json]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        warn("entities that are no JSON array are ignored")
        return []
    entities: list[Json] = []
    for one in raw:
        if not isinstance(one, dict):
            raise _unparsed("expected an Object")
        for name in ("type", "offset", "length"):
            if name not in one:
                raise _unparsed(f'can\'t find field "{name}"')
        kind = one["type"]
        if kind in FOUND_BY_TELEGRAM:
            warn(f"an entity of type {kind} is ignored: Telegram finds these by itself")
            continue
        _check_kind(one)
        entities.append(dict(one))
    return entities


def _check_kind(entity: Json) -> None:
    kind = entity["type"]
    if kind == "text_link":
        _check_url(str(entity.get("url", "")))
    elif kind == "text_mention":
        if "id" not in entity.get("user", {}):
            raise _unparsed('can\'t find field "user"')
    elif kind == "custom_emoji":
        if not entity.get("custom_emoji_id"):
            raise _unparsed("invalid custom emoji identifier specified")
    elif kind == "date_time":
        if not isinstance(entity.get("unix_time"), int):
            raise _unparsed('can\'t find field "unix_time"')
    elif kind not in nesting.KINDS:
        raise _unparsed("unsupported type specified")


def _check_url(url: str) -> None:
    if not url:
        raise _unparsed('can\'t find field "url"')
    parts = urlsplit(url if "://" in url or url.startswith("tg:") else f"http://{url}")
    bad_host = parts.scheme in {"http", "https"} and "." not in (parts.hostname or "")
    if parts.scheme not in {"http", "https", "tg", "ton"} or bad_host or " " in url:
        raise bad_request(f"entity URL '{url}' is invalid: wrong HTTP URL specified")


def _unparsed(why: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {why}")


def _check_bounds(text: str, entities: list[Json]) -> None:
    edges = utf16.boundaries(text)
    total = utf16.length(text)
    for one in entities:
        begin, size = one["offset"], one["length"]
        if not isinstance(begin, int) or not 0 <= begin <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect offset {begin}")
        if not isinstance(size, int) or not 0 <= size <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect length {size}")
        if not size:
            continue
        end = begin + size
        if begin >= total:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
        if end > total:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begin} ends after the end of the text at "
                f"UTF-16 offset {end}"
            )
        if begin not in edges:
            at = _byte_after(text, begin)
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {at}")
        if end not in edges:
            raise bad_request(
                f"entity beginning at UTF-16 offset {begin} ends in a middle of a UTF-16 symbol "
                f"at byte offset {_byte_after(text, end)}"
            )


def _byte_after(text: str, offset: int) -> int:
    return len(utf16.cut(text, 0, offset + 1).encode())


def _without_control_characters(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    moved = {0: 0}
    kept: list[str] = []
    before = after = 0
    for character in text:
        size = utf16.length(character)
        before += size
        if character not in DROPPED:
            blank = character < " " and character != "\n"
            kept.append(" " if blank else character)
            after += size
        moved[before] = after
    for one in entities:
        end = moved[one["offset"] + one["length"]]
        one["offset"] = moved[one["offset"]]
        one["length"] = end - one["offset"]
    return "".join(kept), entities


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    kept: list[Json] = []
    text = text.rstrip(BLANK)
    total = utf16.length(text)
    for one in entities:
        end = min(one["offset"] + one["length"], total)
        covered = utf16.cut(text, one["offset"], max(0, end - one["offset"]))
        blanks = len(covered) - len(covered.lstrip(BLANK))
        if covered.strip(BLANK):
            begin = one["offset"] + blanks
            kept.append({**one, "offset": begin, "length": end - begin})
    kept.sort(key=lambda one: (one["offset"], -one["length"]))
    first = kept[0]["offset"] if kept else total
    blanks = min(len(text) - len(text.lstrip(BLANK)), first)
    return text[blanks:], [{**one, "offset": one["offset"] - blanks} for one in kept]
