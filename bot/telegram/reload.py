"""/reload: an admin has settings and corpus read again; one message says how far it is, and what came of it."""

import asyncio
import io
import signal
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import Message

from bot import texts
from bot.applying import Applied, apply_settings
from bot.language import Texts
from bot.last_load import Cause
from bot.reloading import Reloader, ReloadRunningError, Report
from bot.richtext import Style, Writer, plain
from bot.services import Services
from bot.state import Result
from bot.telegram.asked import Command
from bot.telegram.background import Background
from bot.telegram.identity import asker_of
from bot.telegram.manner import Manner
from bot.telegram.progress import Progress
from bot.telegram.replies import Ready, reply
from bot.telegram.trail import Trail
from retrieval.errors import DatelineError
from retrieval.types import Refusal

logger = structlog.get_logger("dateline.reload")

RELOAD = "reload"
FORCE = "force"

MOST_REFUSALS = 10
"""Files that can't be used that the report names; more come as a file."""

FILE_NAME = "refused.txt"

AdminsChanged = Callable[[Sequence[int], Sequence[int]], Awaitable[None]]
"""Called with the user ids of the bot's admins before, and from now on."""


class Reload:
    """Reads settings and corpus again, by command and on SIGHUP.

    Args:
        services: whose settings they are.
        reloader: reads the corpus.
        background: where that goes on.
        trail: the audit log.
        admins_changed: gives new admins their menu.
    """

    def __init__(
        self,
        services: Services,
        reloader: Reloader,
        background: Background,
        trail: Trail,
        admins_changed: AdminsChanged,
    ) -> None:
        self._services = services
        self._reloader = reloader
        self._background = background
        self._trail = trail
        self._admins_changed = admins_changed

    def listen(self) -> None:
        """Reload on SIGHUP, where there is such a signal."""
        if hasattr(signal, "SIGHUP"):
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, self._start_unasked)

    async def asked(self, message: Message, command: Command, how: Manner) -> None:
        """`/reload`, or `/reload force`; what it brings comes later, so that the chat can go on meanwhile."""
        force = command.rest.lower() == FORCE
        told = await reply(message, Ready(plain(how.say(texts.RELOADING)), silent=how.silent))
        progress = Progress(told, how.say)
        self._background.start(self._reload(message, progress, how, force=force), progress.fail)

    def _start_unasked(self) -> None:
        self._background.start(self._reload_unasked())

    async def _reload_unasked(self) -> None:
        async with self._trail.following(None, RELOAD, Cause.SIGNAL.value) as deed:
            await self._apply()
            try:
                report = await self._reloader.reload(lambda _: None, Cause.SIGNAL)
            except ReloadRunningError as error:
                logger.info(str(error))
                deed.came_to(Result.NOTHING, str(error))
            except DatelineError as error:
                # The reloader has logged it.
                deed.came_to(Result.FAILED, str(error))
            else:
                deed.came_to(*told_of(report))

    async def _apply(self) -> Applied:
        before = self._services.config.access.admins
        applied = await apply_settings(self._services)
        now = self._services.config.access.admins
        if now != before:
            await self._admins_changed(before, now)
        return applied

    async def _reload(
        self, message: Message, progress: Progress, how: Manner, *, force: bool
    ) -> None:
        writer = Writer()
        async with self._trail.following(
            asker_of(message), RELOAD, FORCE if force else ""
        ) as deed:
            applied = await self._apply()
            try:
                report = await self._reloader.reload(progress.on, Cause.RELOAD, force=force)
            except ReloadRunningError as error:
                since = f"{error.since:%H:%M:%S} UTC"
                writer.write(how.say(texts.RELOAD_RUNNING, when=since))
                deed.came_to(Result.NOTHING, str(error))
            except DatelineError as error:
                writer.write(how.say(texts.RELOAD_FAILED, reason=str(error)))
                deed.came_to(Result.FAILED, str(error))
            else:
                write_report(writer, report, how.say)
                write_refusals(writer, report.archive.refusals, how.say)
                deed.came_to(*told_of(report))
                await send_refusals(message, report.archive.refusals)
        _write_settings(writer, applied, how.say)
        await progress.end(writer.finish())


async def send_refusals(message: Message, refusals: Sequence[Refusal]) -> None:
    """Send a list of refusals as a file where it is too long for the report.

    Raises:
        telegram.error.TelegramError: it could not be sent.
    """
    if len(refusals) > MOST_REFUSALS:
        lines = "".join(f"{refusal}\n" for refusal in refusals)
        file = io.BytesIO(lines.encode("utf-8", "replace"))
        await message.reply_document(file, filename=FILE_NAME)


def told_of(report: Report) -> tuple[Result, str]:
    """What the audit log is told of a reading of the corpus."""
    changes = report.changes
    if not changes:
        return Result.NOTHING, ""
    return Result.DONE, f"+{changes.added} ~{changes.changed} -{changes.removed}"


def write_report(writer: Writer, report: Report, say: Texts) -> None:
    """Write what a reading of the corpus brought."""
    archive, changes = report.archive, report.changes
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
    writer.write(f"\n{say(texts.STATUS_PASSAGES, count=say.number(archive.passages))}")
    writer.write(f"\n{say(texts.RELOADED_SECONDS, seconds=f'{report.seconds:.1f}')}")


def write_refusals(writer: Writer, refusals: Sequence[Refusal], say: Texts) -> None:
    """Write the first few things that can't be used, if there are any."""
    if refusals:
        writer.write(f"\n\n{say.plural(texts.RELOAD_REFUSED, len(refusals))}")
        for refusal in refusals[:MOST_REFUSALS]:
            writer.write("\n• ")
            writer.write(str(refusal), Style.CODE)


def _write_settings(writer: Writer, applied: Applied, say: Texts) -> None:
    lines = [
        say(sentence, names=say.comma.join(names))
        for sentence, names in (
            (texts.SETTINGS_APPLIED, applied.changed),
            (texts.SETTINGS_WAITING, applied.waiting),
        )
        if names
    ]
    if applied.error:
        lines.append(say(texts.SETTINGS_WRONG, reason=applied.error))
    if lines:
        writer.write("\n\n" + "\n".join(lines))
