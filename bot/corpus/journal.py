"""Keeps on disk what was changed in a corpus, and what it takes to take that back; whole after any crash."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

import structlog
from pydantic import ValidationError

from bot.corpus import disk
from retrieval.settings import StrictModel

logger = structlog.get_logger("dateline.corpus")

KEPT = 20
"""Changes that can be taken back; what older ones took out is deleted. Files that came together are one change."""

_ACT = "act.json"
_LOCK = "lock"
_ACTS = "acts"
_CORPUS_BYTES = 6
"""Of the hash that tells one corpus from the few others that share a folder."""


class Kind(StrEnum):
    """What was done."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


class Phase(StrEnum):
    """How far it is."""

    PREPARING = "preparing"
    """Nothing in the corpus has changed yet."""
    BEGUN = "begun"
    """All is ready, and the one step that changes the corpus may have been done."""
    DONE = "done"
    UNDOING = "undoing"
    """All is ready to take it back, and the one step that does may have been done."""


class Act(StrictModel):
    """A change of one file of the corpus.

    Args:
        number: acts are counted from 1.
        batch: the number of the first of those that came together, and are taken back together.
        token: tells its files from those of other journals.
        kind: what was done.
        phase: how far it is.
        at: when, in UTC.
        place: the path of the file below the corpus, percent-encoded.
        title: of the article that was removed.
        articles: how many came, or went.
        line: the one that was removed, where it was not a whole file.
        before, after: SHA-256 of the file; None where there was none.
    """

    number: int
    batch: int
    token: str
    kind: Kind
    phase: Phase
    at: datetime
    place: str
    title: str = ""
    articles: int = 1
    line: int | None = None
    before: str | None = None
    after: str | None = None

    @property
    def name(self) -> str:
        """The path of the file below the corpus, as the disk has it."""
        return os.fsdecode(unquote_to_bytes(self.place))


def as_place(name: str) -> str:
    """A path as `Act.place` has it."""
    return quote_from_bytes(os.fsencode(name))


class Journal:
    """The acts of one corpus.

    Args:
        folder: shared with other corpora; made when it is first needed.
        corpus: the folder of articles.
    """

    def __init__(self, folder: Path, corpus: Path) -> None:
        self._corpus = corpus
        of = blake2b(os.fsencode(corpus), digest_size=_CORPUS_BYTES).hexdigest()
        self._root = folder / of
        self._acts = self._root / _ACTS

    @property
    def exists(self) -> bool:
        """Whether anything was ever changed."""
        return self._acts.is_dir()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process change the corpus at a time; the lock goes with the process, however it ends."""
        self._acts.mkdir(parents=True, exist_ok=True)
        with (self._root / _LOCK).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def target(self, act: Act) -> Path:
        """The file in the corpus that an act is about."""
        return self._corpus / act.name

    def ready(self, act: Act) -> Path:
        """Where, beside the file, an act makes a new one; readers pass over what begins with a dot."""
        return self.target(act).with_name(f".dateline-{act.number}-{act.token}.tmp")

    def taken(self, act: Act) -> Path:
        """Where an act keeps the file, or the line, that it took out."""
        base = self.target(act).name if act.line is None else "line.jsonl"
        return self._folder(act) / base

    def begin(self, act: Act) -> Act:
        """Open an act, with a number and a token of its own."""
        number = max((int(folder.name) for folder in self._folders()), default=0) + 1
        batch = act.batch or number
        token = secrets.token_hex(4)
        begun = act.model_copy(update={"number": number, "batch": batch, "token": token})
        self._folder(begun).mkdir()
        for folder in (self._acts, self._root, self._root.parent):
            disk.flush_folder(folder)
        return self.write(begun)

    def write(self, act: Act, **changed: object) -> Act:
        """Note how far an act is."""
        written = act.model_copy(update=changed)
        text = json.dumps(written.model_dump(mode="json"), indent=1)
        disk.write_whole(self._folder(written) / _ACT, text.encode())
        return written

    def drop(self, act: Act) -> None:
        """Forget an act, with what it keeps."""
        self._drop(self._folder(act))

    def acts(self) -> list[Act]:
        """All that are known, the first first. One of another version is left alone."""
        found = []
        for folder in self._folders():
            try:
                text = (folder / _ACT).read_text(encoding="utf-8")
                found.append(Act.model_validate_json(text))
            except FileNotFoundError:
                # It was stopped before it began, or when it was nearly dropped.
                self._drop(folder)
            except ValidationError as error:
                logger.warning("a change can't be read", folder=str(folder), error=str(error))
        return found

    def trim(self) -> None:
        """Forget what is too old to be taken back."""
        acts = self.acts()
        kept = sorted({act.batch for act in acts})[-KEPT:]
        for act in acts:
            if act.batch not in kept and act.phase is Phase.DONE:
                self.drop(act)

    def _folder(self, act: Act) -> Path:
        return self._acts / f"{act.number:06}"

    def _folders(self) -> list[Path]:
        if not self.exists:
            return []
        folders = (folder for folder in self._acts.iterdir() if folder.name.isdecimal())
        return sorted(folders, key=lambda folder: int(folder.name))

    @staticmethod
    def _drop(folder: Path) -> None:
        (folder / _ACT).unlink(missing_ok=True)
        shutil.rmtree(folder)
