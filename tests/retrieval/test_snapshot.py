"""An index in a folder: opened unchanged, built anew on a change, whole whatever happens."""

import gc
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.archive import Archive
from retrieval.errors import CorpusError, IndexStorageError
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

ROOT = Path(__file__).parents[2]
QUESTION = "When did the bridge open?"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, "a", "The bridge opened on Monday.")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(
        f"Title: {name}\nDate: 2020-01-08\n\n{text}\n", encoding="utf-8"
    )


def load(corpus: Path, index: Path | str) -> Archive:
    return Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=corpus), retrieval=RetrievalSettings(index=str(index))
        )
    )


def test_a_folder_answers_as_memory_does(corpus: Path, tmp_path: Path) -> None:
    for number in range(20):
        write(
            corpus,
            f"n{number}",
            f"Ship number {number} passed under the bridge at noon. It carried grain.",
        )
    memory, folder = load(corpus, ":memory:"), load(corpus, tmp_path / "index")
    again = load(corpus, tmp_path / "index")
    for question in (
        QUESTION,
        "ship number 7 grain",
        "bridge -ship",
        '"the bridge opened"',
        "brigde",
    ):
        answers = [archive.ask(question, limit=10) for archive in (memory, folder, again)]
        first = answers[0]
        assert first.excerpts
        for other in answers[1:]:
            assert (other.excerpts, other.confidence, other.total) == (
                first.excerpts,
                first.confidence,
                first.total,
            )


def test_an_unchanged_corpus_is_not_read_again(corpus: Path, tmp_path: Path) -> None:
    load(corpus, tmp_path / "index")
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "index").rglob("*.records")}
    assert before
    counts: list[tuple[int, int]] = []
    settings = ArchiveSettings(
        corpus=CorpusSettings(path=corpus),
        retrieval=RetrievalSettings(index=str(tmp_path / "index")),
    )
    Archive.load(settings, progress=lambda *count: counts.append(count))
    assert counts == []
    assert {
        file: file.stat().st_mtime_ns for file in (tmp_path / "index").rglob("*.records")
    } == before


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_how_many_come_is_reckoned_by_what_was_read_of_the_file(
    tmp_path: Path, *, packed: bool
) -> None:
    chance, articles = random.Random(1), 300
    rows = (
        {"title": f"{n}", "date": "2020-01-08", "text": chance.randbytes(600).hex(" ")}
        for n in range(articles)
    )
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    file = tmp_path / ("all.jsonl.gz" if packed else "all.jsonl")
    file.write_bytes(gzip.compress(lines) if packed else lines)
    counts: list[tuple[int, int]] = []
    settings = ArchiveSettings(
        corpus=CorpusSettings(path=file, language="en"),
        retrieval=RetrievalSettings(index=":memory:"),
    )
    Archive.load(settings, progress=lambda *count: counts.append(count))
    half = counts[articles // 2]
    assert half[1] == pytest.approx(articles, rel=0.1)


def test_a_change_is_seen(corpus: Path, tmp_path: Path) -> None:
    first = load(corpus, tmp_path / "index")
    write(corpus, "b", "The tunnel opened on Friday.")
    second = load(corpus, tmp_path / "index")
    assert (first.articles, second.articles) == (1, 2)
    assert first.generation != second.generation
    assert second.ask("tunnel").excerpts[0].source.id == "b"
    (corpus / "b.txt").unlink()
    assert not load(corpus, tmp_path / "index").ask("tunnel").excerpts


def open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def test_an_archive_that_nobody_uses_lets_go_of_its_files_at_once(
    corpus: Path, tmp_path: Path
) -> None:
    load(corpus, tmp_path / "index")
    gc.collect()
    gc.disable()
    try:
        before = open_files()
        archive = load(corpus, tmp_path / "index")
        assert archive.ask(QUESTION).excerpts
        assert open_files() > before
        del archive
        assert open_files() == before
    finally:
        gc.enable()


def test_an_archive_in_use_outlives_the_next(corpus: Path, tmp_path: Path) -> None:
    first = load(corpus, tmp_path / "index")
    write(corpus, "b", "The tunnel opened on Friday.")
    load(corpus, tmp_path / "index")
    assert first.ask(QUESTION).excerpts[0].text == "The bridge opened on Monday."


@pytest.mark.parametrize(
    "damage",
    [
        "CURRENT", "manifest.json", "passages.*.records", "articles.*.ends", "vocabulary.npz", "meta.json", "dead.npz",
        "places.npy", "contents.npy",
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["removed", "emptied", "garbled"])
def test_a_damaged_index_is_built_anew(
    corpus: Path, tmp_path: Path, damage: str, how: str
) -> None:
    load(corpus, tmp_path / "index")
    file = next((tmp_path / "index").rglob(damage))
    if how == "removed":
        file.unlink()
    else:
        file.write_bytes(b"" if how == "emptied" else b"\x00garbage\xff" * 5)
    assert (
        load(corpus, tmp_path / "index").ask(QUESTION).excerpts[0].text
        == "The bridge opened on Monday."
    )


def test_what_is_not_ours_in_the_folder_stays(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    (index / "mine").mkdir(parents=True)
    (index / "mine" / "note.txt").write_text("keep")
    load(corpus, index)
    write(corpus, "b", "The tunnel opened on Friday.")
    load(corpus, index)
    assert (index / "mine" / "note.txt").read_text() == "keep"


def test_the_index_may_not_lie_among_the_articles(corpus: Path) -> None:
    with pytest.raises(IndexStorageError, match="lies in the folder of articles"):
        load(corpus, corpus / "index")
    assert [file.name for file in corpus.iterdir()] == ["a.txt"]


def test_a_file_in_place_of_the_folder(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(IndexStorageError, match="can't be written"):
        load(corpus, tmp_path / "file")


def test_no_usable_article(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="holds no article"):
        load(tmp_path / "empty", ":memory:")
    (tmp_path / "empty" / "x.txt").write_text("no header at all")
    with pytest.raises(CorpusError, match=r"x\.txt"):
        load(tmp_path / "empty", ":memory:")


def test_killed_while_building_nothing_is_lost(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    load(corpus, index)
    for number in range(400):
        write(corpus, f"n{number}", f"Ship number {number} passed under the bridge. " * 20)
    command = [
        sys.executable,
        "-m",
        "bot",
        "ask",
        "--corpus",
        str(corpus),
        "--index",
        str(index),
        QUESTION,
    ]
    for wait in (0.7, 1.0, 1.4):
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    archive = load(corpus, index)
    assert archive.articles == 401
    assert archive.ask("bridge opened Monday").excerpts[0].source.id == "a"
    assert not list(index.glob("building-*"))
