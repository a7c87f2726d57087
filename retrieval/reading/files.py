"""Turns a path into a stream of unpacked bytes; all that goes wrong on the disk is told alike."""

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import ArticleError

# A pipe without a writer would block the open, and a link put in a file's place would be followed.
# Windows has none of these flags.
_CAREFULLY: int = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_BROKEN = (OSError, EOFError, zlib.error, UnicodeError)


class Stream:
    """The unpacked bytes of an open file; every failure to read is an `ArticleError`.

    Args:
        plain: the file.
        packed: whether it is gzip.
    """

    def __init__(self, plain: io.BufferedReader, *, packed: bool) -> None:
        self._plain = plain
        self._source = gzip.GzipFile(fileobj=plain, mode="rb") if packed else plain
        self._recoded: io.TextIOWrapper | None = None

    @property
    def taken(self) -> int:
        """Bytes of the file, as it lies on the disk, that were read so far, and a few more."""
        try:
            return self._plain.tell()
        except _BROKEN as error:
            raise _explained(error) from error

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        try:
            return self._source.read(size)
        except _BROKEN as error:
            raise _explained(error) from error

    def readline(self, size: int) -> bytes:
        r"""The next line with its `\n`, or the first `size` bytes of it."""
        try:
            if self._recoded is not None:
                return self._recoded.readline(size).encode()
            return self._source.readline(size)
        except _BROKEN as error:
            raise _explained(error) from error

    def peek(self, size: int) -> bytes:
        """The bytes that come next, at most `size`, without moving on."""
        try:
            return self._source.peek(size)[:size]
        except _BROKEN as error:
            raise _explained(error) from error

    def recode(self, encoding: str) -> None:
        """Makes `readline` give UTF-8, whatever the file is in. To be called before any read."""
        self._recoded = io.TextIOWrapper(self._source, encoding=encoding, newline="\n")


@contextmanager
def opened(path: Path, *, packed: bool) -> Iterator[Stream]:
    """The file, open for reading.

    Args:
        path: a regular file; links are resolved already.
        packed: whether it is gzip.

    Raises:
        ArticleError: it cannot be opened, or it changed while it was open.
    """
    try:
        descriptor = _open_regular(path)
    except OSError as error:
        raise _explained(error) from error
    with os.fdopen(descriptor, "rb") as plain:
        before = _state(descriptor)
        yield Stream(plain, packed=packed)
        if _state(descriptor) != before:
            raise ArticleError("it changed while it was being read; reload when it is complete")


def _state(descriptor: int) -> tuple[int, int]:
    try:
        status = os.fstat(descriptor)
    except OSError as error:
        raise _explained(error) from error
    return status.st_size, status.st_mtime_ns


def _open_regular(path: Path) -> int:
    _require_regular(path.stat().st_mode)  # before the open: opening a device can set it off
    descriptor = os.open(path, _CAREFULLY)
    try:
        _require_regular(os.fstat(descriptor).st_mode)
    except ArticleError:
        os.close(descriptor)
        raise
    return descriptor


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise ArticleError("not a regular file but a pipe, socket, device or folder; remove it")


def _explained(error: OSError | EOFError | zlib.error | UnicodeError) -> ArticleError:
    match error:
        case EOFError():
            return ArticleError("the gzip data is cut short; copy the file again")
        case gzip.BadGzipFile() | zlib.error():
            return ArticleError(f"not sound gzip data ({error}); copy or pack the file again")
        case UnicodeError():
            reason = f"its byte order mark does not fit it ({error}); save it as UTF-8"
            return ArticleError(reason)
        case OSError():
            return ArticleError(explained(error))


def explained(error: OSError) -> str:
    """Why a file or folder cannot be read and what to do, in one line."""
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return "permission denied; let the bot's user read it"
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE:
            return "it vanished while the folder was being read; reload"
        case errno.ELOOP:
            return "the link leads round in a loop; remove it"
        case errno.ENAMETOOLONG:
            return "its path is too long; move it nearer to the corpus folder"
        case _:
            return f"it cannot be read ({error.strerror or error})"
