"""Turns the values of an article's header into checked ones: title, date, URL, id, language."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from retrieval.errors import ArticleError
from retrieval.reading.wording import quoted

EXPECTED_DATE = "expected YYYY-MM-DD, such as 2019-04-26"

_DAY = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:(?:[Tt]|[ \t]+)([01]?\d|2[0-4])(?::?[0-5]\d)?(?::?[0-6]\d(?:[.,]\d+)?)?"
    r"[ \t]*(?:[Zz]|[+-]\d{1,2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """A value as the file has it, and the line it stands on, counted from 1."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to note about a used article; `detail` is what differs between articles."""

    what: str
    detail: str = ""


def sound(value: str, line: int) -> str:
    """The value itself, unless it holds something that no text can hold.

    Raises:
        ArticleError: a NUL, or half of a surrogate pair, as JSON and YAML escapes can write them.
    """
    if "\0" in value:
        raise ArticleError("not text: it holds a NUL character; remove it", line)
    try:
        value.encode()
    except UnicodeEncodeError:
        # PyYAML leaves the two halves of an escaped pair apart.
        try:
            return value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError as error:
            reason = r"half a character: a lone \ud800 to \udfff escape; remove or complete it"
            raise ArticleError(reason, line) from error
    return value


def title(field: Field | None) -> str:
    """The title on one line; empty when there is none."""
    if field is None:
        return ""
    lines = sound(field.value, field.line).splitlines()
    return " ".join(line.strip() for line in lines).strip()


def day(field: Field | None, line: int) -> date:
    """The day of a date or an ISO date and time, as it is written there, whatever the time zone.

    Args:
        field: the value, None when the file gives none.
        line: where the header begins.

    Raises:
        ArticleError: there is none, it is no date, or there is no such day.
    """
    if field is None or not field.value.strip():
        raise ArticleError(f"no date; {EXPECTED_DATE}", field.line if field else line)
    found = _DAY.fullmatch(field.value.strip())
    if found is None:
        raise ArticleError(f"{quoted(field.value)} is not a date; {EXPECTED_DATE}", field.line)
    year, month, number = (int(found[group]) for group in (1, 2, 3))
    try:
        return date(year, month, number)
    except ValueError as error:
        reason = f"there is no such day as {quoted(field.value)} ({error}); {EXPECTED_DATE}"
        raise ArticleError(reason, field.line) from error


def url(field: Field | None, longest: int) -> tuple[str | None, Remark | None]:
    """The address if it can be linked, else None and the reason why not."""
    if field is None or not field.value.strip():
        return None, None
    value = field.value.strip()
    if len(value) > longest:
        return None, Remark(f"used without its url, which is longer than {longest} characters")
    if _linkable(value):
        return value, None
    return None, Remark("used without its url, which is no http or https address", quoted(value))


def identifier(field: Field | None, longest: int) -> Field | None:
    """The id that the file gives, without blanks around it.

    Raises:
        ArticleError: it is too long, or not plain text on one line.
    """
    if field is None or not field.value.strip():
        return None
    value = sound(field.value, field.line).strip()
    if len(value) > longest:
        reason = f"the id {quoted(value)} is longer than {longest} characters; shorten it"
        raise ArticleError(reason, field.line)
    if not value.isprintable():
        reason = f"the id {quoted(value)} holds characters that cannot be shown; remove them"
        raise ArticleError(reason, field.line)
    return Field(value, field.line)


def language(field: Field | None) -> tuple[str | None, Remark | None]:
    """The two-letter code (`en` out of `en-GB`) if it is one, else None and the reason why not."""
    if field is None or not field.value.strip():
        return None, None
    found = _LANGUAGE.fullmatch(field.value.strip())
    if found is not None:
        return found[1].lower(), None
    what = "language left to be found out, for what is given is no two-letter code such as en"
    return None, Remark(what, quoted(field.value))


def _linkable(value: str) -> bool:
    if not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:  # as it does for a bad IPv6 address or port
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0
