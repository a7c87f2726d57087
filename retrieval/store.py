"""Keeps the passages of an archive where one is found in one read: in memory, or in a file that is mapped."""

import json
import mmap
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retrieval.errors import IndexStorageError
from retrieval.types import Resolved, Source, Span

_RECORDS = "passages.bin"
_OFFSETS = "passages.offsets"
_STOP = "-"


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what ranking and quoting need of it.

    Args:
        number: its place in the archive, from 0.
        source: the article it stands in.
        language: ISO 639-1 code it was analysed in.
        start: where it begins in the article's text.
        text: exactly as the article has it.
        sentences: spans in `text`.
        surfaces: its words in order, in one case, stop words included.
        terms: the term of each of `surfaces`; empty for a stop word.
        ends: for each sentence, how many of `surfaces` stand up to its end.
        title: the terms of the article's title, without stop words.
        resolved: relative dates in `text`, and the days they mean.
    """

    number: int
    source: Source
    language: str
    start: int
    text: str
    sentences: tuple[Span, ...]
    surfaces: tuple[str, ...]
    terms: tuple[str, ...]
    ends: tuple[int, ...]
    title: tuple[str, ...]
    resolved: tuple[Resolved, ...]

    @property
    def words(self) -> list[str]:
        """Its terms in order, without stop words."""
        return [term for term in self.terms if term]

    def sentence_tokens(self) -> Iterator[range]:
        """The places of each sentence's words in `surfaces` and `terms`."""
        return map(range, (0, *self.ends), self.ends)


class PassageStore:
    """Passages by number.

    Args:
        records: one after the other, as `encode` makes them.
        offsets: where each record ends.
    """

    def __init__(self, records: bytes | mmap.mmap, offsets: "array[int]") -> None:
        self._records = records
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets)

    def __getitem__(self, number: int) -> StoredPassage:
        """Read one passage.

        Raises:
            IndexError: there is no such number.
        """
        if not 0 <= number < len(self._offsets):
            raise IndexError(number)
        start = self._offsets[number - 1] if number else 0
        return decode(number, self._records[start : self._offsets[number]])

    def __iter__(self) -> Iterator[StoredPassage]:
        return (self[number] for number in range(len(self)))

    @classmethod
    def in_memory(cls, passages: Iterable[StoredPassage]) -> "PassageStore":
        """Keep passages in memory; their numbers must run from 0."""
        records, offsets = bytearray(), array("Q")
        for passage in passages:
            records += encode(passage)
            offsets.append(len(records))
        return cls(bytes(records), offsets)

    @classmethod
    def write(cls, folder: Path, passages: Iterable[StoredPassage]) -> None:
        """Write passages to two files of a folder; their numbers must run from 0."""
        offsets = array("Q")
        position = 0
        with (folder / _RECORDS).open("wb") as file:
            for passage in passages:
                position += file.write(encode(passage))
                offsets.append(position)
        (folder / _OFFSETS).write_bytes(offsets.tobytes())

    @classmethod
    def open(cls, folder: Path) -> "PassageStore":
        """Map the files that `write` made.

        Raises:
            IndexStorageError: they are missing or damaged.
        """
        offsets = array("Q")
        try:
            offsets.frombytes((folder / _OFFSETS).read_bytes())
            size = (folder / _RECORDS).stat().st_size
            if size != (offsets[-1] if offsets else 0):
                raise IndexStorageError(f"{folder / _RECORDS} is damaged: its length is wrong")
            if not size:
                return cls(b"", offsets)
            with (folder / _RECORDS).open("rb") as file:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), offsets)
        except (OSError, ValueError) as error:
            raise IndexStorageError(f"the passages in {folder} can't be read: {error}") from error


def encode(passage: StoredPassage) -> bytes:
    """One passage as bytes."""
    source = passage.source
    record = [
        source.id,
        source.heading,
        source.date.toordinal(),
        source.url,
        passage.language,
        passage.start,
        passage.text,
        [position for span in passage.sentences for position in (span.start, span.end)],
        " ".join(passage.surfaces),
        " ".join(term or _STOP for term in passage.terms),
        passage.ends,
        " ".join(passage.title),
        [
            (found.start, found.end, found.first.toordinal(), found.last.toordinal())
            for found in passage.resolved
        ],
    ]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def decode(number: int, record: bytes) -> StoredPassage:
    """What `encode` was given."""
    identity, heading, day, url, language, start, text, bounds, *tokens = json.loads(record)
    surfaces, terms, ends, title, resolved = tokens
    return StoredPassage(
        number,
        Source(identity, heading, date.fromordinal(day), url),
        language,
        start,
        text,
        tuple(map(Span, bounds[::2], bounds[1::2])),
        tuple(surfaces.split()),
        tuple("" if term == _STOP else term for term in terms.split()),
        tuple(ends),
        tuple(title.split()),
        tuple(
            Resolved(begin, end, date.fromordinal(first), date.fromordinal(last))
            for begin, end, first, last in resolved
        ),
    )
