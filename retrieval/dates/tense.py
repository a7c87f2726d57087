"""A place in a sentence becomes the direction of the days that are named there, past or to come."""

import re
from functools import cache

from retrieval.dates.grammar import expand
from retrieval.dates.meaning import Direction
from retrieval.dates.tables import LANGUAGES

_REACH = 240
"""Characters to either side within which the sentence is looked at."""

_OPENING = 14
"""A date within so many characters of the sentence's beginning belongs to the verb that follows."""

_END = re.compile(r"[.!?;:。！？؟；](?!\d)|\n[^\S\n]*\n")
_CLAUSE = re.compile(r"[,()—–«»“”]")
_BESIDE = 40
_DIRECTION = {"future": Direction.FUTURE, "past": Direction.PAST, "open": Direction.UNKNOWN}


def sentence_before(text: str, place: int) -> str:
    """What stands before a place in its sentence."""
    window = text[max(0, place - _REACH) : place]
    ends = [match.end() for match in _END.finditer(window)]
    return window[ends[-1] :] if ends else window


def sentence_after(text: str, place: int) -> str:
    """What stands after a place in its sentence."""
    window = text[place : place + _REACH]
    end = _END.search(window)
    return window[: end.start()] if end else window


def direction(text: str, start: int, end: int, code: str) -> Direction:
    """Which way the sentence around `text[start:end]` looks from the day it was written.

    The nearest telling verb before the place decides; at a sentence's beginning, or in a possessive, the next one.
    """
    tense = LANGUAGES[code].tense
    before = sentence_before(text, start)
    verbs = _verbs(code)
    if tense.past is None:
        around = before + " " + sentence_after(text, end)
        return Direction.UNKNOWN if verbs.search(around) else Direction.PAST
    told = [match.lastgroup for match in verbs.finditer(before)]
    if told:
        return _DIRECTION[told[-1] or "open"]
    if len(before.strip()) <= _OPENING or text[end - 2 : end] in {"'s", "’s"}:
        following = verbs.search(sentence_after(text, end))
        if following is not None:
            return _DIRECTION[following.lastgroup or "open"]
    return Direction.UNKNOWN


def tells_of_a_day(text: str, place: int, code: str) -> bool:
    """Whether a verb close before a place, in its clause, is about a day and not about these times."""
    if LANGUAGES[code].tense.past is None:
        return False
    clause = _CLAUSE.split(sentence_before(text, place))[-1][-_BESIDE:]
    told = [match.lastgroup for match in _verbs(code).finditer(clause)]
    return bool(told) and told[-1] != "open"


@cache
def _verbs(code: str) -> re.Pattern[str]:
    tense = LANGUAGES[code].tense
    kinds = (("future", tense.future), ("past", tense.past), ("open", tense.open))
    body = "|".join(f"(?P<{name}>{expand(words)})" for name, words in kinds if words)
    bounded = rf"(?<!\w)(?:{body})(?!\w)" if LANGUAGES[code].spaced else body
    return re.compile(bounded)
