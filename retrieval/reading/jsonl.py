"""Turns a file with a JSON object on each line into its lines, and a line into a draft."""

import json
from collections.abc import Iterator

from retrieval.errors import ArticleError
from retrieval.reading.drafts import KEYS, Draft, draft, header
from retrieval.reading.encodings import LONGEST_MARK, marked
from retrieval.reading.fields import Field
from retrieval.reading.files import Stream
from retrieval.reading.limits import ReadingLimits

_MORE_THAN_TOO_LONG = 10
_CHUNK = 65_536
_MARK = b"\xef\xbb\xbf"


def lines(stream: Stream, longest: int) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, each with its number counted from 1, never many at a time.

    Args:
        stream: the file, nothing read yet.
        longest: in bytes. Of a line that is longer, just so much comes that it can be told.

    Raises:
        ArticleError: nothing is in it, the rest cannot be read, or a line does not end.
    """
    encoding = marked(stream.peek(LONGEST_MARK))
    if encoding is not None and encoding != "utf-8":
        stream.recode(encoding)
    number, found = 1, False
    try:
        while data := stream.readline(longest + 2):
            line = data.removeprefix(_MARK).strip()
            if line:
                found = True
                yield number, line
            if not data.endswith(b"\n"):
                _skip_to_end(stream, _MORE_THAN_TOO_LONG * longest)
            number += 1
    except ArticleError as error:
        raise ArticleError(f"not read on from here: {error.reason}", number) from error
    if not found:
        raise ArticleError("empty file; remove it or write articles into it")


def parse(text: str, line: int, limits: ReadingLimits) -> Draft:
    """The article of one line.

    Args:
        text: the line.
        line: its number.
        limits: the longest id and URL.

    Raises:
        ArticleError: it is not an object with `title`, `date` and `text`.
    """
    try:
        found: object = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at column {error.colno}; expected one object a line"
        raise ArticleError(reason, line) from error
    except (ValueError, RecursionError) as error:
        reason = "not usable JSON: a number too long or nested too deep; expected plain values"
        raise ArticleError(reason, line) from error
    if not isinstance(found, dict):
        reason = f"{_kind(found)}; expected an object with `title`, `date` and `text`"
        raise ArticleError(reason, line)
    given = {key: _text(key, found.get(key), line) for key in (*KEYS, "text")}
    values = ((key, Field(given[key], line)) for key in KEYS if key in found)
    textless = "no `text`, so the title stands for it"
    return draft(header(line, values), given["text"], limits, textless=textless)


def _skip_to_end(stream: Stream, farthest: int) -> None:
    skipped = 0
    while data := stream.readline(_CHUNK):
        skipped += len(data)
        if data.endswith(b"\n"):
            return
        if skipped > farthest:
            raise ArticleError("this line has no end; put one article on each line")


def _text(key: str, value: object, line: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ArticleError(f"`{key}` must be text, not {_kind(value)}", line)


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
