"""Says which way a text runs, and wraps what runs the other way so that all around it stays in its place.

Only isolates (U+2066 to U+2069) are used: Telegram strips the older embeddings and overrides (U+202A to U+202E).

Quotations need none of this and are written as the articles have them. A block quote ends with its line, and
everything left open ends with a line, so nothing in it reaches what follows. What stands inside a line of somebody
else's (a title, a word, a day in brackets) goes through `isolate`. There, marks that close nothing are left out and
those left open are closed; both are invisible, and without effect inside the text itself.
"""

import re
from collections.abc import Iterator
from typing import Literal
from unicodedata import bidirectional

Direction = Literal["ltr", "rtl"]
"""The way that a line, or a stretch of one, runs."""

FSI = "\u2068"
"""First strong isolate: opens a stretch that runs as its own letters do, and that the rest of the line doesn't see."""

PDI = "\u2069"
"""Pop directional isolate: closes it."""

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_AGAINST: dict[Direction, frozenset[str]] = {
    "ltr": frozenset({"R", "AL", "AN"}),
    "rtl": frozenset({"L"}),
}
"""By the way a line runs: the bidirectional classes that would turn around what stands beside them in it."""
_OPENING = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF"})
_ISOLATES = re.compile("[\u2066-\u2069]")
_LINE_END = re.compile("([\n\r\x1c-\x1e\x85\u2029])")
"""Bidirectional class B."""


def direction(text: str) -> Direction | None:
    """Which way the first letter with a direction runs, as rules P2 and P3 of Unicode's UAX #9 find it.

    It decides for its whole line, in Telegram too. Of several lines, the first that has such a letter counts.

    Args:
        text: any text; what stands in isolates is passed over.

    Returns:
        None where there is no such letter: only digits, signs, spaces, emoji.
    """
    strong = (_STRONG.get(bidirectional(character)) for character in _outside(text))
    return next((found for found in strong if found is not None), None)


def isolate(text: str, within: Direction | None) -> str:
    """Make a text safe to stand inside a line.

    Args:
        text: to stand there. Of several lines only the first and the last share theirs with anything else, and the
            others are lines with a direction of their own.
        within: the way that the line runs; None where nothing in it has a direction.

    Returns:
        The text, between U+2068 and U+2069 if it holds letters of the other direction (or, in a line from left to
        right, Arabic digits). One that doesn't, and that has no such marks of its own, comes back as it is. So
        does one that was isolated before.
    """
    if text.isascii() and within != "rtl":
        return text
    pieces = _LINE_END.split(text)
    last = len(pieces) - 1
    return "".join(
        _isolated(piece, within) if place in {0, last} else _balanced(piece)
        for place, piece in enumerate(pieces)
    )


def _isolated(line: str, within: Direction | None) -> str:
    line = _balanced(line)
    against = _EMBEDDING if within is None else _EMBEDDING | _AGAINST[within]
    # The end of an isolate also ends the embeddings that were opened in it.
    if any(bidirectional(character) in against for character in _outside(line)):
        return f"{FSI}{line}{PDI}"
    return line


def _balanced(line: str) -> str:
    """Every isolate closed, and nothing else."""
    if not _ISOLATES.search(line):
        return line
    kept, depth = [], 0
    for character in line:
        if bidirectional(character) in _OPENING:
            depth += 1
        elif character == PDI:
            if not depth:
                continue
            depth -= 1
        kept.append(character)
    return "".join(kept) + PDI * depth


def _outside(text: str) -> Iterator[str]:
    """The characters that are in no isolate."""
    depth = 0
    for character in text:
        kind = bidirectional(character)
        if kind == "B":
            depth = 0
        elif kind in _OPENING:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth:
            yield character
