"""Files of the corpus are added, replaced and removed, each whole, and every change can be taken back."""

import errno
import gzip
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelves import Office, article, line

from bot.corpus import apart
from bot.corpus.errors import AlreadyThereError, ChangedSinceError, NameTakenError, ShelfError
from bot.corpus.journal import KEPT, Kind
from bot.corpus.shelf import Shelf
from retrieval.errors import DatelineError
from retrieval.keys import article_key
from retrieval.reading import DEFAULT_LIMITS
from retrieval.reading.places import survey


def test_a_file_is_added_as_it_is_and_taken_back(office):
    office.put("a1.txt", article(1))
    before = office.files()
    act, found = office.shelf.add("a2.txt", office.given(article(2)))
    assert (act.kind, found.articles, found.refusals) == (Kind.ADD, 1, ())
    assert office.files() == before | {"a2.txt": article(2)}
    assert [one.name for one in office.shelf.undo()] == ["a2.txt"]
    assert office.files() == before
    assert office.shelf.undo() == []


def test_a_file_of_lines_is_taken_if_any_can_be_used_and_the_others_are_told(office):
    content = (line(1) + "no JSON\n" + line(2)).encode()
    _, found = office.shelf.add("snow.jsonl", office.given(content))
    assert (found.articles, [one.line for one in found.refusals]) == (2, [2])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"no header\n", "no article in it can be used"),
        ("a.txt", b"", "no article in it can be used"),
        ("a.jsonl", b"[]\nnull\n", "no article in it can be used"),
        ("a.jsonl.gz", b"not packed", "gzip"),
        ("a.md", b"\0\1\2", "no article in it can be used"),
        ("a.txt", article(1) + b"x" * 20_000_000, "too large"),
    ],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(office, name, content, reason):
    with pytest.raises(ShelfError, match=reason):
        office.shelf.add(name, office.given(content))
    assert list(office.corpus.iterdir()) == []
    assert office.shelf.undo() == []


def test_lines_that_cannot_be_used_do_not_fill_the_memory(office):
    with pytest.raises(ShelfError, match="no article in it can be used"):
        office.shelf.add("a.jsonl.gz", office.given(gzip.compress(b"1\n" * 3_000_000)))


def test_a_file_of_the_same_name_is_not_overwritten_unasked(office):
    office.put("a1.txt", article(1))
    with pytest.raises(AlreadyThereError):
        office.shelf.add("a1.txt", office.given(article(1)))
    with pytest.raises(NameTakenError):
        office.shelf.add("a1.txt", office.given(article(2)))
    with pytest.raises(NameTakenError, match="capitals"):
        office.shelf.add("A1.TXT", office.given(article(2)))
    assert office.files() == {"a1.txt": article(1)}
    act, _ = office.shelf.add("a1.txt", office.given(article(2)), replace=True)
    assert act.kind is Kind.REPLACE
    assert office.files() == {"a1.txt": article(2)}
    office.shelf.undo()
    assert office.files() == {"a1.txt": article(1)}


def test_a_link_is_not_replaced_nor_what_it_leads_to(office):
    office.put("a1.txt", article(1))
    (office.corpus / "b.txt").symlink_to("a1.txt")
    with pytest.raises(NameTakenError, match="link"):
        office.shelf.add("b.txt", office.given(article(2)), replace=True)
    assert office.files()["a1.txt"] == article(1)


def test_an_article_that_is_a_file_is_moved_away_and_comes_back(office):
    office.put("a1.txt", article(1))
    office.put("deep/er/a2.txt", article(2))
    before = office.files()
    act = office.shelf.remove(office.find("a2"))
    assert (act.kind, act.title) == (Kind.REMOVE, "Rain 2")
    assert office.files() == {"a1.txt": article(1)}
    office.shelf.undo()
    assert office.files() == before


LINES = (line(1) + "\n" + line(2) + line(3)).encode()


@pytest.mark.parametrize("number", [1, 3, 4])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_an_article_that_is_a_line_goes_alone_and_comes_back(office, number, mark, end):
    content = mark + LINES.removesuffix(b"\n") + end
    office.put("snow.jsonl", content)
    office.shelf.remove(office.find(f"snow-{number}"))
    left = (mark + LINES).splitlines(keepends=True)
    assert len(office.files()["snow.jsonl"].splitlines()) == len(left) - 1
    assert office.files()["snow.jsonl"].startswith(mark)
    assert len(office.ids()) == 2
    office.shelf.undo()
    assert office.files() == {"snow.jsonl": content}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be"])
