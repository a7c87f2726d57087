"""Turns a path into a `Corpus`: finds the files, reads each as its ending says, keeps refusals."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.errors import ArticleError, CorpusError
from retrieval.reading import headers, jsonl, markdown
from retrieval.reading.drafts import Draft
from retrieval.reading.encodings import decode
from retrieval.reading.fields import Remark
from retrieval.reading.files import explained, opened
from retrieval.reading.ids import Ids, Place
from retrieval.reading.kinds import Kind, Named, named
from retrieval.reading.limits import DEFAULT_LIMITS, ReadingLimits
from retrieval.reading.remarks import Remarks
from retrieval.reading.walk import Found, Walk
from retrieval.reading.wording import shown
from retrieval.types import Article, Corpus, Note, Refusal

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
    reading = _Reading(settings)
    files = _files(Path(path), reading)
    articles: list[Article] = []
    for file in files:
        for article in reading.articles(file):
            articles.append(article)
            if progress is not None:
                progress(len(articles))
    return Corpus(tuple(articles), tuple(reading.refusals), tuple(reading.notes))


def _files(path: Path, reading: "_Reading") -> list[Found]:
    try:
        if path.is_dir():
            os.scandir(path).close()
            return Walk(path, reading.refusing).files()
        real = Path(os.path.realpath(path, strict=True))
        if real.is_file():
            real.open("rb").close()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        advice = "give the path of a folder of articles, or of one file"
        raise CorpusError(f"{shown(str(path))}: no such file or folder; {advice}") from error
    except OSError as error:
        raise CorpusError(f"{shown(str(path))}: {explained(error)}") from error
    return [Found(real, path.name)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The bytes of one article, and the line they stand on if that is all the article has."""

    data: bytes
    line: int | None = None


class _Reading:
    """One reading of a corpus: what it gathers along the way."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._ids = Ids()
        self.refusals: list[Refusal] = []
        self.notes: list[Note] = []

    @contextmanager
    def refusing(self, name: str) -> Iterator[None]:
        """Turns an `ArticleError` from inside into a refusal of the file of that name."""
        try:
            yield
        except ArticleError as error:
            self.refusals.append(Refusal(shown(name) or ".", error.line, error.reason))

    def articles(self, file: Found) -> Iterator[Article]:
        """The articles of one file. What cannot be used is refused and noted."""
        remarks = Remarks()
        with self.refusing(file.name):
            what = named(file.name)
            for piece in self._pieces(file, what):
                with self.refusing(file.name):
                    draft = self._draft(piece, what)
                    article = self._article(draft, _place(shown(what.bare), file, piece))
                    remarks.add(draft.remarks, piece.line)
                    yield article
        self.notes.extend(Note(shown(file.name), text) for text in remarks.told())

    def _pieces(self, file: Found, what: Named) -> Iterator[_Piece]:
        with opened(file.path, packed=what.packed) as stream:
            if what.kind is Kind.LINES:
                for number, line in jsonl.lines(stream, self._limits.line_bytes):
                    yield _Piece(line, number)
                return
            data = stream.read(self._limits.file_bytes + 1)
        yield _Piece(data)

    def _draft(self, piece: _Piece, what: Named) -> Draft:
        self._require_fit(piece)
        text, guess = decode(piece.data, piece.line)
        draft = self._parsed(text, piece, what)
        if guess is None:
            return draft
        return replace(draft, remarks=(Remark(f"read as {guess}"), *draft.remarks))

    def _parsed(self, text: str, piece: _Piece, what: Named) -> Draft:
        if piece.line is not None:
            return jsonl.parse(text, piece.line, self._limits)
        if what.kind is Kind.MARKDOWN:
            return markdown.parse(text, self._limits)
        return headers.parse(text, self._limits)

    def _require_fit(self, piece: _Piece) -> None:
        if piece.line is None and len(piece.data) > self._limits.file_bytes:
            size = f"{self._limits.max_file_megabytes:g}"
            raise ArticleError(f"too large: more than {size} MB; split it, or raise the limit")
        if piece.line is not None and len(piece.data) > self._limits.line_bytes:
            size = f"{self._limits.max_line_megabytes:g}"
            reason = f"too large: more than {size} MB on one line; split it, or raise the limit"
            raise ArticleError(reason, piece.line)

    def _article(self, draft: Draft, place: Place) -> Article:
        return Article(
            id=self._ids.claim(draft.id, place),
            title=draft.title,
            date=draft.date,
            text=draft.text,
            url=draft.url,
            language=draft.language,
        )


def _place(bare: str, file: Found, piece: _Piece) -> Place:
    name, short = shown(file.name), bare.rpartition("/")[2]
    if piece.line is None:
        return Place(name, short, bare)
    line = piece.line
    return Place(f"{name}:{line}", f"{short}-{line}", f"{bare}-{line}", line)
