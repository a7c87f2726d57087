"""A place in a sentence becomes the direction of the days that are named there, past or to come."""

import re
from functools import cache
from itertools import chain
from typing import NamedTuple

from retrieval.dates.expressions import expand
from retrieval.dates.meaning import Direction
from retrieval.dates.openings import any_opening, openings
from retrieval.dates.tables import LANGUAGES

_REACH = 240
"""Characters to either side within which the sentence is looked at."""

_OPENING = 14
"""A date within so many characters of the sentence's beginning belongs to the verb that follows."""

_END = re.compile(r"[.!?;:。！？؟；\n](?:(?<!\n)(?!\d)|(?<=\n)[^\S\n]*\n)")
"""The end of a sentence, or of a paragraph; so put, a text is gone through by its first set of characters alone."""

_CLAUSE = re.compile(r"[,()—–«»“”]")
_BESIDE = 40
_DIRECTION = {"future": Direction.FUTURE, "past": Direction.PAST, "open": Direction.UNKNOWN}


class Sentence(NamedTuple):
    """What stands before and after a date in its sentence; the sentence ends with its paragraph.

    Args:
        before, after: at most `_REACH` characters.
    """

    before: str
    after: str


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """The sentence around `text[start:end]`."""
    opening = max(0, start - _REACH)
    for ending in _END.finditer(text, opening, start):
        opening = ending.end()
    closing = _END.search(text, end, end + _REACH)
    return Sentence(text[opening:start], text[end : closing.start() if closing else end + _REACH])


def direction(sentence: Sentence, words: str, code: str) -> Direction:
    """Which way the sentence around the words of a date looks from the day it was written.

    The nearest telling verb before the words decides; at a sentence's beginning, or in a possessive, the next one.
    """
    tense = LANGUAGES[code].tense
    before, after = sentence
    verbs = _verbs(code)
    if tense.past is None:
        return Direction.UNKNOWN if verbs.search(f"{before} {after}") else Direction.PAST
    told = [match.lastgroup for match in verbs.finditer(before)]
    if told:
        return _DIRECTION[told[-1] or "open"]
    near = len(before.strip()) <= _OPENING or words.endswith(("'s", "’s"))
    if (
        not near
        and after[:1] == ","
        and tense.opening
        and re.match(tense.opening, before.lstrip())
    ):
        near, after = True, after[1:].partition(",")[0]
    if near:
        following = verbs.search(after)
        if following is not None:
            if tense.reported is not None and re.match(tense.reported, after[following.start() :]):
                passive = tense.passive is not None and re.search(
                    tense.passive, after[: following.start()]
                )
                return Direction.UNKNOWN if passive else Direction.PAST
            return _DIRECTION[following.lastgroup or "open"]
    return Direction.UNKNOWN


def tells_of_a_day(sentence: Sentence, code: str) -> bool:
    """Whether a verb in the clause of a date is about that day and not about these times.

    It stands close before; where the language's table allows it, also after.
    """
    tense = LANGUAGES[code].tense
    if tense.past is None:
        return False
    clause = _CLAUSE.split(sentence.before)[-1][-_BESIDE:]
    told = [match.lastgroup for match in _verbs(code).finditer(clause)]
    if told or tense.todays is None:
        return bool(told) and told[-1] != "open"
    clause = _CLAUSE.split(sentence.after)[0][:_BESIDE]
    following = _verbs(code).search(clause) if re.match(tense.todays, clause) else None
    return following is not None and following.lastgroup == "past"


def looks_back(sentence: Sentence, code: str) -> bool:
    """Whether anything before a date in its sentence is told as past."""
    found = _verbs(code).finditer(sentence.before)
    return any(match.lastgroup == "past" for match in found)


def ends_then(text: str, start: int, code: str) -> bool:
    """Whether a word before a place makes it the end of something: "until Monday" may be past or to come."""
    until = _until(code)
    return until is not None and until.search(text, max(0, start - _OPENING), start) is not None


@cache
def _until(code: str) -> re.Pattern[str] | None:
    until = LANGUAGES[code].until
    return None if until is None else re.compile(rf"(?<!\w)(?i:{until})\s+$")


@cache
def _verbs(code: str) -> re.Pattern[str]:
    tense = LANGUAGES[code].tense
    kinds = (("future", tense.future), ("past", tense.past), ("open", tense.open))
    body = "|".join(f"(?P<{name}>{expand(words)})" for name, words in kinds if words)
    if not LANGUAGES[code].spaced:
        return re.compile(body)
    ahead = any_opening(chain.from_iterable(openings(words) for _, words in kinds if words))
    return re.compile(rf"(?<!\w){ahead}(?:{body})(?!\w)")
