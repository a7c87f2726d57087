"""An index that the disk got wrong: seen, and built anew or told of; never quoted, and no traceback."""

import errno
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from retrieval.archive import Archive
from retrieval.errors import IndexDamageError, IndexStorageError
from retrieval.settings import ArchiveSettings, CorpusSettings, RetrievalSettings

TEXTS = {
    "a": "The bridge opened on Monday.",
    "b": "The tunnel leaks water.",
    "c": "The ferry sank at noon.",
}
QUESTIONS = ("When did the bridge open?", "tunnel", "fery sank")
NOBODY = 65_534


def flipped(content: bytes, chance: random.Random) -> bytes:
    """The same but for a bit."""
    some = bytearray(content)
    if some:
        some[chance.randrange(len(some))] ^= 1 << chance.randrange(8)
    return bytes(some)


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes | None]] = {
    "removed": lambda _content, _chance: None,
    "emptied": lambda _content, _chance: b"",
    "cut short": lambda content, chance: content[: chance.randrange(max(1, len(content)))],
    "of another": lambda content, chance: chance.randbytes(len(content)),
    "of zeros": lambda content, _chance: bytes(len(content)),
    "longer": lambda content, chance: content + chance.randbytes(20),
    "flipped": flipped,
}


def write(corpus: Path, name: str, text: str) -> None:
    file = corpus / f"{name}.txt"
    file.write_text(f"Title: {name}\nDate: 2020-01-08\n\n{text}\n", encoding="utf-8")


def load(corpus: Path, index: Path) -> Archive:
    settings = CorpusSettings(path=corpus, language="en")
    return Archive.load(
        ArchiveSettings(corpus=settings, retrieval=RetrievalSettings(index=str(index)))
    )


