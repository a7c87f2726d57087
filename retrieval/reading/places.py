"""Finds where an article of a corpus stands, and tells what one file would bring, without keeping what is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.errors import ArticleError
from retrieval.reading.corpus import _files, _Piece, _Reading
from retrieval.reading.drafts import Draft
from retrieval.reading.ids import Place
from retrieval.reading.kinds import Named
from retrieval.reading.limits import BYTES_IN_MEGABYTE, ReadingLimits
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
    reading = _Placing(limits)
    for file in _files(path, reading):
        for article in reading.articles(file):
            if wanted(article.id):
                return Standing(article, Path(file.path), file.name, reading.line)
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
    reading = _Placing(limits)
    for found in reading.articles(Found(path, name)):
        if reading.line == line:
            return replace(found, id=article.id) == article
    return False


def survey(path: Path, name: str, limits: ReadingLimits) -> Survey:
    """Read a file as one of a corpus is read, and count what is in it.

    Args:
        path: where it is.
        name: the name that it is to have, whose ending says how it is read.
        limits: how much of it is read.
    """
    reading = _Surveying(limits)
    articles = sum(1 for _ in reading.articles(Found(path, name)))
    return Survey(articles, tuple(reading.refusals), tuple(reading.notes))


class _Placing(_Reading):
    """Remembers the line of the article that was read last."""

    line: int | None = None

    def _article(self, draft: Draft, place: Place) -> Article:
        self.line = place.line
        return super()._article(draft, place)


class _Surveying(_Reading):
    """Gives up where a file holds too much, or too little that can be used."""

    def _pieces(self, file: Found, what: Named) -> Iterator[_Piece]:
        read = 0
        for piece in super()._pieces(file, what):
            read += len(piece.data)
            if read > MOST_UNPACKED_MEGABYTES * BYTES_IN_MEGABYTE:
                size = f"{MOST_UNPACKED_MEGABYTES:,}"
                raise ArticleError(f"too large: more than {size} MB unpacked; split it")
            if len(self.refusals) >= MOST_REFUSED:
                reason = f"not read on: more than {MOST_REFUSED:,} lines before it can't be used"
                raise ArticleError(reason, piece.line)
            yield piece
