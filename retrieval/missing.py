"""Names the words of a question that were not found."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from retrieval.query import Query
from retrieval.store import code
from retrieval.text.analyzer import question_tokens

Place = tuple[int, int]


def missing_words(
    text: str,
    queries: Mapping[str, Query],
    languages: Sequence[str],
    held: Collection[int] | None,
) -> tuple[str, ...]:
    """The words of a question that some passages don't hold, in any form that was looked for.

    Args:
        text: the question as it was searched; words that are blanked out are not named.
        queries: the same by language.
        languages: those of the archive.
        held: codes of the stems that the passages and their titles hold; None for the whole archive.
    """
    nowhere: dict[Place, bool] = {}
    for query in queries.values():
        for wanted in query.wanted[: query.asked]:
            place = (wanted.token.start, wanted.token.end)
            found = (
                wanted.known if held is None else any(code(form) in held for form in wanted.forms)
            )
            nowhere[place] = nowhere.get(place, True) and not found
    if not any(nowhere.values()):
        return ()
    common = set(common_words(text, languages))
    missing = sorted(
        (start, end)
        for (start, end), gone in nowhere.items()
        if gone and (start, end) not in common and text[start:end].strip()
    )
    return tuple(dict.fromkeys(text[start:end] for start, end in _whole_words(text, missing)))


def common_words(text: str, languages: Iterable[str]) -> Iterable[Place]:
    """Where words stand that are too common in one of some languages, and may look like words of another."""
    for language in languages:
        for token in question_tokens(text, language):
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
