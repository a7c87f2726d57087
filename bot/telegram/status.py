"""/status: how the bot is doing, for those in access.admins."""

import asyncio
import resource
import sys
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from babel.dates import format_timedelta
from babel.numbers import format_percent
from telegram import Message

from bot import texts
from bot.language import Texts, moment
from bot.last_load import Load
from bot.richtext import RichText, Style, Writer
from bot.services import Services
from bot.telegram.asked import Command
from bot.telegram.desk import Desk
from bot.telegram.manner import Manner
from retrieval.reading.limits import BYTES_IN_MEGABYTE
from retrieval.settings import IN_MEMORY

STATUS = "status"
PRODUCT = "Dateline"

ENGINE = "tantivy"
"""What the index is made with, for now always."""

GENERATION_SHOWN = 8
"""Characters of the archive's generation."""


class Status:
    """Shows admins how the bot is doing.

    Args:
        desk: knows the archive and the counts.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, message: Message, _: Command, how: Manner) -> None:
        """Reply with it."""
        services = self._desk.services
        size = await asyncio.to_thread(_size_of, services.config.retrieval.index)
        await self._desk.tell(message, status_page(services, how.say, size), how)


def status_page(services: Services, say: Texts, size: int | None = None) -> RichText:
    """What runs, since when, over which archive, and how it answers.

    Args:
        services: what runs.
        say: in which language.
        size: of the index on disk, in bytes; None where it is in memory.
    """
    archive, counted = services.archive, services.statistics
    index = f"{ENGINE} {version(ENGINE)}, {services.config.retrieval.index}"
    uptime = format_timedelta(timedelta(seconds=counted.seconds), locale=say.language)
    lines = [
        say(texts.STATUS_UPTIME, time=uptime),
        say(
            texts.HOLDING,
            articles=say.holding(archive.articles, archive.first_day, archive.last_day),
        ),
        say(texts.STATUS_PASSAGES, count=say.number(archive.passages)),
        say(texts.STATUS_INDEX, index=index, generation=archive.generation[:GENERATION_SHOWN]),
        say(
            texts.STATUS_TODAY,
            count=say.number(counted.questions),
            share=format_percent(counted.answered_share, locale=say.language),
        ),
        say(texts.STATUS_MEMORY, megabytes=say.number(_megabytes())),
    ]
    if counted.median is not None and counted.slowest is not None:
        times = {"median": f"{counted.median:.1f}", "slowest": f"{counted.slowest:.1f}"}
        lines.insert(-1, say(texts.STATUS_TIMES, **times))
    if size is not None:
        megabytes = say.number(round(size / BYTES_IN_MEGABYTE))
        lines.insert(4, say(texts.STATUS_SIZE, megabytes=megabytes))
    writer = Writer()
    writer.write(f"{PRODUCT} {version(PRODUCT.lower())}", Style.BOLD)
    writer.write("".join(f"\n{line}" for line in lines))
    _write_load(writer, texts.STATUS_LOADED, services.loaded, say)
    if services.last_load.error:
        _write_load(writer, texts.STATUS_NOT_LOADED, services.last_load, say)
    if counted.failures:
        writer.write(f"\n\n{say(texts.STATUS_ERRORS)}")
        for failure in counted.failures:
            writer.write("\n• ")
            writer.write(moment(failure.at), Style.TIME, at=failure.at)
            writer.write(" ")
            writer.write(failure.what, Style.CODE)
    return writer.finish()


def _write_load(writer: Writer, sentence: str, load: Load, say: Texts) -> None:
    line = say(sentence, when="\0", cause=load.cause.value, reason=load.error)
    before, _, after = line.partition("\0")
    writer.write(f"\n{before}")
    writer.write(moment(load.at), Style.TIME, at=load.at)
    writer.write(after)


def _size_of(index: str) -> int | None:
    """Bytes of the files in a folder; None where there is none, or they are just being replaced."""
    if index == IN_MEMORY:
        return None
    try:
        return sum(file.stat().st_size for file in Path(index).rglob("*") if file.is_file())
    except OSError:
        return None


def _megabytes() -> int:
    """The most memory that the process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes, macOS in bytes.
    return most // 1_024 if sys.platform != "darwin" else most // 1_048_576
