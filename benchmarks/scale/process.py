"""Runs each measurement in a process of its own, and looks at how much memory that takes."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import nan
from pathlib import Path

ROOT = Path(__file__).parents[2]

PAUSE = 0.1
"""Seconds between two looks at the memory of a process and its children."""

MEGABYTE = 1_000_000
_KILOBYTE = 1_024
"""What Linux counts in, whatever it calls it."""


class MeasuringError(Exception):
    """A process failed, and what it said last."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process holds, in MB; NaN where the system doesn't say.

    Args:
        resident: all of it, with what it has mapped of files.
        anonymous: its own, which nobody else can have and which can't be read from a file again.
        peak: the most that was resident, its children's included.
    """

    resident: float
    anonymous: float
    peak: float


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a process.

    Args:
        told: the object in the last line it wrote.
        seconds: from its start to that line.
        busy: seconds that cores were busy for it and its children.
        memory: at that line.
    """

    told: Mapping[str, object]
    seconds: float
    busy: float
    memory: Memory


def run(
    command: Sequence[str | Path], given: str = "", *, core: int | None = None, quiet: bool = False
) -> Ran:
    """Run a command that writes lines of JSON objects, and look at its memory when it has written the last.

    Args:
        command: the program and its arguments; it runs in the project's folder.
        given: what it reads. Without that its input stays open, and it is to live until that ends.
        core: the only one it may use.
        quiet: whether its errors are not shown.

    Raises:
        MeasuringError: it failed.
    """
    began = time.perf_counter()
    with _pinned(core):
        process = subprocess.Popen(  # noqa: S603 - our own
            list(map(str, command)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet else None,
            cwd=ROOT,
            text=True,
        )
    with process:
        watch = _Watch(process.pid)
        if process.stdin is None or process.stdout is None:
            raise MeasuringError("a process has no pipes")
        if given:
            with suppress(BrokenPipeError):  # it has failed already, and is found out below
                process.stdin.write(given)
                process.stdin.close()
        last = next(filter(_is_last, process.stdout), "")
        seconds = time.perf_counter() - began
        resident, anonymous = _now(process.pid)
        peak = watch.stop()
        process.stdin.close()
        process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not last:
        raise MeasuringError(f"{' '.join(map(str, command))} failed; see above")
    return Ran(
        told=json.loads(last),
        seconds=seconds,
        busy=used.ru_utime + used.ru_stime,
        memory=Memory(resident, anonymous, peak),
    )


def _is_last(line: str) -> bool:
    """Whether a line is the one that ends it, rather than a word on how far it is."""
    return line.startswith("{") and "articles" not in json.loads(line)


class _Watch:
    """Looks at the memory of a process and its children until it is stopped."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The most there was, in MB."""
        self._stopped.set()
        self._thread.join()
        self._see()
        return self._most or nan

    def _look(self) -> None:
        while not self._stopped.wait(PAUSE):
            self._see()

    def _see(self) -> None:
        # Its own peak a process tells itself; those of its children may have been at other times.
        family = list(_family(self._process))
        together = sum(map(_proportional, family)) if len(family) > 1 else 0.0
        self._most = max(self._most, _peak(self._process), together)


def _family(process: int) -> Iterator[int]:
    """A process and what it has started."""
    yield process
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        for child in children.split():
            yield from _family(int(child))


def _proportional(process: int) -> float:
    """MB of a process; what it shares with others is divided among them."""
    return _rollup(process).get("Pss", 0.0)


def _peak(process: int) -> float:
    """MB that were resident of a process since it was started."""
    try:
        text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    row = next((line for line in text.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(row.split()[1]) * _KILOBYTE / MEGABYTE


def _now(process: int) -> tuple[float, float]:
    rollup = _rollup(process)
    return rollup.get("Rss", nan), rollup.get("Anonymous", nan)


def _rollup(process: int) -> Mapping[str, float]:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return {}
    rows = (line.split() for line in text.splitlines()[1:])
    return {row[0].rstrip(":"): int(row[1]) * _KILOBYTE / MEGABYTE for row in rows}


@contextmanager
def _pinned(core: int | None) -> Iterator[None]:
    """What is started meanwhile stays on one core, where the system lets it be done."""
    if core is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
