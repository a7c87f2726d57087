"""Asks an engine, or the archive, one question after the other, the same way for all of them."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

TOP = 10
"""Results of a question."""

WARM_UP = 200
"""Questions that come first and are not counted: those are times of a process that has been asked before."""

WARM_UP_SECONDS = 10.0
"""No longer, for the slow ones."""

Q = TypeVar("Q")
Search = Callable[[Sequence[str]], Sequence[int]]
"""Brings the numbers of the `TOP` best passages for some terms, the best first."""


class Peer(Protocol):
    """What a module of an engine consists of."""

    def version(self) -> str:
        """Of the engine."""
        ...

    def build(self, passages: Path, folder: Path) -> None:
        """Index passages, one a line, their terms between spaces."""
        ...

    def opened(self, folder: Path) -> Search:
        """What was built, opened."""
        ...


def passages_of(file: Path) -> Iterator[list[str]]:
    """The terms of each passage, in order."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.split()


def ask(
    opening: Callable[[], Callable[[Q], Sequence[object]]], questions: Sequence[Q], seconds: float
) -> dict[str, object]:
    """Open, and ask as many questions as there is time for.

    Returns:
        Seconds until the first was answered, milliseconds of each beyond the `WARM_UP`, and what was found.
    """
    began = time.perf_counter()
    search = opening()
    search(questions[0])
    opened = time.perf_counter() - began
    for question in questions[1:WARM_UP]:
        search(question)
        if time.perf_counter() - began > WARM_UP_SECONDS:
            break
    times: list[float] = []
    found: list[Sequence[object]] = []
    end = time.perf_counter() + seconds
    for question in questions[WARM_UP:]:
        start = time.perf_counter()
        results = search(question)
        now = time.perf_counter()
        times.append((now - start) * 1_000)
        found.append(results)
        if now > end:
            break
    return {"open": opened, "times": times, "found": found}


def tell(result: dict[str, object]) -> None:
    """Write what was measured, and stay as it is until the memory has been looked at."""
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
