"""Says the sentences of `bot.texts`, days and numbers in a reader's language."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot import texts
from bot.bidi import Direction, isolate
from bot.texts import Plural
from retrieval.types import Bounds

ENGLISH = "en"
FOLDER = Path(__file__).parent / "locale"
DOMAIN = "dateline"

LANGUAGES = (ENGLISH, *sorted(file.name for file in FOLDER.iterdir() if file.is_dir()))
"""ISO 639-1 codes of the languages the bot speaks."""

MOST_WORDS = 8
LONGEST_QUESTION = 200
LONGEST_WORD = 40
"""Of the words that were not found, in characters."""

DAYS_KEPT = 4_096
"""Days whose written form is remembered; writing one takes 10 µs."""

# Babel's own patterns for English are American.
_LONG_DAY = {ENGLISH: "d MMMM y"}
_SHORT_DAY = {ENGLISH: "d MMM y"}

_COMMAS = {"ar": "، ", "zh": "、"}
"""By language, where it is another than ours."""


def catalogue_file(language: str) -> Path:
    """Where the sentences of a language stand, as gettext keeps them."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def _direction(language: str) -> Direction:
    # Babel puts it together anew each time, which takes 10 µs.
    return "rtl" if Locale.parse(language).text_direction == "rtl" else "ltr"


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    with catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def known_language(code: str | None) -> str | None:
    """The language of a code such as `pt-br` if the bot speaks it, else None."""
    language = (code or "").replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else None


def language_name(language: str) -> str:
    """A language's name in itself: Deutsch, русский."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Texts:
    """The bot's own words in one language; calling it with a sentence of `bot.texts` says that sentence.

    Args:
        language: one of `LANGUAGES`.
    """

    language: str = ENGLISH
    _gettext: NullTranslations = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_gettext", _catalogue(self.language))

    @property
    def direction(self) -> Direction:
        """Which way the language is written."""
        return _direction(self.language)

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return _COMMAS.get(self.language, ", ")

    def __call__(self, message: str, **values: object) -> str:
        """Say a sentence, with values filled in that stay apart where they run the other way."""
        sentence = self._gettext.gettext(message)
        if not values:
            return sentence
        return sentence.format(**{name: self._put(value) for name, value in values.items()})

    def plural(self, message: Plural, count: int, **values: object) -> str:
        """Say a sentence that depends on a number; `{count}` in it is the number."""
        sentence = self._gettext.ngettext(*message, count)
        given = {name: self._put(value) for name, value in values.items()}
        return sentence.format(count=self.number(count), **given)

    def _put(self, value: object) -> str:
        return isolate(str(value), self.direction)

    def number(self, value: int) -> str:
        """12,345."""
        return format_decimal(value, locale=self.language)

    def long_day(self, day: date) -> str:
        """26 April 2019."""
        return _long_day(day, self.language)

    def short_day(self, day: date) -> str:
        """25 Apr 2019."""
        return _short_day(day, self.language)

    def days(self, first: date, last: date) -> str:
        """25 Apr 2019, Feb 2019, 2018, or 22 Apr 2019 – 28 Apr 2019."""
        after = last + timedelta(days=1) if last < date.max else None
        if first == last:
            return self.short_day(first)
        if first.day == 1 and after is not None and after.day == 1:
            if first.month == 1 and after.month == 1 and after.year == first.year + 1:
                return format_skeleton("y", first, locale=self.language)
            if (first.year, first.month) == (last.year, last.month):
                return format_skeleton("yMMM", first, locale=self.language)
        return f"{self.short_day(first)} – {self.short_day(last)}"

    def holding(self, articles: int, first: date, last: date) -> str:
        """How many articles there are, and from when to when."""
        if articles == 1 or first == last:
            return self.plural(texts.ARTICLES_OF, articles, day=self.long_day(last))
        return self.plural(
            texts.ARTICLES_FROM, articles, first=self.long_day(first), last=self.long_day(last)
        )

    def limited_to(self, bounds: Bounds) -> str:
        """The days that the answer is limited to."""
        return self._bounded(bounds, texts.ONLY_OF, texts.ONLY_FROM, texts.ONLY_UP_TO)

    def not_limited_to(self, bounds: Bounds) -> str:
        """Days that were understood and not kept to."""
        return self._bounded(
            bounds,
            texts.NOTHING_BETTER_OF,
            texts.NOTHING_BETTER_FROM,
            texts.NOTHING_BETTER_UP_TO,
        )

    def _bounded(self, bounds: Bounds, between: str, since: str, until: str) -> str:
        if bounds.after is not None and bounds.before is not None:
            return self(between, days=self.days(bounds.after, bounds.before))
        if bounds.after is not None:
            return self(since, day=self.short_day(bounds.after))
        return self(until, day=self.short_day(bounds.before)) if bounds.before else ""

    def words(self, words: Sequence[str]) -> str:
        """The first few of many words, and of a long one its head."""
        shown = [
            self._put(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…")
            for word in words[:MOST_WORDS]
        ]
        named = self.comma.join(shown)
        more = len(words) - MOST_WORDS
        if more <= 0:
            return named
        # English alone has a comma before the "and" of a list.
        before = self.comma if self.language == ENGLISH else " "
        return f"{named}{before}{self.plural(texts.AND_MORE, more)}"


def moment(at: datetime) -> str:
    """A time of UTC, for where the reader's own isn't known: 2019-04-26 14:05 UTC."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def in_short(question: str) -> str:
    """A question on one line, cut where it is long."""
    line = " ".join(question[: 4 * LONGEST_QUESTION].split())
    return line if len(line) <= LONGEST_QUESTION else f"{line[:LONGEST_QUESTION]}…"


@lru_cache(DAYS_KEPT)
def _long_day(day: date, language: str) -> str:
    return format_date(day, _LONG_DAY.get(language, "long"), locale=language)


@lru_cache(DAYS_KEPT)
def _short_day(day: date, language: str) -> str:
    if language in _SHORT_DAY:
        return format_date(day, _SHORT_DAY[language], locale=language)
    # Not Babel's "medium", which is in digits in German and Arabic.
    return format_skeleton("yMMMd", day, locale=language)
