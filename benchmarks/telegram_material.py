"""What the bots of `benchmarks.telegram` are given to read, and what their users ask."""

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import made_up

SEEDS = Path(__file__).parents[1] / "seeds"

CONFIG = "config.yaml"

SETTINGS = {
    "corpus": {"path": "articles"},
    "retrieval": {"index": "index"},
    "telegram": {"paced": False},
    "quota": {"user": 0, "chat": 0},
    "state": {"url": "sqlite:///state.sqlite3"},
}
"""As they come, but that nobody is held back."""

TEMPLATES = (
    "When did {name} meet {word}?",
    "What did {name} say about {word}?",
    "Who is {name}, and what of {word}?",
    "Where was {name} with {word}?",
    "How many {word} did {name} have?",
    "Why was {name} {word}?",
)

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_WORD = re.compile(r"\b[a-z]{4,}\b")


def prepare(folder: Path, made_up_articles: int) -> None:
    """Write settings, the article of seeds/ and made-up ones into an empty folder."""
    source = random.Random(1)  # noqa: S311 - a corpus, not a secret
    articles = folder / "articles"
    shutil.copytree(SEEDS, articles)
    for number in range(made_up_articles):
        text = made_up.article(source, number)
        (articles / f"{number}.txt").write_text(text, encoding="utf-8")
    write_settings(folder)


def write_settings(folder: Path) -> None:
    """Write settings for the articles in `articles`."""
    # JSON is YAML.
    (folder / CONFIG).write_text(json.dumps(SETTINGS), encoding="utf-8")


def questions(*, about_made_up: bool) -> Iterator[str]:
    """About the article of seeds/, and by turns about the made-up ones if there are any; hardly ever one twice."""
    source = random.Random(2)  # noqa: S311 - a draw, not a secret
    text = min(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    names, words = sorted(set(_NAME.findall(text))), sorted(set(_WORD.findall(text)))
    while True:
        yield source.choice(TEMPLATES).format(name=source.choice(names), word=source.choice(words))
        if about_made_up:
            yield made_up.question(source)
