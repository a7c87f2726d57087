"""Measures how long until the bot is ready, and until the terminal answers, when nothing has changed since last time.

`python -m benchmarks.starting [--rounds 10] [--beside CHECKOUT]`. With another checkout, the two take turns, so that
what else the machine does falls upon both.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

import click

from benchmarks.telegram_load import TOKEN, LoopbackTelegram
from benchmarks.telegram_material import CONFIG, prepare

HERE = Path(__file__).parents[1]

QUESTION = "When did Kim and Putin meet?"

READY = b"ready"
"""Of the line in the log, once updates may come."""


BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Whatever holds here, the first start leaves bytecode for the others, as it does on a server."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a process.

    Args:
        wall: milliseconds until it was ready, or had answered.
        cpu: milliseconds of the processor until it was ended then, all threads together.
    """

    wall: float
    cpu: float


@click.command()
@click.option("--rounds", default=10, help="How often each is started.")
@click.option(
    "--beside",
    type=click.Path(path_type=Path, exists=True),
    metavar="CHECKOUT",
    help="Another checkout, to be compared with this one.",
)
def main(rounds: int, beside: Path | None) -> None:
    """Print the medians of the milliseconds that `run` takes to be ready, and `ask` to answer."""
    trees = [HERE] if beside is None else [beside.absolute(), HERE]
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, str(number)) for number, _ in enumerate(trees)]
        for folder in folders:
            folder.mkdir()
            prepare(folder, made_up_articles=0)
        asyncio.run(_compare(list(zip(trees, folders, strict=True)), rounds))


async def _compare(places: Sequence[tuple[Path, Path]], rounds: int) -> None:
    async with LoopbackTelegram(repeat(QUESTION)) as telegram:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url, **BYTECODE}
        print(f"{'':8}{'wall ms':>9}{'CPU ms':>9}")
        for words, line in ((("run",), READY), (("ask", QUESTION), None)):
            starts: list[list[Start]] = [[] for _ in places]
            # The first of each is not counted: it builds the index and makes the state.
            for _ in range(rounds + 1):
                for (tree, folder), kept in zip(places, starts, strict=True):
                    kept.append(await asyncio.to_thread(_start, tree, folder, words, given, line))
            for (tree, _), kept in zip(places, starts, strict=True):
                wall = median(each.wall for each in kept[1:])
                cpu = median(each.cpu for each in kept[1:])
                named = "" if len(places) == 1 else f"  {tree}"
                print(f"{words[0]:8}{wall:9.0f}{cpu:9.0f}{named}", flush=True)


def _start(
    tree: Path, folder: Path, words: Sequence[str], given: Mapping[str, str], line: bytes | None
) -> Start:
    """Start `python -m bot`, wait until it logs a line that holds this, or else ends.

    Raises:
        click.ClickException: it ends otherwise.
    """
    began, used = time.perf_counter(), _cpu()
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "bot", words[0], "--config", str(folder / CONFIG), *words[1:]],
        cwd=tree,
        env={**os.environ, **given},
        stdout=subprocess.DEVNULL if line else subprocess.PIPE,
        stderr=subprocess.PIPE if line else None,
    )
    lines = process.stderr if line else process.stdout
    if lines is None:
        raise AssertionError
    with lines:
        found = any(line in each for each in lines) if line else bool(lines.read())
        wall = time.perf_counter() - began
    process.kill()
    ended = process.wait()
    if not found:
        raise click.ClickException(f"{tree}: {' '.join(words)} ended with {ended}")
    return Start(1_000 * wall, 1_000 * (_cpu() - used))


def _cpu() -> float:
    """Seconds that the processes started so far have had of the processor."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
