"""/reload: an admin has the corpus read again; one message says how far it is, and in the end what came of it."""

import asyncio
import io
import signal
import time
from collections.abc import Coroutine

import structlog
from telegram import Message
from telegram.error import TelegramError

from bot import texts
from bot.language import Texts
from bot.reloading import Reloader, ReloadRunningError, Report
from bot.richtext import RichText, Style, Writer, plain
from bot.telegram.asked import Command
from bot.telegram.manner import Manner
from bot.telegram.replies import Ready, replace, reply
from retrieval.errors import DatelineError

logger = structlog.get_logger("dateline.reload")

RELOAD = "reload"
FORCE = "force"

EVERY = 5.0
"""Seconds between two edits of the message that says how far it is."""

MOST_REFUSALS = 10
"""Files that can't be used that the report names; more come as a file."""

FILE_NAME = "refused.txt"


class Reload:
    """Reads the corpus again, by command and on SIGHUP.

    Args:
        reloader: reads the corpus.
    """

    def __init__(self, reloader: Reloader) -> None:
        self._reloader = reloader
        self._running: set[asyncio.Task[None]] = set()

    def listen(self) -> None:
        """Reload on SIGHUP, where there is such a signal."""
        if hasattr(signal, "SIGHUP"):
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, self._start_unasked)

    async def stop(self) -> None:
        """Give up what is running: the archive there is stays."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def asked(self, message: Message, command: Command, how: Manner) -> None:
        """`/reload`, or `/reload force`; what it brings comes later, so that the chat can go on meanwhile."""
        force = command.rest.lower() == FORCE
        told = await reply(message, Ready(plain(how.say(texts.RELOADING)), silent=how.silent))
        self._start(self._reload(message, told, how, force=force))

    def _start_unasked(self) -> None:
        self._start(self._reload_unasked())

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _reload_unasked(self) -> None:
        try:
            report = await self._reloader.reload(lambda _: None)
        except DatelineError as error:
            logger.error("the corpus could not be read again", error=str(error))  # noqa: TRY400 - it says why
        else:
            _log(report)

    async def _reload(self, message: Message, told: Message, how: Manner, *, force: bool) -> None:
        try:
            await self._reload_and_tell(message, told, how, force=force)
        except TelegramError as error:
            logger.warning("what came of a reload could not be told", error=error.message)

    async def _reload_and_tell(
        self, message: Message, told: Message, how: Manner, *, force: bool
    ) -> None:
        progress = _Progress(told, how.say)
        try:
            report = await self._reloader.reload(progress.on, force=force)
        except ReloadRunningError as error:
            since = f"{error.since:%H:%M:%S} UTC"
            text = plain(how.say(texts.RELOAD_RUNNING, when=since))
        except DatelineError as error:
            logger.error("the corpus could not be read again", error=str(error))  # noqa: TRY400 - it says why
            text = plain(how.say(texts.RELOAD_FAILED, reason=str(error)))
        else:
            _log(report)
            text = report_page(report, how.say)
            await self._send_refusals(message, report)
        await progress.end()
        await replace(told, Ready(text))

    async def _send_refusals(self, message: Message, report: Report) -> None:
        refusals = report.archive.refusals
        if len(refusals) > MOST_REFUSALS:
            lines = "".join(f"{refusal}\n" for refusal in refusals)
            file = io.BytesIO(lines.encode("utf-8", "replace"))
            await message.reply_document(file, filename=FILE_NAME)


class _Progress:
    """Edits a message now and then to say how many articles are read."""

    def __init__(self, message: Message, say: Texts) -> None:
        self._message = message
        self._say = say
        self._edited = time.monotonic()
        self._editing: asyncio.Task[bool] | None = None

    def on(self, articles: int) -> None:
        """So many are read."""
        idle = self._editing is None or self._editing.done()
        if idle and time.monotonic() - self._edited >= EVERY:
            self._edited = time.monotonic()
            text = plain(self._say.plural(texts.RELOADING_AT, articles))
            self._editing = asyncio.ensure_future(replace(self._message, Ready(text)))

    async def end(self) -> None:
        """Wait for an edit under way, so that it can't come behind the report."""
        if self._editing is not None:
            await asyncio.gather(self._editing, return_exceptions=True)


def report_page(report: Report, say: Texts) -> RichText:
    """What a reload brought."""
    archive, changes = report.archive, report.changes
    writer = Writer()
    writer.write(say(texts.RELOADED if changes else texts.RELOADED_SAME), Style.BOLD)
    if changes:
        counts = {
            "added": say.number(changes.added),
            "changed": say.number(changes.changed),
            "removed": say.number(changes.removed),
        }
        writer.write(f"\n{say(texts.RELOADED_CHANGES, **counts)}")
    held = say.holding(archive.articles, archive.first_day, archive.last_day)
    writer.write(f"\n{say(texts.HOLDING, articles=held)}")
    writer.write(f"\n{say(texts.RELOADED_SECONDS, seconds=f'{report.seconds:.1f}')}")
    if archive.refusals:
        writer.write(f"\n\n{say.plural(texts.RELOAD_REFUSED, len(archive.refusals))}")
        for refusal in archive.refusals[:MOST_REFUSALS]:
            writer.write("\n• ")
            writer.write(str(refusal), Style.CODE)
    return writer.finish()


def _log(report: Report) -> None:
    changes = report.changes
    logger.info(
        "the corpus was read again",
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        refused=len(report.archive.refusals),
        articles=report.archive.articles,
        seconds=round(report.seconds, 1),
    )
