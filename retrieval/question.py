"""Reads a question's own language: phrases, exclusions, titles, dates, and the wish for the newest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.dates import find_bounds
from retrieval.types import Bounds, Span

NO_BOUNDS = Bounds()

LONGEST_QUESTION = 4_096
"""Characters that are read of a question; the rest of a longer one is left out."""

_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|「([^」]+)」')
_TITLE = re.compile(r'(?<!\S)title:(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_EXCLUDED = re.compile(r"(?<!\S)[-−](?=[^\W\d_])(\S+)")
_ANY_DATE = re.compile(r"(?<!\S)dates:any(?!\S)", re.IGNORECASE)
_HOW = re.compile(
    r"\bhow (?:long|often|many|much|old|far|tall|big|large|high|deep|fast)\b"
    r"|\bwie (?:lange|oft|viele?|alt|weit|hoch|groß|tief|schnell)\b"
    r"|\bcuánto tiempo\b|\bcada cuánto\b|\bcon qué frecuencia\b"
    r"|\bкак (?:долго|часто|далеко)\b"
    r"|什么时候|什么|为什么|怎么样?|怎样|如何|多少|多久|哪里|哪儿|哪个|哪些|何时|为何|谁|吗|呢"
    r"|いつ|どこ|なぜ|どうして|どの|いくら|いくつ|何(?:人|時|年|月|日)?|ですか|ますか",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?"
    r"|lo último|últim[oa]s noticias|más recientes?"
    r"|neueste[nrs]?|aktuellste[nrs]?|jüngste[nrs]?"
    r"|последни[ей] новости|новейши[ей]|самы[ей] свежи[ей])\b"
    r"|أحدث|آخر الأخبار|最新|最近的",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood. Offsets are the same in `text`, `words` and `timeless`.

    Args:
        text: as it was asked, with what is not a character replaced.
        words: the text with operators blanked out.
        timeless: the same with the dates blanked out that `bounds` were understood from.
        phrases: what must stand word for word.
        excluded: words that must not stand there.
        titled: words that the title must hold.
        bounds: the days it is limited to.
        explicit: whether the bounds were given by operators, rather than understood from words.
        unreadable: limits that could not be understood.
        newest: whether the newest are wanted first.
        today: the day it was asked on.
    """

    text: str
    words: str
    timeless: str
    today: date
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    bounds: Bounds = NO_BOUNDS
    explicit: bool = False
    unreadable: tuple[str, ...] = ()
    newest: bool = False


def parse(text: str, languages: Sequence[str], today: date) -> Question:
    """Read a question.

    Args:
        text: whatever was typed; lone surrogates become U+FFFD.
        languages: ISO 639-1 codes of the languages the archive holds, the commonest first.
        today: the day it is asked on.
    """
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    words = clean[:LONGEST_QUESTION]
    titled = tuple(match[1] or match[2] for match in _TITLE.finditer(words))
    words = _TITLE.sub(lambda match: " " * 6 + match[0][6:].replace('"', " "), words)
    phrases = tuple(_group(match) for match in _PHRASE.finditer(words))
    words = _PHRASE.sub(lambda match: f" {_group(match)} ", words)
    excluded = tuple(match[1] for match in _EXCLUDED.finditer(words))
    words = _EXCLUDED.sub(_blank, words)
    any_date = _ANY_DATE.search(words) is not None
    words = _ANY_DATE.sub(_blank, words)
    newest = _NEWEST.search(words) is not None
    reading = find_bounds(words, today, languages)
    operators = [span for span in reading.spans if ":" in words[span.start : span.end]]
    words = _NEWEST.sub(_blank, _without(words, operators))
    dropped = any_date and not reading.explicit
    words = _HOW.sub(_blank, words)
    return Question(
        text=clean,
        words=words,
        today=today,
        timeless=words if dropped else _without(words, reading.spans),
        phrases=phrases,
        excluded=excluded,
        titled=titled,
        bounds=Bounds() if dropped else reading.bounds,
        explicit=reading.explicit,
        unreadable=reading.unreadable,
        newest=newest,
    )


def _group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
