"""Kills processes at random moments of their work: `python -m kills SCENARIO TIMES SEED FOLDER`.

Prints how often a process was killed at its work, and what stood afterwards how often. Fails where it was neither the
old nor the new. Each process is a fork of this one, so that what is killed is the work and not the start of Python.
"""

import asyncio
import gzip
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol

from bot.corpus.apart import locate
from bot.corpus.shelf import Shelf
from bot.state import ChatOptions, Result, State, Vote
from retrieval.archive import Archive
from retrieval.keys import article_key
from retrieval.reading import DEFAULT_LIMITS
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

Say = Callable[[str], None]
"""Tells the one that kills what was done, and is seen even if the process is killed right after."""

BEYOND = 1.15
"""Of the usual time of the work; so some processes come to its end."""


class Scenario(Protocol):
    """Work that may be killed."""

    def prepare(self, folder: Path) -> None:
        """Make an empty folder what it is before the work."""

    def work(self, folder: Path, say: Say) -> None:
        """Do it, in a process that may be killed."""

    def check(self, folder: Path, said: list[str]) -> str:
        """Look at what is left, as the next start would, and name it; fail if it is not whole."""


def article(number: int, edition: int) -> str:
    body = " ".join(
        f"In edition {edition}, sheep {number * 10 + one} was found." for one in range(8)
    )
    return f"Title: Sheep {number}\nDate: 2020-01-{number % 28 + 1:02}\n\n{body}\n"


class Reload:
    """Articles come, change and go, and the index is brought up to date."""

    OLD: ClassVar = dict.fromkeys(range(40), 1)
    NEW: ClassVar = {number: 2 if number % 4 == 0 else 1 for number in range(5, 46)}

    def __init__(self) -> None:
        self._made: Path | None = None

    @staticmethod
    def settings(folder: Path) -> ArchiveSettings:
        return ArchiveSettings(
            corpus=CorpusSettings(path=folder / "corpus", language="en"),
            retrieval=RetrievalSettings(index=str(folder / "index")),
        )

    def prepare(self, folder: Path) -> None:
        if self._made is None:
            self._made = folder.with_name("made")
            self._print(self._made, self.OLD)
            Archive.load(self.settings(self._made))
        shutil.copytree(self._made / "index", folder / "index")
        self._print(folder, self.NEW)

    @staticmethod
    def _print(folder: Path, editions: dict[int, int]) -> None:
        (folder / "corpus").mkdir(parents=True)
        for number, edition in editions.items():
            (folder / "corpus" / f"{number}.txt").write_text(article(number, edition))

    def work(self, folder: Path, say: Say) -> None:
        Archive.load(self.settings(folder))

    def check(self, folder: Path, said: list[str]) -> str:
        stands = self._editions(Archive.open(folder / "index"))
        assert stands in (self.OLD, self.NEW)
        assert self._editions(Archive.load(self.settings(folder))) == self.NEW
        assert Archive.load(self.settings(folder)).ask("Where is sheep 300?").excerpts
        return "old" if stands == self.OLD else "new"

    @staticmethod
    def _editions(archive: Archive) -> dict[int, int]:
        return {
            int(passage.source.heading.removeprefix("Sheep ")): int(passage.text.split()[2][:-1])
            for passage in archive.all_passages()
        }


class StateWrites:
    """Settings, votes and lines of the log are written, and each is told of when it is kept."""

    CHAT = 77
    WRITES = 60

    @staticmethod
    def url(folder: Path) -> str:
        return f"sqlite:///{folder}/state.sqlite3"

    def prepare(self, folder: Path) -> None:
        asyncio.run(self._begin(folder))

    async def _begin(self, folder: Path) -> None:
        await (await State.open(self.url(folder))).close()

    def work(self, folder: Path, say: Say) -> None:
        asyncio.run(self._write(folder, say))

    async def _write(self, folder: Path, say: Say) -> None:
        state = await State.open(self.url(folder))
        for number in range(1, self.WRITES + 1):
            await state.set_options(self.CHAT, ChatOptions(excerpts=number % 9 + 1))
            await state.vote(self.CHAT, number, self.CHAT, Vote.DOWN, question=f"Why {number}?")
            await state.audit(None, "write", str(number), Result.DONE)
            say(str(number))
        await state.close()

    def check(self, folder: Path, said: list[str]) -> str:
        return asyncio.run(self._read(folder, int(said[-1]) if said else 0))

    async def _read(self, folder: Path, told: int) -> str:
        state = await State.open(self.url(folder))
        options, totals = await state.options(self.CHAT), await state.totals()
        lines = [int(line.detail) for line in await state.audits(self.WRITES + 1, 0)]
        # What was told of is kept; of the next round, some steps may be, in their order.
        assert lines == list(range(len(lines), 0, -1))
        assert told <= len(lines) <= totals.down <= told + 1
        assert options.excerpts in {None if not told else told % 9 + 1, (told + 1) % 9 + 1}
        assert {miss.question for miss in await state.misses(self.WRITES + 1)} == {
            f"Why {number}?" for number in range(1, totals.down + 1)
        }
        await state.set_options(self.CHAT, ChatOptions(excerpts=1))
        await state.close()
        return "all" if told == self.WRITES else "some" if told else "none"


