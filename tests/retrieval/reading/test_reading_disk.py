"""What the disk can do to a reader: paths, gzip, links, pipes, permissions, changes."""

import gzip
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retrieval.errors import CorpusError
from retrieval.reading import ReadingLimits, read_corpus
from retrieval.types import Corpus

ONE = "date 2019-04-26 T\n\nBody"
LINE = '{"title": "T", "date": "2019-04-26", "text": "Body"}\n'
NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so root steps down for as long as this lasts."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anybody can reach; pytest's own are root's alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_missing_path(tmp_path):
    with pytest.raises(CorpusError, match="nowhere: no such file or folder; give the path of"):
        read_corpus(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["a.txt/b", "a\0b", "x" * 300])
def test_a_path_that_cannot_be(folder, name):
    (folder / "a.txt").write_text(ONE)
    with pytest.raises(CorpusError):
        read_corpus(folder / name)


def test_an_empty_folder_is_an_empty_corpus(folder):
    assert read_corpus(folder) == Corpus(())


def test_one_file_of_an_unknown_kind_is_refused(folder):
    (folder / "a.pdf").write_text("x")
    assert [refusal.file for refusal in read_corpus(folder / "a.pdf").refusals] == ["a.pdf"]


def test_a_link_given_as_the_path_is_followed(folder, tmp_path):
    (folder / "a.txt").write_text(ONE)
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "b.txt").symlink_to(folder / "a.txt")
    assert [article.id for article in read_corpus(tmp_path / "link").articles] == ["a"]
    assert [article.id for article in read_corpus(tmp_path / "b.txt").articles] == ["b"]


@pytest.mark.parametrize("mode", [0o000, 0o300])
def test_a_path_without_permission(public, mode):
    file, inner = public / "a.txt", public / "in"
    file.write_text(ONE)
    inner.mkdir()
    file.chmod(mode)
    inner.chmod(mode)
    with as_nobody():
        with pytest.raises(
            CorpusError, match=r"a\.txt: permission denied; let the bot's user read"
        ):
            read_corpus(file)
        with pytest.raises(CorpusError, match="in: permission denied; let the bot's user read"):
            read_corpus(inner)


def test_files_and_folders_without_permission_are_refused(public):
    for name in ("a/a.txt", "b.txt", "c.txt"):
        (public / name).parent.mkdir(exist_ok=True)
        (public / name).write_text(ONE)
    (public / "a").chmod(0o000)
    (public / "b.txt").chmod(0o000)
    (public / "d.txt").symlink_to("a/a.txt")
    with as_nobody():
        corpus = read_corpus(public)
    assert [article.id for article in corpus.articles] == ["c"]
    denied = "permission denied; let the bot's user read it"
    assert [str(refusal) for refusal in corpus.refusals] == [
        f"a: the folder was not read: {denied}",
        f"d.txt: {denied}",
        f"b.txt: {denied}",
    ]


def test_broken_gzip_is_refused(read):
    packed = gzip.compress(ONE.encode())
    wrong_sum = packed[:-8] + bytes(4) + packed[-4:]
    corpus = read(
        {
            "cut.txt.gz": packed[:-12],
            "empty.txt.gz": b"",
            "plain.txt.gz": ONE,
            "sum.txt.gz": wrong_sum,
            "tail.txt.gz": packed + b"rubbish",
            "torn.md.gz": packed[:12] + b"\xff\xff" + packed[14:],
        }
    )
    assert corpus.articles == ()
    reasons = {refusal.file: refusal.reason for refusal in corpus.refusals}
    assert reasons["cut.txt.gz"] == "the gzip data is cut short; copy the file again"
    assert reasons["empty.txt.gz"].startswith("empty file")
    for name in ("plain.txt.gz", "sum.txt.gz", "tail.txt.gz", "torn.md.gz"):
        assert reasons[name].startswith("not sound gzip data (")


def test_the_lines_before_a_break_in_gzip_are_used(read):
    lines = "".join(LINE.replace("Body", os.urandom(400).hex()) for _ in range(2000))
    corpus = read({"a.jsonl.gz": gzip.compress(lines.encode())[:-100_000], "b.txt": ONE})
    count = len(corpus.articles) - 1
    cut = "the gzip data is cut short; copy the file again"
    assert 100 < count < 2000
    assert corpus.articles[-1].id == "b"
    assert [str(refusal) for refusal in corpus.refusals] == [
        f"a.jsonl.gz:{count + 1}: not read on from here: {cut}"
    ]


def test_a_gzip_bomb_is_refused(read):
    bomb = gzip.compress(bytes(30_000_000))
    corpus = read({"a.txt.gz": bomb, "b.jsonl.gz": gzip.compress(LINE.encode()) + bomb})
    assert [article.id for article in corpus.articles] == ["b-1"]
    assert [(refusal.file, refusal.line) for refusal in corpus.refusals] == [
        ("a.txt.gz", None),
        ("b.jsonl.gz", 2),
    ]
    assert all("too large: more than 20 MB" in refusal.reason for refusal in corpus.refusals)


