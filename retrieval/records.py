"""Keeps numbered records where one is found in one read: in memory, or in files that never change.

Records come in chunks, one for each time that some were added; a chunk that is small beside the next is put together
with it, so that there are few however often that was.
"""

import os
import shutil
import weakref
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from retrieval.index.damage import ReadingFiles, damaged

DATA = ".records"
ENDS = ".ends"

CHECKSUM_BYTES = 4
"""Behind each record, its CRC-32: a byte that the disk got wrong is seen before it is quoted."""

SOUND = 0x2144DF1C
"""The CRC-32 of any bytes with their own CRC-32, the lowest byte first, behind them."""

BUFFER_BYTES = 1 << 18
"""Records that are written together; most have a few thousand bytes."""


class Block(NamedTuple):
    """Records ready to be written one after the other.

    Attributes:
        data: the records, each with its checksum.
        ends: where each of these ends in `data`.
    """

    data: bytes
    ends: "array[int]"


def block(records: Iterable[bytes]) -> Block:
    """Put records together, in whichever process."""
    kept: list[bytes] = []
    ends = array("Q")
    end = 0
    for record in records:
        kept += (record, _checksum(record))
        end += len(record) + CHECKSUM_BYTES
        ends.append(end)
    return Block(b"".join(kept), ends)


class _File:
    """Bytes of a file, read piece by piece; once open it can be read even if its name is gone.

    It is not mapped: what was ever read would count as memory of the process, and to read where the file was cut short
    would kill it.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)

    def __len__(self) -> int:
        return os.fstat(self._file).st_size

    def __getitem__(self, piece: slice) -> bytes:
        return os.pread(self._file, piece.stop - piece.start, piece.start)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records that were added together.

    Args:
        first: the number of the first.
        data: the records one after the other, each with its checksum.
        ends: where each of these ends in `data`.
        place: where they are, for errors.
    """

    first: int
    data: bytes | _File
    ends: "array[int] | memoryview[int]"
    place: str = "in memory"


class Records:
    """Byte strings by number, from 0.

    Args:
        chunks: in the order of their numbers, without a gap.
    """

    def __init__(self, chunks: Sequence[Chunk] = ()) -> None:
        self._chunks = tuple(chunks)
        self._firsts = [chunk.first for chunk in chunks]
        self._count = chunks[-1].first + len(chunks[-1].ends) if chunks else 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        """Read one record.

        Raises:
            IndexDamageError: it is damaged, or there is no such number.
        """
        if not 0 <= number < self._count:
            raise damaged(self._place, f"holds no record {number:,}")
        chunk = self._chunks[bisect_right(self._firsts, number) - 1]
        place, ends = number - chunk.first, chunk.ends
        try:
            kept = chunk.data[ends[place - 1] if place else 0 : ends[place]]
        except OSError as error:
            raise damaged(chunk.place, f"can't be read ({error})") from error
        if zlib.crc32(kept) != SOUND:
            raise damaged(chunk.place, f"has a record, {number:,}, that is not as it was written")
        return kept[:-CHECKSUM_BYTES]

    @property
    def _place(self) -> str:
        return self._chunks[-1].place if self._chunks else "in memory"

    def plus(self, chunk: Chunk) -> "Records":
        """These records and those of one chunk more."""
        return Records((*self._chunks, chunk)) if len(chunk.ends) else self

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Open the files that `RecordWriter` made.

        Raises:
            IndexDamageError: they are missing or damaged.
        """
        chunks: list[Chunk] = []
        for file in _files(folder, name):
            chunk = _open(file)
            if chunk.first != (chunks[-1].first + len(chunks[-1].ends) if chunks else 0):
                raise damaged(file, "misses the records before it")
            chunks.append(chunk)
        return cls(chunks)


class RecordWriter:
    """Writes one chunk, record after record.

    Args:
        folder: where to; None keeps them in memory.
        name: of what is kept in the chunk's files.
        first: the number of the first record, as many as there are already.
    """

    def __init__(self, folder: Path | None, name: str, first: int = 0) -> None:
        self._memory = bytearray()
        self._path = None if folder is None else folder / f"{name}.{first:012}{DATA}"
        self._file = None if self._path is None else self._path.open("wb", BUFFER_BYTES)
        self._first = first
        self._ends = array("Q")
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no file open, whatever happened."""
        if self._file is not None:
            self._file.close()

    @property
    def next(self) -> int:
        """The number of the next record."""
        return self._first + len(self._ends)

    def append(self, record: bytes) -> None:
        """Add one record."""
        self.extend(block([record]))

    def extend(self, records: Block) -> None:
        """Add records that were put together before."""
        if self._file is None:
            self._memory += records.data
        else:
            self._file.write(records.data)
        self._ends.extend(self._end + end for end in records.ends)
        self._end += len(records.data)

    def close(self) -> Chunk:
        """Finish the files; of no record none is left. Returns what was written, to be read."""
        if self._file is None or self._path is None:
            return Chunk(self._first, bytes(self._memory), self._ends)
        self._file.close()
        if not self._ends:
            self._path.unlink()
            return Chunk(self._first, b"", self._ends)
        self._path.with_suffix(ENDS).write_bytes(self._ends.tobytes())
        return _open(self._path)


def put_together(folder: Path, name: str) -> None:
    """Put the last chunk together with those before it, as long as the one before is no larger than twice it."""
    files = list(_files(folder, name))
    last = len(files) - 1
    size = files[last].stat().st_size if files else 0
    while last > 0 and (before := files[last - 1].stat().st_size) <= 2 * size:
        size += before
        last -= 1
    joined = files[last:]
    if len(joined) < 2:
        return
    # The names of chunks are links that an older index has too: a new file takes the name, none is written to.
    data, ends = (joined[0].with_suffix(f"{kind}.new") for kind in (DATA, ENDS))
    offset = 0
    with data.open("wb") as all_data, ends.open("wb") as all_ends:
        for file in joined:
            chunk = _open(file)
            with file.open("rb") as part:
                shutil.copyfileobj(part, all_data)
            all_ends.write(array("Q", (offset + end for end in chunk.ends)).tobytes())
            offset += chunk.ends[-1]
    for file in joined:
        file.unlink()
        file.with_suffix(ENDS).unlink()
    data.rename(joined[0])
    ends.rename(joined[0].with_suffix(ENDS))


def _files(folder: Path, name: str) -> Iterator[Path]:
    """The data files of the chunks, in order."""
    return iter(sorted(folder.glob(f"{name}.*{DATA}")))


def _open(file: Path) -> Chunk:
    with ReadingFiles(file):
        first = int(file.suffixes[-2][1:])
        ends = memoryview(file.with_suffix(ENDS).read_bytes()).cast("Q")
        data = _File(file)
        if not ends or len(data) != ends[-1]:
            raise damaged(file, "has a length that is wrong")
    return Chunk(first, data, ends, str(file))


def _checksum(record: bytes) -> bytes:
    return zlib.crc32(record).to_bytes(CHECKSUM_BYTES, "little")
