"""An index that was changed again and again answers as one that was built at once, question by question."""

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from retrieval.archive import Archive
from retrieval.errors import CorpusError
from retrieval.keys import article_key
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.types import Answer, Order

SEEDS = Path(__file__).parents[2] / "seeds"
TODAY = date(2020, 6, 1)
PLACES = ("York", "Leeds", "Oslo", "Kyiv", "Lyon", "Genoa", "Malmö", "Łódź")
SENTENCES = (
    "The river at {place} rose by {number} feet on Monday.",
    "A bridge in {place} was closed, the mayor said.",
    "{person} met the council of {place} last week.",
    "Nobody was hurt when the ferry to {place} turned back.",
    "In {place} the harbour froze for {number} days.",
    "It rained.",
    "Der Zug nach {place} fiel am Montag aus, und {number} Reisende warteten.",
    "Река у города {place} поднялась на {number} футов.",
)
PEOPLE = ("Ada Berg", "Ivan Petrov", "Kim Larsen", "Rosa Díaz")
QUESTIONS = (
    "When did the river rise?",
    "river bridge ferry harbour",
    "Who met the council of Oslo?",
    "latest news from York",
    "What happened last week?",
    "What happened in January 2020?",
    "bridge -mayor",
    '"the ferry to Leeds"',
    "title:flood river",
    "Wann fiel der Zug aus?",
    "Река",
    "hrabour freeze",
    "counicl",
    "zeppelin",
    "When did Kim and Putin meet?",
    "rained",
    "14 feet after:2020-01-05 before:2020-01",
)
MOST_ROWS = 40
NAMES = ("a", "b", "c/a", "c/b", "d", "d-2", "e")


