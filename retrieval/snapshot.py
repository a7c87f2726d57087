"""Turns a corpus into what an archive stands on, in memory or in a folder, and opens it again unchanged."""

import fcntl
import hashlib
import heapq
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from retrieval.analysis import analyse
from retrieval.contents import Contents
from retrieval.errors import CorpusError, IndexStorageError
from retrieval.index.protocol import Counts, Index
from retrieval.index.tantivy import TantivyIndex
from retrieval.reading import read_corpus
from retrieval.records import Records, RecordWriter
from retrieval.settings import IN_MEMORY, ArchiveSettings, StrictModel
from retrieval.spelling import Vocabulary
from retrieval.types import Corpus, Note, Refusal

FORMAT = 8
"""Raised with every change to analysis, fields or files: an index of another format is built anew."""

NEWEST = 10
"""How many articles example questions are taken from."""

_FINGERPRINT = re.compile("[0-9a-f]{64}")
_PASSAGES = "passages"
_ARTICLES = "articles"
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_LOCK = "lock"
_BUILDING = "building-"

Progress = Callable[[int, int], None]
"""Called with the number of articles taken in so far, and of all there are."""


class Manifest(StrictModel):
    """What an archive holds, kept beside its index."""

    fingerprint: str
    first: date
    last: date
    languages: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    counts: Counts
    newest: tuple[int, ...]
    """The first passages of the newest articles, newest first."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index, the records of its passages and articles, and what they were made of."""

    manifest: Manifest
    index: Index
    passages: Records
    articles: Records
    vocabulary: Vocabulary
    contents: Contents


def open_or_build(
    settings: ArchiveSettings, progress: Progress | None = None, most_lost: float = 1.0
) -> Snapshot:
    """Open the index of a corpus; build it where there is none or the corpus has changed.

    Args:
        settings: where the corpus and the index are.
        progress: called now and then while it is built.
        most_lost: the share of the articles in the index there is that may be missing in the new one, 0 to 1.

    Raises:
        CorpusError: the corpus can't be read, or holds no usable article, or too many would be missing.
        IndexStorageError: the index can't be written or read.
    """
    fingerprint = _fingerprint(settings)
    if settings.retrieval.index == IN_MEMORY:
        return _build(settings, fingerprint, None, progress)
    root = Path(settings.retrieval.index)
    keep_apart(root, settings.corpus.path)
    found = _open_current(root, fingerprint)
    if found is not None:
        return found
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _locked(root):
            return _open_current(root, fingerprint) or _rebuild(
                settings, fingerprint, root, progress, most_lost
            )
    except OSError as error:
        raise IndexStorageError(
            f"the index folder {root} can't be written ({error}); make room or permit it, or choose "
            f"another with retrieval.index ({IN_MEMORY} keeps the index in memory)"
        ) from error


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


def _fingerprint(settings: ArchiveSettings) -> str:
    """What the index depends on: the files as the folder lists them, and how they are read."""
    path = settings.corpus.path.resolve()
    reading = settings.corpus.model_copy(update={"path": path})
    digest = hashlib.sha256(f"{FORMAT} {reading.model_dump_json()}".encode())
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    for file in files:
        try:
            state = file.stat()
        except OSError:
            # A dangling link is refused when the corpus is read.
            digest.update(os.fsencode(f"{file}?"))
            continue
        digest.update(
            os.fsencode(f"{file}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\n")
        )
    return digest.hexdigest()


def _open_current(root: Path, fingerprint: str | None) -> Snapshot | None:
    """Open what `CURRENT` names if it is of this corpus, or of any (None); anything else is built anew."""
    try:
        folder = root / (root / _CURRENT).read_text().strip()
        manifest = Manifest.model_validate_json((folder / _MANIFEST).read_text(), strict=False)
        if fingerprint not in {None, manifest.fingerprint}:
            return None
        return _opened(folder, manifest)
    except (
        FileNotFoundError,
        NotADirectoryError,
        UnicodeDecodeError,
        ValidationError,
        IndexStorageError,
    ):
        return None


