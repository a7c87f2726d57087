"""Only what changed is read and indexed again; whatever goes wrong, what there was stays."""

import json
import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval import generations, preparing, updating
from retrieval.archive import Archive
from retrieval.records import CHECKSUM_BYTES, Records, RecordWriter, put_together
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

ROOT = Path(__file__).parents[2]


class Desk:
    """A corpus, its index, and how many articles each loading took in."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()

    @property
    def settings(self) -> ArchiveSettings:
        return ArchiveSettings(
            corpus=CorpusSettings(path=self.corpus, language="en"),
            retrieval=RetrievalSettings(index=str(self.index)),
        )

    def write(self, name: str, text: str, day: str = "2020-01-08") -> None:
        (self.corpus / f"{name}.txt").write_text(f"Title: {name}\nDate: {day}\n\n{text}\n")

    def write_lines(self, *numbers: int, text: str = "Ship {} came.") -> None:
        rows = (
            {"id": f"s{number}", "title": "", "date": "2020-01-08", "text": text.format(number)}
            for number in numbers
        )
        (self.corpus / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    def load(self) -> tuple[Archive, int]:
        """The archive, and how many articles were analysed for it."""
        counts = [0]
        archive = Archive.load(self.settings, lambda count, _: counts.append(count))
        return archive, counts[-1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_only_files_that_changed_are_taken_in(desk: Desk) -> None:
    for number in range(20):
        desk.write(f"n{number}", f"Ship {number} came.")
    assert desk.load()[1] == 20
    assert desk.load()[1] == 0
    desk.write("n3", "A whale sang.")
    desk.write("n20", "A whale danced.")
    (desk.corpus / "n4.txt").unlink()
    archive, taken_in = desk.load()
    assert (archive.articles, taken_in) == (20, 2)
    assert {each.source.id for each in archive.ask("whale").excerpts} == {"n3", "n20"}


def test_only_lines_that_changed_are_taken_in(desk: Desk) -> None:
    desk.write_lines(*range(20))
    desk.load()
    desk.write_lines(77, *range(5, 20), 78, *range(5))
    archive, taken_in = desk.load()
    assert (archive.articles, taken_in) == (22, 2)
    assert [each.source.id for each in archive.newest(3).excerpts] == ["s77", "s5", "s6"]


def test_a_file_that_was_only_touched_changes_nothing(desk: Desk) -> None:
    desk.write_lines(*range(5))
    before, _ = desk.load()
    os.utime(desk.corpus / "all.jsonl", (1, 1))
    archive, taken_in = desk.load()
    assert (taken_in, archive.generation) == (0, before.generation)
    assert not archive.changes_since(before)


def test_a_corpus_that_was_moved_is_not_read_again(desk: Desk) -> None:
    desk.write_lines(*range(5))
    (desk.corpus / "file.md").write_text("---\ndate: 2020-01-01\ntitle: T\n---\n\nText.\n")
    desk.load()
    desk.corpus = desk.corpus.rename(desk.corpus.with_name("moved"))
    assert desk.load()[1] == 0


def test_a_renamed_file_is_read_and_not_analysed_again(desk: Desk) -> None:
    desk.write_lines(*range(5))
    desk.load()
    (desk.corpus / "all.jsonl").rename(desk.corpus / "some.jsonl")
    archive, taken_in = desk.load()
    assert (archive.articles, taken_in) == (5, 0)


def test_an_id_passes_to_whom_it_would_have_belonged(desk: Desk) -> None:
    for name, text in (("a", "The first."), ("b", "The second."), ("c", "The third.")):
        (desk.corpus / f"{name}.txt").write_text(f"Id: x\nTitle: \nDate: 2020-01-01\n\n{text}\n")
    archive, _ = desk.load()
    assert [(each.file, each.line) for each in archive.refusals] == [("b.txt", 1), ("c.txt", 1)]
    (desk.corpus / "a.txt").unlink()
    archive, taken_in = desk.load()
    assert (archive.articles, taken_in) == (1, 1)
    assert archive.newest(1).excerpts[0].text == "The second."
    assert [str(each).split(":")[0] for each in archive.refusals] == ["c.txt"]
    assert "b.txt" in archive.refusals[0].reason


@pytest.mark.parametrize("what", ["FORMAT", "LIBRARIES"])
def test_another_version_is_built_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    desk.write_lines(*range(5))
    desk.load()
    other = {"FORMAT": generations.FORMAT + 1, "LIBRARIES": generations.LIBRARIES[1:]}[what]
    monkeypatch.setattr(generations, what, other)
    assert desk.load()[1] == 5


def test_what_was_written_anew_as_a_whole_is_not_analysed_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "FEWEST_DEAD", 10)
    monkeypatch.setattr(preparing, "BATCH_CHARACTERS", 20)
    desk.write_lines(*range(100))
    desk.load()
    desk.write_lines(*range(100), text="Ship {} went.")
    calls: list[int] = []
    archive = Archive.load(desk.settings, lambda count, _: calls.append(count))
    assert archive.ask("ship went").excerpts
    assert 100 < len(calls) < 130


def test_an_index_that_is_mostly_dead_is_built_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "FEWEST_DEAD", 10)
    desk.write_lines(*range(40))
    desk.load()
    desk.write_lines(*range(4, 40))
    assert desk.load()[1] == 0
    desk.write_lines(*range(30, 44))
    archive, taken_in = desk.load()
    assert (archive.articles, taken_in) == (14, 14)


@pytest.mark.parametrize("damage", ["catalogue.sqlite", "articles.*.records", "*.term", "*.idx"])
@pytest.mark.parametrize("how", ["garbled", "cut"])
def test_a_change_to_a_damaged_index_builds_it_anew(desk: Desk, damage: str, how: str) -> None:
    for number in range(30):
        desk.write(f"n{number}", f"Ship {number} came, and its sailors sang until morning.")
    desk.load()
    file = next(desk.index.rglob(damage))
    data = file.read_bytes()
    file.unlink()  # the archive just loaded has it mapped
    file.write_bytes(data[: len(data) // 2] if how == "cut" else bytes(len(data)))
    for number in range(20):
        (desk.corpus / f"n{number}.txt").unlink()
    desk.write("whale", "A whale sang.")
    archive, _ = desk.load()
    assert archive.articles == 11
    assert archive.ask("whale").excerpts[0].source.id == "whale"
    assert archive.ask("ship 25").excerpts[0].source.id == "n25"


def test_where_files_cannot_be_linked_they_are_copied(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(source), None, str(target))

    monkeypatch.setattr(os, "link", no_links)
    desk.write_lines(*range(5))
    desk.load()
    desk.write_lines(*range(6))
    archive, taken_in = desk.load()
    assert (archive.articles, taken_in) == (6, 1)


@pytest.mark.parametrize("largest", [10, 30_000])
def test_a_full_disk_leaves_what_there_was(desk: Desk, largest: int) -> None:
    desk.write_lines(*range(50))
    desk.load()
    desk.write_lines(*range(60), text="Ship {} came. " + "Its sailors sang. " * 40)

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    wanted = json.dumps({"settings": desk.settings.model_dump(mode="json"), "most_lost": 1.0})
    done = subprocess.run(
        [sys.executable, "-m", "retrieval.building"],
        cwd=ROOT,
        input=wanted.encode(),
        capture_output=True,
        preexec_fn=no_room,
        check=False,
    )
    assert "make room" in json.loads(done.stdout.splitlines()[-1])["refused"], done.stderr
    assert Archive.open(desk.index).articles == 50
    assert desk.load()[0].articles == 60


def test_of_many_that_match_alike_the_newest_are_shown(desk: Desk, tmp_path: Path) -> None:
    numbers = list(range(300))
    random.Random(1).shuffle(numbers)
    for number in numbers:
        day = f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}"
        desk.write(f"n{number:03}", f"The ship of captain number{number:03} came.", day)
        if number % 60 == 0:
            live, _ = desk.load()
    live, _ = desk.load()
    desk.index = tmp_path / "at once"
    at_once, _ = desk.load()
    for archive in (live, at_once):
        found = archive.ask("Which ship came?", 5).excerpts
        assert [each.source.id for each in found] == ["n299", "n298", "n297", "n296", "n295"]


@example([[b"", b"", b""], [b""]])
@given(st.lists(st.lists(st.binary(max_size=20), max_size=8), max_size=8))
def test_records_are_found_again_however_they_were_added(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[list[bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("records")
    held: list[bytes] = []
    for chunk in chunks:
        with RecordWriter(folder, "some", len(held)) as writer:
            for record in chunk:
                writer.append(record)
            writer.close()
        held += chunk
        before = Records.open(folder, "some")
        put_together(folder, "some")
        for records in (before, Records.open(folder, "some")):
            assert [records[number] for number in range(len(records))] == held
    size = sum(len(record) + CHECKSUM_BYTES for record in held)
    assert len(list(folder.glob("*.records"))) <= 1 + size.bit_length()
