"""Loads the archive, and says how far that is: by a bar on a terminal, elsewhere by a log line now and then."""

import time
from typing import TYPE_CHECKING

import structlog

from bot import console_texts
from retrieval.archive import Archive
from retrieval.settings import ArchiveSettings

if TYPE_CHECKING:
    from rich.console import Console

logger = structlog.get_logger("dateline.index")

EVERY = 10.0
"""Seconds between two log lines: seldom enough for a log, often enough to see that it goes on."""


def load(settings: ArchiveSettings, console: "Console") -> Archive:
    """Load the archive; nothing is left on the terminal of how long it took.

    Args:
        settings: where articles and index are.
        console: on standard error.

    Raises:
        CorpusError: the corpus can't be read, or holds no usable article.
        IndexStorageError: the index can't be written or read.
    """
    if console.is_terminal and not console.is_dumb_terminal:
        return _with_bar(settings, console)
    return Archive.load(settings, _Lines().on)


def _with_bar(settings: ArchiveSettings, console: "Console") -> Archive:
    # Where nobody watches, nobody should wait for it to be imported.
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        # Empty while the articles are read: how many there are is known behind that.
        TextColumn("{task.fields[done]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(console_texts.READING, total=None, done="", rate="")

        def on(articles: int, total: int) -> None:
            rate = bar.tasks[0].speed
            bar.update(
                task,
                description=console_texts.INDEXING,
                completed=articles,
                total=total,
                done=console_texts.done(articles, total),
                rate="" if rate is None else console_texts.per_second(rate),
            )

        return Archive.load(settings, on)


class _Lines:
    """Logs how far it is."""

    def __init__(self) -> None:
        self._began = self._told = time.monotonic()

    def on(self, articles: int, total: int) -> None:
        """So many of all articles are indexed."""
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            remaining = (now - self._began) / articles * (total - articles)
            logger.info(
                "building the index", articles=articles, of=total, seconds_left=round(remaining)
            )