def _opened(folder: Path, manifest: Manifest) -> Snapshot:
    index = TantivyIndex(folder)
    index.counts = manifest.counts
    passages, articles = Records.open(folder, _PASSAGES), Records.open(folder, _ARTICLES)
    held = (len(passages), len(articles), index.documents)
    counts = manifest.counts
    if held != (counts.passages, counts.articles, counts.passages + counts.articles):
        raise IndexStorageError(f"the index in {folder} is damaged")
    return Snapshot(
        manifest, index, passages, articles, Vocabulary.open(folder), Contents.open(folder)
    )


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Let one process build at a time; the lock goes with the process, however it ends."""
    with (root / _LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def open_current(root: Path) -> Snapshot:
    """Open the index that a folder holds, whatever has become of its corpus since.

    Raises:
        IndexStorageError: there is none, or it can't be read.
    """
    found = _open_current(root, None)
    if found is None:
        raise IndexStorageError(f"the index folder {root} holds no index that can be read")
    return found


def _rebuild(
    settings: ArchiveSettings,
    fingerprint: str,
    root: Path,
    progress: Progress | None,
    most_lost: float,
) -> Snapshot:
    before = _open_current(root, None) if most_lost < 1.0 else None
    for left_over in root.glob(f"{_BUILDING}*"):
        shutil.rmtree(left_over)
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=root))
    try:
        built = _build(settings, fingerprint, building, progress)
        if before is not None:
            built.contents.check_loss(before.contents, most_lost)
        (building / _MANIFEST).write_text(built.manifest.model_dump_json())
        folder = root / fingerprint
        if folder.exists():
            shutil.rmtree(folder)
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    pointer = root / f"{_CURRENT}.new"
    pointer.write_text(folder.name)
    pointer.replace(root / _CURRENT)
    for other in root.iterdir():
        if other != folder and _FINGERPRINT.fullmatch(other.name) and (other / _MANIFEST).exists():
            shutil.rmtree(other)
    return _opened(folder, built.manifest)


def _build(
    settings: ArchiveSettings, fingerprint: str, folder: Path | None, progress: Progress | None
) -> Snapshot:
    corpus = read_corpus(settings.corpus.path, settings.corpus.limits)
    if not corpus.articles:
        raise CorpusError(_nothing_usable(settings.corpus.path, corpus))
    index = TantivyIndex(folder)
    passages, articles = RecordWriter(folder, _PASSAGES), RecordWriter(folder, _ARTICLES)
    languages: Counter[str] = Counter()
    words: Counter[str] = Counter()
    heads: list[tuple[date, int]] = []
    for number, article in enumerate(corpus.articles):
        found = analyse(article, settings.corpus.language, number, len(passages))
        index.add(found.indexed_article, found.indexed_passages)
        articles.append(found.article.encode())
        if found.passages:
            heads.append((article.date, len(passages)))
        for passage in found.passages:
            passages.append(passage.encode())
        languages[found.language] += 1
        words.update(found.words)
        if progress is not None:
            progress(number + 1, len(corpus.articles))
    vocabulary = Vocabulary.build(words, folder)
    contents = Contents.of(corpus.articles)
    index.commit()
    passages.close()
    articles.close()
    days = [article.date for article in corpus.articles]
    newest = heapq.nlargest(NEWEST, heads, key=lambda head: (head[0], -head[1]))
    manifest = Manifest(
        fingerprint=fingerprint,
        first=min(days),
        last=max(days),
        languages=tuple(language for language, _ in languages.most_common()),
        refusals=corpus.refusals,
        notes=corpus.notes,
        counts=index.counts,
        newest=tuple(number for _, number in newest),
    )
    if folder is not None:
        contents.save(folder)
        return _opened(folder, manifest)
    return Snapshot(
        manifest,
        index,
        Records(*passages.finish()),
        Records(*articles.finish()),
        vocabulary,
        contents,
    )


def _nothing_usable(path: Path, corpus: Corpus) -> str:
    if not corpus.refusals:
        return f"corpus.path: {path} holds no article; put .txt, .md or .jsonl files there"
    first = corpus.refusals[0]
    return (
        f"corpus.path: none of the {len(corpus.refusals)} files or lines in {path} can be used; "
        f"the first: {first}"
    )
