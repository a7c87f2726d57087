"""Turns the bytes of an article into text: by its byte order mark, else UTF-8, else a guess."""

import codecs
import re

from retrieval.errors import ArticleError

# The longer marks first: the one of UTF-32 begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LONGEST_MARK = 4

# What no writer types: a guess that brings these out is wrong. Form feeds and tabs are typed.
_ABSURD = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
_GOOD_FOR_EACH_BAD = 4
_BINARY = "not text: it holds NUL bytes; save it as plain UTF-8 text"


def marked(head: bytes) -> str | None:
    """The encoding that a file's first bytes state by a byte order mark, or None."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def decode(data: bytes, line: int | None = None) -> tuple[str, str | None]:
    r"""The text, line ends as `\n`, and the name of its encoding if that had to be guessed.

    Args:
        data: a whole article as stored.
        line: the line it stands on when it is one line of a file, else None.

    Raises:
        ArticleError: it is not text.
    """
    decoded, guess = _decoded(data, line)
    text = unified(decoded)
    if "\0" in text:
        raise ArticleError(_BINARY, line or text.count("\n", 0, text.index("\0")) + 1)
    return text, guess


def unified(text: str) -> str:
    r"""The text with each `\r\n` and `\r` as `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decoded(data: bytes, line: int | None) -> tuple[str, str | None]:
    stated = marked(data[:LONGEST_MARK])
    try:
        return data.decode(stated or "utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(stated or "utf-8", errors="ignore")
        where = line or unified(before).count("\n") + 1
        if stated is not None:
            reason = f"its byte order mark says {stated}, but it is not; save it as UTF-8"
            raise ArticleError(reason, where) from error
        if b"\0" in data:
            raise ArticleError(_BINARY, where) from error
        if _nearly_utf8(data):
            reason = "damaged: it is UTF-8 but for some bytes here; copy it again or mend it"
            raise ArticleError(reason, where) from error
        return _guessed(data, where)


def _nearly_utf8(data: bytes) -> bool:
    """Whether so much is UTF-8 that any other encoding would turn good text into nonsense."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return beyond_ascii - bad >= _GOOD_FOR_EACH_BAD * bad


def _guessed(data: bytes, line: int) -> tuple[str, str]:
    # Few files need it, and its tables take a while to import.
    import chardet  # noqa: PLC0415

    guess = chardet.detect(data, prefer_superset=True, no_match_encoding="utf-8")["encoding"]
    if guess is None:
        raise ArticleError("not text in any known encoding; save it as UTF-8", line)
    try:
        text = data.decode(guess)
    except (UnicodeError, LookupError) as error:
        raise ArticleError("not text in any known encoding; save it as UTF-8", line) from error
    if _ABSURD.search(text) is not None:
        raise ArticleError(f"not text, or in no known encoding ({guess}?); save it as UTF-8", line)
    return text, guess
