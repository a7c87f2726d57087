"""A question and the day it is asked become the days it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from retrieval.dates.expressions import expand
from retrieval.dates.grammar import Mention, grammar_of
from retrieval.dates.intervals import Interval
from retrieval.dates.language import Kind, Limit
from retrieval.dates.meaning import Direction, between, meaning
from retrieval.dates.operators import read_operators
from retrieval.dates.tables import LANGUAGES
from retrieval.types import Bounds, Span

_FALLBACK = "en"
_NEAR = 48
_ORDER = (Limit.SINCE, Limit.AFTER, Limit.BEFORE, Limit.UNTIL, Limit.WITHIN)


@dataclass(frozen=True, slots=True)
class DateReading:
    """The dates of a question as they were understood.

    Args:
        bounds: the days it is limited to.
        spans: the places of the question that say so, from left to right, unreadable operators included.
        explicit: the question uses a date operator that could be read.
        unreadable: what looks like a limit and could not be followed: no such day, or against the others.
    """

    bounds: Bounds
    spans: tuple[Span, ...] = ()
    explicit: bool = False
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Limited:
    span: Span
    bounds: Bounds
    limit: Limit


def find_bounds(question: str, today: date, languages: Sequence[str]) -> DateReading:
    """Read the days a question is limited to, from its words and from `after:`, `before:` and `on:`.

    A month or weekday is the latest that has begun by today. Before and after leave the named days out, since, until,
    in and between take them in. Numbers such as 03/04/2019 are day, then month, unless only the other order is a
    date. Days that are wholly to come limit nothing: what is asked about them was written before.

    Args:
        question: as it was asked.
        today: the day it is asked on.
        languages: ISO 639-1 codes the question may be in, likeliest first; the one that explains most is taken.
    """
    operators = read_operators(question)
    words = _without(question, operators.spans)
    codes = [code for code in languages if code in LANGUAGES] or [_FALLBACK]
    readings = [tuple(_limits(words, today, code)) for code in dict.fromkeys(codes)]
    limits = max(
        readings, key=lambda found: sum(each.span.end - each.span.start for each in found)
    )
    bounds = operators.bounds
    spans, unreadable = list(operators.spans), list(operators.unreadable)
    for each in limits:
        narrowed = _both(bounds, each.bounds)
        if narrowed is not None:
            bounds = narrowed
            spans.append(each.span)
        elif each.limit is not Limit.WITHIN:
            unreadable.append(question[each.span.start : each.span.end])
    return DateReading(
        bounds,
        tuple(sorted(spans, key=lambda span: span.start)),
        bool(operators.bounds),
        tuple(unreadable),
    )


def _limits(text: str, today: date, code: str) -> Iterator[_Limited]:
    grammar = grammar_of(code)
    if grammar is None:
        return
    mentions = list(grammar.of_question(text))
    taken = 0
    for index, mention in enumerate(mentions):
        if mention.kind is Kind.NOTHING or mention.start < taken:
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following is not None and following.kind is Kind.NOTHING:
            following = None
        limited = _limited(text, mention, following, today, code)
        if limited is not None:
            taken = limited.span.end
            yield limited


def _limited(
    text: str, mention: Mention, following: Mention | None, today: date, code: str
) -> _Limited | None:
    limit, start, end = _said(text, mention, code)
    days: Interval | None
    if following is not None and _joined(text, mention, following, code):
        opening = _opening(text, mention, code)
        if opening is not None:
            limit, start = Limit.WITHIN, opening
    else:
        following = None
    if following is not None and limit is Limit.WITHIN:
        days = between(mention, following, today)
        limit, end = Limit.WITHIN, following.end
    else:
        if limit is None and not _stands_alone(text, mention, code):
            return None
        if _may_be_a_name(text, mention, start, code):
            return None
        days = meaning(mention, today, Direction.PAST)
    limit = limit or Limit.WITHIN
    if days is None or (limit is Limit.WITHIN and days.first > today):
        return None
    bounds = _bounds(days, limit)
    return None if bounds is None else _Limited(Span(start, end), bounds, limit)


def _said(text: str, mention: Mention, code: str) -> tuple[Limit | None, int, int]:
    """The limit that the words beside a mention set, and where these words and the mention stand."""
    window = max(0, mention.start - _NEAR)
    for limit in _ORDER:
        trail = _beside(code, limit, after=True)
        if trail is not None and (found := trail.match(text, mention.end)):
            opening = _opening(text, mention, code)
            return limit, mention.start if opening is None else opening, found.end()
    for limit in _ORDER:
        lead = _beside(code, limit, after=False)
        if lead is not None and (found := lead.search(text[window : mention.start])):
            return limit, window + found.start(), mention.end
    return None, mention.start, mention.end


def _opening(text: str, mention: Mention, code: str) -> int | None:
    """Where the word stands that opens a range at a mention: from, between."""
    lead = _beside(code, Limit.BETWEEN, after=False)
    window = max(0, mention.start - _NEAR)
    found = None if lead is None else lead.search(text[window : mention.start])
    return None if found is None else window + found.start()


def _joined(text: str, mention: Mention, following: Mention, code: str) -> bool:
    gap = text[mention.end : following.start]
    return len(gap) <= _NEAR and _join(code).fullmatch(gap) is not None


def _stands_alone(text: str, mention: Mention, code: str) -> bool:
    """Whether a mention without a word before it limits the question all the same."""
    if mention.kind is Kind.YEAR:
        return False
    if mention.kind is Kind.MONTH:
        return mention.explicit or mention.shift is not None
    if mention.kind is not Kind.WEEKDAY or mention.shift is not None:
        return True
    lead = LANGUAGES[code].weekday_lead
    if lead and re.search(rf"(?i:{expand(lead)})\s?$", text[: mention.start][-_NEAR:]):
        return True
    return not text[mention.end :].strip(" ?!.؟？。")


def _may_be_a_name(text: str, mention: Mention, start: int, code: str) -> bool:
    """Whether a month that is also a name is followed by what a person does: "after May resigned"."""
    words = text[mention.start : mention.end].lower()
    if words not in LANGUAGES[code].homographs:
        return False
    lead = text[start : mention.start].strip().lower()
    return lead != "in" and text[mention.end :].lstrip()[:1].isalpha()


def _bounds(days: Interval, limit: Limit) -> Bounds | None:
    try:
        match limit:
            case Limit.SINCE:
                return Bounds(after=days.first)
            case Limit.AFTER:
                return Bounds(after=days.last + timedelta(days=1))
            case Limit.BEFORE:
                return Bounds(before=days.first - timedelta(days=1))
            case Limit.UNTIL:
                return Bounds(before=days.last)
            case _:
                return Bounds(days.first, days.last)
    except OverflowError:
        return None


def _both(one: Bounds, other: Bounds) -> Bounds | None:
    """The days inside both; None when there are none."""
    after = max((day for day in (one.after, other.after) if day is not None), default=None)
    before = min((day for day in (one.before, other.before) if day is not None), default=None)
    if after is not None and before is not None and after > before:
        return None
    return Bounds(after, before)


def _without(question: str, spans: tuple[Span, ...]) -> str:
    """The question with its operators blanked, every other character in its place."""
    for span in spans:
        gap = "\n" * (span.end - span.start)
        question = question[: span.start] + gap + question[span.end :]
    return question


@cache
def _beside(code: str, limit: Limit, *, after: bool) -> re.Pattern[str] | None:
    language = LANGUAGES[code]
    words = (language.trails if after else language.leads).get(limit)
    if words is None:
        return None
    gap = expand(" ") if language.spaced else r"\s?"
    if after:
        gap = gap if language.spaced else r"\s?"
        return re.compile(f"(?i:{gap}(?:{expand(words)}))")
    bound = r"(?<!\w)" if language.spaced else ""
    return re.compile(f"{bound}(?i:{expand(words)}){gap}$")


@cache
def _join(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:,?\s{{0,2}}(?:{expand(LANGUAGES[code].join)})\s{{0,2}})")
