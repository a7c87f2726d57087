"""Keeps numbered records where one is found in one read: in memory, or in a file that is mapped."""

import mmap
from array import array
from pathlib import Path
from typing import Self

from retrieval.errors import IndexStorageError


class Records:
    """Byte strings by number, from 0.

    Args:
        data: the records one after the other.
        ends: where each record ends.
    """

    def __init__(self, data: bytes | mmap.mmap, ends: "array[int]") -> None:
        self._data = data
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        """Read one record.

        Raises:
            IndexError: there is no such number.
        """
        if not 0 <= number < len(self._ends):
            raise IndexError(number)
        start = self._ends[number - 1] if number else 0
        return self._data[start : self._ends[number]]

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Map the files that `RecordWriter` made.

        Raises:
            IndexStorageError: they are missing or damaged.
        """
        ends = array("Q")
        data_file, ends_file = _files(folder, name)
        try:
            ends.frombytes(ends_file.read_bytes())
            size = data_file.stat().st_size
            if size != (ends[-1] if ends else 0):
                raise IndexStorageError(f"{data_file} is damaged: its length is wrong")
            if not size:
                return cls(b"", ends)
            with data_file.open("rb") as file:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), ends)
        except (OSError, ValueError) as error:
            raise IndexStorageError(f"{data_file} can't be read: {error}") from error


class RecordWriter:
    """Writes records one after the other.

    Args:
        folder: where to; None keeps them in memory.
        name: of the two files.
    """

    def __init__(self, folder: Path | None, name: str) -> None:
        self._folder = folder
        self._name = name
        self._memory = bytearray()
        self._file = None if folder is None else _files(folder, name)[0].open("wb")
        self._ends = array("Q")
        self._end = 0

    def __len__(self) -> int:
        return len(self._ends)

    def append(self, record: bytes) -> None:
        """Add one record; its number is how many there were before."""
        if self._file is None:
            self._memory += record
        else:
            self._file.write(record)
        self._end += len(record)
        self._ends.append(self._end)

    def close(self) -> None:
        """Finish the files."""
        if self._file is not None and self._folder is not None:
            self._file.close()
            _files(self._folder, self._name)[1].write_bytes(self._ends.tobytes())

    def finish(self) -> "tuple[bytes, array[int]]":
        """What was written to memory."""
        return bytes(self._memory), self._ends


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.records", folder / f"{name}.ends"
