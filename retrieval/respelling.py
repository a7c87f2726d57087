"""Reads a question again with words repaired that no article holds."""

from collections.abc import Iterable, Mapping

from retrieval.query import Query
from retrieval.spelling import Vocabulary

Repairs = Mapping[tuple[int, int], str]
"""From where a word stands in the question to what is read instead."""


def find_repairs(queries: Iterable[Query], vocabulary: Vocabulary) -> Repairs:
    """What to read in place of words that no language of the archive knows.

    A word that related words can stand for is spelled right, and is left alone.
    """
    unknown: dict[tuple[int, int], str] = {}
    known: set[tuple[int, int]] = set()
    for query in queries:
        for wanted in query.wanted:
            place = (wanted.token.start, wanted.token.end)
            unknown[place] = wanted.token.surface
            if wanted.known or len(wanted.forms) > 1:
                known.add(place)
    nearest = {place: vocabulary.nearest(unknown[place]) for place in unknown.keys() - known}
    return {place: word for place, word in nearest.items() if word is not None}


def respell(text: str, repairs: Repairs) -> str:
    """Put repaired words in their places, with a capital where one was typed."""
    for start, end in sorted(repairs, reverse=True):
        word = repairs[start, end]
        text = text[:start] + (word.capitalize() if text[start].isupper() else word) + text[end:]
    return text
