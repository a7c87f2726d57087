"""An article's text and its date become the days that its relative dates mean."""

from datetime import date
from itertools import pairwise

from retrieval.dates.context import doubtful
from retrieval.dates.grammar import Grammar, Mention, grammar_of
from retrieval.dates.intervals import Interval, Unit
from retrieval.dates.language import Kind
from retrieval.dates.meaning import Direction, depends_on_direction, meaning
from retrieval.dates.tense import direction, ends_then, looks_back, sentence_around
from retrieval.types import Resolved

_ROUND = {Unit.DAY: 999, Unit.WEEK: 12, Unit.MONTH: 24, Unit.QUARTER: 8, Unit.YEAR: 12}
"""Beyond so many units "ago" is a round number."""


def resolve(text: str, base: date, language: str) -> tuple[Resolved, ...]:
    """Find the relative dates of an article's text and tell which days they mean.

    Only what the text makes plain is told; a date that gives its own year needs no telling. Pass whole paragraphs:
    quotation marks and years told nearby are read too.

    Args:
        text: the article, or whole paragraphs of it.
        base: the day the article is of.
        language: its ISO 639-1 code. Without a table for it nothing is resolved.

    Returns:
        From left to right, never overlapping. A possessive ending is part of the place.
    """
    grammar = grammar_of(language)
    if grammar is None or (text.isascii() and text.isupper()):  # capitals tell no names from words
        return ()
    mentions = list(grammar.around_cues(text))
    lonely = _unjoined(text, mentions)
    found = [
        (mention, days)
        for mention in lonely
        if (days := _days(text, mention, base, grammar)) is not None
    ]
    kept = _orderly(text, found)
    return tuple(
        Resolved(mention.start, mention.end, days.first, days.last) for mention, days in kept
    )


def _days(text: str, mention: Mention, base: date, grammar: Grammar) -> Interval | None:
    if mention.explicit or mention.kind in (Kind.NOTHING, Kind.RECENT):
        return None
    code = grammar.language.code
    if mention.kind is Kind.AGO and (mention.number or 0) > _ROUND[mention.unit or Unit.DAY]:
        return None
    if mention.kind is Kind.MONTH and _homograph(text, mention, grammar):
        return None
    sentence = sentence_around(text, mention.start, mention.end)
    if doubtful(text, mention, sentence, base.year, code):
        return None
    way = Direction.UNKNOWN
    if depends_on_direction(mention):
        way = direction(sentence, text[mention.start : mention.end], code)
    bare = mention.kind is Kind.WEEKDAY and mention.shift is None
    if bare and ends_then(text, mention.start, code):
        today = mention.weekday == base.weekday()
        if way is not Direction.FUTURE or (today and not looks_back(sentence, code)):
            return None
    return meaning(mention, base, way)


def _homograph(text: str, mention: Mention, grammar: Grammar) -> bool:
    """Whether a bare month may be a person or a verb: "in May's cabinet", "confidence in May fell"."""
    words = text[mention.start : mention.end].lower()
    name = next((name for name in grammar.language.homographs if name in words), None)
    if name is None:
        return False
    after = text[mention.end : mention.end + 2]
    led = words != name or text[
        max(0, mention.start - 8) : mention.start
    ].rstrip().lower().endswith((" in", "early", "late"))
    return not led or not words.endswith(name) or after[1:].isalpha()


def _unjoined(text: str, mentions: list[Mention]) -> list[Mention]:
    """Leave out dates that stand side by side: "a week ago Tuesday" is neither."""
    touching = {
        mention
        for pair in pairwise(mentions)
        if not text[pair[0].end : pair[1].start].strip()
        and text.count("\n", pair[0].end, pair[1].start) < 2
        for mention in pair
    }
    return [mention for mention in mentions if mention not in touching] if touching else mentions


def _orderly(text: str, found: list[tuple[Mention, Interval]]) -> list[tuple[Mention, Interval]]:
    """Leave out weekdays told in a row whose days do not follow each other: "on Tuesday and Wednesday"."""
    wrong = {
        each
        for pair in pairwise(found)
        if _in_a_row(text, pair[0][0], pair[1][0]) and pair[0][1].first >= pair[1][1].first
        for each in pair
    }
    return [each for each in found if each not in wrong] if wrong else found


def _in_a_row(text: str, one: Mention, other: Mention) -> bool:
    return (
        one.kind is other.kind is Kind.WEEKDAY
        and other.start - one.end <= 8
        and not text[one.end : other.start].strip(" ,")[3:]
    )
