"""Turns the values that a file gives into a `Draft`: an article still without a certain id."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from retrieval.errors import ArticleError
from retrieval.reading import fields
from retrieval.reading.encodings import unified
from retrieval.reading.fields import Field, Remark
from retrieval.reading.limits import ReadingLimits

KEYS = ("title", "date", "url", "id", "language")


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about its article, unchecked; None is not said.

    Args:
        line: where it begins, counted from 1.
        title, date, url, id, language: the values as they stand.
    """

    line: int
    title: Field | None = None
    date: Field | None = None
    url: Field | None = None
    id: Field | None = None
    language: Field | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that is fit to be used, but for its id, which depends on the other articles.

    Args:
        title, date, text, url, language: as in `Article`.
        id: the one the file gives, or None.
        remarks: what its readers should know.
    """

    title: str
    date: date
    text: str
    url: str | None
    language: str | None
    id: Field | None
    remarks: tuple[Remark, ...]


def header(line: int, values: Iterable[tuple[str, Field]]) -> Header:
    """The header made of key and value pairs, keys out of `KEYS`.

    Raises:
        ArticleError: a key comes twice.
    """
    said: dict[str, Field] = {}
    for key, field in values:
        if key in said:
            raise ArticleError(
                f"a second {key}; the first is on line {said[key].line}", field.line
            )
        said[key] = field
    return Header(line, **said)


def draft(
    head: Header,
    body: str,
    limits: ReadingLimits,
    remarks: tuple[Remark, ...] = (),
    *,
    textless: str = "no text below the header, so the title stands for it",
) -> Draft:
    """The draft of an article, its values checked.

    Args:
        head: what the file says about it.
        body: the paragraphs; blank lines around them are dropped.
        limits: the longest id and URL.
        remarks: what is to be known about it already.
        textless: what is remarked when the title has to stand for the text.

    Raises:
        ArticleError: it has no date, or nothing in it.
    """
    title = fields.title(head.title)
    text = trimmed(unified(fields.sound(body, head.line)))
    if not title and not text:
        raise ArticleError("empty: it has neither title nor text", head.line)
    if not text:
        remarks = (*remarks, Remark(textless))
    url, url_remark = fields.url(head.url, limits.max_url_characters)
    language, language_remark = fields.language(head.language)
    return Draft(
        title=title,
        date=fields.day(head.date, head.line),
        text=text or title,
        url=url,
        language=language,
        id=fields.identifier(head.id, limits.max_id_characters),
        remarks=(*remarks, *(found for found in (url_remark, language_remark) if found)),
    )


def trimmed(body: str) -> str:
    """The body without the blank lines around it; everything between stays as it is."""
    lines = body.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    last = next((at for at in range(len(lines), first, -1) if lines[at - 1].strip()), first)
    return "\n".join(lines[first:last])
