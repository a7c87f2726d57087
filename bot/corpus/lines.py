"""Takes a line out of a file of lines, and puts it back where it was; packed files and any encoding included."""

import gzip
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.corpus import disk
from bot.corpus.errors import ShelfError
from retrieval.reading.encodings import LONGEST_MARK, marked


def without_line(source: Path, target: Path, number: int, *, packed: bool) -> tuple[bytes, bool]:
    """Write a file anew without one of its lines.

    Args:
        source: the file.
        target: the new one; nothing may be there.
        number: of the line, counted from 1.
        packed: whether they are gzip.

    Returns:
        The line, and whether any other holds something.

    Raises:
        ShelfError: there is no such line.
        OSError: it can't be read, or the new one not be written.
    """
    taken: bytes | None = None
    others = False
    with _reading(source, packed=packed) as (mark, lines), _writing(target, packed=packed) as new:
        new.write(mark)
        for place, line in enumerate(lines, 1):
            if place == number:
                taken = line
            else:
                new.write(line)
                others = others or bool(line.strip(b"\0 \t\r\n"))
    if taken is None:
        raise ShelfError(f"{source.name} has no line {number} any more; reload")
    return taken, others


def with_line(source: Path, target: Path, number: int, line: bytes, *, packed: bool) -> None:
    """Write a file anew with a line put back.

    Args:
        source: the file.
        target: the new one; nothing may be there.
        number: what the line was, counted from 1.
        line: itself, with its end if it had one.
        packed: whether they are gzip.

    Raises:
        OSError: it can't be read, or the new one not be written.
    """
    with _reading(source, packed=packed) as (mark, lines), _writing(target, packed=packed) as new:
        new.write(mark)
        place = 1
        for other in lines:
            if place == number:
                new.write(line)
            new.write(other)
            place += 1
        if place <= number:
            new.write(line)


@contextmanager
def _reading(path: Path, *, packed: bool) -> Iterator[tuple[bytes, Iterator[bytes]]]:
    """The byte order mark of a file, empty if it has none, and its lines behind that."""
    with ExitStack() as open_files:
        plain = open_files.enter_context(path.open("rb"))
        stream = open_files.enter_context(gzip.GzipFile(fileobj=plain)) if packed else plain
        encoding = marked(stream.peek(LONGEST_MARK)[:LONGEST_MARK])
        mark = "\ufeff".encode(encoding) if encoding is not None else b""
        stream.read(len(mark))
        if encoding in {None, "utf-8"}:
            yield mark, iter(stream)
        else:
            yield mark, _encoded(stream, str(encoding))


def _encoded(stream: gzip.GzipFile | io.BufferedReader, encoding: str) -> Iterator[bytes]:
    text = io.TextIOWrapper(stream, encoding, newline="\n")
    try:
        for line in text:
            yield line.encode(encoding)
    except UnicodeError as error:
        raise ShelfError(
            f"its byte order mark does not fit it ({error}); save it as UTF-8"
        ) from error
    finally:
        text.detach()


@contextmanager
def _writing(path: Path, *, packed: bool) -> Iterator[BinaryIO | gzip.GzipFile]:
    with path.open("xb") as plain:
        if packed:
            with gzip.GzipFile(filename="", fileobj=plain, mode="wb", mtime=0) as stream:
                yield stream
        else:
            yield plain
        disk.flush(plain)
