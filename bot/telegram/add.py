"""/add: an admin sends files, each of which is checked, stored among the articles and read; one message reports."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from telegram import Document, Message
from telegram.error import TelegramError

from bot import texts
from bot.changing import Addition, Changing, Given, Taken
from bot.corpus.errors import ShelfError
from bot.corpus.names import file_name
from bot.language import Texts
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Result
from bot.telegram.albums import Albums
from bot.telegram.asked import Command
from bot.telegram.background import Background
from bot.telegram.desk import Desk
from bot.telegram.identity import asker_of
from bot.telegram.manner import Manner
from bot.telegram.progress import Progress
from bot.telegram.reload import send_refusals, write_refusals, write_report
from bot.telegram.replies import Ready, insist, reply
from bot.telegram.trail import Trail
from retrieval.errors import DatelineError
from retrieval.reading.kinds import Kind, named
from retrieval.reading.limits import BYTES_IN_MEGABYTE, ReadingLimits
from retrieval.reading.wording import shown
from retrieval.types import Refusal

logger = structlog.get_logger("dateline.corpus")

ADD = "add"
REPLACE = "replace"

MEBIBYTE = 1_024 * 1_024
"""What Telegram counts sizes in."""

MOST_BYTES = 20 * MEBIBYTE
"""Of a file that Telegram hands to a bot."""

PATIENCE = 60.0
"""Seconds to wait for the next piece of a file; it comes slower than messages."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be done with files.

    Args:
        replace: whether files of the same names give way.
        name: under which the one file is stored; empty for its own.
    """

    replace: bool
    name: str


class Add:
    """Adds files to the articles.

    Args:
        desk: knows the settings, and answers in chats.
        changing: changes the corpus.
        background: where that goes on.
        trail: the audit log.
    """

    def __init__(
        self, desk: Desk, changing: Changing, background: Background, trail: Trail
    ) -> None:
        self._desk = desk
        self._changing = changing
        self._background = background
        self._trail = trail
        self._albums = Albums()

    async def asked(self, message: Message, command: Command, how: Manner) -> None:
        """`/add`, `/add NAME`, `/add replace` or `/add replace NAME`, under a file or as a reply to one."""
        holder = message if message.document is not None else message.reply_to_message
        if holder is None or holder.document is None:
            await self._trail.note(asker_of(message), ADD, command.rest, Result.NOTHING)
            await self._desk.tell(message, texts.ADD_USAGE, how)
            return
        together = holder is message and message.media_group_id is not None
        together = together and not self._albums.put(message)
        if together and not self._albums.ask(message):
            return
        told = await reply(message, Ready(plain(how.say(texts.RELOADING)), silent=how.silent))
        progress, wish = Progress(told, how.say), _wish(command.rest)
        adding = self._add(message, None if together else holder, progress, wish, how.say)
        self._background.start(adding, progress.fail)

    async def uncaptioned(self, message: Message, how: Manner) -> None:
        """A file of an admin's without a word: part of an album, or one to be told how to go on."""
        if message.media_group_id is None or self._albums.put(message):
            await self._desk.tell(message, texts.ADD_HINT, how)
        elif self._albums.begins_with(message):
            self._background.start(self._hint(message, how))

    async def _hint(self, message: Message, how: Manner) -> None:
        """Say once how to go on if no part of an album had a word."""
        if await self._albums.unasked(message):
            await self._desk.tell(message, texts.ADD_USAGE, how)

    async def _add(
        self,
        message: Message,
        holder: Message | None,
        progress: Progress,
        wish: _Wish,
        say: Texts,
    ) -> None:
        """Add the file of one message, or, where none is given, those of an album."""
        holders = await self._albums.whole(message) if holder is None else [holder]
        documents = [one.document for one in holders if one.document is not None]
        names = ", ".join(shown(one.file_name or "?") for one in documents)
        detail = f"{REPLACE} {names}" if wish.replace else names
        try:
            async with (
                self._changing.in_order,
                self._trail.following(asker_of(message), ADD, detail) as deed,
            ):
                with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
                    files, refused = await self._fetched(documents, wish, Path(folder), say)
                    added = await self._changing.add(files, progress.on, replace=wish.replace)
                deed.detail = REPLACE if wish.replace else ""
                deed.came_to(*_told_of(added, refused))
        except DatelineError as error:
            await progress.end(plain(say(texts.RELOAD_FAILED, reason=str(error))))
            return
        for one in added.taken:
            logger.info("a file was to be added", file=shown(one.name), refused=one.reason or None)
        refusals = _refusals(added)
        await send_refusals(message, refusals)
        await progress.end(_page(added, refused, refusals, say))

    async def _fetched(
        self, documents: Sequence[Document], wish: _Wish, folder: Path, say: Texts
    ) -> tuple[list[Given], list[Taken]]:
        """Get files from Telegram: those that came, and those that did not."""
        files, refused = [], []
        for number, document in enumerate(documents):
            name = shown(document.file_name or "?")
            try:
                name = file_name(wish.name or document.file_name)
                reason = self._objection(document, name, say)
                if not reason and wish.name and len(documents) > 1:
                    reason = say(texts.ADD_ONE_NAME)
                if not reason:
                    file = folder / str(number)
                    await _fetch(document, file)
                    files.append(Given(name, file))
            except ShelfError as error:
                reason = str(error)
            except TelegramError as error:
                logger.warning("a file could not be fetched", error=error.message)
                reason = say(texts.ADD_NOT_FETCHED)
            except OSError as error:
                logger.warning("a file could not be kept to be checked", error=str(error))
                reason = say(texts.ADD_NOT_KEPT, reason=error.strerror or str(error))
            if reason:
                refused.append(Taken(name, reason=reason))
        return files, refused

    def _objection(self, document: Document, name: str, say: Texts) -> str:
        """Why a file is not even fetched; empty if it is."""
        size = document.file_size or 0
        if size > MOST_BYTES:
            limit = MOST_BYTES // MEBIBYTE
            return say(texts.ADD_TOO_LARGE, size=f"{size / MEBIBYTE:.1f}", limit=limit)
        limits = self._desk.services.config.corpus.limits
        if size > limits.file_bytes and _is_one_article(name):
            return say(
                texts.ADD_TOO_LONG,
                size=f"{size / BYTES_IN_MEGABYTE:.1f}",
                limit=_megabytes(limits),
            )
        return ""


