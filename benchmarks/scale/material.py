"""The files that the measurements of one size share, and how they are read."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from benchmarks.scale.questions import Question
from retrieval.question import parse
from retrieval.text.analyzer import analyzer

LANGUAGE = "en"

CORPUS = "corpus"
UNTOUCHED = "untouched"
"""A file that says which code made the corpus up, as long as it is as that made it."""

INDEX = "index"
QUESTIONS = "questions.jsonl"

PASSAGES = "passages.txt"
"""A passage a line: its terms, between spaces."""

ARTICLES = "articles.txt"
"""For each of those lines the id of its article, and its number in the archive."""

TERMS = "terms.txt"
"""A question a line: its terms, each once."""


def write_questions(file: Path, questions: Iterable[Question]) -> None:
    """Keep questions."""
    rows = (json.dumps(asdict(question)) + "\n" for question in questions)
    file.write_text("".join(rows), encoding="utf-8")


def read_questions(file: Path) -> Sequence[Question]:
    """What `write_questions` kept."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Question(row["text"], row["article"], tuple(row["words"])) for row in rows]


def terms_of(text: str) -> list[str]:
    """The terms that the archive would index a text by."""
    return analyzer(LANGUAGE).content(text)


def terms_asked(question: str) -> list[str]:
    """The terms that the archive would look for, each once; without the "many" of "how many"."""
    return list(dict.fromkeys(terms_of(parse(question, [LANGUAGE], date.max).words)))
