"""Turns a file's name into what its ending says: the kind of file, and whether it is packed."""

from dataclasses import dataclass
from enum import Enum, auto

from retrieval.errors import ArticleError

_GZIP = ".gz"


class Kind(Enum):
    """How the articles of a file are written."""

    TEXT = auto()
    MARKDOWN = auto()
    LINES = auto()


_KINDS = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".jsonl": Kind.LINES,
    ".ndjson": Kind.LINES,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says.

    Args:
        bare: the name without its ending or endings.
        kind: how its articles are written.
        packed: whether it is gzip.
    """

    bare: str
    kind: Kind
    packed: bool


def named(name: str) -> Named:
    """What the name of a file, or its path, says.

    Raises:
        ArticleError: no such ending is known.
    """
    packed = name.lower().endswith(_GZIP)
    plain = name[: -len(_GZIP)] if packed else name
    for ending, kind in _KINDS.items():
        if plain.lower().endswith(ending):
            return Named(plain[: -len(ending)], kind, packed)
    raise ArticleError("unknown kind of file; use .txt, .md, .jsonl or gzip of these")
