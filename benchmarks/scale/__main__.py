"""Measures archives of growing size, and other engines over the same passages; docs/performance.md says how.

`python -m benchmarks.scale [--passages 10000 --passages 100000] [--peers tantivy,Lucene] [--keep FOLDER] [--write]`
"""

import os
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.scale.chart import chart
from benchmarks.scale.engines import ENGINES, Command, Engine, version
from benchmarks.scale.measuring import Size, SizeFigures
from benchmarks.scale.process import ROOT, MeasuringError
from benchmarks.scale.report import included, machine, put_between_marks, table

PASSAGES = (10_000, 100_000)
QUESTIONS = 1_000
SECONDS = 60.0

SMALL_PASSAGES = (500,)
SMALL_QUESTIONS = 50
SMALL_PEERS = "rank-bm25,tantivy"

DOCUMENT = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "scale.svg"
ALL, NONE = "all", "none"


@click.command()
@click.option(
    "--passages", type=int, multiple=True, help="About how many; several times for several sizes."
)
@click.option(
    "--peers", default=ALL, help="Names of engines with commas between them, all, or none."
)
@click.option("--questions", default=QUESTIONS, help="That are asked, after 200 that warm up.")
@click.option("--seconds", default=SECONDS, help="That an engine may take for its questions.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="A folder to work in, and to leave. Of what it held of a size, a corpus that is as it was made up is kept.",
)
@click.option(
    "--write", is_flag=True, help=f"Put it into docs/{DOCUMENT.name}, with docs/{CHART.name}."
)
@click.option("--small", is_flag=True, help="Only see that it works.")
def main(
    passages: Sequence[int],
    peers: str,
    questions: int,
    seconds: float,
    keep: Path | None,
    *,
    write: bool,
    small: bool,
) -> None:
    """Measure, and print a table."""
    if small:
        passages, peers = passages or SMALL_PASSAGES, SMALL_PEERS if peers == ALL else peers
        questions = min(questions, SMALL_QUESTIONS)
    busy = os.getloadavg()[0]
    engines, missing = _found(peers)
    where: AbstractContextManager[str] = (
        tempfile.TemporaryDirectory() if keep is None else nullcontext(str(keep.resolve()))
    )
    sizes: list[SizeFigures] = []
    with where as folder:
        for size in sorted(passages or PASSAGES):
            try:
                sizes.append(_measure(size, questions, seconds, Path(folder), engines))
            except MeasuringError as error:
                raise click.ClickException(str(error)) from error
            # After each size: the next may take an hour, or fail.
            words = [
                machine(busy),
                "",
                *included({engine.name: version(command) for engine, command in engines}, missing),
            ]
            _report(sizes, words, write=write)


def _report(sizes: Sequence[SizeFigures], words: Sequence[str], *, write: bool) -> None:
    lines = list(table(sizes))
    print("\n".join([*lines, "", *words]), flush=True)
    if write:
        CHART.write_text(chart(sizes), encoding="utf-8")
        picture = f"![Median time of a question against passages]({CHART.name})"
        put_between_marks(DOCUMENT, [*words, "", "```", *lines, "```", "", picture])


def _measure(
    passages: int,
    questions: int,
    seconds: float,
    folder: Path,
    engines: Sequence[tuple[Engine, Command]],
) -> SizeFigures:
    def say(what: str) -> None:
        print(f"{passages:,} passages: {what}", flush=True)

    return Size(passages, questions, seconds, folder / str(passages), say).measure(engines)


def _found(peers: str) -> tuple[Sequence[tuple[Engine, Command]], Sequence[str]]:
    """The engines that are wanted and there, with their commands; and the names of those that are not there."""
    names = [engine.name for engine in ENGINES]
    wanted = names if peers == ALL else [name for name in peers.split(",") if name != NONE]
    if unknown := set(wanted) - set(names):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}: there are {', '.join(names)}")
    found, missing = [], []
    for engine in ENGINES:
        if engine.name not in wanted:
            continue
        command = engine.command()
        if command is None:
            print(f"{engine.name} is not there and is left out; {engine.get} brings it")
            missing.append(engine.name)
        else:
            # Whoever names an engine wants it at every size.
            found.append((engine if peers == ALL else replace(engine, most=None), command))
    return found, missing


if __name__ == "__main__":
    main()
