"""The one place where files of the corpus are changed: added, replaced, removed, and each change taken back.

Every change is one step on the disk, with its intent written down before and its end behind. Killed at any moment,
`recover` finds what was half done, and either the old or the new stands, whole.
"""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from bot.corpus import disk
from bot.corpus.apart import Located, survey_apart
from bot.corpus.errors import AlreadyThereError, ChangedSinceError, NameTakenError, ShelfError
from bot.corpus.journal import Act, Journal, Kind, Phase, as_place
from bot.corpus.lines import with_line, without_line
from bot.corpus.names import same_to_some
from retrieval.reading.kinds import named
from retrieval.reading.limits import ReadingLimits
from retrieval.reading.places import Survey
from retrieval.reading.wording import quoted, shown

logger = structlog.get_logger("dateline.corpus")

READABLE = 0o644
"""Permissions of an added file."""


class Shelf:
    """Changes the files of one corpus. Safe from several processes; of one, from one thread at a time.

    Args:
        corpus: the folder of articles.
        removed: the folder where what was taken out is kept.
        limits: how much of a file is read.
    """

    def __init__(self, corpus: Path, removed: Path, limits: ReadingLimits) -> None:
        self._corpus = corpus.resolve()
        self._removed = removed
        self._limits = limits
        self._journal = Journal(removed, self._corpus)

    def path(self, act: Act) -> Path:
        """The file that an act is about."""
        return self._journal.target(act)

    def add(
        self,
        name: str,
        file: Path,
        *,
        replace: bool = False,
        batch: int = 0,
    ) -> tuple[Act, Survey]:
        """Put a copy of a file into the corpus.

        Args:
            name: what it is to be called, see `names.file_name`.
            file: itself.
            replace: whether a file of that name gives way.
            batch: of the act that it belongs to; 0 for none.

        Returns:
            What was done, and what the file brings.

        Raises:
            AlreadyThereError: the very same file is there.
            NameTakenError: another file has the name, and is not to be replaced.
            ShelfError: nothing in the file can be used, or the corpus can't be written.
        """
        with self._changing():
            target = self._corpus / name
            before = self._before(target, disk.digest_of(file), replace=replace)
            kind = Kind.ADD if before is None else Kind.REPLACE
            wanted = _act(kind, name, batch=batch, before=before)
            with self._attempt(wanted) as begun:
                ready = self._journal.ready(begun)
                disk.copy_file(file, ready)
                ready.chmod(READABLE)
                found = survey_apart(ready, name, self._limits)
                if not found.articles:
                    reason = found.refusals[0] if found.refusals else f"{shown(name)}: empty"
                    raise ShelfError(f"no article in it can be used: {reason}")
                if before is not None:
                    disk.link_or_copy(target, self._journal.taken(begun))
                act = self._journal.write(
                    begun, phase=Phase.BEGUN, after=disk.digest_of(ready), articles=found.articles
                )
                try:
                    disk.put(ready, target, over=before is not None)
                except FileExistsError as error:
                    raise NameTakenError(f"there is a file {quoted(name)} already") from error
            return self._finish(act), found

    def replaced(self, acts: Sequence[Act]) -> int:
        """How many articles stood in files that gave way.

        Raises:
            DatelineError: the reading broke down.
        """
        gone = [act for act in acts if act.kind is Kind.REPLACE]
        surveys = (survey_apart(self._journal.taken(act), act.name, self._limits) for act in gone)
        return sum(found.articles for found in surveys)

    def remove(self, found: Located) -> Act:
        """Take an article out of the corpus: its file, or its line where the file has others.

        Args:
            found: where it stands, as it was just found.

        Raises:
            ShelfError: it can't be taken out.
        """
        name, line = found.standing.name, found.standing.line
        with self._changing():
            target = self._corpus / name
            if found.standing.path != target:
                raise ShelfError(f"{shown(name)} is reached by a link; remove it by hand")
            before = disk.digest_of(target)
            if before in {None, disk.NOT_A_FILE}:
                raise ShelfError(f"{shown(name)} is not there any more; reload")
            if before != found.digest:
                raise ShelfError(f"{shown(name)} was changed meanwhile; reload")
            title = found.standing.article.source.heading
            wanted = _act(Kind.REMOVE, name, before=before, title=title, line=line)
            with self._attempt(wanted) as begun:
                act = begun if line is None else self._take_line(begun, line)
                if act.line is None:
                    disk.link_or_copy(target, self._journal.taken(act))
                    act = self._journal.write(act, phase=Phase.BEGUN)
                if disk.digest_of(target) != before:
                    raise ShelfError(f"{shown(name)} is being changed just now; try again")
                if act.line is None:
                    disk.take_away(target)
                else:
                    disk.put(self._journal.ready(act), target, over=True)
            return self._finish(act)

    def undo(self, *, skip: bool = False) -> list[Act]:
        """Take back the last change, with all files that came together.

        Args:
            skip: forget the last change instead, and leave the files as they are.

        Returns:
            What was taken back or forgotten, the last first; nothing if there was no change.

        Raises:
            ChangedSinceError: somebody else has changed a file since; nothing was taken back.
            ShelfError: the corpus can't be written.
        """
        with self._changing():
            self._settle_all()
            acts = self._journal.acts()
            last = [act for act in reversed(acts) if act.batch == acts[-1].batch]
            if not skip:
                self._check_untouched(last)
            for act in last:
                if skip:
                    self._journal.drop(act)
                else:
                    self._take_back(act)
        return last

    def _check_untouched(self, acts: Sequence[Act]) -> None:
        """See that nobody else has changed a file since, before any of those that came together is taken back."""
        stands: dict[Path, str | None] = {}
        for act in acts:
            target = self._journal.target(act)
            now = stands[target] if target in stands else disk.digest_of(target)
            # What was taken back before, where only that could not be noted, stands as before already.
            if now != act.after and not (act.phase is Phase.UNDOING and now == act.before):
                raise ChangedSinceError(
                    f"{shown(act.name)} was changed by somebody else since, so it is left as it is; "
                    "/undo skip passes over this change"
                )
            stands[target] = act.before

    def recover(self) -> list[Act]:
        """Finish what was half done when the process ended, or put it back; to be called before the corpus is read.

        Returns:
            The acts that were half done.

        Raises:
            ShelfError: the disk can't be read or written.
        """
        if not self._journal.exists:
            return []
        half_done = []
        with self._changing():
            for act in self._journal.acts():
                self._journal.ready(act).unlink(missing_ok=True)
                if act.phase is not Phase.DONE:
                    half_done.append(act)
                    self._settle(act)
                    logger.warning(
                        "a change of the corpus was half done",
                        kind=act.kind.value,
                        file=shown(act.name),
                        phase=act.phase.value,
                    )
        return half_done

    def _settle_all(self, since: int = 0) -> None:
        """Settle acts that failed where that could not be noted."""
        for act in self._journal.acts():
            if act.number >= since and act.phase in {Phase.PREPARING, Phase.BEGUN}:
                self._journal.ready(act).unlink(missing_ok=True)
                self._settle(act)

    def _settle(self, act: Act) -> None:
        now = disk.digest_of(self._journal.target(act))
        stands_as_before = now == act.before
        if act.phase is Phase.PREPARING or stands_as_before:
            self._journal.drop(act)
        else:
            self._journal.write(act, phase=Phase.DONE)

    def check(self) -> None:
        """See whether what is taken out would be kept apart from the articles.

        Raises:
            ShelfError: it would lie among them.
        """
        if self._removed.resolve().is_relative_to(self._corpus):
            raise ShelfError(
                f"corpus.removed: {self._removed} lies in the folder of articles; choose another folder"
            )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Say what is wrong with the folders or the disk, if anything is."""
        if not self._corpus.is_dir():
            raise ShelfError(
                f"corpus.path: {self._corpus} is no folder, so files can't be added or removed; name a folder"
            )
        self.check()
        try:
            with self._journal.locked():
                yield
        except OSError as error:
            place = str(error.filename or f"{self._corpus} or {self._removed}")
            raise ShelfError(_explained(error, shown(place))) from error

    def _before(self, target: Path, new: str | None, *, replace: bool) -> str | None:
        """The digest of the file that has to give way, or None."""
        before = disk.digest_of(target)
        if before is not None and before == new:
            raise AlreadyThereError(f"{quoted(target.name)} is already there, just the same")
        if before == disk.NOT_A_FILE:
            raise NameTakenError(
                f"{quoted(target.name)} is a link or a folder; choose another name"
            )
        if before is None:
            self._check_alike(target)
        elif not replace:
            reason = f"there is another file {quoted(target.name)} already"
            raise NameTakenError(reason, replaceable=True)
        return before

    def _check_alike(self, target: Path) -> None:
        for other in target.parent.iterdir():
            if other.name != target.name and same_to_some(other.name, target.name):
                raise NameTakenError(
                    f"there is a file {quoted(other.name)}, which differs in capitals or in what can't be seen only; "
                    "choose another name"
                )

    @contextmanager
    def _attempt(self, wanted: Act) -> Iterator[Act]:
        """An act that leaves nothing behind where it fails before its step is done."""
        begun = self._journal.begin(wanted)
        try:
            yield begun
        except BaseException:
            try:
                self._settle_all(begun.number)
            except OSError as error:
                # What comes next to the journal settles it.
                logger.warning("a change that failed could not be tidied up", error=str(error))
            raise

    def _take_line(self, act: Act, number: int) -> Act:
        """Make the file without a line ready; if nothing else is in it, the whole file is to go."""
        target, ready = self._journal.target(act), self._journal.ready(act)
        packed = named(act.name).packed
        line, others = without_line(target, ready, number, packed=packed)
        if not others:
            ready.unlink()
            return self._journal.write(act, line=None)
        ready.chmod(target.stat().st_mode)
        disk.write_whole(self._journal.taken(act), line)
        return self._journal.write(act, phase=Phase.BEGUN, after=disk.digest_of(ready))

    def _take_back(self, act: Act) -> None:
        target, ready = self._journal.target(act), self._journal.ready(act)
        now = disk.digest_of(target)
        if act.phase is Phase.UNDOING and now == act.before:
            # It was taken back before, and only that could not be noted.
            self._journal.drop(act)
            return
        ready.unlink(missing_ok=True)
        try:
            step = self._restoring(act)
            # A line put back into a packed file packs it anew, into other bytes that say the same.
            before = None if act.before is None else disk.digest_of(ready)
            act = self._journal.write(act, phase=Phase.UNDOING, before=before)
            step()
        except BaseException:
            ready.unlink(missing_ok=True)
            raise
        self._journal.drop(act)

    def _restoring(self, act: Act) -> Callable[[], None]:
        """Make what was there before ready, beside its place; the step that puts it there."""
        target, ready = self._journal.target(act), self._journal.ready(act)
        taken = self._journal.taken(act)
        if act.line is not None:
            packed = named(act.name).packed
            with_line(target, ready, act.line, taken.read_bytes(), packed=packed)
            ready.chmod(target.stat().st_mode)
            return partial(disk.put, ready, target, over=True)
        if act.before is None:
            return partial(disk.take_away, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        disk.link_or_copy(taken, ready)
        return partial(disk.put, ready, target, over=act.after is not None)

    def _finish(self, act: Act) -> Act:
        try:
            act = self._journal.write(act, phase=Phase.DONE)
            self._journal.trim()
        except OSError as error:
            # What was done stands, and can be taken back all the same.
            logger.warning("a change could not be noted as done", error=str(error))
        return act


def _act(
    kind: Kind,
    name: str,
    *,
    before: str | None,
    batch: int = 0,
    title: str = "",
    line: int | None = None,
) -> Act:
    return Act(
        number=0,
        batch=batch,
        token="",
        kind=kind,
        phase=Phase.PREPARING,
        at=datetime.now(UTC),
        place=as_place(name),
        title=title,
        line=line,
        before=before,
    )


def _explained(error: OSError, place: str) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"{place}: the disk is full; make room and try again"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{place}: can't be written; let the bot's user write there"
        case errno.ENAMETOOLONG:
            return f"{place}: its path is too long; give it a shorter name"
        case _:
            return f"{place}: can't be changed ({error.strerror or error})"
