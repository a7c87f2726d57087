"""Puts the passages of an article together again, to the text that they were cut from."""

from collections.abc import Iterable

from retrieval.store import StoredPassage
from retrieval.types import ArticleText, Resolved


def whole(passages: Iterable[StoredPassage]) -> ArticleText | None:
    """The text of an article, every character in its place; white space behind the last sentence is left out.

    Args:
        passages: all of one article, in order; some repeat the end of the one before.

    Returns:
        None where there are no passages.
    """
    parts: list[str] = []
    resolved: dict[Resolved, None] = {}
    reached = 0
    last: StoredPassage | None = None
    for passage in passages:
        parts.append(passage.gap)
        reached += len(passage.gap)
        parts.append(passage.text[reached - passage.start :])
        reached = passage.start + len(passage.text)
        resolved |= dict.fromkeys(_placed(found, passage.start) for found in passage.resolved)
        last = passage
    if last is None:
        return None
    return ArticleText(last.source, "".join(parts), last.language, tuple(resolved))


def _placed(found: Resolved, start: int) -> Resolved:
    return Resolved(found.start + start, found.end + start, found.first, found.last)
