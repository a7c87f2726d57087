"""Makes of any name a file's name that stays in its folder, and that the reader of the corpus takes."""

import unicodedata

from bot.corpus.errors import ShelfError
from retrieval.errors import ArticleError
from retrieval.reading.kinds import named

LONGEST_NAME = 200
"""Bytes of UTF-8. File systems take 255, and some of them count differently."""

_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that no name needs: controls, what turns directions, halves of characters, line ends."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible too, but Persian and Hindi words and many emoji are spelt with them."""


def file_name(given: str | None) -> str:
    """The name under which a file is stored.

    Args:
        given: any text, such as the name that a file was sent with: folders before it are dropped, and so is
            whatever is invisible. None where there is none.

    Raises:
        ShelfError: nothing is left that the reader would take.
    """
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if character.isspace() else character for character in last)
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", seen)
        if character in _JOINERS or unicodedata.category(character) not in _UNWANTED
    )
    # The reader passes over what begins with a dot, and some systems drop a dot or a space at the end.
    name = " ".join(kept.split()).lstrip(". ").rstrip(". ")
    if not name:
        raise ShelfError("the file has no name that it could be stored under; give it one")
    try:
        bare = named(name).bare
    except ArticleError as error:
        raise ShelfError(error.reason) from error
    if not _folded(bare).strip(". "):
        raise ShelfError("nothing stands before the ending of its name; give it another")
    if len(name.encode()) > LONGEST_NAME:
        raise ShelfError(
            f"its name is too long, more than {LONGEST_NAME} bytes; give it a shorter one"
        )
    return name


def same_to_some(name: str, other: str) -> bool:
    """Whether some file systems would take two names for one."""
    return _folded(name) == _folded(other)


def _folded(name: str) -> str:
    seen = "".join(character for character in name if character not in _JOINERS)
    return unicodedata.normalize("NFC", seen.casefold())
