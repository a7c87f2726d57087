"""Finds where the characters that a reader sees begin, each of which may be many code points."""

import regex

_CLUSTER = regex.compile(r"\X")


def grapheme_start(text: str, position: int) -> int:
    """The last place at or before a position where no character that a reader sees would be cut.

    Args:
        text: any text.
        position: a place in it, in code points.

    Returns:
        A place in code points; the position itself where it is one between two characters.
    """
    # Two code points match as one cluster only if it doesn't end between them. `\X` looks back as far as it must
    # (a flag is a pair of letters, counted from the row's beginning), so that no safe place to start is needed.
    while 0 < position < len(text) and _CLUSTER.fullmatch(text, position - 1, position + 1):
        position -= 1
    return position