def _told_of(added: Addition, refused: Sequence[Taken]) -> tuple[Result, str]:
    """What the audit log is told: which files came, and which did not."""
    every = [*added.taken, *refused]
    names = (f"{shown(one.name)} ({'+' if one.survey else '-'})" for one in every)
    came = any(one.survey for one in every)
    return Result.DONE if came else Result.FAILED, ", ".join(names)


def _wish(rest: str) -> _Wish:
    first, *behind = rest.split(maxsplit=1) or [""]
    if first.lower() == REPLACE:
        return _Wish(replace=True, name="".join(behind))
    return _Wish(replace=False, name=rest)


def _is_one_article(name: str) -> bool:
    found = named(name)
    return found.kind is not Kind.LINES and not found.packed


def _megabytes(limits: ReadingLimits) -> str:
    return f"{limits.max_file_megabytes:g}"


async def _fetch(document: Document, file: Path) -> None:
    async def fetch() -> None:
        found = await document.get_file(read_timeout=PATIENCE)
        await found.download_to_drive(file, read_timeout=PATIENCE)

    await insist(fetch)


def _refusals(added: Addition) -> list[Refusal]:
    """What can't be used of the files, and of others because of them."""
    found = [refusal for one in added.taken if one.survey for refusal in one.survey.refusals]
    return list(dict.fromkeys([*found, *added.refusals]))


def _page(
    added: Addition, refused: Sequence[Taken], refusals: Sequence[Refusal], say: Texts
) -> RichText:
    taken = [one for one in added.taken if one.survey is not None]
    others = [*refused, *(one for one in added.taken if one.survey is None)]
    writer = Writer()
    head = say.plural(texts.ADDED, len(taken)) if taken else say(texts.ADDED_NONE)
    writer.write(head, Style.BOLD)
    for one in taken:
        count = one.survey.articles if one.survey is not None else 0
        writer.write(f"\n• {say.plural(texts.ADDED_FILE, count, file=shown(one.name))}")
    for one in others:
        writer.write(f"\n• {say(texts.ADD_REFUSED, file=shown(one.name), reason=one.reason)}")
    if any(one.replaceable for one in others):
        writer.write(f"\n{say(texts.ADD_REPLACES)}")
    if added.report is not None:
        writer.write("\n\n")
        write_report(writer, added.report, say)
        write_refusals(writer, refusals, say)
        writer.write(f"\n\n{say(texts.UNDO_HOW)}")
    return writer.finish()
