"""Reads a question again with words repaired that no article holds."""

from collections.abc import Mapping, Sequence

from retrieval.missing import common_words
from retrieval.query import Query
from retrieval.spelling import Vocabulary

Repairs = Mapping[tuple[int, int], str]
"""From where a word stands in the question to what is read instead."""


def find_repairs(
    text: str, queries: Mapping[str, Query], languages: Sequence[str], vocabulary: Vocabulary
) -> Repairs:
    """What to read in place of words that no language of the archive knows.

    A word that is common in one of the languages, or that related words can stand for, is spelled right.

    Args:
        text: the question.
        queries: the same by language.
        languages: those of the archive; in some the question may have no word that counts.
        vocabulary: of the archive.
    """
    unknown: dict[tuple[int, int], str] = {}
    known: set[tuple[int, int]] = set()
    for query in queries.values():
        for wanted in query.wanted:
            place = (wanted.token.start, wanted.token.end)
            unknown[place] = wanted.token.surface
            if wanted.known or len(wanted.forms) > 1:
                known.add(place)
    if unknown.keys() <= known:
        return {}
    known.update(common_words(text, languages))
    nearest = {place: vocabulary.nearest(unknown[place]) for place in unknown.keys() - known}
    return {place: word for place, word in nearest.items() if word is not None}


def respell(text: str, repairs: Repairs) -> str:
    """Put repaired words in their places, with a capital where one was typed."""
    for start, end in sorted(repairs, reverse=True):
        word = repairs[start, end]
        text = text[:start] + (word.capitalize() if text[start].isupper() else word) + text[end:]
    return text
