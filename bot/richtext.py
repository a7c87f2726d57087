"""Text with styles, independent of where it is shown; Python's character offsets throughout."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto

from bot.graphemes import grapheme_start


class Style(Enum):
    """What a stretch of text looks like."""

    BOLD = auto()
    ITALIC = auto()
    UNDERLINE = auto()
    CODE = auto()
    QUOTE = auto()
    FOLDED = auto()
    """A quote of which the first lines are shown, and the rest at a touch."""
    LINK = auto()
    TIME = auto()
    """A moment, shown as each reader's own time; the text is for where that isn't known."""


QUOTES = frozenset({Style.QUOTE, Style.FOLDED})
"""Blocks of lines. Neither may stand in the other; everything else may stand in them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A style on `text[start:end]`.

    Args:
        start: where it begins, in code points.
        end: where it ends.
        style: what it looks like.
        url: for `Style.LINK`, where it leads.
        at: for `Style.TIME`, the moment, in UTC.
    """

    start: int
    end: int
    style: Style
    url: str | None = None
    at: datetime | None = None


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

    def write(
        self, text: str, *styles: Style, url: str | None = None, at: datetime | None = None
    ) -> None:
        """Append a text in some styles, as a link where `url` is given, as a moment where `at` is."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        if url is not None:
            self.mark(start, Style.LINK, url)
        if at is not None:
            self.mark(start, Style.TIME, at=at)
        for style in styles:
            self.mark(start, style)

    def mark(
        self, start: int, style: Style, url: str | None = None, at: datetime | None = None
    ) -> None:
        """Style all that was written since `start`."""
        if start < self._length:
            self._marks.append(Mark(start, self._length, style, url, at))

    def finish(self) -> RichText:
        """What was written."""
        ordered = sorted(self._marks, key=lambda mark: (mark.start, -mark.end))
        return RichText("".join(self._pieces), tuple(ordered))


def plain(text: str) -> RichText:
    """A text without any style."""
    return RichText(text)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_prefix(text: str, units: int) -> int:
    """How many characters at the head of a text fit into so many UTF-16 units."""
    head = text[: max(units, 0)]
    if utf16_length(head) <= units:
        return len(head)
    return bisect_right(range(len(head)), units, key=lambda end: utf16_length(head[:end])) - 1


ELLIPSIS = " …"

_GOES_ON = QUOTES | {Style.LINK}
"""Marks that lose nothing when their text is cut; any other is kept whole or left out."""


def shorten(rich: RichText, units: int) -> RichText:
    """Cut a text, and its marks with it, and put dots at its end.

    The cut falls at white space where there is some, and never inside a highlighted word or anything else that is
    marked as one. No more than half of what would fit is given up for that, so that a mark longer than this
    may be cut. What a reader sees as one character never is.

    Args:
        rich: any text.
        units: how long it may be in UTF-16 units, with the dots; at least the dots' two.

    Returns:
        The text itself where it fits.
    """
    if utf16_length(rich.text) <= units:
        return rich
    end = _cut_place(rich, utf16_prefix(rich.text, units - len(ELLIPSIS)))
    marks = tuple(_cut(mark, end) for mark in rich.marks if mark.start < end)
    return RichText(rich.text[:end] + ELLIPSIS, marks)


def _cut_place(rich: RichText, most: int) -> int:
    """Where to cut so that at most so many code points are left."""
    least = (most + 1) // 2
    whole = [
        mark
        for mark in rich.marks
        if mark.style not in _GOES_ON and (mark.start >= least or mark.end <= most)
    ]
    anywhere = _step_back(rich.text, whole, most)
    blank = max(rich.text.rfind(white, least, anywhere + 1) for white in " \n")
    if blank < 0:
        return anywhere
    between_words = _step_back(rich.text, whole, blank)
    gives_up_too_much = rich.text[between_words:least].strip()
    return anywhere if gives_up_too_much else between_words


def _step_back(text: str, whole: Sequence[Mark], end: int) -> int:
    """Out of characters and marks that would be cut, to the end of the word before."""
    end = _end_of_word(text, end)
    # From the last on, as stepping back before one mark may lead into another that begins earlier.
    for mark in reversed(whole):
        if mark.start < end < mark.end and text[end : mark.end].strip():
            end = _end_of_word(text, mark.start)
    return end


def _end_of_word(text: str, position: int) -> int:
    return grapheme_start(text, len(text[:position].rstrip()))


def _cut(mark: Mark, end: int) -> Mark:
    if mark.end <= end:
        return mark
    # The dots stand in the quote that was cut, so that it is seen to go on, and in no word's highlight.
    return replace(mark, end=end + len(ELLIPSIS) if mark.style in QUOTES else end)
