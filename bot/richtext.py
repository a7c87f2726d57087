"""Text with styles, independent of where it is shown; Python's character offsets throughout."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto


class Style(Enum):
    """What a stretch of text looks like."""

    BOLD = auto()
    ITALIC = auto()
    CODE = auto()
    QUOTE = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A style on `text[start:end]`; `url` for links."""

    start: int
    end: int
    style: Style
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and its marks, in order of their start; an outer mark stands before those inside it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Writer:
    """Builds a `RichText` piece by piece."""

    _pieces: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _length: int = 0

    @property
    def position(self) -> int:
        """Characters written so far."""
        return self._length

    def write(self, text: str, *styles: Style, url: str | None = None) -> None:
        """Append a text in some styles, and as a link where `url` is given."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        if url is not None:
            self.mark(start, Style.LINK, url)
        for style in styles:
            self.mark(start, style)

    def mark(self, start: int, style: Style, url: str | None = None) -> None:
        """Style all that was written since `start`."""
        if start < self._length:
            self._marks.append(Mark(start, self._length, style, url))

    def finish(self) -> RichText:
        """What was written."""
        ordered = sorted(self._marks, key=lambda mark: (mark.start, -mark.end))
        return RichText("".join(self._pieces), tuple(ordered))


def plain(text: str) -> RichText:
    """A text without any style."""
    return RichText(text)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_prefix(text: str, units: int) -> int:
    """How many characters at the head of a text fit into so many UTF-16 units."""
    if len(text) * 2 <= units:
        return len(text)
    used = 0
    for position, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > units:
            return position
    return len(text)


ELLIPSIS = " …"


def shorten(rich: RichText, units: int) -> RichText:
    """Cut a text, and its marks with it, to so many UTF-16 units.

    The cut falls at a space where there is one, never inside what a reader sees as one character.
    """
    if utf16_length(rich.text) <= units:
        return rich
    end = utf16_prefix(rich.text, units - len(ELLIPSIS))
    space = rich.text.rfind(" ", end // 2, end + 1)
    end = space if space > 0 else _cluster_start(rich.text, end)
    marks = [
        Mark(mark.start, min(mark.end, end), mark.style, mark.url)
        for mark in rich.marks
        if mark.start < end
    ]
    return RichText(rich.text[:end] + ELLIPSIS, _over_ellipsis(marks, end))


def _over_ellipsis(marks: Sequence[Mark], end: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(mark.start, end + len(ELLIPSIS), mark.style, mark.url)
        if mark.end == end and mark.style is Style.QUOTE
        else mark
        for mark in marks
    )


_JOINER = "\u200d"

_CONTINUING = (
    ("\U0001f3fb", "\U0001f3ff"),  # skin tones
    ("\U000e0020", "\U000e007f"),  # the tags that make a flag England's
    ("\u1160", "\u11ff"),  # vowels and ends of Korean syllables
    ("\u0e33", "\u0e33"),  # a Thai vowel that is no mark, and its like in Lao
    ("\u0eb3", "\u0eb3"),
)


def _cluster_start(text: str, position: int) -> int:
    """Where the character that a reader sees at a position begins."""
    while 0 < position < len(text) and _continues(text, position):
        position -= 1
    return position


def _continues(text: str, position: int) -> bool:
    """Whether a code point is part of the character that began before it."""
    here, before = text[position], text[position - 1]
    if _is_flag_letter(here):
        # Flags are pairs of letters, so a second letter has an odd number of them before it.
        run = next(
            (n for n in range(position) if not _is_flag_letter(text[position - 1 - n])), position
        )
        return run % 2 == 1
    return (
        unicodedata.category(here)[0] == "M"
        or _JOINER in (here, before)
        or any(first <= here <= last for first, last in _CONTINUING)
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
