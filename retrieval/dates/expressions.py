"""Small parts that the expressions of a language are made of."""

import re
from collections.abc import Iterable
from typing import Final

BLANK: Final = r"(?:[^\S\n]{1,2}|[^\S\n]?\n[^\S\n]?)"
"""White space that does not leave the paragraph."""


def expand(template: str) -> str:
    """Let a blank in an expression stand for white space inside a paragraph."""
    return template.replace(" ", BLANK)


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words; the longer first, as the first that fits is taken."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return (
        f"(?:{'|'.join(expand(re.escape(word).replace(chr(92) + ' ', ' ')) for word in ordered)})"
    )
