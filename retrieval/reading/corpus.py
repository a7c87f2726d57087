"""Turns a path into a `Corpus`: finds the files, reads each as its ending says, keeps refusals."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from retrieval.errors import CorpusError
from retrieval.reading.files import explained
from retrieval.reading.limits import DEFAULT_LIMITS, ReadingLimits
from retrieval.reading.reader import Reader
from retrieval.reading.walk import Found, Walk
from retrieval.reading.wording import shown
from retrieval.types import Article, Corpus

Progress = Callable[[int], None]


def read_corpus(
    path: Path, settings: ReadingLimits = DEFAULT_LIMITS, progress: Progress | None = None
) -> Corpus:
    """Every article below a folder, or in one file, in the order of the files' names.

    Args:
        path: a folder, read with the folders in it, or a file.
        settings: the largest things that are read.
        progress: called after each article with the number of articles so far.

    Returns:
        The articles, and what was refused and why. An empty folder gives an empty corpus.

    Raises:
        CorpusError: there is nothing at the path, or it cannot be opened.
    """
    reader = Reader(settings)
    articles: list[Article] = []
    for article in read_articles(path, reader):
        articles.append(article)
        if progress is not None:
            progress(len(articles))
    return Corpus(tuple(articles), tuple(reader.refusals), tuple(reader.notes))


def read_articles(path: Path, reader: Reader) -> Iterator[Article]:
    """The articles of `read_corpus`, one by one: none is held.

    Args:
        path: a folder or file.
        reader: keeps what is refused and noted.

    Raises:
        CorpusError: there is nothing at the path, or it cannot be opened.
    """
    for file in find_files(Path(path), reader):
        for item in reader.items(file):
            if item.article is not None:
                yield item.article


def find_files(path: Path, reader: Reader) -> list[Found]:
    """The files to read, in the order of their names; what cannot be walked is refused.

    Args:
        path: a folder, or a file.
        reader: keeps the refusals.

    Raises:
        CorpusError: there is nothing at the path, or it cannot be opened.
    """
    try:
        if path.is_dir():
            os.scandir(path).close()
            return Walk(path, reader.refusing).files()
        real = Path(os.path.realpath(path, strict=True))
        if real.is_file():
            real.open("rb").close()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        advice = "give the path of a folder of articles, or of one file"
        raise CorpusError(f"{shown(str(path))}: no such file or folder; {advice}") from error
    except OSError as error:
        raise CorpusError(f"{shown(str(path))}: {explained(error)}") from error
    return [Found(str(real), path.name)]
