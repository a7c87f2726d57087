"""Turns names and values found on disk into text that is safe to show on one line."""

import unicodedata
from collections.abc import Iterable

_LONGEST_QUOTE = 60
_UNSHOWABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
# These turn the direction of everything after them, so a name could disguise the rest of its line.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Nothing of these is seen, so that a value would seem to be refused for no reason.
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
_ESCAPED = _TURNS | _UNSEEN


def shown(name: str) -> str:
    r"""The name with line ends, control characters and undecodable bytes escaped, as `\n`."""
    if name.isprintable():
        return name
    return "".join(_escaped(character) for character in name)


def quoted(value: str) -> str:
    """The value between quotes, on one line, cut when it is long."""
    cut = value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…"
    return f"'{shown(cut)}'"


def listed(words: Iterable[str]) -> str:
    """The words as a sentence lists them: `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python keeps a byte of a name that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    if unicodedata.category(character) in _UNSHOWABLE or character in _ESCAPED:
        return character.encode("unicode_escape").decode("ascii")
    return character