def quoted(archive: Archive, question: str) -> list[str]:
    return [excerpt.text for excerpt in archive.ask(question).excerpts]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus and its index, which was brought up to date once: it holds links, and something dead."""
    home = tmp_path_factory.mktemp("home")
    (home / "corpus").mkdir()
    write(home / "corpus", "a", TEXTS["a"])
    write(home / "corpus", "b", "The tunnel was dug.")
    load(home / "corpus", home / "index")
    for name, text in TEXTS.items():
        write(home / "corpus", name, text)
    archive = load(home / "corpus", home / "index")
    for question, text in zip(QUESTIONS, TEXTS.values(), strict=True):
        assert quoted(archive, question) == [text]
    return home


@pytest.fixture
def index(home: Path, tmp_path: Path) -> Path:
    """A copy of the index, to be damaged."""
    return Path(shutil.copytree(home / "index", tmp_path / "index"))


def damage(index: Path, seed: int) -> str:
    """Damage one file, each in its turn; returns its name."""
    chance = random.Random(seed)
    files = sorted(file for file in index.rglob("*") if file.is_file())
    file = files[seed % len(files)]
    content = DAMAGES[chance.choice(sorted(DAMAGES))](file.read_bytes(), chance)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    return file.name


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_index_answers_as_ever_or_says_so(home: Path, index: Path, seed: int) -> None:
    name = damage(index, seed)
    archive = load(home / "corpus", index)
    for question, text in zip(QUESTIONS, TEXTS.values(), strict=True):
        try:
            assert quoted(archive, question) == [text]
        except IndexDamageError as error:
            assert name.endswith(".records")
            assert "start again" in str(error)  # noqa: PT017 - an answer is as good


@pytest.mark.parametrize("seed", range(20))
def test_nothing_damaged_goes_into_the_next_index(
    home: Path, index: Path, tmp_path: Path, seed: int
) -> None:
    damage(index, seed)
    corpus = Path(shutil.copytree(home / "corpus", tmp_path / "corpus"))
    write(corpus, "d", "The harbour froze.")
    archive = load(corpus, index)
    assert quoted(archive, "harbour") == ["The harbour froze."]
    for question, text in zip(QUESTIONS, TEXTS.values(), strict=True):
        assert quoted(archive, question) == [text]


@pytest.mark.parametrize("seed", range(20))
def test_what_goes_wrong_while_it_is_asked_is_never_quoted(
    home: Path, index: Path, seed: int
) -> None:
    chance, archive = random.Random(seed), load(home / "corpus", index)
    files = sorted(file for file in index.rglob("*.*") if file.is_file() and file.stat().st_size)
    # tantivy panics over some of it.
    file = files[seed % len(files)]
    with file.open("r+b") as opened:
        for _ in range(30):
            opened.seek(chance.randrange(file.stat().st_size))
            opened.write(chance.randbytes(1))
    for question in QUESTIONS:
        with suppress(IndexDamageError):
            assert set(quoted(archive, question)) <= set(TEXTS.values())


def test_what_was_removed_is_not_quoted_even_if_the_list_of_it_is_damaged(
    home: Path, index: Path
) -> None:
    archive = load(home / "corpus", index)
    lists = list(index.rglob("*.del"))
    assert lists
    for file in lists:
        with file.open("r+b") as opened:
            opened.write(b"\xff" * file.stat().st_size)
    with pytest.raises(IndexDamageError, match=r"was removed, .* start again"):
        archive.ask("Who dug the tunnel?")


@pytest.mark.parametrize("kept", [0, 10])
def test_records_that_are_cut_short_while_they_are_read_end_nothing_but_the_question(
    home: Path, index: Path, kept: int
) -> None:
    archive = load(home / "corpus", index)
    for file in index.rglob("passages.*.records"):
        os.truncate(file, kept)
    with pytest.raises(IndexDamageError, match=r"passages\.\d+\.records .* start again"):
        archive.ask(QUESTIONS[0])


def test_a_damaged_passage_is_never_quoted(home: Path, index: Path) -> None:
    file = next(index.rglob("passages.000000000000.records"))
    file.write_bytes(file.read_bytes().replace(b"Monday", b"Sunday"))
    with pytest.raises(
        IndexDamageError, match=r"passages\.0+\.records .* record, 0, .* start again"
    ):
        load(home / "corpus", index).ask(QUESTIONS[0])


def test_an_index_that_may_not_be_read_is_no_reason_to_build_another(
    home: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(self: Path, *arguments: str, **named: int) -> IO[bytes]:
        if self.name == "contents.npy":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real(self, *arguments, **named)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(IndexStorageError, match=r"contents\.npy.*let the bot's user own"):
        load(home / "corpus", index)


def test_a_link_in_place_of_a_file_is_not_followed(home: Path, index: Path) -> None:
    file = next(index.rglob("catalogue.sqlite"))
    file.rename(index / "elsewhere")
    file.symlink_to(index / "elsewhere")
    with pytest.raises(IndexDamageError, match=r"catalogue\.sqlite is no file of its own"):
        Archive.open(index)
    assert quoted(load(home / "corpus", index), QUESTIONS[0]) == [TEXTS["a"]]
    assert not next(index.rglob("catalogue.sqlite")).is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_builds_belongs_to_whom_the_folder_does(home: Path, tmp_path: Path) -> None:
    bots = tmp_path / "bots"
    bots.mkdir()
    os.chown(bots, NOBODY, NOBODY)
    corpus = Path(shutil.copytree(home / "corpus", tmp_path / "corpus"))
    for text in ("The ship came.", "The ship went."):
        write(corpus, "d", text)
        load(corpus, bots / "var" / "index")
        made = list(bots.rglob("*"))
        assert len(made) > 10
        assert {(file.stat().st_uid, file.stat().st_gid) for file in made} == {(NOBODY, NOBODY)}


def test_no_link_is_followed_where_others_may_write(home: Path, index: Path) -> None:
    precious = index.parent / "precious"
    precious.write_text("keep")
    (index / "CURRENT").unlink()
    (index / "CURRENT.new").symlink_to(precious)
    load(home / "corpus", index)
    (index / "lock").unlink()
    (index / "lock").symlink_to(precious)
    (index / "CURRENT").unlink()
    with pytest.raises(IndexStorageError, match="can't be written"):
        load(home / "corpus", index)
    assert precious.read_text() == "keep"
