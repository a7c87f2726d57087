"""Where in a text a date can be at all, and which patterns of a table can match there."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from retrieval.dates.expressions import BLANK, any_of
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
_BLANKS = bytes(code if chr(code).isalnum() else ord(" ") for code in range(128)).ljust(256)
_LETTERS = re.compile(r"[^\W\d_]+")
_NEEDED = {
    "weekday": WEEKDAY, "month": MONTH, "mon": MONTH, "unit": WORD, "year": DIGIT, "d": DIGIT, "m": DIGIT,
    "day": DIGIT, "last": DIGIT,
}  # fmt: skip


class Window(NamedTuple):
    """A stretch of a text that can hold dates.

    Args:
        start, end: where it stands.
        last: no date begins after this place.
        found: the sorts of words in it.
    """

    start: int
    end: int
    last: int
    found: frozenset[str]


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
        words = {*language.weekdays, *language.months, *language.cues}
        if language.spaced:
            words |= language.units.keys()
        heads = sorted({word[0] for word in (*words, *language.abbreviations)})
        body = "|".join(_beginning(head, words, language.abbreviations) for head in heads)
        self._regex = re.compile(rf"{bound}{clitics}(?=[{re.escape(''.join(heads))}])({body})")
        flat = {_flat(word) for word in (*words, *language.abbreviations)}
        plain = language.spaced and not clitics and all(word.strip() for word in flat)
        self._flat = _flat_cues(flat) if plain else None
        names = dict.fromkeys((*language.months, *language.abbreviations), MONTH)
        self._sorts = names | dict.fromkeys(language.weekdays, WEEKDAY)

    def sorts(self, folded: str) -> frozenset[str]:
        """The sorts of words in a whole text; empty where it can hold no date."""
        found = {self._sorts.get(match[1], WORD) for match in self._found(folded)}
        if found and not self._spaced:
            return EVERYTHING
        return frozenset(found | {DIGIT} if _NUMBER.search(folded) else found)

    def _found(self, folded: str) -> Iterator[re.Match[str]]:
        """The cues of a text from left to right."""
        if self._flat is None:
            yield from self._regex.finditer(folded)
            return
        # A blank that is searched for as it is takes a third of the time of any boundary of words.
        end = 0
        for likely in self._flat.finditer(" " + _flat(folded)):
            place = likely.start()
            if place >= end and (cue := self._regex.match(folded, place)):
                end = cue.end()
                yield cue

    def windows(self, folded: str) -> Iterator[Window]:
        """The stretches of a text around its cues, from left to right; no two overlap."""
        start = end = last = -1
        found: set[str] = set()
        for match in self._found(folded):
            place = match.start()
            if place - self._reach > end:
                if end >= 0:
                    yield self._window(folded, start, end, last, found)
                start = max(0, place - self._reach)
                found = set()
            end = match.end() + self._reach
            # A date in digits is not cut: 2019-04 is another one than 2019-04-25.
            if rest := _REST_OF_A_DATE.match(folded, end):
                end = rest.end()
            last = place
            found.add(self._sorts.get(match[1], WORD))
        if end >= 0:
            yield self._window(folded, start, end, last, found)

    def _window(self, folded: str, start: int, end: int, last: int, found: set[str]) -> Window:
        if not self._spaced:
            return Window(start, end, end, EVERYTHING)
        if _NUMBER.search(folded, start, end):
            return Window(start, end, end, frozenset({*found, DIGIT}))
        return Window(start, end, last, frozenset(found))


def _flat(text: str) -> str:
    """A text with a blank for whatever is no plain letter or digit, every other character in its place."""
    return text.encode("ascii", "replace").translate(_BLANKS).decode("ascii")


def _beginning(head: str, words: Iterable[str], abbreviations: Iterable[str]) -> str:
    """An expression for the words with one first letter; so grouped, a text is gone through faster."""
    rests = [word[1:] for word in words if word[0] == head]
    short = [word[1:] for word in abbreviations if word[0] == head]
    ends = [any_of(rests)] if rests else []
    if short:
        ends.append(any_of(short) + r"\b")
    return f"{re.escape(head)}(?:{'|'.join(ends)})"


def _flat_cues(words: Iterable[str]) -> re.Pattern[str]:
    """An expression for flat words where they begin in a flat text."""
    heads = sorted({word[0] for word in words})
    body = "|".join(_beginning(head, words, ()) for head in heads)
    return re.compile(f" (?={body.replace(BLANK, ' {1,3}')})")


def needs(template: str, language: Language) -> frozenset[str]:
    """The sorts of words without which a pattern matches nowhere; a slot in a group may be left out."""
    if language.spaced and not _names_or_numbers(template, language):
        return frozenset({WORD})
    plain = _SLOT.sub(r"<\1>", template)
    plain = _BRACKETS.sub("", plain)
    while plain != (plain := _GROUP.sub("", plain)):
        pass
    if "|" in plain:
        return frozenset()
    slots = set(re.findall(r"<([a-z]+)>", plain))
    if language.spelled_days:
        slots -= {"day", "last"}
    needed = frozenset(_NEEDED[slot] for slot in slots if slot in _NEEDED)
    words = set(_LETTERS.findall(re.sub(r"<[a-z]+>", "", plain)))
    named = language.spaced and words & {*language.cues, *language.units}
    return needed | {WORD} if named else needed


def _names_or_numbers(template: str, language: Language) -> bool:
    """Whether a pattern may hold anything but words for periods; those are all among the cues."""
    if set(_SLOT.findall(template)) - {"n", "unit"}:
        return True
    return any(
        name in template
        for name in (*language.weekdays, *language.months, *language.abbreviations)
    )