class Changes:
    """Files come, change and go, lines go, and all is taken back, step by step; each is told of when it is done."""

    LINES = "".join(
        json.dumps({"title": f"Goat {number}", "date": "2021-01-01", "text": "A goat."}) + "\n"
        for number in range(200)
    ).encode()

    def __init__(self) -> None:
        self._states: list[dict[str, bytes]] = []

    @staticmethod
    def shelf(folder: Path) -> Shelf:
        return Shelf(folder / "corpus", folder / "removed", DEFAULT_LIMITS)

    def prepare(self, folder: Path) -> None:
        (folder / "corpus").mkdir()
        (folder / "corpus" / "1.txt").write_text(article(1, 1))
        (folder / "corpus" / "goats.jsonl.gz").write_bytes(gzip.compress(self.LINES))
        (folder / "given").write_text(article(2, 2))
        if not self._states:
            whole = folder.with_name("whole")
            shutil.copytree(folder, whole)
            self._states = [self.files(whole)]
            self.work(whole, lambda _: self._states.append(self.files(whole)))

    @staticmethod
    def files(folder: Path) -> dict[str, bytes]:
        return {
            file.name: gzip.decompress(file.read_bytes())
            if file.suffix == ".gz"
            else file.read_bytes()
            for file in (folder / "corpus").iterdir()
        }

    def work(self, folder: Path, say: Say) -> None:
        shelf, given = self.shelf(folder), folder / "given"

        def remove(identity: str) -> None:
            found = locate(folder / "corpus", DEFAULT_LIMITS, article_key(identity))
            assert found is not None
            shelf.remove(found)

        steps = (
            lambda: shelf.add("2.txt", given),
            lambda: shelf.add("1.txt", given, replace=True),
            lambda: remove("goats-100"),
            lambda: remove("1"),
            *[shelf.undo] * 4,
        )
        for step in steps:
            step()
            say("done")

    def check(self, folder: Path, said: list[str]) -> str:
        shelf = self.shelf(folder)
        shelf.recover()
        stands, done = self.files(folder), len(said)
        assert stands in self._states[done : done + 2]
        assert shelf.recover() == []
        while shelf.undo():
            pass
        assert self.files(folder) == self._states[0]
        return "all" if done == len(self._states) - 1 else "some" if done else "none"


SCENARIOS: dict[str, type[Scenario]] = {
    "reload": Reload,
    "state": StateWrites,
    "changes": Changes,
}


def fork(scenario: Scenario, folder: Path, after: float | None) -> tuple[bool, list[str], float]:
    """Let another process do the work, and kill it after so many seconds.

    Returns:
        Whether it was killed at work, what it said, and how long it took.
    """
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            scenario.work(folder, lambda word: os.write(writing, f"{word}\n".encode()))
        except BaseException:  # noqa: BLE001 - a fork must not go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    took = time.monotonic() - began
    with os.fdopen(reading) as said:
        words = said.read().split()
    assert code in {0, -signal.SIGKILL}, code
    return code != 0, words, took


def main() -> None:
    name, times, seed, root = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    scenario, chance = SCENARIOS[name](), random.Random(seed)
    found: Counter[str] = Counter()
    killed, tries, usual = 0, 0, 0.0
    while killed < times:
        folder = root / str(tries)
        folder.mkdir()
        scenario.prepare(folder)
        at_work, said, took = fork(
            scenario, folder, chance.random() * BEYOND * usual if tries else None
        )
        if not at_work:
            usual = min(usual or took, took)
        found[scenario.check(folder, said)] += 1
        killed += at_work
        tries += 1
        assert tries < 5 * times
        shutil.rmtree(folder)
    sys.stdout.write(json.dumps({"killed": killed, **found}) + "\n")


if __name__ == "__main__":
    main()
