"""Numbers written in words and in digits, and dates written in digits, become the same terms."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

_FROM_TWO = {
    "ar": "اثنان|اثنين ثلاثة|ثلاث أربعة|أربع خمسة|خمس ستة|ست سبعة|سبع ثمانية|ثماني تسعة|تسع عشرة|عشر",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "en": "two three four five six seven eight nine ten eleven twelve",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "pt": "dois|duas três quatro cinco seis sete oito nove dez onze doze",
    "ru": "два|две|двух три|трёх|трех четыре|четырёх|четырех пять|пяти шесть|шести семь|семи восемь|восьми "
    "девять|девяти десять|десяти",
}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")

ISO_DATE = re.compile(r"(?<![\w-])([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")
"""2019-04-25, in three groups."""


@cache
def number_words(language: str) -> Mapping[str, str]:
    """From number words (two and up: one is an article in most languages) to digits; empty without a table."""
    line = _FROM_TWO.get(language, "")
    return {
        word: str(number)
        for number, words in enumerate(line.split(), 2)
        for word in words.split("|")
    }


def plain_ordinal(word: str, language: str) -> str:
    """25 for the 25th; other words as they are."""
    match = _ORDINAL.fullmatch(word) if language == "en" else None
    return match[1] if match else word


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The twelve months as they stand in a date, in small letters; empty for a language Babel doesn't know."""
    try:
        months = Locale.parse(language).months["format"]["wide"]
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple(months[number].lower() for number in range(1, 13))
