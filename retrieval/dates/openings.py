"""What the matches of a pattern can begin with, so that most words of a text are passed over at one look."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from retrieval.dates.expressions import BLANK, expand

DIGIT: Final = r"\d"
"""The opening of whatever begins with digits."""

_Slots = Mapping[str, Iterable[str]]
_REPEATED = re.compile(r"[+*]|\{\d")
_AROUND = r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)"
_PART = re.compile(
    rf"(?P<around>{_AROUND})|(?P<group>\(\?:)|\{{(?P<slot>[a-z]+)\}}"
    r"|(?P<set>\[[^\]]*\]|\\[dw])|(?P<blank> )|(?P<letter>\\.|[^()|?*+\[\]{}])"
)
_WALL = re.compile(rf"\\.|\[[^\]]*\]|{_AROUND}|(?P<wall>\(\?:|\)|\|)")


def openings(template: str, slots: _Slots = MappingProxyType({})) -> frozenset[str]:
    """Expressions for the first words of whatever a pattern matches; where these may be any, for all of it.

    Args:
        template: see `Pattern` and `Tense`.
        slots: expressions for what each slot can begin with.

    Raises:
        ValueError: the template begins with what no table needs so far.
    """
    return frozenset(_openings(template, "", slots))


def any_opening(found: Iterable[str]) -> str:
    """An expression that looks ahead for any of the openings; those with one first letter are looked at together."""
    ordered = sorted(set(found))
    letters = groupby((each for each in ordered if each[0].isalpha()), key=lambda each: each[0])
    grouped = [f"{letter}(?:{'|'.join(each[1:] for each in same)})" for letter, same in letters]
    return f"(?={'|'.join([*grouped, *(each for each in ordered if not each[0].isalpha())])})"


def _openings(template: str, word: str, slots: _Slots) -> Iterator[str]:
    """The openings of a template after the letters of a word that were read before it."""
    for choice in _choices(template):
        part = _PART.match(choice)
        if part is not None:
            yield from _after(part, choice, word, slots)
        elif word:
            yield word
        else:
            raise ValueError(f"what a date begins with cannot be told from {choice!r}")


def _after(part: re.Match[str], choice: str, word: str, slots: _Slots) -> Iterator[str]:
    """The openings of a sequence of parts whose first has been read."""
    end = _closing(choice) if part["group"] else part.end()
    optional = choice[end : end + 1] == "?"
    rest = choice[end + optional :]
    if optional or part["around"]:
        yield from _openings(rest, word, slots)
    if part["group"]:
        for inner in _choices(choice[part.end() : end - 1]):
            yield from _openings(inner + rest, word, slots)
    elif part["letter"]:
        yield from _openings(rest, word + part["letter"], slots)
    elif word and not part["around"]:
        yield rf"{word}(?!\w)" if part["blank"] else word
    elif part["slot"]:
        yield from slots[part["slot"]]
    elif part["set"]:
        yield expand(choice) if _REPEATED.match(rest) else part["set"]
    elif part["blank"]:
        yield BLANK


def _choices(template: str) -> Iterator[str]:
    """The parts of a template between the bars that stand in no group."""
    depth = start = 0
    for found in _WALL.finditer(template):
        if found["wall"] == "|" and not depth:
            yield template[start : found.start()]
            start = found.end()
        elif found["wall"]:
            depth += {"(?:": 1, ")": -1}.get(found["wall"], 0)
    yield template[start:]


def _closing(template: str) -> int:
    """Where the group ends with which a template begins."""
    depth = 0
    for found in _WALL.finditer(template):
        depth += {"(?:": 1, ")": -1}.get(found["wall"] or "", 0)
        if not depth:
            return found.end()
    raise ValueError(f"a group is never closed: {template}")
