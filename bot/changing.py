"""Changes the corpus on behalf of admins: the files, and then the archive; where the archive can't follow, neither."""

import asyncio
import os
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import structlog

from bot.config import Config
from bot.corpus.apart import Located, locate_apart
from bot.corpus.errors import ChangedSinceError, NameTakenError, ShelfError
from bot.corpus.journal import Act, Kind
from bot.corpus.shelf import Shelf
from bot.last_load import Cause
from bot.reloading import Progress, Reloader, Report
from bot.services import Services
from retrieval.errors import DatelineError
from retrieval.reading.places import Survey
from retrieval.types import Article, Refusal

logger = structlog.get_logger("dateline.corpus")

OWN_KEPT = 1_000
"""Files of the bot's own changes that are remembered, so that they are not taken for somebody else's."""

DIGEST_BYTES = 4
"""Enough to tell an article from its own earlier wording."""

State = tuple[int, int, int] | None
"""Of a file: its number on the disk, size, and time of change; None where there is none."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be added.

    Args:
        name: what it is to be called.
        file: where it is.
    """

    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file that was to be added.

    Args:
        name: what it is called.
        survey: what it brings; None where it was refused.
        reason: why it was refused; empty where it was not.
        replaceable: whether only another file of that name stands in its way.
    """

    name: str
    survey: Survey | None = None
    reason: str = ""
    replaceable: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of files that were to be added.

    Args:
        taken: of each.
        report: of reading the corpus again; None where no file was added.
        refusals: what can't be used since, and could, or was not there, before.
    """

    taken: tuple[Taken, ...]
    report: Report | None
    refusals: tuple[Refusal, ...] = ()


class ArticleChangedError(DatelineError):
    """An article is not, or no longer, the one that was meant."""


class Changing:
    """Adds and removes articles, and takes that back, one change after the other.

    Args:
        services: whose corpus it is.
        reloader: reads it again.
    """

    def __init__(self, services: Services, reloader: Reloader) -> None:
        self._services = services
        self._reloader = reloader
        self._own: OrderedDict[Path, State] = OrderedDict()
        self.in_order = asyncio.Lock()
        """Held from when a change is asked for, so that /undo can't overtake an /add whose file is still on its way."""

    @property
    def _shelf(self) -> Shelf:
        return shelf_of(self._services.config)

    async def add(
        self, files: Sequence[Given], progress: Progress, *, replace: bool = False
    ) -> Addition:
        """Add files, all of which are one change.

        Args:
            files: they are copied.
            progress: told how far the reading is.
            replace: whether files of the same names give way.

        Raises:
            DatelineError: the corpus can't be read with them; none was added.
        """
        shelf = self._shelf
        async with self._reloader.changing(Cause.ADD) as load:
            before = set(self._services.archive.refusals)
            acts, taken = await asyncio.to_thread(_add_each, shelf, files, replace=replace)
            self._note(shelf, acts)
            if not acts:
                return Addition(tuple(taken), None)
            try:
                # What stood in the files that gave way may go, and can be taken back.
                lost = await asyncio.to_thread(shelf.replaced, acts)
                report = await load(progress, lost=lost)
            except DatelineError as error:
                await self._take_back(shelf, error)
                raise
            new = tuple(one for one in report.archive.refusals if one not in before)
            return Addition(tuple(taken), report, new)

    async def find(self, key: str) -> Located | None:
        """Where an article stands on the disk; None where it doesn't.

        Args:
            key: see `retrieval.keys`.

        Raises:
            CorpusError: the corpus can't be read.
        """
        corpus = self._services.config.corpus
        return await asyncio.to_thread(locate_apart, corpus.path, corpus.limits, key)

    async def remove(self, key: str, digest: str, progress: Progress) -> Act:
        """Remove an article.

        Args:
            key: see `retrieval.keys`.
            digest: of what it says, so that it is the one that was meant.
            progress: told how far the reading is.

        Raises:
            ArticleChangedError: it is gone, or says something else by now.
            DatelineError: it can't be removed, or the corpus not be read without it; it stays.
        """
        shelf = self._shelf
        async with self._reloader.changing(Cause.REMOVE) as load:
            found = await self.find(key)
            if found is None or article_digest(found.standing.article) != digest:
                raise ArticleChangedError("the article is gone, or says something else by now")
            act = await asyncio.to_thread(shelf.remove, found)
            self._note(shelf, [act])
            try:
                await load(progress, lost=1)
            except DatelineError as error:
                await self._take_back(shelf, error)
                raise
            return act

    async def undo(self, progress: Progress, *, skip: bool = False) -> tuple[list[Act], str]:
        """Take back the last change.

        Args:
            progress: told how far the reading is.
            skip: forget it instead, and leave the files as they are.

        Returns:
            What was taken back, nothing if there was no change; and why the corpus could not be read again, empty
            if it could.

        Raises:
            DatelineError: it can't be taken back.
        """
        shelf = self._shelf
        async with self._reloader.changing(Cause.UNDO) as load:
            try:
                acts = await asyncio.to_thread(shelf.undo, skip=skip)
            except ChangedSinceError:
                raise
            except ShelfError:
                # Of files that came together some may be back by now.
                with suppress(DatelineError):
                    await load(progress)
                raise
            self._note(shelf, acts)
            if acts and not skip:
                lost = sum(act.articles for act in acts if act.kind is not Kind.REMOVE)
                try:
                    await load(progress, lost=lost)
                except DatelineError as error:
                    return acts, str(error)
            return acts, ""

    def is_own(self, file: Path) -> bool:
        """Whether a file is as a change of the bot's own has left it."""
        return file in self._own and self._own[file] == _state(file)

    async def _take_back(self, shelf: Shelf, why: DatelineError) -> None:
        """Take back what the archive could not follow.

        Raises:
            ShelfError: that failed too.
        """
        try:
            self._note(shelf, await asyncio.to_thread(shelf.undo))
        except ShelfError as error:
            logger.error("a change could not be taken back", error=str(error))  # noqa: TRY400 - it says why
            raise ShelfError(
                f"{why}. And the files, which were changed already, could not be put back: {error}"
            ) from why

    def _note(self, shelf: Shelf, acts: Sequence[Act]) -> None:
        for act in acts:
            file = shelf.path(act)
            self._own[file] = _state(file)
            self._own.move_to_end(file)
        while len(self._own) > OWN_KEPT:
            self._own.popitem(last=False)


def shelf_of(config: Config) -> Shelf:
    """The files of the corpus that settings name."""
    corpus = config.corpus
    return Shelf(corpus.path, corpus.removed, corpus.limits)


def article_digest(article: Article) -> str:
    """Some letters that stand for what an article says."""
    said = "\0".join(
        (article.id, article.title, str(article.date), article.url or "", article.text)
    )
    data = said.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def _add_each(
    shelf: Shelf, files: Sequence[Given], *, replace: bool
) -> tuple[list[Act], list[Taken]]:
    acts: list[Act] = []
    taken = []
    for given in files:
        batch = acts[0].batch if acts else 0
        try:
            act, found = shelf.add(given.name, given.file, replace=replace, batch=batch)
        except ShelfError as error:
            replaceable = isinstance(error, NameTakenError) and error.replaceable
            taken.append(Taken(given.name, reason=str(error), replaceable=replaceable))
        else:
            acts.append(act)
            taken.append(Taken(given.name, found))
    return acts, taken


def _state(file: Path) -> State:
    try:
        status = os.lstat(file)
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
