"""Turns what libraries do over damaged files, from complaints to panics, into errors that say what to do."""

import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tokenize import TokenError
from zipfile import BadZipFile

from retrieval.errors import IndexDamageError, IndexStorageError

COMPLAINTS = (
    OSError,
    EOFError,
    # Of words that are no Unicode, and of JSON, too.
    ValueError,
    TypeError,
    LookupError,
    # numpy reads the head of an array as Python does a program.
    SyntaxError,
    TokenError,
    BadZipFile,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    struct.error,
    zlib.error,
    sqlite3.Error,
)
"""What tantivy, numpy, SQLite and json raise on purpose."""

PANIC = "PanicException"
"""What Rust's panics come as. It is no `Exception`, and there is no module that it could be imported from."""


class ReadingFiles:
    """Within it, whatever goes wrong while files of an index are read comes as one error; any number of threads may be.

    A class, as dozens of times a question are: a generator would cost it a hundredth of its time.

    Args:
        place: the folder or file.

    Raises:
        IndexDamageError: they are missing or damaged.
        IndexStorageError: they may not be read.
    """

    def __init__(self, place: object) -> None:
        self._place = place

    def __enter__(self) -> None:
        """Begin to read."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> None:
        """Tell what went wrong, if anything did."""
        if error is None or not _complains(error):
            return
        if isinstance(error, PermissionError):
            raise IndexStorageError(
                f"the index in {self._place} can't be read ({error}); let the bot's user own the index folder and all "
                "in it, or remove it: it is rebuilt from the articles"
            ) from error
        raise damaged(
            self._place, f"can't be read ({str(error) or type(error).__name__})"
        ) from error


@contextmanager
def writing(place: object) -> Iterator[None]:
    """Have whatever goes wrong while an index is written come as one error.

    Args:
        place: the folder.

    Raises:
        IndexStorageError: it can't be written.
    """
    try:
        yield
    except BaseException as error:
        if not _complains(error):
            raise
        raise IndexStorageError(
            f"the index in {place} can't be written ({str(error) or type(error).__name__}); "
            "make room or choose another place with retrieval.index"
        ) from error


def damaged(place: object, problem: str) -> IndexDamageError:
    """What to raise where files of an index are not as they were written.

    Args:
        place: the folder or file.
        problem: what of it is wrong.
    """
    return IndexDamageError(
        f"the index is damaged: {place} {problem}; "
        "delete the index folder and start again, it is rebuilt from the articles"
    )


def _complains(error: BaseException) -> bool:
    return isinstance(error, COMPLAINTS) or type(error).__name__ == PANIC