class Newsroom:
    """A folder of articles in which somebody works, at random but the same for each seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)

    def work(self) -> None:
        """Change something."""
        chance = self.random.choice
        act = chance(
            (self.write, self.write, self.write, self.write, self.append, self.append, self.edit, self.edit,
             self.remove, self.rename, self.touch, self.reverse, self.spoil)
        )  # fmt: skip
        act()

    def files(self) -> list[Path]:
        return sorted(file for file in self.folder.rglob("*") if file.is_file())

    def text(self) -> str:
        some = self.random
        sentences = (
            some.choice(SENTENCES).format(
                place=some.choice(PLACES), number=some.randint(10, 15), person=some.choice(PEOPLE)
            )
            for _ in range(some.choice((1, 1, 1, 2, 6, 30)))
        )
        return " ".join(sentences)

    def row(self) -> str:
        some = self.random
        day = date(2020, 1, 1) + timedelta(days=some.randint(0, 9))
        row = {
            "title": some.choice(("", "Flood", "Frost", "Flood in York")),
            "date": str(day),
            "text": self.text(),
        }
        if some.random() < 0.5:
            row["id"] = some.choice((some.choice(NAMES), f"n{some.randint(1, 40)}"))
        if some.random() < 0.1:
            row["url"] = some.choice(("http://example.org/", "nonsense"))
        if some.random() < 0.05:
            row["date"] = "yesterday"
        return json.dumps(row)

    def write(self) -> None:
        name = self.random.choice(NAMES)
        kind = self.random.choice((".txt", ".md", ".jsonl", ".jsonl"))
        file = self.folder / f"{name}{kind}"
        file.parent.mkdir(exist_ok=True)
        if kind == ".jsonl":
            rows = [self.row() for _ in range(self.random.randint(1, MOST_ROWS))]
            file.write_text("\n".join(rows) + "\n", encoding="utf-8")
            return
        row = json.loads(self.row())
        text = row.pop("text")
        head = "\n".join(f"{key}: {value}" for key, value in row.items())
        fence = "---\n" if kind == ".md" else ""
        file.write_text(f"{fence}{head}\n{fence}\n{text}\n", encoding="utf-8")

    def line_file(self) -> Path | None:
        files = [file for file in self.files() if file.suffix == ".jsonl"]
        return self.random.choice(files) if files else None

    def append(self) -> None:
        if (file := self.line_file()) is not None:
            with file.open("a", encoding="utf-8") as opened:
                opened.write(self.row() + "\n")

    def edit(self) -> None:
        if (file := self.line_file()) is not None:
            rows = file.read_text(encoding="utf-8").splitlines()
            place = self.random.randrange(len(rows))
            rows[place : place + self.random.randint(0, 2)] = [
                self.row() for _ in range(self.random.randint(0, 2))
            ]
            file.write_text("\n".join(rows) + "\n", encoding="utf-8")

    def reverse(self) -> None:
        if (file := self.line_file()) is not None:
            rows = file.read_text(encoding="utf-8").splitlines()
            file.write_text("\n".join(reversed(rows)) + "\n", encoding="utf-8")

    def remove(self) -> None:
        files = self.files()
        if len(files) > 1:
            self.random.choice(files).unlink()

    def rename(self) -> None:
        files = self.files()
        if files:
            file = self.random.choice(files)
            target = self.folder / f"{self.random.choice(NAMES)}{file.suffix}"
            target.parent.mkdir(exist_ok=True)
            file.rename(target)

    def touch(self) -> None:
        files = self.files()
        if files:
            self.random.choice(files).touch()

    def spoil(self) -> None:
        name = self.random.choice(NAMES)
        (self.folder / f"{name}.txt").parent.mkdir(exist_ok=True)
        (self.folder / f"{name}.txt").write_text("no header at all", encoding="utf-8")


def asked(archive: Archive) -> Iterator[tuple[str, Answer]]:
    """What an archive says to all questions, but for the time that took."""
    for question in QUESTIONS:
        for order, skip in ((Order.BEST, 0), (Order.NEWEST, 3)):
            said = archive.ask(question, 5, today=TODAY, order=order, skip=skip)
            yield f"{question} {order} {skip}", replace(said, milliseconds=0.0)
    followed = archive.ask("and in Leeds?", 5, today=TODAY, after="When did the river rise?")
    yield "and in Leeds?", replace(followed, milliseconds=0.0)
    for skip in (0, 7, 40):
        yield f"newest {skip}", replace(archive.newest(7, skip=skip), milliseconds=0.0)


def assert_same(one: Archive, other: Archive) -> None:
    """Hold two archives of the same articles against each other."""
    for (question, said), (_, expected) in zip(asked(one), asked(other), strict=True):
        assert said == expected, question
    for what in (
        "articles", "passages", "first_day", "last_day", "languages", "refusals", "notes", "examples", "generation",
    ):  # fmt: skip
        assert getattr(one, what) == getattr(other, what), what
    ours, theirs = list(one.all_passages()), list(other.all_passages())
    assert [(each.source, each.text) for each in ours] == [
        (each.source, each.text) for each in theirs
    ]
    for identity in {each.source.id for each in ours}:
        assert one.article(article_key(identity)) == other.article(article_key(identity))
    assert not one.changes_since(other)


def load(corpus: Path, index: Path | str = IN_MEMORY) -> Archive:
    return Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=corpus), retrieval=RetrievalSettings(index=str(index))
        )
    )


def load_or_why(corpus: Path, index: Path | str = IN_MEMORY) -> Archive | str:
    """The archive, or why there is none."""
    try:
        return load(corpus, index)
    except CorpusError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(3))
def test_many_small_changes_come_to_the_same(tmp_path: Path, seed: int) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(SEEDS, corpus)
    newsroom = Newsroom(corpus, seed)
    for step in range(9):
        for _ in range(newsroom.random.randint(1, 4)):
            newsroom.work()
        live = load_or_why(corpus, index)
        if step % 4 == 0:
            at_once = load_or_why(corpus)
            if isinstance(live, str) or isinstance(at_once, str):
                assert live == at_once
            else:
                assert_same(live, at_once)
    assert_same(load(corpus, index), load(corpus, tmp_path / "at once"))
