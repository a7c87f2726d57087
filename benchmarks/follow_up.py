"""Measures follow-up questions: `python -m benchmarks.follow_up FOLDER_OF_SETS [--limit N] [--only NAMES]`.

Two questions about one article, asked one after the other, make a pair. The second is asked by itself, as a follow-up
of the first, and as a follow-up of a question about another article, which must not make it worse; and all that once
more without its names, as people ask when it is plain whom they mean.
"""

import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import mean

import click

from benchmarks.quality import JUDGED_WORDS
from benchmarks.questions import Judged, QuestionSet, read_sets
from retrieval.archive import Archive
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.types import Answer

PAIRS = 300
"""Pairs of a set, unless said otherwise."""

SETS = ("newwiki", "xquad-de", "xquad-es", "xquad-zh")
"""What is measured, unless said otherwise."""

_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÁÉÍÓÚÑÄÖÜ][\w’'-]*")
"""A word with a capital that no sentence's beginning gives it; in German every noun."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question to be asked, the one before it, and one about something else."""

    before: str
    away: str
    asked: Judged


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--limit", type=int, default=PAIRS, help="Pairs of a set, at most.")
@click.option("--only", default=",".join(SETS), help="Names of sets, with commas between them.")
def main(folder: Path, limit: int, only: str) -> None:
    """Print one block a set."""
    for each in read_sets(folder):
        if each.name in only.split(","):
            _measure(each, limit)


def _measure(each: QuestionSet, limit: int) -> None:
    archive = _archive(each.articles)
    pairs = _pairs(each.questions, limit)
    print(f"== {each.name}: {len(pairs)} pairs")
    _report(archive, pairs)
    nameless = [
        replace(pair, asked=replace(pair.asked, text=text))
        for pair in pairs
        if (text := _without_names(pair.asked.text)) != pair.asked.text
    ]
    if len(nameless) > len(pairs) // 10:
        print(f"   without its names: {len(nameless)} pairs")
        _report(archive, nameless)


def _archive(articles: Sequence[Mapping[str, str]]) -> Archive:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        return Archive.load(
            ArchiveSettings(
                corpus=CorpusSettings(path=file), retrieval=RetrievalSettings(index=IN_MEMORY)
            )
        )


def _report(archive: Archive, pairs: Sequence[Pair]) -> None:
    bare = [_asked(archive, pair, None) for pair in pairs]
    print(f"   {'by itself':32} S@1 {mean(right for right, _ in bare):.3f}")
    for label, earlier in (
        ("after one about the same article", [pair.before for pair in pairs]),
        ("after one about another article", [pair.away for pair in pairs]),
    ):
        found = [
            _asked(archive, pair, before) for pair, before in zip(pairs, earlier, strict=True)
        ]
        better = sum(now > before for (now, _), (before, _) in zip(found, bare, strict=True))
        worse = sum(now < before for (now, _), (before, _) in zip(found, bare, strict=True))
        together = sum(answer.follows is not None for _, answer in found)
        print(
            f"   {label} S@1 {mean(right for right, _ in found):.3f}"
            f"  better {better}, worse {worse}, read together {together}"
        )


def _asked(archive: Archive, pair: Pair, after: str | None) -> tuple[bool, Answer]:
    answer = archive.ask(pair.asked.text, limit=1, after=after)
    right = any(
        pair.asked.is_in(each.source, " ".join(each.passage.split()[:JUDGED_WORDS]))
        for each in answer.excerpts
    )
    return right, answer


def _pairs(questions: Sequence[Judged], limit: int) -> Sequence[Pair]:
    source = random.Random(1)  # noqa: S311 - a draw, not a secret
    by_article: Mapping[str | None, list[Judged]] = defaultdict(list)
    for question in questions:
        by_article[question.article].append(question)
    pairs = [pair for about in by_article.values() for pair in pairwise(about)]
    drawn = source.sample(pairs, min(limit, len(pairs)))
    return [Pair(one.text, _away(source, questions, other), other) for one, other in drawn]


def _away(source: random.Random, questions: Sequence[Judged], asked: Judged) -> str:
    while True:
        question = source.choice(questions)
        if question.article != asked.article:
            return question.text


def _without_names(question: str) -> str:
    return " ".join(_NAME.sub("", question).split())


if __name__ == "__main__":
    main()
