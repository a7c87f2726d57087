"""Reads a question: text in, the terms to look for out."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.text.analyzer import Token, analyzer

LONGEST_QUESTION = 4_096
"""Characters that are read of a question; the rest of a longer one is left out."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Args:
        text: as it was asked, with what is not a character replaced.
        tokens: its terms in each language of the archive, stop words included.
    """

    text: str
    tokens: dict[str, Sequence[Token]]


def parse(text: str, languages: Sequence[str]) -> Question:
    """Read a question.

    Args:
        text: whatever was typed; lone surrogates become U+FFFD.
        languages: ISO 639-1 codes of the languages the archive holds.
    """
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    read = clean[:LONGEST_QUESTION]
    return Question(clean, {language: analyzer(language).tokens(read) for language in languages})
