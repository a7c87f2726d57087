"""Remembers what the files of an index were like when they were written, so that damage to them is seen."""

import stat
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter

from retrieval.index.damage import ReadingFiles, damaged

FILE = "checksums.json"

_UNCHECKED = ".lock"
"""tantivy's locks are empty, and made anew when they are missed."""

_PIECE_BYTES = 1 << 20
"""So much of a file is read at once."""

_FILES = TypeAdapter(dict[str, tuple[int, int]])


@dataclass(frozen=True, slots=True)
class Checksums:
    """The files of one generation.

    Args:
        files: by name, the length in bytes and the CRC-32 of each.
    """

    files: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, folder: Path, onto: "Checksums | None", before: Path | None) -> Self:
        """Take the checksums of all that lies in a folder; of what is linked to an older one they are known.

        Args:
            folder: the generation, complete.
            onto: the checksums of the one before; None if there is none.
            before: its folder.
        """
        files = {}
        for file in folder.iterdir():
            if file.suffix == _UNCHECKED or file.name == FILE:
                continue
            known = None if onto is None else onto.files.get(file.name)
            if known is None or before is None or not file.samefile(before / file.name):
                known = (file.stat().st_size, _checksum(file))
            files[file.name] = known
        return cls(files)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read what `save` wrote.

        Raises:
            IndexDamageError: it is missing or damaged.
        """
        with ReadingFiles(folder / FILE):
            return cls(_FILES.validate_json((folder / FILE).read_bytes()))

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        (folder / FILE).write_bytes(_FILES.dump_json(dict(self.files)))

    def check(self, folder: Path, whole: Callable[[str], bool]) -> None:
        """See whether files are as they were written.

        Args:
            folder: the generation.
            whole: whether to read a file, by its name; of the others only the length is looked at.

        Raises:
            IndexDamageError: one is missing or damaged.
        """
        for name, (size, checksum) in self.files.items():
            file = folder / name
            with ReadingFiles(file):
                found = file.lstat()
                # A link may lead anywhere, and root may be following it for somebody else.
                if file.parent != folder or not stat.S_ISREG(found.st_mode):
                    raise damaged(file, "is no file of its own")
                if found.st_size != size:
                    raise damaged(file, "has another length than it was written with")
                if whole(name) and _checksum(file) != checksum:
                    raise damaged(file, "is not as it was written")


def _checksum(file: Path) -> int:
    found, piece = 0, bytearray(_PIECE_BYTES)
    with file.open("rb", buffering=0) as opened:
        while read := opened.readinto(piece):
            found = zlib.crc32(memoryview(piece)[:read], found)
    return found
