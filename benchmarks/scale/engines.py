"""The engines that are compared: how each is called, and what its figures include."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.scale.process import MeasuringError, run

PEERS = Path(__file__).parent / "peers"
JARS = Path("/usr/share/java")
SYSTEM_PYTHON = Path("/usr/bin/python3")

LUCENE_K1, LUCENE_B = 1.2, 0.75
"""What Lucene, tantivy and most engines come with."""

OURS = "Dateline"
WHOLE = "whole answers: the question's text to excerpts with marked words and days, all parts of the ranking"


Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """Another engine.

    Args:
        name: as the table calls it.
        includes: what its figures include.
        module: in `benchmarks.scale.peers`; none for the one in Java.
        most: passages beyond which it is left out unless it is asked for.
        lucene_like: whether it ranks by BM25 with Lucene's idf, k1 and b, so that an exact order is known.
        get: how to come by it.
    """

    name: str
    includes: str
    get: str
    module: str = ""
    most: int | None = None
    lucene_like: bool = False

    def command(self) -> Command | None:
        """What runs it, without its arguments; None where it is not installed."""
        return next((each for each in self._commands() if _runs(each)), None)

    def _commands(self) -> Sequence[Command]:
        if self.module:
            pythons = [sys.executable, str(SYSTEM_PYTHON)]
            return [(python, "-m", "benchmarks.scale.peers", self.module) for python in pythons]
        java = shutil.which("java")
        core, analyzers = (
            sorted(JARS.glob(f"lucene-{part}-[0-9]*.jar")) for part in ("core", "analyzers-common")
        )
        if java is None or not core or not analyzers:
            return []
        return [(java, "-cp", f"{core[-1]}:{analyzers[-1]}", str(PEERS / "Lucene.java"))]


_MILLION = 1_500_000
"""Passages, about a million: beyond it building takes a quarter of an hour, or ten gigabytes."""

ENGINES = (
    Engine(
        "rank-bm25",
        "search alone, as it comes; it is built anew at every start",
        "pip install --editable '.[bench]'",
        module="rank_bm25",
        most=200_000,
    ),
    Engine(
        "bm25s",
        "search alone; opening includes compiling",
        "pip install --editable '.[bench]'",
        module="bm25s",
        most=_MILLION,
        lucene_like=True,
    ),
    Engine(
        "SQLite FTS5",
        "search alone",
        "a Python whose SQLite has FTS5",
        module="fts5",
        most=_MILLION,
    ),
    Engine(
        "tantivy",
        "search alone, by the library that finds our candidates",
        "pip install --editable '.[bench]'",
        module="tantivy",
        lucene_like=True,
    ),
    Engine(
        "Xapian", "search alone", "apt-get install python3-xapian", module="xapian", most=_MILLION
    ),
    Engine(
        "Lucene",
        "search alone",
        "apt-get install default-jdk-headless liblucene8-java",
        lucene_like=True,
    ),
)


@cache
def version(command: Command) -> str:
    """Of the engine that a command runs.

    Raises:
        MeasuringError: it does not run.
    """
    return str(run([*command, "version"], quiet=True).told["version"])


def _runs(command: Command) -> bool:
    try:
        version(command)
    except (MeasuringError, OSError):
        return False
    return True
