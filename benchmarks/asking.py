"""Measures whole questions against archives of growing size, beside rank-bm25 alone over the same passages."""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rank_bm25 import BM25Okapi

from benchmarks import made_up
from retrieval.archive import Archive
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.text.analyzer import analyzer

SIZES = (300, 3_000)
"""Articles; each makes about two passages."""

QUESTIONS = 100


def main() -> None:
    """Print one row a size: medians and 99th percentiles in milliseconds, and their ratio."""
    print(
        f"{'passages':>9} {'build s':>8} {'ask p50':>8} {'ask p99':>8} {'rank-bm25 p50':>14} {'ratio':>6}"
    )
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        print(_measure(size))


def _measure(articles: int) -> str:
    source = random.Random(1)  # noqa: S311 - a corpus, not a secret
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for number in range(articles):
            (path / f"{number}.txt").write_text(made_up.article(source, number), encoding="utf-8")
        settings = ArchiveSettings(
            corpus=CorpusSettings(path=path, language="en"),
            retrieval=RetrievalSettings(index=IN_MEMORY),
        )
        began = time.perf_counter()
        archive = Archive.load(settings)
        build = time.perf_counter() - began
    questions = [made_up.question(source) for _ in range(QUESTIONS)]
    ours = _times(archive.ask, questions)
    terms = analyzer("en").content
    peer: BM25Okapi[str, list[str]] = BM25Okapi(
        [terms(passage.text) for passage in archive.all_passages()]
    )
    theirs = _times(lambda question: peer.get_scores(terms(question)), questions)
    median, peer_median = statistics.median(ours), statistics.median(theirs)
    return (
        f"{archive.passages:9,} {build:8.2f} {median:8.2f} {ours[-2]:8.2f} "
        f"{peer_median:14.2f} {peer_median / median:6.1f}"
    )


def _times(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    ask(questions[0])
    times = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - began) * 1_000)
    return sorted(times)


if __name__ == "__main__":
    main()
