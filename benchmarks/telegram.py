"""Measures answering in Telegram, on loopback and one core, beside a bot that answers a constant text.

`python -m benchmarks.telegram [--seconds 4] [--rounds 3] [--users 1 --users 20] [--articles 300] [--small]`;
docs/performance.md says what it prints.
"""

import asyncio
import os
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from math import nan
from pathlib import Path
from statistics import median

import click

from benchmarks.telegram_load import TOKEN, LoopbackTelegram, StuckError
from benchmarks.telegram_material import CONFIG, prepare, questions

ROOT = Path(__file__).parents[1]

MODES = ("polling", "webhook")
USERS = (1, 20, 200)
ARTICLES = 300
"""Made-up ones, beside that of seeds/."""

SMALL_USERS = (1, 20)
SMALL_ARTICLES = 30
SMALL_SECONDS = 0.3

WARM_UP = 0.5
"""Share of the measured time for which a bot runs before it, so that what it keeps in memory is there."""

START = 60.0
"""Seconds that a bot may take to start."""

LINES_OF_LOG = 20
"""Shown when a bot fails."""

ERROR = "[error"
"""In a line of a log that says what went wrong; an answer that says so would count as one too."""

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
FOR_BOTS, FOR_TELEGRAM = CORES[0], CORES[-1]