def test_a_gzip_bomb_in_a_line_is_given_up(read):
    limits = ReadingLimits(max_line_megabytes=0.1)
    corpus = read({"a.jsonl.gz": gzip.compress(bytes(30_000_000))}, limits)
    assert corpus.refusals[-1].reason.startswith("not read on from here: this line has no end")


def test_links(folder, tmp_path):
    (tmp_path / "secret.txt").write_text(ONE)
    (tmp_path / "outside").mkdir()
    (folder / "sub").mkdir()
    (folder / ".data").mkdir()
    (folder / "sub" / "real.txt").write_text(ONE)
    (folder / ".data" / "x.txt").write_text(ONE)
    for name, target in {
        "a-same.txt": "sub/real.txt",
        "b-out.txt": "../secret.txt",
        "c-folder": "sub",
        "d-loop.txt": "e-loop.txt",
        "e-loop.txt": "d-loop.txt",
        "f-dangling.txt": "nothing.txt",
        "g-outside": tmp_path / "outside",
        "h-root": ".",
        "i-hidden.txt": ".data/x.txt",
        "sub/up": "../..",
    }.items():
        (folder / name).symlink_to(target)
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["i-hidden", "real"]
    root, above = os.path.realpath(folder), os.path.realpath(tmp_path)
    out = "a link that leads out of the corpus folder, to"
    advice = "copy the file in, or remove the link"
    again = "a link to a folder that is read already,"
    assert sorted(str(refusal) for refusal in corpus.refusals) == [
        "a-same.txt: a link to a file seen before, sub/real.txt; remove the link",
        f"b-out.txt: {out} {above}/secret.txt; {advice}",
        f"c-folder: {again} {root}/sub; remove the link",
        "d-loop.txt: the link leads round in a loop; remove it",
        "e-loop.txt: the link leads round in a loop; remove it",
        "f-dangling.txt: a link to nothing.txt, which does not exist; remove or mend the link",
        f"g-outside: {out} {above}/outside; {advice}",
        f"h-root: {again} {root}; remove the link",
        f"sub/up: {out} {above}; {advice}",
    ]


def test_links_into_a_hidden_folder_are_read_once(folder):
    # As Kubernetes mounts a folder of files: all is kept in a hidden folder and linked.
    (folder / "..2019").mkdir()
    (folder / "..2019" / "in").mkdir()
    (folder / "..2019" / "in" / "a.txt").write_text(ONE)
    (folder / "..2019" / "in" / "up").symlink_to("..")
    (folder / "..data").symlink_to("..2019")
    (folder / "news").symlink_to("..data/in")
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["a"]
    assert [refusal.file for refusal in corpus.refusals] == ["news/up/in"]


def test_pipes_and_sockets_are_refused_without_waiting(folder, monkeypatch):
    os.mkfifo(folder / "pipe.txt")
    monkeypatch.chdir(folder)  # the name of a socket may be about 100 characters long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        corpus = read_corpus(folder)
    assert [str(refusal) for refusal in corpus.refusals] == [
        f"{name}.txt: not a regular file but a pipe, socket, device or folder; remove it"
        for name in ("pipe", "socket")
    ]
    assert read_corpus(folder / "pipe.txt").refusals == corpus.refusals[:1]
    assert len(read_corpus(Path("/dev/zero")).refusals) == 1


def test_a_folder_may_have_the_name_of_a_file(read):
    assert [article.id for article in read({"a.txt/b.txt": ONE}).articles] == ["b"]


def test_a_file_that_vanishes_is_refused(folder):
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (folder / name).write_text(ONE)

    def meddle(count: int) -> None:
        if count == 1:
            (folder / "b.txt").unlink()
            (folder / "c.txt").unlink()
            (folder / "c.txt").symlink_to("/etc/passwd")

    corpus = read_corpus(folder, progress=meddle)
    assert [article.id for article in corpus.articles] == ["a", "d"]
    assert [refusal.file for refusal in corpus.refusals] == ["b.txt", "c.txt"]
    assert "vanished while" in corpus.refusals[0].reason


def test_a_file_that_grows_while_it_is_read_is_told(folder):
    file = folder / "a.jsonl"
    file.write_text(LINE * 3)

    def grow(count: int) -> None:
        if count == 1:
            with file.open("a") as end:
                end.write(LINE[:20])

    corpus = read_corpus(folder, progress=grow)
    assert [article.id for article in corpus.articles][:3] == ["a-1", "a-2", "a-3"]
    assert corpus.refusals[-1].reason.startswith("it changed while it was being read")


def test_names_that_are_not_utf8_are_escaped(folder):
    for name, text in {b"caf\xe9.txt": ONE, b"bad\xe9.txt": "bad"}.items():
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(text)
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["caf\\xe9"]
    assert [refusal.file for refusal in corpus.refusals] == ["bad\\xe9.txt"]


def test_a_very_deep_folder_is_read_as_far_as_paths_go(folder):
    here = os.open(folder, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("x" * 250, dir_fd=here)
        below = os.open("x" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    (folder / "z.txt").write_text(ONE)
    corpus = read_corpus(folder)
    assert [article.id for article in corpus.articles] == ["z"]
    assert "its path is too long" in corpus.refusals[0].reason