def test_lines_in_other_encodings(office, encoding):
    mark = "" if encoding == "utf-16" else "\ufeff"
    content = (mark + LINES.decode()).encode(encoding)
    office.put("snow.jsonl", content)
    office.shelf.remove(office.find("snow-1"))
    assert office.ids() == ["snow-2", "snow-3"]
    office.shelf.undo()
    assert office.files() == {"snow.jsonl": content}


def test_a_line_of_a_packed_file(office):
    office.put("snow.jsonl.gz", gzip.compress(LINES))
    office.shelf.remove(office.find("snow-3"))
    assert office.files() == {"snow.jsonl.gz": (line(1) + "\n" + line(3)).encode()}
    office.shelf.undo()
    assert office.files() == {"snow.jsonl.gz": LINES}


def test_with_its_last_line_a_file_goes(office):
    content = ("\n" + line(1) + "\n").encode()
    office.put("snow.jsonl", content)
    office.shelf.remove(office.find("snow-2"))
    assert office.files() == {}
    office.shelf.undo()
    assert office.files() == {"snow.jsonl": content}


def test_what_is_reached_by_a_link_or_has_changed_is_left(office):
    office.put(".kept/a1.txt", article(1))
    (office.corpus / "b.txt").symlink_to(".kept/a1.txt")
    with pytest.raises(ShelfError, match="by a link"):
        office.shelf.remove(office.find("b"))
    office.put("snow.jsonl", LINES)
    found = office.find("snow-1")
    office.put("snow.jsonl", (line(9) + line(1)).encode())
    with pytest.raises(ShelfError, match="changed meanwhile"):
        office.shelf.remove(found)
    assert len(office.files()) == 3


def test_a_file_that_somebody_changed_is_not_destroyed_by_taking_a_change_back(office):
    office.put("a1.txt", article(1))
    office.shelf.add("a2.txt", office.given(article(2)))
    office.shelf.add("a3.txt", office.given(article(3)))
    office.put("a3.txt", article(4))
    for _ in range(2):
        with pytest.raises(ChangedSinceError, match=r"a3\.txt was changed by somebody else"):
            office.shelf.undo()
    assert office.files()["a3.txt"] == article(4)
    assert [act.name for act in office.shelf.undo(skip=True)] == ["a3.txt"]
    assert [act.name for act in office.shelf.undo()] == ["a2.txt"]
    assert office.files() == {"a1.txt": article(1), "a3.txt": article(4)}


def test_what_was_removed_does_not_overwrite_what_came_in_its_place(office):
    office.put("a1.txt", article(1))
    office.shelf.remove(office.find("a1"))
    office.put("a1.txt", article(2))
    with pytest.raises(ChangedSinceError):
        office.shelf.undo()
    assert office.files() == {"a1.txt": article(2)}


@pytest.mark.parametrize("kind", ["add", "replace", "remove"])
def test_taking_back_that_failed_can_be_tried_again(office, monkeypatch, kind):
    office.put("a1.txt", article(1))
    before = office.files()
    if kind == "remove":
        office.shelf.remove(office.find("a1"))
    else:
        name = "a2.txt" if kind == "add" else "a1.txt"
        office.shelf.add(name, office.given(article(2)), replace=True)
    after = office.files()

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr("bot.corpus.disk.put", fail)
        broken.setattr("bot.corpus.disk.take_away", fail)
        with pytest.raises(ShelfError, match="the disk is full"):
            office.shelf.undo()
    assert office.files() == after
    with monkeypatch.context() as broken:
        broken.setattr("bot.corpus.journal.Journal.drop", fail)
        with pytest.raises(ShelfError, match="the disk is full"):
            office.shelf.undo()
    assert len(office.shelf.undo()) == 1
    assert office.files() == before
    assert office.shelf.undo() == []


@pytest.mark.parametrize("wanted", ["add", "replace", "remove"])
def test_a_change_that_failed_and_could_not_be_tidied_up_is_not_in_the_way(
    office, monkeypatch, wanted
):
    """As on a disk that becomes read-only: even taking away what was made ready fails."""
    office.shelf.add("a1.txt", office.given(article(1)))
    before, found = office.files(), office.find("a1")

    def fail(*_, **__):
        raise OSError(errno.EROFS, "no", str(office.corpus / "a1.txt"))

    with monkeypatch.context() as broken:
        for step in ("put", "take_away"):
            broken.setattr(f"bot.corpus.disk.{step}", fail)
        broken.setattr("pathlib.Path.unlink", fail)
        change = partial(office.shelf.remove, found)
        if wanted != "remove":
            name, given = "a2.txt" if wanted == "add" else "a1.txt", office.given(article(2))
            change = partial(office.shelf.add, name, given, replace=True)
        with pytest.raises(ShelfError, match=r"a1\.txt: can't be written"):
            change()
    left = {name: data for name, data in office.files().items() if not name.startswith(".")}
    assert left == before
    assert [act.name for act in office.shelf.undo()] == ["a1.txt"]
    assert office.shelf.undo() == []
    assert office.files() == {}


