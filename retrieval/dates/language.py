"""The shape of a language's table: which words name days and periods, and what around them tells their direction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from retrieval.dates.intervals import Unit


class Kind(Enum):
    """What a pattern of a table means. Slots in braces are the ones a pattern of the kind may hold."""

    NOTHING = auto()
    """Looks like a date and is none, or is too doubtful: Black Friday, every Monday, about two years ago."""
    DATE = auto()
    """{day} with {month} or {mon}, perhaps {weekday} and {year}."""
    DAYS = auto()
    """{day} to {last} of a {month} or {mon}, perhaps with {year}."""
    MONTH = auto()
    """{month} or {mon}, perhaps with {year}; the shift is -1 for last, 0 for this, 1 for next."""
    QUARTER = auto()
    """{quarter} of a {year}."""
    YEAR = auto()
    """{year}."""
    IN_YEAR = auto()
    """{month} or {mon}, perhaps with {day}, of the year that is the shift away."""
    WEEKDAY = auto()
    """{weekday}; the shift is -1 for last, 0 for this, 1 for next."""
    WEEKEND = auto()
    """A weekend that the sentence puts before or after the day: over the weekend."""
    IN_WEEK = auto()
    """{weekday} of the week that is the shift away."""
    PERIOD = auto()
    """The unit that is the shift away: yesterday, last week."""
    TODAY = auto()
    """The day itself, in a word that can also mean nowadays."""
    PART = auto()
    """The unit around the day, up to the day (shift -1) or from it on (shift 1): earlier this month."""
    AGO = auto()
    """{n} {unit} back."""
    RECENT = auto()
    """The last {n} {unit} up to the day."""


class Limit(Enum):
    """How the words beside a date in a question limit the days."""

    WITHIN = auto()
    SINCE = auto()
    AFTER = auto()
    BEFORE = auto()
    UNTIL = auto()
    BETWEEN = auto()


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a date.

    Args:
        kind: what it means.
        template: a regular expression over lower-case text. `{slot}` stands for a slot of `Kind`, a blank for white
            space inside a paragraph.
        shift: see `Kind`.
        unit: the unit of a period.
    """

    kind: Kind
    template: str
    shift: int | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Tense:
    """Regular expressions, over text as written, for words that tell when a sentence takes place.

    Args:
        future: planned or to come.
        past: over and reported. None where verbs do not show it: then a sentence without `future` is taken for past.
        open: could be either, as an infinitive.
        todays: what may follow a "today" that a past verb later in its clause makes that very day and not these times;
            None where it never does.
        opening: how a sentence begins whose first clause has no verb: "In a statement on Friday, he said".
        reported: words of the future that, when they follow the date, tell what was done that day: "On Friday, he
            proposed"; after `passive` they are left open.
    """

    future: str
    past: str | None = None
    open: str | None = None
    todays: str | None = None
    opening: str | None = None
    reported: str | None = None
    passive: str | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """Everything the grammar knows about one language.

    Args:
        code: ISO 639-1.
        months, weekdays: lower-case names to 1..12 and to 0 (Monday)..6.
        abbreviations: of months; only beside a day's or a year's number.
        units: words for `{unit}`.
        numbers: words for `{n}`, and for `{day}` where `spelled_days`.
        patterns: tried in this order at each place; earlier ones win.
        tense: tells past from future.
        until: before a bare weekday, ends what the sentence tells, and may lie on either side.
        weekday_lead, month_lead, date_lead: what must stand before a bare weekday, month, or day and month in an
            article; an empty expression asks for nothing, None never resolves.
        leads, trails: words before and after a date in a question.
        join: what stands between the two ends of a range.
        tail: an ending to swallow after a date, as a possessive.
        homographs: months that are also names or words.
        titled: names of days and months are written with a capital.
        runs: capitals beside a weekday make it part of a name.
        cues: beginnings of words. Whatever is relative holds one, or a name of a month, weekday or, where words are
            apart, unit.
        clitics: letters that may be joined to the front of a date, as "and".
        spaced: words are apart.
        spelled_days: days of the month are written as words.
    """

    code: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, Unit]
    numbers: Mapping[str, int]
    patterns: tuple[Pattern, ...]
    tense: Tense
    leads: Mapping[Limit, str]
    join: str
    abbreviations: Mapping[str, int] = field(default_factory=dict)
    trails: Mapping[Limit, str] = field(default_factory=dict)
    weekday_lead: str | None = ""
    month_lead: str | None = None
    date_lead: str | None = None
    until: str | None = None
    tail: str = ""
    homographs: frozenset[str] = frozenset()
    titled: bool = False
    runs: bool = False
    cues: tuple[str, ...] = ()
    clitics: str = ""
    spaced: bool = True
    spelled_days: bool = False


def periods(unit: Unit, phrases: Mapping[int, tuple[str, ...]]) -> tuple[Pattern, ...]:
    """Patterns for the phrases that name a period by its distance from now."""
    return tuple(
        Pattern(Kind.PERIOD, template, shift, unit)
        for shift, templates in phrases.items()
        for template in templates
    )


def patterns(kind: Kind, *templates: str, shift: int | None = None) -> tuple[Pattern, ...]:
    """Patterns of one kind."""
    return tuple(Pattern(kind, template, shift) for template in templates)
