"""Measures how long it takes to bring an index up to date, beside building it: `python -m benchmarks.reloading [N]`.

Each row is a process of its own, as in a reload: it starts, looks, reads and indexes what changed. Beside the seconds
that passed stand those that a core was busy for, which other work on the machine leaves as they are, and the seconds
that opening what came of it took.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import click

from benchmarks import made_up
from retrieval.archive import Archive
from retrieval.building import Wanted
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

ARTICLES = 2_000
WORDS = 60
"""Words in an article, so that many can be built in bearable time; each makes one passage."""

Change = Callable[[Path, random.Random], None]


@click.command()
@click.argument("articles", type=int, default=ARTICLES)
@click.option("--keep", type=click.Path(path_type=Path), help="A folder to work in, and to leave.")
def main(articles: int, keep: Path | None) -> None:
    """Print a row for each kind of change, for articles in files of their own and for all in one."""
    print(f"{'corpus':12} {'change':24} {'seconds':>8} {'core s':>8} {'open s':>8} {'peak MB':>8}")
    for layout in (Files(), Lines()):
        with tempfile.TemporaryDirectory(dir=keep) as folder:
            _measure(layout, Path(folder), articles)


class Files:
    """Each article has a file."""

    name = "files"

    def write(self, corpus: Path, articles: int, source: random.Random) -> None:
        """Make the corpus up."""
        for number in range(articles):
            self._write(corpus, number, source)

    def change(self, corpus: Path, count: int, articles: int, source: random.Random) -> None:
        """Write some articles anew."""
        for number in source.sample(range(articles), count):
            self._write(corpus, number, source)

    def touch(self, corpus: Path) -> None:
        """Change the times of some files, and nothing in them."""
        for number in range(10):
            (self._folder(corpus, number) / f"{number}.txt").touch()

    def _write(self, corpus: Path, number: int, source: random.Random) -> None:
        title, day, text = _article(number, source)
        folder = self._folder(corpus, number)
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").write_text(f"Title: {title}\nDate: {day}\n\n{text}\n")

    @staticmethod
    def _folder(corpus: Path, number: int) -> Path:
        return corpus / f"{number // 1_000:04}"


class Lines:
    """All articles stand in one file."""

    name = "one .jsonl"

    def write(self, corpus: Path, articles: int, source: random.Random) -> None:
        """Make the corpus up."""
        with (corpus / "all.jsonl").open("w") as file:
            file.writelines(_line(number, source) for number in range(articles))

    def change(self, corpus: Path, count: int, articles: int, source: random.Random) -> None:
        """Write some articles anew."""
        chosen = set(source.sample(range(articles), count))
        new = corpus / "all.new"
        with (corpus / "all.jsonl").open() as old, new.open("w") as file:
            for number, line in enumerate(old):
                file.write(_line(number, source) if number in chosen else line)
        new.replace(corpus / "all.jsonl")

    def touch(self, corpus: Path) -> None:
        """Change the time of the file, and nothing in it."""
        (corpus / "all.jsonl").touch()


def _measure(layout: Files | Lines, folder: Path, articles: int) -> None:
    source = random.Random(1)  # noqa: S311 - a corpus, not a secret
    corpus = folder / "corpus"
    corpus.mkdir()
    layout.write(corpus, articles, source)
    settings = ArchiveSettings(
        corpus=CorpusSettings(path=corpus, language="en"),
        retrieval=RetrievalSettings(index=str(folder / "index")),
    )

    def row(change: str) -> None:
        seconds, busy, opening, peak = _reload(settings)
        figures = f"{seconds:8.2f} {busy:8.2f} {opening:8.2f} {peak:8.0f}"
        print(f"{layout.name:12} {change:24} {figures}", flush=True)

    row(f"built, {articles:,} articles")
    row("nothing")
    layout.touch(corpus)
    row("times of files only")
    for count in (10, articles // 100):
        layout.change(corpus, count, articles, source)
        row(f"{count:,} articles changed")
    row("nothing")


def _reload(settings: ArchiveSettings) -> tuple[float, float, float, float]:
    """Seconds of the building process, those of a core, those of opening, and the most memory it took, in MB."""
    wanted = Wanted(settings=settings, most_lost=1.0).model_dump_json()
    began = time.perf_counter()
    command = [sys.executable, "-m", "retrieval.building"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own
        if process.stdin is None or process.stdout is None:
            raise SystemExit("the building process has no pipes")
        process.stdin.write(wanted.encode())
        process.stdin.close()
        last = json.loads(process.stdout.read().splitlines()[-1])
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    built = time.perf_counter()
    if "built" not in last:
        raise SystemExit(str(last))
    Archive.open(Path(settings.retrieval.index)).ask("When did it happen?")
    opened = time.perf_counter()
    busy = used.ru_utime + used.ru_stime
    return built - began, busy, opened - built, used.ru_maxrss / 1_000


def _article(number: int, source: random.Random) -> tuple[str, date, str]:
    day = date(2019, 1, 1) + timedelta(days=number % 1_000)
    words = " ".join(made_up.word(source) for _ in range(WORDS))
    title = f"{made_up.word(source)} {made_up.word(source)}"
    return title, day, f"{words.capitalize()} on Thursday."


def _line(number: int, source: random.Random) -> str:
    title, day, text = _article(number, source)
    row = {"id": f"n{number}", "title": title, "date": str(day), "text": text}
    return json.dumps(row) + "\n"


if __name__ == "__main__":
    main()
