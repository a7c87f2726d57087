"""Calendar arithmetic: a day and a unit become the whole days from first to last.

Every function may raise `OverflowError` or `ValueError` where the calendar of `datetime` ends.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto


class Unit(Enum):
    """A length of calendar time."""

    DAY = auto()
    WEEK = auto()
    WEEKEND = auto()
    MONTH = auto()
    QUARTER = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def single(day: date) -> Interval:
    """One day."""
    return Interval(day, day)


def year_of(year: int) -> Interval:
    """A whole year."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def month_of(year: int, month: int) -> Interval:
    """A whole month; months below 1 or above 12 count on into the years around."""
    year, zero_based = divmod(year * 12 + month - 1, 12)
    last = calendar.monthrange(year, zero_based + 1)[1]
    return Interval(date(year, zero_based + 1, 1), date(year, zero_based + 1, last))


def around(day: date, unit: Unit, shift: int = 0) -> Interval:
    """The day, week (Monday to Sunday), weekend, month, quarter or year `shift` units from the one around `day`."""
    match unit:
        case Unit.DAY:
            return single(day + timedelta(days=shift))
        case Unit.WEEK:
            monday = date.fromordinal(day.toordinal() - day.weekday() + 7 * shift)
            return Interval(monday, monday + timedelta(days=6))
        case Unit.WEEKEND:
            monday = date.fromordinal(day.toordinal() - day.weekday() + 7 * shift)
            return Interval(monday + timedelta(days=5), monday + timedelta(days=6))
        case Unit.MONTH:
            return month_of(day.year, day.month + shift)
        case Unit.QUARTER:
            opening = (day.month - 1) // 3 * 3 + 1 + 3 * shift
            return Interval(
                month_of(day.year, opening).first, month_of(day.year, opening + 2).last
            )
        case Unit.YEAR:
            return year_of(day.year + shift)


def back(day: date, unit: Unit, count: int) -> date:
    """The same day `count` units earlier; the 31st becomes the last day of a shorter month."""
    match unit:
        case Unit.DAY:
            return day - timedelta(days=count)
        case Unit.WEEK | Unit.WEEKEND:
            return day - timedelta(weeks=count)
        case Unit.MONTH:
            month = month_of(day.year, day.month - count)
        case Unit.QUARTER:
            month = month_of(day.year, day.month - 3 * count)
        case Unit.YEAR:
            month = month_of(day.year - count, day.month)
    return month.first.replace(day=min(day.day, month.last.day))


def hull(one: Interval, other: Interval) -> Interval:
    """From the earlier first day to the later last day."""
    return Interval(min(one.first, other.first), max(one.last, other.last))
