"""Turns a RichText into what Telegram takes: a text and entities, both within its limits."""

from urllib.parse import urlsplit

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.richtext import Mark, RichText, Style, shorten, utf16_length

_TYPES = {
    Style.BOLD: MessageEntity.BOLD,
    Style.ITALIC: MessageEntity.ITALIC,
    Style.CODE: MessageEntity.CODE,
    Style.QUOTE: MessageEntity.BLOCKQUOTE,
    Style.LINK: MessageEntity.TEXT_LINK,
}
_IMPORTANCE = (Style.LINK, Style.QUOTE, Style.CODE, Style.ITALIC, Style.BOLD)
"""Which marks are kept where there are more than Telegram shows."""


def to_message(rich: RichText) -> tuple[str, list[MessageEntity]]:
    """Fit a text into one message.

    Returns:
        The text, at most 4,096 UTF-16 units, and at most 100 entities with offsets in those units.
    """
    rich = shorten(rich, MessageLimit.MAX_TEXT_LENGTH)
    marks = sorted(_shown(rich), key=lambda mark: _IMPORTANCE.index(mark.style))
    kept = sorted(marks[: MessageLimit.MESSAGE_ENTITIES], key=lambda mark: (mark.start, -mark.end))
    entities = [
        MessageEntity(
            type=_TYPES[mark.style],
            offset=utf16_length(rich.text[: mark.start]),
            length=utf16_length(rich.text[mark.start : mark.end]),
            url=mark.url,
        )
        for mark in kept
    ]
    return rich.text, entities


def _shown(rich: RichText) -> list[Mark]:
    """Marks without the white space at their ends, which Telegram trims, and links that it takes."""
    shown = []
    for mark in rich.marks:
        if mark.url is not None and not _is_public(mark.url):
            continue
        start, end = mark.start, mark.end
        while start < end and rich.text[start].isspace():
            start += 1
        while end > start and rich.text[end - 1].isspace():
            end -= 1
        if start < end:
            shown.append(Mark(start, end, mark.style, mark.url))
    return shown


def _is_public(url: str) -> bool:
    """Whether Telegram takes it for a link; it refuses a whole message for `http://intranet/news`."""
    return "." in (urlsplit(url).hostname or "")
