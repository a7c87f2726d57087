"""Measures how well questions are answered: `python -m benchmarks.quality [FOLDER_OF_SETS] [--limit N]`.

Without a folder: the questions about `seeds/`. With one: every set in it, what each part of the score gives, and how
often the archive says no when it should, and when it should not.
"""

import json
import math
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean, median

import click

from benchmarks.questions import Judged, QuestionSet, read_sets, seed_questions
from retrieval.archive import Archive
from retrieval.ranking import Ranked
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.types import Outcome

SEEDS = Path("seeds")
DEPTH = 10
EXCERPT_WORDS = (60, 90)
JUDGED_WORDS = 150
"""Words of a passage that are looked at, so that long ones have no advantage."""

LEAST_RIGHT = 0.9
"""Share of the questions about `seeds/` below which something is broken."""

REFUSAL_QUESTIONS = 500


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--limit", type=int, default=None, help="Questions of a set, at most.")
@click.option("--only", default="", help="Names of sets, with commas between them.")
def main(folder: Path | None, limit: int | None, only: str) -> None:
    """Print one block a set."""
    if folder is None:
        _seeds()
        return
    for each in read_sets(folder):
        if not only or each.name in only.split(","):
            print(
                f"== {each.name}: {len(each.articles)} articles, {len(each.questions)} questions"
            )
            _measure(each, each.questions[:limit])


def _seeds() -> None:
    archive = Archive.load(_settings(SEEDS))
    questions = seed_questions()
    first = [_first(archive, question) for question in questions]
    for question, right in zip(questions, first, strict=True):
        if not right:
            print(f"wrong: {question.text}")
    print(f"== seeds: right sentence first {mean(first):.3f} of {len(questions)}")
    if mean(first) < LEAST_RIGHT:
        raise SystemExit(
            f"fewer than {LEAST_RIGHT} of the questions about seeds/ are answered rightly"
        )


def _first(archive: Archive, question: Judged) -> bool:
    answer = archive.ask(question.text, limit=1)
    return answer.answered and question.is_in(answer.excerpts[0].source, answer.excerpts[0].text)


def _measure(each: QuestionSet, questions: Sequence[Judged]) -> None:
    archive = _archive(each.articles)
    score = _topics if each.topical else _first_passage
    ranked = [archive.ranked(question.text) for question in questions]
    whole = score(questions, ranked, lambda candidate: candidate.score)
    print(f"   {'nDCG@10' if each.topical else 'S@1'} {whole:.3f}")
    for part in ranked[0][0].parts if ranked and ranked[0] else ():
        without = score(questions, ranked, _without(part))
        print(f"      without {part:9} {100 * (without - whole):+6.2f}")
    if not each.topical:
        _excerpts(archive, questions)
        _typing_errors(archive, questions)
        _refusals(each, questions)
    times = sorted(archive.ask(question.text).milliseconds for question in questions)
    print(f"   ask: p50 {median(times):.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms")


def _without(part: str) -> Callable[[Ranked], float]:
    def key(candidate: Ranked) -> float:
        return candidate.score - candidate.parts.get(part, 0.0)

    return key


def _first_passage(
    questions: Sequence[Judged], ranked: Sequence[Sequence[Ranked]], key: Callable[[Ranked], float]
) -> float:
    """Share of questions whose first passage holds the answer."""
    first = [max(candidates, key=key, default=None) for candidates in ranked]
    return mean(
        best is not None and question.is_in(best.passage.source, _cut(best.passage.text))
        for question, best in zip(questions, first, strict=True)
    )


def _topics(
    questions: Sequence[Judged], ranked: Sequence[Sequence[Ranked]], key: Callable[[Ranked], float]
) -> float:
    """Normalised discounted cumulative gain of the first ten articles (Järvelin and Kekäläinen 2002)."""
    return mean(
        _ndcg(
            dict.fromkeys(c.passage.source.id for c in sorted(candidates, key=key, reverse=True)),
            question.relevant,
        )
        for question, candidates in zip(questions, ranked, strict=True)
    )


def _ndcg(articles: Iterable[str], relevant: frozenset[str]) -> float:
    gains = [1 / math.log2(place + 2) for place in range(DEPTH)]
    found = sum(
        gain for gain, article in zip(gains, articles, strict=False) if article in relevant
    )
    return found / sum(gains[: len(relevant)])


def _excerpts(archive: Archive, questions: Sequence[Judged]) -> None:
    for words in EXCERPT_WORDS:
        held = []
        for question in questions:
            excerpts = archive.ask(question.text, limit=1, words=words).excerpts
            held.append(any(question.is_in(each.source, each.text) for each in excerpts))
        print(f"   an excerpt of {words} words holds the answer {mean(held):.3f}")


def _typing_errors(archive: Archive, questions: Sequence[Judged]) -> None:
    typed = [question for question in questions if question.typo is not None]
    if not typed:
        return
    first = [archive.ask(question.typo or "", limit=1).excerpts for question in typed]
    right = [
        any(question.is_in(each.source, _cut(each.passage)) for each in excerpts)
        for question, excerpts in zip(typed, first, strict=True)
    ]
    print(f"   S@1 with a typing error {mean(right):.3f}")


def _refusals(each: QuestionSet, questions: Sequence[Judged]) -> None:
    """Ask half of the articles about themselves and about the other half."""
    names = sorted({question.article or "" for question in questions})
    random.Random(1).shuffle(names)  # noqa: S311 - a draw, not a secret
    half = set(names[: len(names) // 2])
    archive = _archive([article for article in each.articles if article["id"] in half])
    sure: dict[str, list[float]] = {}
    for label, inside in (("there", True), ("absent", False)):
        asked = [question for question in questions if (question.article in half) is inside]
        answers = [archive.ask(question.text, limit=1) for question in asked[:REFUSAL_QUESTIONS]]
        counts = Counter(answer.outcome for answer in answers)
        sure[label] = sorted(answer.confidence for answer in answers)
        shares = " / ".join(f"{100 * counts[outcome] / len(answers):.1f}" for outcome in Outcome)
        print(f"   answer / weak / nothing where the answer is {label}: {shares}")
    least = sure["there"][len(sure["there"]) // 10]
    false = mean(confidence >= least for confidence in sure["absent"])
    print(f"   false answers at 90 % recall: {false:.3f}")


def _cut(text: str) -> str:
    return " ".join(text.split()[:JUDGED_WORDS])


def _archive(articles: Sequence[Mapping[str, str]]) -> Archive:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        return Archive.load(_settings(file))


def _settings(path: Path) -> ArchiveSettings:
    return ArchiveSettings(
        corpus=CorpusSettings(path=path), retrieval=RetrievalSettings(index=IN_MEMORY)
    )


if __name__ == "__main__":
    main()