def test_files_that_came_together_go_together(office):
    first, _ = office.shelf.add("a1.txt", office.given(article(1)))
    for number in (2, 3):
        office.shelf.add(f"a{number}.txt", office.given(article(number)), batch=first.batch)
    assert [act.name for act in office.shelf.undo()] == ["a3.txt", "a2.txt", "a1.txt"]
    assert office.files() == {}


def test_of_files_that_came_together_none_is_taken_back_where_one_was_changed_since(office):
    first, _ = office.shelf.add("a1.txt", office.given(article(1)))
    for number in (2, 3):
        office.shelf.add(f"a{number}.txt", office.given(article(number)), batch=first.batch)
    office.put("a1.txt", article(4))
    with pytest.raises(ChangedSinceError, match=r"a1\.txt was changed by somebody else"):
        office.shelf.undo()
    assert office.files() == {"a1.txt": article(4), "a2.txt": article(2), "a3.txt": article(3)}
    assert len(office.shelf.undo(skip=True)) == 3


def test_a_file_that_came_twice_together_is_taken_back_twice(office):
    first, _ = office.shelf.add("a1.txt", office.given(article(1)))
    office.shelf.add("a1.txt", office.given(article(2)), replace=True, batch=first.batch)
    assert len(office.shelf.undo()) == 2
    assert office.files() == {}


def test_only_the_last_changes_can_be_taken_back_and_no_more_is_kept(office):
    for number in range(1, KEPT + 4):
        office.shelf.add(f"a{number}.txt", office.given(article(number)))
    kept = 0
    while office.shelf.undo():
        kept += 1
    assert (kept, len(office.files())) == (KEPT, 3)


def test_folders_that_cannot_be_changed_are_named(office, tmp_path):
    single = office.corpus / "a1.txt"
    office.put("a1.txt", article(1))
    file = office.given(article(2))
    with pytest.raises(ShelfError, match="is no folder"):
        Shelf(single, tmp_path / "r", DEFAULT_LIMITS).add("b.txt", file)
    with pytest.raises(ShelfError, match=r"corpus\.removed"):
        Shelf(office.corpus, office.corpus / "r", DEFAULT_LIMITS).add("b.txt", file)
    (tmp_path / "blocked").write_text("")
    with pytest.raises(ShelfError, match="blocked"):
        Shelf(office.corpus, tmp_path / "blocked", DEFAULT_LIMITS).add("b.txt", file)
    assert office.files() == {"a1.txt": article(1)}


CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "replace", "remove", "undo"]), st.integers(1, 4)),
    max_size=12,
)


@settings(max_examples=20)
@given(CHANGES)
def test_whatever_was_done_can_be_taken_back_step_by_step(changes):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.put("snow.jsonl", LINES)
        states = [office.files()]
        for what, number in changes:
            try:
                if what == "undo":
                    if office.shelf.undo():
                        states.pop()
                    assert office.files() == states[-1]
                    continue
                if what == "remove":
                    identity = f"a{number}" if number < 4 else f"snow-{number}"
                    found = office.find(identity)
                    if found is None:
                        continue
                    office.shelf.remove(found)
                else:
                    content = article(number, f"Version {len(states)}.")
                    office.shelf.add(
                        f"a{number}.txt", office.given(content), replace=what == "replace"
                    )
            except NameTakenError:
                assert office.files() == states[-1]
            else:
                states.append(office.files())
        while office.shelf.undo():
            states.pop()
            assert office.files() == states[-1]
        assert len(states) == 1


@pytest.mark.parametrize("small", [0, apart.SMALL])
def test_what_is_large_is_read_in_another_process_with_the_same_result(office, monkeypatch, small):
    monkeypatch.setattr(apart, "SMALL", small)
    office.put("Ж/снег.jsonl", LINES)
    office.put("a1.txt", article(1))
    for identity in ("снег-3", "a1"):
        found = apart.locate_apart(office.corpus, DEFAULT_LIMITS, article_key(identity))
        assert found == office.find(identity)
    assert apart.locate_apart(office.corpus, DEFAULT_LIMITS, article_key("no")) is None
    content = office.given((line(1) + "{}\n").encode())
    brought = apart.survey_apart(content, "Ж.jsonl", DEFAULT_LIMITS)
    assert brought == survey(content, "Ж.jsonl", DEFAULT_LIMITS)
    assert (brought.articles, len(brought.refusals)) == (1, 1)
    with pytest.raises(DatelineError, match="no such file or folder"):
        apart.locate_apart(office.root / "gone", DEFAULT_LIMITS, article_key("a1"))
