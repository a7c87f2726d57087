"""Reads a question's own language: phrases, exclusions, titles, dates, and the wish for the newest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.dates import find_bounds
from retrieval.text.phrasing import FRAME, HOW, NEWEST
from retrieval.types import Bounds, Span

NO_BOUNDS = Bounds()

LONGEST_QUESTION = 4_096
"""Characters that are read of a question; the rest of a longer one is left out."""

_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|「([^」]+)」')
_TITLE = re.compile(r'(?<!\S)title:(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_EXCLUDED_PHRASE = re.compile(r'(?<!\S)[-−]"([^"]+)"')
_EXCLUDED = re.compile(r"(?<!\S)[-−](?=[^\W\d_])(\S+)")
_ANY_DATE = re.compile(r"(?<!\S)dates:any(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood. Offsets are the same in `text`, `words` and `timeless`.

    Args:
        text: as it was asked, with what is not a character replaced.
        words: the text with operators blanked out.
        timeless: the same with the dates blanked out that `bounds` were understood from.
        phrases: what must stand word for word.
        excluded, excluded_phrases: what must not stand there.
        titled: words that the title must hold.
        bounds: the days it is limited to.
        explicit: whether the bounds were given by operators, rather than understood from words.
        unreadable: limits that could not be understood.
        newest: whether the newest are wanted first.
        undated: whether it asks for articles of any date in so many words.
        today: the day it was asked on.
    """

    text: str
    words: str
    timeless: str
    today: date
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    bounds: Bounds = NO_BOUNDS
    explicit: bool = False
    unreadable: tuple[str, ...] = ()
    newest: bool = False
    undated: bool = False

    @property
    def conditions(self) -> bool:
        """Whether more is asked of a passage than to hold some of the words."""
        return bool(
            self.phrases
            or self.titled
            or self.excluded
            or self.excluded_phrases
            or (self.explicit and self.bounds)
        )


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
    excluded_phrases = tuple(match[1] for match in _EXCLUDED_PHRASE.finditer(words))
    words = _EXCLUDED_PHRASE.sub(_blank, words)
    phrases = tuple(_group(match) for match in _PHRASE.finditer(words))
    words = _PHRASE.sub(lambda match: f" {_group(match)} ", words)
    excluded = tuple(match[1] for match in _EXCLUDED.finditer(words))
    words = _EXCLUDED.sub(_blank, words)
    any_date = _ANY_DATE.search(words) is not None
    words = _ANY_DATE.sub(_blank, words)
    newest = NEWEST.search(words) is not None
    reading = find_bounds(words, today, languages)
    operators = [span for span in reading.spans if ":" in words[span.start : span.end]]
    words = FRAME.sub(_blank, NEWEST.sub(_blank, _without(words, operators)))
    dropped = any_date and not reading.explicit
    words = HOW.sub(_blank, words)
    return Question(
        text=clean,
        words=words,
        today=today,
        timeless=words if dropped else _without(words, reading.spans),
        phrases=phrases,
        excluded=excluded,
        excluded_phrases=excluded_phrases,
        titled=titled,
        bounds=Bounds() if dropped else reading.bounds,
        explicit=reading.explicit,
        unreadable=reading.unreadable,
        newest=newest,
        undated=any_date,
    )


def _group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text
