"""Where in a text a date can be at all, and which patterns of a table can match there."""

import re
from collections.abc import Iterator
from typing import Final

from retrieval.dates.expressions import any_of
from retrieval.dates.language import Language

WEEKDAY: Final = "weekday"
MONTH: Final = "month"
WORD: Final = "word"
DIGIT: Final = "digit"
EVERYTHING: Final = frozenset({WEEKDAY, MONTH, WORD, DIGIT})
"""The sorts of words that dates are made of: names, other words for periods, digits."""

_REACH = 36
"""No date reaches farther from its cue; so few characters are looked at closely."""

_DENSE_REACH = 16
"""The same where a character is a word."""

_NUMBER = re.compile(r"\d")
_REST_OF_A_DATE = re.compile(r"[\d./-]*")
_SLOT = re.compile(r"\{([a-z]+)\}")
_BRACKETS = re.compile(r"\\.|\[[^\]]*\]")
_GROUP = re.compile(r"\([^()]*\)")
_NEEDED = {
    "weekday": WEEKDAY, "month": MONTH, "mon": MONTH, "unit": WORD, "year": DIGIT, "d": DIGIT, "m": DIGIT,
    "day": DIGIT, "last": DIGIT,
}  # fmt: skip


class Cues:
    """The words that every pattern of a language's table holds at least one of.

    Args:
        language: the table.
    """

    def __init__(self, language: Language) -> None:
        self._spaced = language.spaced
        self._reach = _REACH if language.spaced else _DENSE_REACH
        bound = r"\b" if language.spaced else ""
        clitics = f"[{language.clitics}]?" if language.clitics else ""
        short = any_of(language.abbreviations) + r"\b" if language.abbreviations else "$^"
        words = {*language.weekdays, *language.months, *language.cues}
        if language.spaced:
            words |= language.units.keys()
        heads = "".join(sorted({re.escape(word[0]) for word in (*words, *language.abbreviations)}))
        self._regex = re.compile(rf"{bound}{clitics}(?=[{heads}])({any_of(words)}|{short})")
        names = dict.fromkeys((*language.months, *language.abbreviations), MONTH)
        self._sorts = names | dict.fromkeys(language.weekdays, WEEKDAY)

    def sorts(self, folded: str) -> frozenset[str]:
        """The sorts of words in a whole text; empty where it can hold no date."""
        found = {self._sorts.get(match[1], WORD) for match in self._regex.finditer(folded)}
        if found and not self._spaced:
            return EVERYTHING
        return frozenset(found | {DIGIT} if _NUMBER.search(folded) else found)

    def windows(self, folded: str) -> Iterator[tuple[int, int, frozenset[str]]]:
        """The stretches of a text around its cues and the sorts of words in each; no two overlap."""
        start = end = -1
        found: set[str] = set()
        for match in self._regex.finditer(folded):
            if match.start() - self._reach > end:
                if end >= 0:
                    yield start, end, self._sorted(folded, start, end, found)
                start = max(0, match.start() - self._reach)
                found = set()
            # A date in digits is not cut: 2019-04 is another one than 2019-04-25.
            rest = _REST_OF_A_DATE.match(folded, match.end() + self._reach)
            end = match.end() + self._reach if rest is None else rest.end()
            found.add(self._sorts.get(match[1], WORD))
        if end >= 0:
            yield start, end, self._sorted(folded, start, end, found)

    def _sorted(self, folded: str, start: int, end: int, found: set[str]) -> frozenset[str]:
        if not self._spaced:
            return EVERYTHING
        return frozenset(found | {DIGIT} if _NUMBER.search(folded, start, end) else found)


def needs(template: str, language: Language) -> frozenset[str]:
    """The sorts of words without which a pattern matches nowhere; a slot in a group may be left out."""
    plain = _SLOT.sub(r"<\1>", template)
    plain = _BRACKETS.sub("", plain)
    while plain != (plain := _GROUP.sub("", plain)):
        pass
    if "|" in plain:
        return frozenset()
    slots = set(re.findall(r"<([a-z]+)>", plain))
    if language.spelled_days:
        slots -= {"day", "last"}
    return frozenset(_NEEDED[slot] for slot in slots if slot in _NEEDED)
