"""What is measured of the archive itself, each in a process of its own.

`python -m benchmarks.scale.ours start CORPUS INDEX QUESTIONS | open INDEX | ask INDEX QUESTIONS SECONDS |
write INDEX QUESTIONS FOLDER | same INDEX QUESTIONS FOLDER`
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path

from benchmarks.scale.exact import ExactBM25
from benchmarks.scale.material import (
    ARTICLES,
    LANGUAGE,
    PASSAGES,
    TERMS,
    read_questions,
    terms_asked,
)
from benchmarks.scale.peers.asking import TOP, WARM_UP, ask, passages_of, tell
from bot.cli import COLLECT_AFTER
from retrieval.archive import Archive
from retrieval.bm25 import K1, TITLE_REPEAT, B
from retrieval.columns import Columns
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

TOGETHER = 500
"""Passages whose words are found in one go."""


def settings(corpus: Path, index: Path) -> ArchiveSettings:
    """As they come, but for the places."""
    return ArchiveSettings(
        corpus=CorpusSettings(path=corpus), retrieval=RetrievalSettings(index=str(index))
    )


def start(corpus: Path, index: Path, questions: Path) -> dict[str, object]:
    """Seconds from the settings to the first answer, where nothing has changed since."""
    question = read_questions(questions)[0].text
    began = time.perf_counter()
    Archive.load(settings(corpus, index)).ask(question)
    return {"start": time.perf_counter() - began}


def opened(index: Path) -> dict[str, object]:
    """Seconds to open an index, and what it holds."""
    began = time.perf_counter()
    archive = Archive.open(index)
    seconds = time.perf_counter() - began
    return {
        "open": seconds,
        "held": archive.articles,
        "passages": archive.passages,
        "refused": len(archive.refusals),
    }


def asked(index: Path, questions: Path, seconds: float) -> dict[str, object]:
    """Whole answers: from a question's text to excerpts with marked words and days."""

    def opening() -> Callable[[str], Sequence[str]]:
        # As the bot and the command line have it.
        gc.set_threshold(COLLECT_AFTER)
        gc.freeze()
        archive = Archive.open(index)
        return lambda text: [excerpt.source.id for excerpt in archive.ask(text).excerpts]

    texts = [question.text for question in read_questions(questions)]
    return ask(opening, texts, seconds)


def write(index: Path, questions: Path, folder: Path) -> dict[str, object]:
    """Write passages and questions as the other engines are given them: our terms, the title's twice."""
    stored = iter(Archive.open(index).all_passages())
    with (
        (folder / PASSAGES).open("w", encoding="utf-8") as passages,
        (folder / ARTICLES).open("w", encoding="utf-8") as articles,
    ):
        while some := list(islice(stored, TOGETHER)):
            texts = [text for each in some for text in (each.text, each.source.heading)]
            columns = Columns(LANGUAGE, texts)
            content = [columns.content(*words) for words in pairwise(columns.bounds)]
            for passage, body, title in zip(some, content[::2], content[1::2], strict=True):
                passages.write(" ".join(body + TITLE_REPEAT * title) + "\n")
                articles.write(f"{passage.source.id} {passage.number}\n")
    with (folder / TERMS).open("w", encoding="utf-8") as terms:
        for question in read_questions(questions):
            terms.write(" ".join(terms_asked(question.text)) + "\n")
    return {"written": True}


def same(index: Path, questions: Path, folder: Path) -> dict[str, object]:
    """How much of the exact top ten is among the candidates that the archive scores."""
    archive = Archive.open(index)
    lines = (folder / ARTICLES).read_text(encoding="utf-8").splitlines()
    line_of = {int(row.split()[1]): line for line, row in enumerate(lines)}
    found = []
    for question in read_questions(questions)[WARM_UP:]:
        ranked = archive.ranked(question.text)
        best = sorted(ranked, key=lambda each: -each.parts["passage"])[:TOP]
        found.append([line_of[each.passage.number] for each in best])
    exact = ExactBM25(
        passages_of(folder / PASSAGES), list(passages_of(folder / TERMS))[WARM_UP:], K1, B
    )
    return {"same": exact.agreement(found)}


def main(action: str, *arguments: str) -> None:
    """Do one of these, and tell what came of it."""
    paths = [Path(each) for each in arguments]
    match action:
        case "start":
            tell(start(*paths))
        case "open":
            tell(opened(*paths))
        case "ask":
            tell(asked(paths[0], paths[1], float(arguments[2])))
        case "write":
            tell(write(*paths))
        case "same":
            tell(same(*paths))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
