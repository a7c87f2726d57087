"""Turns files into articles, one at a time; what the same bytes said in an earlier reading need not be parsed again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from retrieval.errors import ArticleError
from retrieval.reading import headers, jsonl, markdown
from retrieval.reading.drafts import Draft
from retrieval.reading.encodings import decode
from retrieval.reading.fields import Field, Remark
from retrieval.reading.files import opened
from retrieval.reading.ids import Ids, Place
from retrieval.reading.kinds import Kind, Named, named
from retrieval.reading.limits import ReadingLimits
from retrieval.reading.remarks import Remarks
from retrieval.reading.walk import Found
from retrieval.reading.wording import shown
from retrieval.types import Article, Note, Refusal

PRINT_BYTES = 16
"""128 bits of a hash of what an article was read from: no two that differ are ever taken for the same."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an earlier reading made of some bytes.

    Args:
        given: the id they give, None where they give none.
        given_line: the line it stood on.
        remarks: what its readers should know.
        ids: the ids of the articles that were made of them, given or not.
    """

    given: str | None
    given_line: int | None
    remarks: tuple[Remark, ...]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a file.

    Args:
        article: what it says; None where an earlier reading holds the same article.
        id: of the article.
        line: the line it stands on, 0 where it has the whole file.
        print: a hash of the bytes it was read from.
        given_line: the line its id stands on, None where the file gives none.
        remarks: what its readers should know.
    """

    article: Article | None
    id: str
    line: int
    print: bytes
    given_line: int | None
    remarks: tuple[Remark, ...]


Recall = Callable[[bytes, int], Remembered | None]
"""Finds what is remembered by the hash of the bytes, and the line they stand on now (0 for a whole file)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one article.

    Args:
        data: as the file has them, unpacked.
        line: the line they stand on, None where the article has the whole file.
        taken: bytes that were read of the file by then, as it lies on the disk.
    """

    data: bytes
    line: int | None = None
    taken: int = 0


class Reader:
    """One reading of a corpus: what it gathers along the way.

    Args:
        limits: the largest things that are read.
        ids: the ids that are taken.
        recall: what is remembered of an earlier reading.
    """

    def __init__(
        self, limits: ReadingLimits, ids: Ids | None = None, recall: Recall | None = None
    ) -> None:
        self._limits = limits
        self._ids = Ids() if ids is None else ids
        self._recall = recall
        self.refusals: list[Refusal] = []
        self.notes: list[Note] = []
        self.taken = 0
        """Bytes of the file that is being read, as it lies on the disk."""

    @contextmanager
    def refusing(self, name: str) -> Iterator[None]:
        """Turns an `ArticleError` from inside into a refusal of the file of that name."""
        try:
            yield
        except ArticleError as error:
            self.refusals.append(Refusal(shown(name) or ".", error.line, error.reason))

    def items(self, file: Found) -> Iterator[Item]:
        """The articles of one file. What cannot be used is refused and noted."""
        remarks = Remarks()
        with self.refusing(file.name):
            what = named(file.name)
            for piece in self.pieces(file, what):
                self.taken = piece.taken
                with self.refusing(file.name):
                    item = self._item(piece, file, what)
                    remarks.add(item.remarks, piece.line)
                    yield item
        self.notes.extend(Note(shown(file.name), text) for text in remarks.told())

    def _item(self, piece: Piece, file: Found, what: Named) -> Item:
        place = place_of(file.name, what.bare, piece.line)
        print_ = _print(piece, what)
        known = None if self._recall is None else self._recall(print_, piece.line or 0)
        if known is None:
            draft = self._draft(piece, what)
            given, remarks = draft.id, draft.remarks
        else:
            draft = None
            given, remarks = _given(known, piece), known.remarks
        identity = self._ids.claim(given, place)
        if draft is None and (known is None or identity not in known.ids):
            draft = self._draft(piece, what)
        return Item(
            article=None if draft is None else _article(draft, identity),
            id=identity,
            line=piece.line or 0,
            print=print_,
            given_line=given.line if given else None,
            remarks=remarks,
        )

    def pieces(self, file: Found, what: Named) -> Iterator[Piece]:
        """The bytes of each article of one file.

        Raises:
            ArticleError: it can't be read, or not to its end.
        """
        with opened(Path(file.path), packed=what.packed) as stream:
            if what.kind is Kind.LINES:
                for number, line in jsonl.lines(stream, self._limits.line_bytes):
                    yield Piece(line, number, stream.taken)
                return
            data = stream.read(self._limits.file_bytes + 1)
            taken = stream.taken
        yield Piece(data, taken=taken)

    def _draft(self, piece: Piece, what: Named) -> Draft:
        self._require_fit(piece)
        text, guess = decode(piece.data, piece.line)
        draft = self._parsed(text, piece, what)
        if guess is None:
            return draft
        return replace(draft, remarks=(Remark(f"read as {guess}"), *draft.remarks))

    def _parsed(self, text: str, piece: Piece, what: Named) -> Draft:
        if piece.line is not None:
            return jsonl.parse(text, piece.line, self._limits)
        if what.kind is Kind.MARKDOWN:
            return markdown.parse(text, self._limits)
        return headers.parse(text, self._limits)

    def _require_fit(self, piece: Piece) -> None:
        if piece.line is None and len(piece.data) > self._limits.file_bytes:
            size = f"{self._limits.max_file_megabytes:g}"
            raise ArticleError(f"too large: more than {size} MB; split it, or raise the limit")
        if piece.line is not None and len(piece.data) > self._limits.line_bytes:
            size = f"{self._limits.max_line_megabytes:g}"
            reason = f"too large: more than {size} MB on one line; split it, or raise the limit"
            raise ArticleError(reason, piece.line)


def place_of(name: str, bare: str, line: int | None) -> Place:
    """Where an article stands.

    Args:
        name: of its file, below the corpus folder.
        bare: the same without its endings, see `retrieval.reading.kinds`.
        line: the one it stands on, None where it has the whole file.
    """
    name, bare = shown(name), shown(bare)
    short = bare.rpartition("/")[2]
    if line is None:
        return Place(name, short, bare)
    return Place(f"{name}:{line}", f"{short}-{line}", f"{bare}-{line}", line)


def _article(draft: Draft, identity: str) -> Article:
    return Article(
        id=identity,
        title=draft.title,
        date=draft.date,
        text=draft.text,
        url=draft.url,
        language=draft.language,
    )


def _given(known: Remembered, piece: Piece) -> Field | None:
    if known.given is None:
        return None
    return Field(known.given, piece.line or known.given_line or 1)


def _print(piece: Piece, what: Named) -> bytes:
    """A hash of the bytes and of how they are read."""
    kind = Kind.LINES if piece.line is not None else what.kind
    return blake2b(piece.data, digest_size=PRINT_BYTES, person=kind.name.encode()).digest()
