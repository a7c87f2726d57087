"""A mention and the day it is read on become the days it means."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum, auto

from retrieval.dates.grammar import Mention
from retrieval.dates.intervals import (
    Interval,
    Unit,
    around,
    back,
    hull,
    month_of,
    single,
    year_of,
)
from retrieval.dates.language import Kind

_LEAP_GAP = 8
"""Years within which every day of the calendar comes round, 29 February included."""

_SEASONS = 300
"""A day to come that is farther off would be told with its year."""


class Direction(Enum):
    """Which way from the base a name that comes round again is meant."""

    PAST = auto()
    FUTURE = auto()
    UNKNOWN = auto()


_TURNING: Mapping[Kind, tuple[int | None, ...]] = {
    Kind.WEEKDAY: (None, 0), Kind.WEEKEND: (None,), Kind.PERIOD: (None, 0),
    Kind.DATE: (None,), Kind.DAYS: (None,), Kind.MONTH: (None,),
}  # fmt: skip
"""The kinds whose days depend on the direction, and with which shifts."""


def depends_on_direction(mention: Mention) -> bool:
    """Whether the direction can change what a mention without a year of its own means."""
    return mention.shift in _TURNING.get(mention.kind, ())


def meaning(mention: Mention, base: date, direction: Direction) -> Interval | None:
    """The days a mention means when it is said on `base`.

    A name that comes round again (Thursday, April, 25 April) is the latest that has begun by then when the direction
    is past, the next that has not ended when it is future; unknown, it must be the same either way. None where the
    words contradict each other or the calendar, or stay open.
    """
    try:
        return _meaning(mention, base, direction)
    except (OverflowError, ValueError):
        return None


def _meaning(mention: Mention, base: date, direction: Direction) -> Interval | None:
    match mention.kind:
        case Kind.DATE | Kind.DAYS | Kind.MONTH | Kind.QUARTER | Kind.YEAR if mention.explicit:
            return dated(mention, mention.year or base.year)
        case Kind.IN_YEAR:
            return dated(mention, base.year + (mention.shift or 0))
        case Kind.WEEKDAY | Kind.IN_WEEK:
            return _weekday(mention, base, direction)
        case Kind.WEEKEND:
            return _weekend(base, direction)
        case Kind.DATE | Kind.DAYS | Kind.MONTH:
            return _recurring(mention, base, direction)
        case _:
            return _counted(mention, base, direction)


def _counted(mention: Mention, base: date, direction: Direction) -> Interval | None:
    """What is told by its distance from the base."""
    unit, count, shift = mention.unit or Unit.DAY, mention.number or 1, mention.shift or 0
    match mention.kind:
        case Kind.TODAY:
            return single(base)
        case Kind.PERIOD:
            return _agreeing(around(base, unit, shift), base, direction, strict=shift == 0)
        case Kind.PART:
            whole = around(base, unit)
            return Interval(whole.first, base) if shift < 0 else Interval(base, whole.last)
        case Kind.AGO:
            return around(back(base, unit, count), unit)
        case Kind.RECENT:
            return Interval(back(base, unit, count), base)
        case _:
            return None


def dated(mention: Mention, year: int) -> Interval | None:
    """The days of a mention of a day, days, month, quarter or year, in a given year."""
    if mention.quarter is not None:
        return around(date(year, mention.quarter * 3, 1), Unit.QUARTER)
    if mention.month is None:
        return year_of(year)
    if mention.day is None:
        return month_of(year, mention.month)
    day = date(year, mention.month, mention.day)
    if mention.weekday not in (None, day.weekday()):
        return None
    if mention.last is None:
        return single(day)
    last = day.replace(day=mention.last)
    return Interval(day, last) if day < last else None


def _weekday(mention: Mention, base: date, direction: Direction) -> Interval | None:
    if mention.kind is Kind.IN_WEEK:
        monday = around(base, Unit.WEEK, mention.shift or 0).first
        return single(monday + timedelta(days=mention.weekday or 0))
    ahead = ((mention.weekday or 0) - base.weekday()) % 7
    match mention.shift:
        case None:
            before = base - timedelta(days=-ahead % 7)
            after = base + timedelta(days=ahead)
            return _choice(single(before), single(after), direction)
        case 0:
            monday = around(base, Unit.WEEK).first
            day = single(monday + timedelta(days=mention.weekday or 0))
            return _agreeing(day, base, direction, strict=True)
        case shift if shift < 0:
            return single(base - timedelta(days=-ahead % 7 or 7))
        case _:
            return single(base + timedelta(days=ahead or 7))


def _weekend(base: date, direction: Direction) -> Interval | None:
    """The nearest weekend; on a Saturday or Sunday only the one that has just been is plain."""
    this = around(base, Unit.WEEKEND)
    if direction is Direction.FUTURE:
        return this if base < this.first else None
    if direction is Direction.UNKNOWN or base == this.first:
        return None
    return this if base == this.last else around(base, Unit.WEEKEND, -1)


def _recurring(mention: Mention, base: date, direction: Direction) -> Interval | None:
    """A month, or a day of one, without its year."""
    found = tuple(_rounds(mention, base.year))
    if mention.shift is not None:
        here = month_of(base.year, base.month)
        match mention.shift:
            case 0:
                return dated(mention, base.year)
            case shift if shift < 0:
                return next((month for month in reversed(found) if month.last < here.first), None)
            case _:
                return next((month for month in found if month.first > here.last), None)
    before = next((days for days in reversed(found) if days.first <= base), None)
    after = next((days for days in found if days.last >= base), None)
    if mention.weekday is None:
        far = mention.day is not None and direction is Direction.FUTURE and not _near(after, base)
        return None if far else _choice(before, after, direction)
    # The weekday tells the year: two years running never share it.
    fitting = [days for days in (before, after) if days is not None and _within_a_year(days, base)]
    return fitting[0] if len(set(fitting)) == 1 else None


def _near(days: Interval | None, base: date) -> bool:
    return days is not None and (days.first - base).days <= _SEASONS


def _within_a_year(days: Interval, base: date) -> bool:
    return abs((days.first - base).days) <= 366


def _rounds(mention: Mention, year: int) -> Iterator[Interval]:
    """Every time a date without a year comes round near a year, in order."""
    for near in range(year - _LEAP_GAP, year + _LEAP_GAP + 1):
        try:
            days = dated(mention, near)
        except (OverflowError, ValueError):
            continue
        if days is not None:
            yield days


def _choice(
    before: Interval | None, after: Interval | None, direction: Direction
) -> Interval | None:
    match direction:
        case Direction.PAST:
            return before
        case Direction.FUTURE:
            return after
        case Direction.UNKNOWN:
            return before if before == after else None


def _agreeing(
    days: Interval, base: date, direction: Direction, *, strict: bool
) -> Interval | None:
    """The days, unless the sentence puts them on the other side of the base."""
    if strict and direction is Direction.PAST and days.first > base:
        return None
    if strict and direction is Direction.FUTURE and days.last < base:
        return None
    return days


def between(one: Mention, other: Mention, base: date) -> Interval | None:
    """From one date to another; an end without a year takes it from the other."""
    latest = meaning(other, base, Direction.PAST)
    earliest = meaning(one, base, Direction.PAST)
    try:
        if latest is not None and not one.explicit:
            earliest = _meaning(one, latest.last, Direction.PAST) or earliest
        elif earliest is not None and not other.explicit:
            latest = _meaning(other, earliest.first, Direction.FUTURE) or latest
    except (OverflowError, ValueError):
        return None
    if earliest is None or latest is None:
        return None
    return hull(earliest, latest)
