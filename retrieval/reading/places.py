"""Finds where an article of a corpus stands, and tells what one file would bring, without keeping what is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.errors import ArticleError
from retrieval.reading.corpus import find_files
from retrieval.reading.kinds import Named
from retrieval.reading.limits import BYTES_IN_MEGABYTE, ReadingLimits
from retrieval.reading.reader import Piece, Reader
from retrieval.reading.walk import Found
from retrieval.types import Article, Note, Refusal

MOST_REFUSED = 10_000
"""Lines of a surveyed file that can't be used; with more it is of another kind, and not worth going on with."""

MOST_UNPACKED_MEGABYTES = 1_000
"""Of a surveyed file: a small packed one can unpack to more than the disk holds."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an article stands.

    Args:
        article: itself.
        path: of the file that it was read from; links are resolved.
        name: the path of the file below the corpus folder, with `/`.
        line: counted from 1, where the file has an article on each line; None where the file is the article.
    """

    article: Article
    path: Path
    name: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file would bring if it were the only one.

    Args:
        articles: how many can be used.
        refusals: what can't.
        notes: what is worth knowing.
    """

    articles: int
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]


def find_article(
    path: Path, limits: ReadingLimits, wanted: Callable[[str], bool]
) -> Standing | None:
    """The first article with a wanted id, read as the whole corpus is: a file gives way to one before it.

    Args:
        path: the corpus.
        limits: how much of a file is read.
        wanted: whether an id is.

    Returns:
        None where no usable article has one.

    Raises:
        CorpusError: the corpus can't be read.
    """
    reader = Reader(limits)
    for file in find_files(path, reader):
        for item in reader.items(file):
            if item.article is not None and wanted(item.id):
                return Standing(item.article, Path(file.path), file.name, item.line or None)
    return None


def stands_at(
    path: Path, name: str, line: int | None, article: Article, limits: ReadingLimits
) -> bool:
    """Whether a file, or a line of it, says what an article says; ids aside, which depend on other files.

    Args:
        path: where the file is.
        name: its name, whose ending says how it is read.
        line: counted from 1; None for a file with one article.
        article: as it was read before.
        limits: how much of a file is read.
    """
    for item in Reader(limits).items(Found(str(path), name)):
        if item.article is not None and item.line == (line or 0):
            return replace(item.article, id=article.id) == article
    return False


def survey(path: Path, name: str, limits: ReadingLimits) -> Survey:
    """Read a file as one of a corpus is read, and count what is in it.

    Args:
        path: where it is.
        name: the name that it is to have, whose ending says how it is read.
        limits: how much of it is read.
    """
    reader = _Surveyor(limits)
    articles = sum(1 for _ in reader.items(Found(str(path), name)))
    return Survey(articles, tuple(reader.refusals), tuple(reader.notes))


class _Surveyor(Reader):
    """Gives up where a file holds too much, or too little that can be used."""

    def pieces(self, file: Found, what: Named) -> Iterator[Piece]:
        """See `Reader`."""
        read = 0
        for piece in super().pieces(file, what):
            read += len(piece.data)
            if read > MOST_UNPACKED_MEGABYTES * BYTES_IN_MEGABYTE:
                size = f"{MOST_UNPACKED_MEGABYTES:,}"
                raise ArticleError(f"too large: more than {size} MB unpacked; split it")
            if len(self.refusals) >= MOST_REFUSED:
                reason = f"not read on: more than {MOST_REFUSED:,} lines before it can't be used"
                raise ArticleError(reason, piece.line)
            yield piece
