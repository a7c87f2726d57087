"""Turns a plain text file into a draft, whichever of the two headers it begins with."""

import re

from retrieval.errors import ArticleError
from retrieval.reading.drafts import KEYS, Draft, Header, draft, header
from retrieval.reading.fields import Field, Remark
from retrieval.reading.limits import ReadingLimits
from retrieval.reading.wording import listed, quoted

_DATE_LINE = re.compile(r"\s*date(?!\s*:)(?:\s+(\S+)(?:\s+(.*))?|\s*)", re.IGNORECASE)
_KEY_LINE = re.compile(r"\s*([A-Za-z][A-Za-z-]*)\s*:(.*)")
_EXPECTED = "expected `date YYYY-MM-DD Title`, or lines `Title:` and `Date:` and a blank line"


def parse(text: str, limits: ReadingLimits) -> Draft:
    r"""The article of a .txt file.

    Args:
        text: the whole file, line ends as `\n`.
        limits: the longest id and URL.

    Raises:
        ArticleError: it has neither header, or a bad one.
    """
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise ArticleError("empty file; remove it or write the article into it")
    dated = _DATE_LINE.fullmatch(lines[first])
    if dated is not None:
        head = Header(
            line=first + 1,
            date=Field(dated[1], first + 1) if dated[1] else None,
            title=Field(dated[2] or "", first + 1),
        )
        return draft(head, "\n".join(lines[first + 1 :]), limits)
    if _KEY_LINE.fullmatch(lines[first]) is not None:
        return _with_keys(lines, first, limits)
    raise ArticleError(f"no date: {quoted(lines[first])} is no header; {_EXPECTED}", first + 1)


def _with_keys(lines: list[str], first: int, limits: ReadingLimits) -> Draft:
    values: list[tuple[str, Field]] = []
    strangers: list[Field] = []
    end = next((at for at in range(first, len(lines)) if not lines[at].strip()), len(lines))
    for number, line in enumerate(lines[first:end], first + 1):
        found = _KEY_LINE.fullmatch(line)
        if found is None:
            reason = f"{quoted(line)} is no header line; put a blank line before the text"
            raise ArticleError(reason, number)
        key = found[1].lower()
        if key in KEYS:
            values.append((key, Field(found[2].strip(), number)))
        else:
            strangers.append(Field(found[1], number))
    head = header(first + 1, values)
    body = "\n".join(lines[end:])
    if strangers and not body.strip():
        # With no text after the header, what looks like an unknown key may well be the text.
        known = listed(f"{key.title()}:" for key in KEYS)
        reason = f"{quoted(strangers[0].value + ':')} is not {known}; remove the line, or put a "
        raise ArticleError(reason + "blank line before it if it is text", strangers[0].line)
    remarks = tuple(
        Remark(f"header line {quoted(each.value + ':')} ignored") for each in strangers
    )
    return draft(head, body, limits, remarks)
