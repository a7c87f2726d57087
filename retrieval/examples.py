"""Finds questions to try, taken from the articles themselves and known to be answered by them."""

import re
from collections.abc import Callable, Iterator, Sequence

from retrieval.store import StoredPassage
from retrieval.text.analyzer import analyzer
from retrieval.types import Answer

LONGEST_TITLE = 80
"""Characters of a title that still reads as a question of its own."""

FEWEST_WORDS = 3
"""Words of a title that count; a shorter one is no question."""

_NAME = r"[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+){0,2}"
_SPEAKER = re.compile(rf"\b({_NAME}) said\b")
_DATELINE = re.compile(r"^([A-Z]{3,}(?: [A-Z]{2,}){0,2})(?: \([^)]*\))?\s*[:—–-]")


def example_questions(
    passages: Sequence[StoredPassage], ask: Callable[[str], Answer], wanted: int
) -> list[str]:
    """Make up questions and keep those that the archive answers from the article they were taken from.

    Args:
        passages: the first passages of a few articles, the best to show first.
        ask: the archive's own answering.
        wanted: how many questions to return at most.
    """
    found: list[str] = []
    templates = (_where, _what_said, _title)
    for template in templates:
        for passage in passages:
            if len(found) == wanted:
                return found
            question = next(
                (q for q in template(passage) if q not in found and _holds(ask, q, passage)), None
            )
            if question is not None:
                found.append(question)
                break
    return found


def _holds(ask: Callable[[str], Answer], question: str, passage: StoredPassage) -> bool:
    answer = ask(question)
    return answer.answered and answer.excerpts[0].source == passage.source


def _where(passage: StoredPassage) -> Iterator[str]:
    match = _DATELINE.match(passage.text)
    if passage.language == "en" and match:
        yield f"What happened in {match[1].title()}?"


def _what_said(passage: StoredPassage) -> Iterator[str]:
    if passage.language != "en":
        return
    for match in _SPEAKER.finditer(passage.text):
        if not any(token.stop for token in analyzer("en").tokens(match[1])):
            yield f"What did {match[1]} say?"


def _title(passage: StoredPassage) -> Iterator[str]:
    title = " ".join(passage.source.heading.split())
    words = analyzer(passage.language).content(title)
    if title != passage.source.id and len(title) <= LONGEST_TITLE and len(words) >= FEWEST_WORDS:
        yield title
