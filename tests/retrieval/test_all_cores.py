"""Where many articles come, worker processes analyse them: the index is the same, and none outlives its parent."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import preparing, wordcounts
from retrieval.archive import Archive
from retrieval.building import Wanted
from retrieval.cores import cores
from retrieval.errors import IndexStorageError
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings

PLACES = ("York", "Leeds", "Oslo", "Kyiv", "Lyon", "Genoa", "Malmö", "Łódź")
USABLE = 237
"""Of 240 articles that `write` makes."""

ROOT = Path(preparing.__file__).parents[1]

LONGEST_WAIT = 20.0
"""Seconds."""

TEXTS = (
    "The river at {place} rose by {number} feet on Monday. It's “over”, said the mayor’s wife.",
    "Der Zug nach {place} fiel am Montag aus, und {number} Reisende warteten auf dem Bahnhof.",
    "Река у города {place} поднялась на {number} футов в понедельник, сообщил мэр.",
    "",
)


def write(corpus: Path, articles: int) -> None:
    """Articles in several languages, one of them broken, one in a hundred with the id of the one before."""
    corpus.mkdir()
    with (corpus / "all.jsonl").open("w", encoding="utf-8") as file:
        for number in range(articles):
            text = TEXTS[number % len(TEXTS)].format(place=PLACES[number % 8], number=number)
            row = {
                "id": f"a{number - number % 100 // 99}",
                "title": f"Flood {number} in {PLACES[number % 5]}",
                "date": f"2020-03-{1 + number % 31:02}",
                "text": text,
            }
            file.write(json.dumps(row) + "\n" if number != 77 else "{broken\n")


def settings(corpus: Path, index: str) -> ArchiveSettings:
    return ArchiveSettings(
        corpus=CorpusSettings(path=corpus), retrieval=RetrievalSettings(index=index)
    )


@pytest.fixture
def many_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few articles are reason enough to begin processes."""
    monkeypatch.setattr(preparing, "ALONE", 5)
    monkeypatch.setattr(preparing, "WORTH_IT", 10)
    monkeypatch.setattr(preparing, "BATCH_CHARACTERS", 1_000)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


@pytest.mark.usefixtures("many_hands")
def test_an_index_is_the_same_however_many_processes_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, 240)
    at_work: set[int | None] = set()
    told: list[tuple[int, int]] = []

    def progress(taken: int, total: int) -> None:
        at_work.update(child.pid for child in multiprocessing.active_children())
        told.append((taken, total))

    by_many = Archive.load(settings(corpus, str(tmp_path / "index")), progress)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    monkeypatch.setattr(wordcounts, "MOST_HELD", 3)
    monkeypatch.setattr(preparing, "MOST_WORDS", 3)
    by_one = Archive.load(settings(corpus, IN_MEMORY))
    assert len(at_work) == 2
    assert [taken for taken, _ in told] == list(range(1, USABLE + 1))
    assert told[-1] == (USABLE, USABLE)
    assert [passage.encode() for passage in by_many.all_passages()] == [
        passage.encode() for passage in by_one.all_passages()
    ]
    assert by_many.notes == by_one.notes
    assert by_many.refusals == by_one.refusals
    assert by_many.languages == by_one.languages
    assert not by_many.changes_since(by_one)
    for question in ("Which river rose?", "Wo fiel der Zug aus?", "floood in Leeds", "Река"):
        many, one = by_many.ask(question), by_one.ask(question)
        assert many.excerpts == one.excerpts
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("many_hands")
def test_a_worker_that_is_killed_is_told_of_and_the_next_build_is_whole(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, 240)

    def kill(_taken: int, _total: int) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    wanted = settings(corpus, str(tmp_path / "index"))
    with pytest.raises(IndexStorageError, match="ended from outside"):
        Archive.load(wanted, kill)
    assert not multiprocessing.active_children()
    assert not list((tmp_path / "index").glob("building-*"))
    assert Archive.load(wanted).articles == USABLE


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for child processes")
@pytest.mark.parametrize("word", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_a_build_that_is_ended(tmp_path: Path, word: signal.Signals) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one core: no workers")
    corpus = tmp_path / "corpus"
    write(corpus, 20_000)
    wanted = Wanted(settings=settings(corpus, str(tmp_path / "index")), most_lost=1.0)
    command = [sys.executable, "-m", "retrieval.building"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as building:
        try:
            assert building.stdin is not None
            building.stdin.write(wanted.model_dump_json().encode())
            building.stdin.close()
            workers = _wait_for_children(building.pid)
            building.send_signal(word)
            building.wait(LONGEST_WAIT)
        finally:
            building.kill()
    deadline = time.monotonic() + LONGEST_WAIT
    while any(map(_runs, workers)):
        assert time.monotonic() < deadline, "a worker is left"
        time.sleep(0.02)


SCRIPT = """
from pathlib import Path
from retrieval import preparing
from retrieval.archive import Archive
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings
preparing.ALONE, preparing.WORTH_IT, preparing.BATCH_CHARACTERS = 5, 10, 1_000
archive = Archive.load(
    ArchiveSettings(corpus=CorpusSettings(path=Path("corpus")), retrieval=RetrievalSettings(index="index"))
)
print(archive.articles)
"""


def test_a_script_that_guards_nothing_loads_an_archive(tmp_path: Path) -> None:
    write(tmp_path / "corpus", 240)
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_WAIT,
    )
    assert (done.stdout, done.stderr) == (f"{USABLE}\n", "")


@pytest.mark.parametrize(
    ("groups", "limits", "wanted"),
    [
        ("0::/a/b\n", {"a/b": "max 100000", "a": "150000 100000"}, 2),
        ("0::/a/b\n", {"a/b": "100000 100000", "a": "300000 100000"}, 1),
        ("0::/\n", {"": "50000 100000"}, 1),
        ("0::/a\n", {}, 4),
        ("0::/a\n", {"a": "garbled", "": "max"}, 4),
        ("5:cpu:/a\n", {"a": "100000 100000"}, 4),
        (None, {}, 4),
    ],
)
def test_no_more_cores_are_counted_than_the_control_group_is_given(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    groups: str | None,
    limits: dict[str, str],
    wanted: int,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    if groups is not None:
        (tmp_path / "proc" / "self").mkdir(parents=True)
        (tmp_path / "proc" / "self" / "cgroup").write_text(groups)
    for group, limit in limits.items():
        folder = tmp_path / "sys" / "fs" / "cgroup" / group
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cpu.max").write_text(limit)
    assert cores(tmp_path) == wanted


CHANGES = st.lists(st.tuples(st.booleans(), st.lists(st.sampled_from("abcdefgh\ud800"))))


@given(CHANGES)
def test_words_are_counted_the_same_however_few_are_held(
    changes: list[tuple[bool, list[str]]],
) -> None:
    plain: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wordcounts, "MOST_HELD", 2)
        counts = wordcounts.WordCounts()
        for come, words in changes:
            (counts.add if come else counts.subtract)(words)
            (plain.update if come else plain.subtract)(words)
        assert list(counts.items()) == sorted(plain.items())


def _wait_for_children(parent: int) -> list[int]:
    """The workers, and what keeps count of what they share."""
    deadline = time.monotonic() + LONGEST_WAIT
    listed = Path(f"/proc/{parent}/task")
    while time.monotonic() < deadline:
        found = [
            int(pid)
            for task in listed.iterdir()
            for pid in (task / "children").read_text().split()
        ]
        if len(found) >= 3:
            return found
        time.sleep(0.02)
    pytest.fail("no worker was begun")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
