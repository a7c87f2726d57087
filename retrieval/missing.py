"""Names the words of a question that were not found."""

from collections.abc import Collection, Iterable, Mapping

from retrieval.query import Query
from retrieval.store import code
from retrieval.text.analyzer import analyzer

Place = tuple[int, int]


def missing_words(
    text: str, queries: Mapping[str, Query], held: Collection[int] | None
) -> tuple[str, ...]:
    """The words of a question that some passages don't hold, in any form that was looked for.

    Args:
        text: the question as it was searched.
        queries: the same by language.
        held: codes of the stems that the passages and their titles hold; None for the whole archive.
    """
    nowhere: dict[Place, bool] = {}
    for query in queries.values():
        for wanted in query.wanted:
            place = (wanted.token.start, wanted.token.end)
            found = (
                wanted.known if held is None else any(code(form) in held for form in wanted.forms)
            )
            nowhere[place] = nowhere.get(place, True) and not found
    common = set(_common(text, queries))
    missing = sorted(place for place, gone in nowhere.items() if gone and place not in common)
    return tuple(dict.fromkeys(text[start:end] for start, end in _whole_words(text, missing)))


def _common(text: str, languages: Iterable[str]) -> Iterable[Place]:
    """What is too common in one language of the archive may look like a word of another."""
    for language in languages:
        for token in analyzer(language).tokens(text):
            if token.stop:
                yield token.start, token.end


def _whole_words(text: str, places: Iterable[Place]) -> Iterable[Place]:
    """Ideographs side by side are one word to a reader."""
    merged: list[Place] = []
    for start, end in places:
        if merged and start <= merged[-1][1] and not text[start].isspace():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
