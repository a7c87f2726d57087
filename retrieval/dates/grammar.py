"""A table becomes one regular expression, and a text the mentions of dates in it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from retrieval.dates.cues import EVERYTHING, Cues, Window, needs
from retrieval.dates.expressions import any_of, expand
from retrieval.dates.intervals import Unit
from retrieval.dates.language import Kind, Language, Pattern
from retrieval.dates.openings import DIGIT, any_opening, openings
from retrieval.dates.tables import LANGUAGES

_YEAR = r"(?:1\d|20)\d\d(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_ORDINAL = r"(?:st|nd|rd|th|º|\.?ª|er)?(?![^\W\d_])"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4} | {
    numeral: number for number, numeral in enumerate("一二三四", 1)
}
_EVERYWHERE = (
    Pattern(Kind.DATE, r"{year}[-/]{m}[-/]{d}(?![\d/-])"),
    Pattern(Kind.DATE, r"{d}\.{m}\.{year}(?![\d/-])"),
    Pattern(Kind.DATE, r"{d}/{m}/{year}(?![\d/-])"),
    Pattern(Kind.DATE, r"{d}-{m}-{year}(?![\d/-])"),
    Pattern(Kind.DATE, r"{m}/{d}/{year}(?![\d/-])"),
    Pattern(Kind.MONTH, r"{year}-{m}(?![\d/-])"),
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)
_OTHER_DIGIT = re.compile("[٠-٩۰-۹０-９]")
_SLOT = re.compile(r"\{([a-z]+)\}")


class Mention(NamedTuple):
    """A date as the words give it; what they leave out is None.

    Args:
        start, end: where it stands, a possessive ending included.
        kind, shift, unit: as in the pattern that matched.
        number: of units in ago and recent.
        last: the second day of a range of days.
        weekday: 0 is Monday.
        named: the words begin with the name of a day or month.
    """

    start: int
    end: int
    kind: Kind
    shift: int | None = None
    unit: Unit | None = None
    number: int | None = None
    day: int | None = None
    last: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: int | None = None
    weekday: int | None = None
    named: bool = False

    @property
    def explicit(self) -> bool:
        """Whether the words give the year themselves, so that they mean the same on any day."""
        return self.year is not None


def fold(text: str) -> str:
    """Lower case and plain digits, every character in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower()[0] for char in text)
    # Few texts hold other digits, and looking for one takes a tenth of the time that translating takes.
    return lowered.translate(_DIGITS) if _OTHER_DIGIT.search(lowered) else lowered


