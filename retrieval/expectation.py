"""What kind of thing would answer a question (a day, a number, a name, a duration), and where one stands."""

import re
from collections.abc import Collection
from enum import StrEnum
from functools import cache

from babel import Locale, UnknownLocaleError


class Expected(StrEnum):
    """The kind of thing that an answer holds."""

    TIME = "time"
    NUMBER = "number"
    DURATION = "duration"
    NAME = "name"
    PLACE = "place"


_QUESTIONS: dict[str, tuple[tuple[Expected, str], ...]] = {
    "en": (
        (Expected.DURATION, r"\bhow long\b"),
        (Expected.TIME, r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade)\b"),
        (
            Expected.NUMBER,
            r"\bhow (?:many|much|often|old|tall|far|big|large|high)\b|\bwhat (?:percent|number)",
        ),
        (Expected.PLACE, r"\bwhere\b"),
        (Expected.NAME, r"\bwho(?:m|se)?\b"),
    ),
    "es": (
        (Expected.TIME, r"\bcuándo\b|\ben qué (?:año|fecha|día|mes)\b"),
        (Expected.NUMBER, r"\bcuánt[oa]s?\b"),
        (Expected.PLACE, r"\bdónde\b"),
        (Expected.NAME, r"\bquién(?:es)?\b"),
    ),
    "de": (
        (Expected.DURATION, r"\bwie lange\b"),
        (Expected.TIME, r"\bwann\b|\bin welchem (?:jahr|monat)\b|\ban welchem tag\b"),
        (Expected.NUMBER, r"\bwie ?(?:viele?|hoch|groß|oft|alt|weit)\b"),
        (Expected.PLACE, r"\bwo\b"),
        (Expected.NAME, r"\bwe[rnm]\b|\bwessen\b"),
    ),
    "ru": (
        (Expected.TIME, r"\bкогда\b|\bв каком году\b"),
        (Expected.NUMBER, r"\bсколько\b"),
        (Expected.PLACE, r"\bгде\b"),
        (Expected.NAME, r"\bкто\b|\bкого\b|\bкому\b"),
    ),
    "zh": (
        (Expected.TIME, r"什么时候|何时|哪一?年|哪天|几月"),
        (Expected.NUMBER, r"多少|几[个次名]"),
    ),
    "ar": (
        (Expected.TIME, r"متى|في أي (?:عام|سنة|يوم)"),
        (Expected.NUMBER, r"(?<!\w)كم(?!\w)"),
    ),
}
_PATTERNS = {
    language: tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rows)
    for language, rows in _QUESTIONS.items()
}


def expected(question: str, language: str) -> Expected | None:
    """What kind of thing a question asks for; None where it can't be told."""
    for kind, pattern in _PATTERNS.get(language, ()):
        if pattern.search(question):
            return kind
    return None


_NUMBER_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve dozen once twice "
    "hundred thousand million billion half",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez doce cien mil millón millones mitad",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend million millionen hälfte",
    "ru": "два две три четыре пять шесть семь восемь девять десять сто тысяча тысяч миллион миллионов",
}
_UNITS = {
    "en": "seconds? minutes? hours? days? weeks? months? years? decades? centur(?:y|ies)",
    "de": "sekunden? minuten? stunden? tagen? tage wochen? monaten? monate jahren? jahre",
    "es": "segundos? minutos? horas? días? semanas? mes(?:es)? años? décadas? siglos?",
}
_SOME = {
    "en": "an? several few many half",
    "de": "einen? eine[rs]? einige mehrere",
    "es": "una? varios varias",
}
_PLACES = {
    "en": r"\b(?:in|at|on|off|near|outside|across|from)\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+(?:off|of|in)\s+)?[A-Z]"
    r"|^[A-Z]{3,}[A-Z ,]*[:—–-]",
    "de": r"\b(?:in|im|am|auf|bei|nahe|aus)\s+[A-ZÄÖÜ]",
    "es": r"\b(?:en|cerca de|desde)\s+(?:el\s+|la\s+)?[A-ZÁÉÍÓÚÑ]",
    "ru": r"\b(?:в|во|на|под|близ|из)\s+[А-ЯЁ]",
}
_NAMED = re.compile(r"(?<=[\w,;] )[^\W\d_a-zа-яё][\w’'-]+")
_YEAR_OR_DATE = r"\b1[0-9]{3}\b|\b20[0-9]{2}\b|[0-9一二三四五六七八九十]+\s?[年月日]"


def _calendar_names(language: str) -> set[str]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return set()
    return {*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()}


@cache
def _holding(kind: Expected, language: str) -> re.Pattern[str] | None:
    if kind is Expected.NUMBER:
        words = "|".join(_NUMBER_WORDS.get(language, "").split())
        return re.compile(rf"\d|\b(?:{words})\b" if words else r"\d", re.IGNORECASE)
    if kind is Expected.DURATION:
        units = "|".join(_UNITS.get(language, "").split())
        numbers = "|".join(f"{_SOME.get(language, '')} {_NUMBER_WORDS.get(language, '')}".split())
        pattern = rf"(?:\d|\b(?:{numbers})\b)[\w.,]*[ -](?:\w+[ -])?(?:{units})\b"
        return re.compile(pattern, re.IGNORECASE) if units else None
    if kind is Expected.TIME:
        names = sorted(map(re.escape, _calendar_names(language)), key=len, reverse=True)
        return re.compile(
            rf"{_YEAR_OR_DATE}|\b(?:{'|'.join(names)})\b" if names else _YEAR_OR_DATE
        )
    if kind is Expected.PLACE:
        places = _PLACES.get(language)
        return re.compile(places) if places else None
    return _NAMED


def holds(kind: Expected, sentence: str, language: str, asked: Collection[str]) -> bool:
    """Whether a sentence holds a thing of some kind that the question does not hold already.

    Args:
        kind: what the question asks for.
        sentence: of the article.
        language: ISO 639-1 code; a language without a table finds years, digits and names only.
        asked: the question's words in small letters.
    """
    pattern = _holding(kind, language)
    return pattern is not None and any(
        match[0].casefold() not in asked for match in pattern.finditer(sentence)
    )