COLUMNS = (
    f"{'':8} {'':>5} {'answers/s':^23} {'median ms':^23} {'p99 ms':^16} {'CPU ms an answer':^23}",
    f"{'mode':8} {'users':>5}"
    + f" {'bare':>8}{'ours':>8}{'ratio':>7}" * 2
    + f" {'bare':>8}{'ours':>8}"
    + f" {'bare':>8}{'ours':>8}{'ratio':>7}",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one bot did in one stretch of time.

    Args:
        rate: answers a second.
        middle: median of the milliseconds from question to answer.
        slow: their 99th percentile.
        cpu: milliseconds of the processor that an answer took.
        load: milliseconds that Telegram and the users took for it, on the other core.
    """

    rate: float
    middle: float
    slow: float
    cpu: float
    load: float


Pairs = Sequence[tuple[Figures, Figures]]
"""Of the bare bot and ours, measured one after the other."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot and its Telegram."""

    telegram: LoopbackTelegram
    process: Process

    async def measure(self, users: int, seconds: float) -> Figures:
        """Let users ask for a while.

        Raises:
            StuckError: they are not answered.
        """
        self.telegram.begin(users)
        await asyncio.sleep(WARM_UP * seconds)
        self.telegram.waits.clear()
        began, busy, load = time.perf_counter(), self._cpu(), time.process_time()
        await asyncio.sleep(seconds)
        waits = sorted(1_000 * wait for wait in self.telegram.waits)
        took, worked = time.perf_counter() - began, self._cpu() - busy
        load = time.process_time() - load
        await self.telegram.end()
        if not waits:
            raise StuckError(f"no answer in {took:.1f} s")
        return Figures(
            rate=len(waits) / took,
            middle=median(waits),
            slow=waits[int(0.99 * len(waits))],
            cpu=1_000 * worked / len(waits),
            load=1_000 * load / len(waits),
        )

    def _cpu(self) -> float:
        """Seconds that the process has had of the processor, all threads together; NaN where the system doesn't say."""
        file = Path(f"/proc/{self.process.pid}/stat")
        if not file.exists():
            return nan
        user, system = file.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@click.command()
@click.option("--seconds", default=4.0, help="How long each bot is measured at a time.")
@click.option("--rounds", default=3, help="How often; the two take turns.")
@click.option("--users", type=int, multiple=True, help="How many ask at the same time.")
@click.option("--articles", default=ARTICLES, help="Made-up ones, beside that of seeds/.")
@click.option("--small", is_flag=True, help="Only see that it works.")
def main(seconds: float, rounds: int, users: Sequence[int], articles: int, *, small: bool) -> None:
    """Print a line for each way of getting updates and number of users."""
    if small:
        seconds, rounds, articles = SMALL_SECONDS, 1, SMALL_ARTICLES
    users = users or (SMALL_USERS if small else USERS)
    print("\n".join(COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), articles)
        asyncio.run(_compare(Path(folder), users, rounds, seconds))


async def _compare(folder: Path, users: Sequence[int], rounds: int, seconds: float) -> None:
    _pin(os.getpid(), FOR_TELEGRAM)
    load = 0.0
    for mode in MODES:
        async with AsyncExitStack() as running:
            # One after the other, as the first builds the index.
            ours = await running.enter_async_context(_bot("ours", mode, folder))
            bare = await running.enter_async_context(_bot("bare", mode, folder))
            for count in users:
                pairs = [
                    (await bare.measure(count, seconds), await ours.measure(count, seconds))
                    for _ in range(rounds)
                ]
                print(_row(mode, count, pairs), flush=True)
                load = max([load, *(each.load for pair in pairs for each in pair)])
    print(f"Telegram and its users took {load:.1f} ms an answer at most, on a core of their own.")


@asynccontextmanager
async def _bot(kind: str, mode: str, folder: Path) -> AsyncIterator[Bot]:
    made_up = any((folder / "articles").glob("0.txt"))
    async with (
        LoopbackTelegram(questions(about_made_up=made_up)) as telegram,
        running_bot(telegram, kind, mode, folder) as bot,
    ):
        _pin(bot.process.pid, FOR_BOTS)
        yield bot


@asynccontextmanager
async def running_bot(
    telegram: LoopbackTelegram, kind: str, mode: str, folder: Path
) -> AsyncIterator[Bot]:
    """A bot in a process of its own, until the end of the block; its errors are printed.

    Args:
        telegram: what it is pointed at.
        kind: "ours" or "bare", see `benchmarks.telegram_bots`.
        mode: how it gets its updates.
        folder: holds its settings and articles, and gets its log.

    Raises:
        click.ClickException: it does not start, or is stuck.
    """
    log = folder / f"{kind}-{mode}.log"
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}
    with log.open("wb") as lines:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.telegram_bots", kind, mode, str(folder / CONFIG),
            cwd=ROOT, env={**os.environ, **given}, stdout=lines, stderr=lines,
        )  # fmt: skip
    try:
        await _started(telegram, process)
        yield Bot(telegram, process)
        errors = [line for line in _lines(log) if ERROR in line]
        if errors:
            print(f"{kind}, {mode}: {len(errors)} errors, the first: {errors[0]}")
    except StuckError as error:
        tail = _lines(log)[-LINES_OF_LOG:]
        raise click.ClickException("\n".join([f"{kind}, {mode}: {error}", *tail])) from error
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _started(telegram: LoopbackTelegram, process: Process) -> None:
    ready = asyncio.create_task(telegram.ready.wait())
    ended = asyncio.create_task(process.wait())
    await asyncio.wait({ready, ended}, timeout=START, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not ready.done():
        ready.cancel()
        raise StuckError(f"it did not start within {START:g} s")


def _lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").splitlines()


def _pin(process: int, core: int) -> None:
    """Keep a process to a core, where the system lets it be done."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process, {core})


def _row(mode: str, users: int, pairs: Pairs) -> str:
    """Medians of the rounds, and of the ratios within each."""

    def both(read: Callable[[Figures], float]) -> str:
        bare = median(read(bare) for bare, _ in pairs)
        return f" {bare:8.1f}{median(read(ours) for _, ours in pairs):8.1f}"

    def ratio(read: Callable[[Figures], float]) -> str:
        return f"{median(read(ours) / read(bare) for bare, ours in pairs):7.2f}"

    def compared(read: Callable[[Figures], float]) -> str:
        return both(read) + ratio(read)

    return (
        f"{mode:8} {users:5}{compared(lambda each: each.rate)}{compared(lambda each: each.middle)}"
        f"{both(lambda each: each.slow)}{compared(lambda each: each.cpu)}"
    )


if __name__ == "__main__":
    main()
