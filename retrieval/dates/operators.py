"""`after:2019-04-01 before:2019-05 on:2019` in a question become bounds.

A value is a day, a month or a year. `after:` counts from its first day on, `before:` up to the day before its first
day, as mail and code searches have it: `after:2019-04 before:2019-05` is April 2019. `on:` is the whole of it.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.dates.intervals import Interval, month_of, single, year_of
from retrieval.types import Bounds, Span

_OPERATOR = re.compile(r"(?<!\S)(after|before|on)[:：](\S{1,40})", re.IGNORECASE)
_VALUE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_PUNCTUATION = "?!.,;)؟。"


@dataclass(frozen=True, slots=True)
class Operators:
    """What the operators of a question say.

    Args:
        bounds: the days all of them leave; open when they exclude each other.
        spans: where they stand, unreadable ones too.
        unreadable: those that are no date or exclude each other, as written.
    """

    bounds: Bounds
    spans: tuple[Span, ...]
    unreadable: tuple[str, ...]


def read_operators(question: str) -> Operators:
    """Read the date operators of a question."""
    spans: list[Span] = []
    unreadable: list[str] = []
    readable: list[str] = []
    after, before = date.min, date.max
    for match in _OPERATOR.finditer(question):
        said = match[0].rstrip(_PUNCTUATION)
        spans.append(Span(match.start(), match.start() + len(said)))
        bounds = _bounds(match[1].lower(), match[2].rstrip(_PUNCTUATION))
        if bounds is None:
            unreadable.append(said)
            continue
        readable.append(said)
        after = max(after, bounds.after or date.min)
        before = min(before, bounds.before or date.max)
    if after > before:
        return Operators(Bounds(), tuple(spans), (*unreadable, *readable))
    limits = Bounds(
        None if after == date.min else after,
        None if before == date.max else before,
    )
    return Operators(limits, tuple(spans), tuple(unreadable))


def _bounds(operator: str, value: str) -> Bounds | None:
    try:
        days = _days(value)
        if days is None:
            return None
        match operator:
            case "after":
                return Bounds(after=days.first)
            case "before":
                return Bounds(before=days.first - timedelta(days=1))
            case _:
                return Bounds(days.first, days.last)
    except (OverflowError, ValueError):
        return None


def _days(value: str) -> Interval | None:
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    if year is None:
        return None
    if month is None:
        return year_of(year)
    if not 1 <= month <= 12:
        return None
    return month_of(year, month) if day is None else single(date(year, month, day))
