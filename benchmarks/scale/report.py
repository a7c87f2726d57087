"""Prints what was measured, and puts it into a document between its marks."""

import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from math import isnan
from pathlib import Path

from benchmarks.scale.engines import ENGINES, OURS, WHOLE
from benchmarks.scale.measuring import Figures, SizeFigures

BEGIN, END = "<!-- scale: begin -->", "<!-- scale: end -->"
"""Marks in the document; what is between them is written by the benchmark."""

LIBRARIES = ("tantivy", "rank-bm25", "numpy", "PyStemmer", "sentencex")

BUSY = 0.5
"""From this load on others used the machine as well."""

_HEAD = (
    f"{'passages':>10} {'engine':12} {'build s':>8} {'core s':>7} {'peak MB':>8} {'disk MB':>8} {'open s':>7}"
    f" {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'RSS MB':>7} {'own MB':>7} {'first':>6} {'top 10':>6}"
)
_RELOAD_HEAD = (
    f"{'passages':>10} {'articles':>9} {'articles/s':>10} {'start s':>8}"
    f" {'nothing':>8} {'10':>8} {'1%':>8}   kept as"
)


def table(sizes: Sequence[SizeFigures]) -> Iterator[str]:
    """Lines: every engine at every size, then what only the archive does."""
    yield _HEAD
    for size in sizes:
        yield from (_row(size.passages, figures) for figures in size.engines)
    yield ""
    yield f"{'':40} reload, seconds, of changed articles"
    yield _RELOAD_HEAD
    for size in sizes:
        reloads = " ".join(f"{seconds:8.2f}" for seconds in size.reloads.values())
        yield (
            f"{size.passages:10,} {size.articles:9,} {size.rate:10,.0f} {size.start:8.2f}"
            f" {reloads}   {size.layout}"
        )


def machine(busy: float) -> str:
    """What was measured on, and when.

    Args:
        busy: how many processes ran on average before it began.
    """
    today = datetime.now(UTC).date()
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    others = f" that others used at the same time (load {busy:.1f})" if busy >= BUSY else ""
    return (
        f"Measured on {today}, {_processor()}, {os.cpu_count()} cores{others}; "
        f"{platform.system()}, Python {platform.python_version()}, {libraries}."
    )


def included(versions: Mapping[str, str], missing: Sequence[str]) -> Iterator[str]:
    """A line an engine: its version, and what its figures include."""
    yield f"- **{OURS}**: {WHOLE}."
    for engine in ENGINES:
        if engine.name in versions:
            yield f"- **{engine.name}** {versions[engine.name]}: {engine.includes}."
    if missing:
        yield f"- Not there: {', '.join(missing)}."


def put_between_marks(document: Path, lines: Sequence[str]) -> None:
    """Replace what stands between the marks of a document.

    Raises:
        ValueError: it has no such marks.
    """
    text = document.read_text(encoding="utf-8")
    marked = re.compile(f"({re.escape(BEGIN)}\n).*?({re.escape(END)})", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"{document} has no {BEGIN} with an {END} behind it")
    body = "\n".join(lines) + "\n"
    written = marked.sub(lambda marks: marks[1] + body + marks[2], text, count=1)
    document.write_text(written, encoding="utf-8")


def _row(passages: int, figures: Figures) -> str:
    times = " ".join(_milliseconds(figures.at(share)) for share in (0.5, 0.95, 0.99))
    return (
        f"{passages:10,} {figures.engine:12} {figures.build:8.1f} {figures.busy:7.1f}"
        f" {_megabytes(figures.peak):>8} {_megabytes(figures.disk):>8} {figures.opening:7.2f} {times}"
        f" {_megabytes(figures.resident):>7} {_megabytes(figures.anonymous):>7}"
        f" {figures.first:6.3f} {'' if isnan(figures.same) else f'{figures.same:.4f}':>6}"
    )


def _megabytes(size: float) -> str:
    return "" if isnan(size) else f"{size:,.0f}"


def _milliseconds(time: float) -> str:
    return f"{time:8.2f}" if time < 100 else f"{time:8,.0f}"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    named = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return named[1].strip() if named else platform.machine()