class Grammar:
    """The compiled table of one language.

    Args:
        language: the table.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._patterns = (*_EVERYWHERE, *language.patterns)
        self._slots = {
            "weekday": any_of(language.weekdays),
            "month": any_of(language.months),
            "mon": _month_names(language),
            "unit": any_of(language.units),
            "n": rf"(?:(?<![\d.,])(?<!\d\s)\d{{1,3}}(?!\d)|{any_of(language.numbers)})",
            "day": _DAY + _ORDINAL,
            "last": _DAY + _ORDINAL,
            "d": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)",
            "m": r"(?:0?[1-9]|1[0-2])(?!\d)",
            "year": _YEAR,
            "quarter": "(?:[1-4](?:st|nd|rd|th)?|" + "|".join(_QUARTERS) + ")",
        }
        if language.spelled_days:
            self._slots["day"] = rf"(?:{_DAY}|{any_of(language.numbers)})"
            self._slots["last"] = self._slots["day"]
        beginnings = _beginnings(language)
        self._openings = tuple(
            openings(pattern.template, beginnings) for pattern in self._patterns
        )
        left = r"(?<![\w@#/&$€£-])" if language.spaced else r"(?<![\d.,/-])"
        if language.clitics:
            left = rf"(?:{left}|(?<=\s[{language.clitics}]))"
        right = r"(?![\w@/&]|[-–]\w)" if language.spaced else r""
        self._around = (left, f"{expand(language.tail)}{right}")
        self._cues = Cues(language)
        self._needs = tuple(needs(pattern.template, language) for pattern in self._patterns)
        self._compiled: dict[frozenset[str], re.Pattern[str]] = {}
        self._present = tuple(
            {slot: f"p{index}_{slot}" for slot in _said_once(pattern.template)}
            for index, pattern in enumerate(self._patterns)
        )

    def mentions(self, text: str) -> Iterator[Mention]:
        """The dates of a text from left to right, including those that are none (`Kind.NOTHING`)."""
        folded = fold(text)
        return self._within(folded, Window(0, len(folded), len(folded), EVERYTHING))

    def of_question(self, text: str) -> Iterator[Mention]:
        """The same, faster: only patterns whose words are there are looked for, and most questions hold none."""
        folded = fold(text)
        found = self._cues.sorts(folded)
        whole = Window(0, len(folded), len(folded), found)
        return self._within(folded, whole) if found else iter(())

    def around_cues(self, text: str) -> Iterator[Mention]:
        """The same, faster, where no name or word tells of a day but numbers: those may be left out."""
        folded = fold(text)
        for window in self._cues.windows(folded):
            yield from self._within(folded, window)

    def _within(self, folded: str, window: Window) -> Iterator[Mention]:
        for match in self._regex(window.found).finditer(folded, window.start, window.end):
            if match.lastgroup is not None:
                yield self._mention(match, int(match.lastgroup[1:]))
            if match.end() > window.last:
                return

    def _regex(self, found: frozenset[str]) -> re.Pattern[str]:
        """The expression for the patterns that can match where nothing but these sorts of words is found."""
        if (compiled := self._compiled.get(found)) is not None:
            return compiled
        left, right = self._around
        possible = [index for index, needed in enumerate(self._needs) if needed <= found]
        # Most words begin no date at all, and are passed over before the patterns are tried one by one.
        ahead = any_opening(chain.from_iterable(self._openings[index] for index in possible))
        body = "|".join(self._group(index) for index in possible)
        return self._compiled.setdefault(
            found, re.compile(f"{left}{ahead}(?:{body or '$^'}){right}")
        )

    def _group(self, index: int) -> str:
        def slot(found: re.Match[str]) -> str:
            group = present.get(found[1])
            body = self._slots[found[1]]
            return body if group is None else f"(?P<{group}>{body})"

        template, present = self._patterns[index].template, self._present[index]
        # The group that tells which pattern it was comes last, and is empty: an alternative that begins with a letter
        # is passed over at once where another stands, one that begins with a group is not.
        return f"(?:{expand(_SLOT.sub(slot, template))})(?P<p{index}>)"

    def _mention(self, match: re.Match[str], index: int) -> Mention:
        language, pattern = self.language, self._patterns[index]
        said = {slot: match[name] for slot, name in self._present[index].items()}.get
        month = said("month") or said("mon")
        weekday = said("weekday")
        name = weekday or month or ""
        unit = said("unit")
        return Mention(
            start=match.start(),
            end=match.end(),
            kind=pattern.kind,
            shift=pattern.shift,
            unit=pattern.unit if unit is None else language.units[_squeeze(unit)],
            number=self._number(said("n")),
            day=self._number(said("day") or said("d")),
            last=self._number(said("last")),
            month=self._month(month, said("m")),
            quarter=_quarter(said("quarter")),
            year=self._number(said("year")),
            weekday=None if weekday is None else language.weekdays[_squeeze(weekday)],
            named=name != "" and match[0].startswith(name),
        )

    def _number(self, said: str | None) -> int | None:
        if said is None:
            return None
        if (number := self.language.numbers.get(said)) is not None:
            return number
        digits = said if said.isdecimal() else "".join(filter(str.isdecimal, said))
        return int(digits)

    def _month(self, name: str | None, number: str | None) -> int | None:
        if name is None:
            return None if number is None else int(number)
        squeezed = _squeeze(name)
        found = self.language.months.get(squeezed)
        return self.language.abbreviations[squeezed.rstrip(".")] if found is None else found


@cache
def grammar_of(code: str) -> Grammar | None:
    """The grammar of a language by its code, built once; None where there is no table for it."""
    language = LANGUAGES.get(code)
    return None if language is None else Grammar(language)


def _said_once(template: str) -> list[str]:
    """The slots of a pattern whose words can be told; of one that stands there twice it is not plain which counts."""
    slots = _SLOT.findall(template)
    return [slot for slot in slots if slots.count(slot) == 1]


def _beginnings(language: Language) -> dict[str, tuple[str, ...]]:
    """What each slot can begin with."""
    numbers = (DIGIT, *map(re.escape, language.numbers))
    words = {
        "weekday": language.weekdays,
        "month": language.months,
        "mon": (*language.months, *language.abbreviations),
        "unit": language.units,
    }
    days = numbers if language.spelled_days else (DIGIT,)
    return {
        **{slot: tuple(re.escape(name.split()[0]) for name in names) for slot, names in words.items()},
        "n": numbers, "day": days, "last": days, "d": (DIGIT,), "m": (DIGIT,), "year": (DIGIT,),
        "quarter": (DIGIT, *_QUARTERS),
    }  # fmt: skip


def _month_names(language: Language) -> str:
    if not language.abbreviations:
        return any_of(language.months)
    return rf"(?:{any_of(language.months)}|{any_of(language.abbreviations)}\.?)"


def _quarter(said: str | None) -> int | None:
    if said is None:
        return None
    return _QUARTERS.get(said) or int(said[0])


def _squeeze(words: str) -> str:
    return " ".join(words.split())
