"""Question sets: articles, and questions with what answers them.

A set is `NAME.articles.jsonl.gz` and `NAME.questions.jsonl.gz` in one folder. A small one is about `seeds/`.
"""

import gzip
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from retrieval.types import Source

SEED_QUESTIONS = Path(__file__).parent / "seed_questions.jsonl"


@dataclass(frozen=True)
class Judged:
    """A question and what answers it.

    Args:
        text: the question.
        typo: the same with a typing error, where the set has one.
        article: the id of the article that holds the answer.
        windows: stretches of it that hold the answer, with a little around.
        relevant: ids of the articles that are about it, in sets of topics.
    """

    text: str
    typo: str | None = None
    article: str | None = None
    windows: tuple[str, ...] = ()
    relevant: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _letters(self) -> tuple[str, ...]:
        return tuple(letters(window) for window in self.windows)

    def is_in(self, source: Source, text: str) -> bool:
        """Whether a text of an article holds the answer."""
        if self.relevant:
            return source.id in self.relevant
        held = letters(text)
        return source.id == self.article and any(window in held for window in self._letters)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Articles, one JSON object each, and questions about them."""

    name: str
    articles: Sequence[Mapping[str, str]]
    questions: Sequence[Judged]

    @property
    def topical(self) -> bool:
        """Whether articles are judged rather than passages."""
        return any(question.relevant for question in self.questions)


def read_sets(folder: Path) -> Iterator[QuestionSet]:
    """Read every set of a folder."""
    for file in sorted(folder.glob("*.articles.jsonl.gz")):
        name = file.name.removesuffix(".articles.jsonl.gz")
        questions = [_judged(row) for row in _rows(folder / f"{name}.questions.jsonl.gz")]
        yield QuestionSet(
            name,
            [row for row in _rows(file) if row["title"] or row["text"]],
            [question for question in questions if question is not None],
        )


def seed_questions() -> Sequence[Judged]:
    """Those about the article that Dateline comes with."""
    rows = SEED_QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [question for row in rows if (question := _judged(json.loads(row))) is not None]


def letters(text: str) -> str:
    """Only letters, marks and digits, in one case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c)[0] == "M")


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _judged(row: Mapping[str, object]) -> Judged | None:
    relevant, windows = row.get("relevant"), row.get("windows")
    if isinstance(relevant, list):
        return Judged(str(row["text"]), relevant=frozenset(map(str, relevant)))
    if isinstance(windows, list) and row.get("answerable", True):
        typo = row.get("typo")
        return Judged(
            str(row["text"]),
            typo=typo if isinstance(typo, str) else None,
            article=str(row["article_id"]),
            windows=tuple(map(str, windows)),
        )
    return None
