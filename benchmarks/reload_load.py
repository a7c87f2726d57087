"""Measures reloading under load: users ask without pause while every article is changed and read again, many times.

`python -m benchmarks.reload_load [--reloads 50] [--users 20] [--articles 300]`. It fails where an answer mixes two
editions of the articles, where a question is not answered, or where the bot logs an error.
"""

import asyncio
import re
import signal
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

import click

from benchmarks.telegram import running_bot
from benchmarks.telegram_load import LoopbackTelegram
from benchmarks.telegram_material import write_settings

TOWNS = [
    "Leeds",
    "York",
    "Hull",
    "Ripon",
    "Selby",
    "Whitby",
    "Malton",
    "Thirsk",
    "Bedale",
    "Skipton",
    "Settle",
    "Keighley",
]
THINGS = [
    "river",
    "bridge",
    "market",
    "library",
    "school",
    "railway",
    "harbour",
    "museum",
    "theatre",
    "hospital",
]

RELOADED = "the corpus was read again"
"""In the log, when one has come to its end."""

PATIENCE = 120.0
"""Seconds that a reload may take."""

_EDITION = re.compile(r"edition (\d+)")


@dataclass
class Watch:
    """Looks at every answer: when it came, and of which edition it is."""

    editions: set[str] = field(default_factory=set)
    answers: int = 0
    mixed: list[str] = field(default_factory=list)

    def see(self, text: str) -> None:
        """An answer as it arrives at Telegram."""
        found = set(_EDITION.findall(text))
        self.answers += 1
        self.editions |= found
        if len(found) > 1:
            self.mixed.append(text)


@click.command()
@click.option("--reloads", default=50, help="How often the articles are changed and read again.")
@click.option("--users", default=20, help="How many ask at the same time.")
@click.option("--articles", default=300, help="All of which change.")
def main(reloads: int, users: int, articles: int) -> None:
    """Print how long answers took, with nothing else going on and while the articles were read again."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), reloads, users, articles))


async def _measure(folder: Path, reloads: int, users: int, articles: int) -> None:
    write_settings(folder)
    _print_edition(folder, 0, articles)
    watch = Watch()
    async with (
        LoopbackTelegram(_questions(), watch.see) as telegram,
        running_bot(telegram, "ours", "polling", folder) as bot,
    ):
        telegram.begin(users)
        await _let_pass(2.0, telegram)
        log = folder / "ours-polling.log"
        quiet, busy, took = [], [], []
        for edition in range(1, reloads + 1):
            quiet += await _let_pass(0.5, telegram)
            _print_edition(folder, edition, articles)
            began = time.perf_counter()
            await _reload(bot.process, log, edition)
            took.append(time.perf_counter() - began)
            busy += [1_000 * wait for wait in telegram.waits]
            telegram.waits.clear()
        await telegram.end()
    print(f"{reloads} reloads of {articles} changed articles, {median(took):.2f} s each (median)")
    print(f"{'':10} {'answers':>8} {'p50 ms':>8} {'p99 ms':>8}")
    for name, waits in (("without", quiet), ("during", busy)):
        print(f"{name:10} {len(waits):8,} {_at(waits, 0.5):8.1f} {_at(waits, 0.99):8.1f}")
    print(f"ratio of p99: {_at(busy, 0.99) / _at(quiet, 0.99):.2f}")
    print(f"{watch.answers:,} answers of {len(watch.editions)} editions, {len(watch.mixed)} mixed")
    if watch.mixed:
        raise click.ClickException(f"an answer mixes editions: {watch.mixed[0]}")
    if len(watch.editions) <= reloads // 2:
        raise click.ClickException(
            "most editions were never seen; the articles were not read again"
        )


async def _let_pass(seconds: float, telegram: LoopbackTelegram) -> list[float]:
    """Wait, and give back how long the answers of that time took, in milliseconds."""
    telegram.waits.clear()
    await asyncio.sleep(seconds)
    waits = [1_000 * wait for wait in telegram.waits]
    telegram.waits.clear()
    return waits


async def _reload(process: Process, log: Path, edition: int) -> None:
    process.send_signal(signal.SIGHUP)
    async with asyncio.timeout(PATIENCE):
        while not _reported(log, edition):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.02)


def _reported(log: Path, reloads: int) -> bool:
    return log.read_text(encoding="utf-8").count(RELOADED) >= reloads


def _print_edition(folder: Path, edition: int, articles: int) -> None:
    corpus = folder / "articles"
    corpus.mkdir(exist_ok=True)
    for number in range(articles):
        town, thing = TOWNS[number % len(TOWNS)], THINGS[number % len(THINGS)]
        sentences = (
            f"In edition {edition} the {thing} of {town} was seen by {number + line} people."
            for line in range(12)
        )
        head = f"Title: The {thing} of {town}, {number}\nDate: 2020-01-{number % 28 + 1:02}\n\n"
        (corpus / f"{number}.txt").write_text(head + " ".join(sentences) + "\n", encoding="utf-8")


def _questions() -> Iterator[str]:
    for number in count():
        town, thing = TOWNS[number % len(TOWNS)], THINGS[number // 7 % len(THINGS)]
        yield f"How many people saw the {thing} of {town}?"


def _at(waits: list[float], share: float) -> float:
    return sorted(waits)[int(share * len(waits))]


if __name__ == "__main__":
    main()
