"""Writes to the disk so that what was written is there after a crash, and puts files in place in one step."""

import errno
import hashlib
import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

CHUNK = 1_048_576
"""Bytes that are read or written at once."""

NOT_A_FILE = "not a regular file"
"""Stands for the digest of a link, a folder or a device."""

_NO_LINKS = frozenset(
    {
        errno.EPERM,
        errno.EXDEV,
        errno.EMLINK,
        errno.ENOTSUP,
        errno.EOPNOTSUPP,
        errno.ENOSYS,
    }
)
"""What a file system answers that knows no second names of a file, or not there."""


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file, `NOT_A_FILE` for anything else, or None where nothing is.

    Raises:
        OSError: it can't be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return NOT_A_FILE
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def flush(file: BinaryIO) -> None:
    """See that what was written to an open file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place, or in the place of another, in one step."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        flush(file)
    new.replace(path)
    flush_folder(path.parent)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file to where nothing is, with its times and permissions."""
    with source.open("rb") as origin, target.open("xb") as copy:
        shutil.copyfileobj(origin, copy, CHUNK)
        flush(copy)
    shutil.copystat(source, target)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where that can't be."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        copy_file(source, target)


def put(ready: Path, target: Path, *, over: bool) -> None:
    """Give a finished file its name in one step.

    Args:
        ready: the file, in the same folder under another name, which it loses.
        target: the name.
        over: whether a file of that name gives way.

    Raises:
        FileExistsError: something has the name, and is not to give way.
    """
    if over:
        ready.replace(target)
    else:
        try:
            os.link(ready, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from error
            ready.rename(target)
        ready.unlink(missing_ok=True)
    flush_folder(target.parent)


def take_away(target: Path) -> None:
    """Remove a file for good."""
    target.unlink()
    flush_folder(target.parent)
