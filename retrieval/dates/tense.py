"""A place in a sentence becomes the direction of the days that are named there, past or to come."""

import re
from functools import cache, lru_cache

from retrieval.dates.expressions import expand
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


@lru_cache(maxsize=4)  # each place is asked about several times in a row
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
    after = sentence_after(text, end)
    near = len(before.strip()) <= _OPENING or text[end - 2 : end] in {"'s", "’s"}
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


def tells_of_a_day(text: str, start: int, end: int, code: str) -> bool:
    """Whether a verb in the clause of `text[start:end]` is about that day and not about these times.

    It stands close before; where the language's table allows it, also after.
    """
    tense = LANGUAGES[code].tense
    if tense.past is None:
        return False
    clause = _CLAUSE.split(sentence_before(text, start))[-1][-_BESIDE:]
    told = [match.lastgroup for match in _verbs(code).finditer(clause)]
    if told or tense.todays is None:
        return bool(told) and told[-1] != "open"
    clause = _CLAUSE.split(sentence_after(text, end))[0][:_BESIDE]
    following = _verbs(code).search(clause) if re.match(tense.todays, clause) else None
    return following is not None and following.lastgroup == "past"


def looks_back(text: str, place: int, code: str) -> bool:
    """Whether anything before a place in its sentence is told as past."""
    found = _verbs(code).finditer(sentence_before(text, place))
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
    bounded = rf"(?<!\w)(?:{body})(?!\w)" if LANGUAGES[code].spaced else body
    return re.compile(bounded)
