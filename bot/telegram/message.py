"""Turns a RichText into what Telegram takes: a text and entities, both within its limits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from telegram import MessageEntity
from telegram.constants import MessageEntityDateTimeFormats, MessageLimit

from bot.richtext import Mark, RichText, Style, shorten, utf16_length

MOMENT = MessageEntityDateTimeFormats.SHORT_DATE_SHORT_TIME
"""How a moment is shown to each reader: 26.04.19, 14:05."""

_TYPES = {
    Style.LINK: MessageEntity.TEXT_LINK,
    Style.QUOTE: MessageEntity.BLOCKQUOTE,
    Style.FOLDED: MessageEntity.EXPANDABLE_BLOCKQUOTE,
    Style.TIME: MessageEntity.DATE_TIME,
    Style.CODE: MessageEntity.CODE,
    Style.ITALIC: MessageEntity.ITALIC,
    Style.UNDERLINE: MessageEntity.UNDERLINE,
    Style.BOLD: MessageEntity.BOLD,
}
"""The most important first: those are kept where there are more marks than Telegram shows."""

_IMPORTANCE = {style: place for place, style in enumerate(_TYPES)}

_SCHEMES = frozenset({"http", "https"})

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNKNOWN = "\ufffd"


def to_message(
    rich: RichText, limit: int = MessageLimit.MAX_TEXT_LENGTH
) -> tuple[str, list[MessageEntity]]:
    """Fit a text into one message.

    Args:
        rich: any text.
        limit: how long the message may be, in UTF-16 units; a caption, for one, takes less than a message.

    Returns:
        The text, at most so long, and at most 100 entities with offsets in UTF-16 units.
    """
    rich = shorten(_encodable(rich), limit)
    marks = _most_important(list(_shown(rich)))
    offsets = _offsets(rich.text, marks)
    return rich.text, [_entity(mark, offsets) for mark in marks]


def _encodable(rich: RichText) -> RichText:
    """Without halves of characters, which JSON can hold and Telegram refuses."""
    try:
        rich.text.encode("utf-16-le")
    except UnicodeEncodeError:
        return RichText(_LONE_SURROGATE.sub(_UNKNOWN, rich.text), rich.marks)
    return rich


def _most_important(marks: Sequence[Mark]) -> Sequence[Mark]:
    if len(marks) <= MessageLimit.MESSAGE_ENTITIES:
        return marks
    ranked = sorted(range(len(marks)), key=lambda place: _IMPORTANCE[marks[place].style])
    return [marks[place] for place in sorted(ranked[: MessageLimit.MESSAGE_ENTITIES])]


def _offsets(text: str, marks: Iterable[Mark]) -> dict[int, int]:
    """UTF-16 offsets of the places where marks begin or end."""
    offsets, before, units = {}, 0, 0
    for place in sorted({place for mark in marks for place in (mark.start, mark.end)}):
        units += utf16_length(text[before:place])
        offsets[place] = units
        before = place
    return offsets


def _entity(mark: Mark, offsets: dict[int, int]) -> MessageEntity:
    offset = offsets[mark.start]
    return MessageEntity(
        type=_TYPES[mark.style],
        offset=offset,
        length=offsets[mark.end] - offset,
        url=mark.url,
        unix_time=mark.at,
        date_time_format=None if mark.at is None else MOMENT,
    )


def _shown(rich: RichText) -> Iterator[Mark]:
    """Marks that Telegram takes, without the white space at their ends, which it trims."""
    text = rich.text
    for mark in rich.marks:
        if not _is_taken(mark):
            continue
        start, end = mark.start, mark.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if (start, end) == (mark.start, mark.end):
            yield mark
        elif start < end:
            yield replace(mark, start=start, end=end)


def _is_taken(mark: Mark) -> bool:
    if mark.style is Style.LINK:
        return mark.url is not None and _is_public(mark.url)
    return mark.style is not Style.TIME or mark.at is not None


def _is_public(url: str) -> bool:
    """Whether Telegram takes it for a link; it refuses a whole message for `http://intranet/news`."""
    if " " in url or not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and "." in (parts.hostname or "")
