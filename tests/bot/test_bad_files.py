"""Bad files by the hundred, in one folder: /reload takes what it can, names the others with a reason, and goes on."""

import gzip
import json
import os
import random
import socket
import threading

import pytest

from bot import texts
from bot.config import load_config
from retrieval.archive import Archive

BOSS = 500_000_777
GOOD = "Title: Rain in Leeds\nDate: 2020-01-02\n\nIt rained in Leeds, and the river rose by two feet.\n"
LINE = json.dumps(
    {"title": "Snow", "date": "2020-01-03", "text": "It snowed in York all day long."}
)
FRONT = f"---\ntitle: Sun\ndate: 2020-01-04\n---\n{GOOD}"
ENDINGS = (".txt", ".md", ".jsonl", ".txt.gz", ".jsonl.gz", ".md.gz")
PIECES = (
    "Title:", "Date:", "date ", "2020-02-30", "0000-00-00", "99999-01-01", "---\n", "title: [", "{", "}", '"',
    "\\u0000", "\n\n", "\r", "\0", "\ufeff", "\u2028", "\u202e", "&amp;", "!!python/object:os.system", "&a [*a]",
    "null", "1e999", '{"title": 1}', '{"date": "yesterday"}', "[" * 2_000, "../../etc/passwd", "é" * 50, "\U0001f4a9",
)  # fmt: skip
ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-16",
    "utf-32",
    "cp1252",
    "koi8-r",
    "shift_jis",
    "gb18030",
    "utf-7",
)
NAMES = (
    "new\nline{}.txt", "-rf{}.txt", "..{}.txt", "tab\t{}.md", "\u202egpj{}.txt", " {}.txt", "{}.txt ", "CON{}.txt",
    "{}" + "n" * 200 + ".txt", "e\u0301{}.txt", "{};rm -rf.jsonl", "*{}?.txt", "{}.TXT", "{}.docx", "{}.zip", "{}",
)  # fmt: skip


def mutated(chance: random.Random, ending: str) -> bytes:
    """An article that something has happened to."""
    text = {".txt": GOOD, ".md": FRONT, ".jsonl": LINE}[ending.removesuffix(".gz")]
    for _ in range(chance.choice((0, 1, 1, 2, 5))):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 1:
                text = text[:at]
            case 2:
                text = text[:at] + text[at + chance.randrange(40) :]
            case _:
                text = text[at:] + text[:at]
    data = text.encode(chance.choice(ENCODINGS), "replace")
    if chance.random() < 0.3:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randrange(30)) + data[at:]
    return data


def fill(folder, chance: random.Random, count: int) -> None:
    """Put so many files of all kinds into a folder."""
    for number in range(count):
        ending = chance.choice(ENDINGS)
        data = mutated(chance, ending)
        if ending.endswith(".gz") and chance.random() < 0.8:
            data = gzip.compress(data)
            data = data[: chance.randrange(len(data))] if chance.random() < 0.3 else data
        name = (
            chance.choice(NAMES).format(number) if chance.random() < 0.4 else f"f{number}{ending}"
        )
        (folder / name).write_bytes(data)
    (folder / "empty.txt").touch()
    (folder / "folder.txt").mkdir()
    (folder / "large.txt").write_bytes(b"x" * 2_100_000)
    (folder / "out.txt").symlink_to("/etc/hostname")
    (folder / "nowhere.txt").symlink_to("missing")
    (folder / "round.txt").symlink_to("round.txt")
    (folder / "again").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    (folder / b"not\xffutf8.txt".decode("utf-8", "surrogateescape")).write_bytes(b"no header")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "s.txt"))
    deep = folder
    for _ in range(30):
        deep /= "deep"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(GOOD)


@pytest.fixture
async def office(talk_to, config, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "good.txt").write_text(GOOD)
    places = load_config(None, corpus=corpus, index=str(tmp_path / "index"), environment={})
    update = {
        "corpus": places.corpus.model_copy(update={"max_file_megabytes": 2}),
        "retrieval": places.retrieval,
        "access": config.access.model_copy(update={"admins": (BOSS,)}),
    }
    chat = await talk_to(Archive.load(places.archive), config.model_copy(update=update))
    chat.corpus = corpus
    chat.boss = chat.fake.user("Boss", id=BOSS)
    chat.desk = chat.fake.private(chat.boss)
    return chat


async def reload(office, command="/reload"):
    await office.feed(office.fake.says(office.desk, office.boss, command))
    told = office.fake.last(office.desk).id
    waiting = texts.RELOADING.partition(" …")[0]

    def text():
        return office.fake.chat(office.desk).messages[told].text

    await office.fake.until(lambda: not text().startswith(waiting), 60)
    return text()


@pytest.mark.parametrize("seed", range(2))
async def test_each_is_taken_or_refused_with_its_reason(office, seed):
    fill(office.corpus, random.Random(seed), 300)
    assert (await reload(office)).startswith(texts.RELOADED)
    archive = office.app.services.archive
    assert len(archive.refusals) > 100
    assert archive.articles > 30
    for refusal in archive.refusals:
        assert refusal.reason
        assert "\n" not in str(refusal)
        assert str(refusal).isprintable()
        assert "Traceback" not in refusal.reason
    names = " ".join(refusal.file for refusal in archive.refusals)
    for bad in (
        "empty.txt",
        "large.txt",
        "out.txt",
        "nowhere.txt",
        "round.txt",
        "again",
        "pipe.txt",
        "s.txt",
    ):
        assert bad in names
    assert "river" in (await office.says("What rose in Leeds?")).text


async def test_files_that_change_while_they_are_read(office):
    stop = threading.Event()

    def rewrite() -> None:
        chance = random.Random(7)
        while not stop.wait(0.0002):  # else the reader would hardly have its turn
            file = office.corpus / f"busy{chance.randrange(20)}.txt"
            match chance.randrange(3):
                case 0:
                    file.write_text(GOOD * chance.randrange(1, 300))
                case 1:
                    file.unlink(missing_ok=True)
                case _:
                    with file.open("a") as stream:
                        stream.write("It rained again.\n")

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(3):
            told = await reload(office)
            assert told.startswith((texts.RELOADED, "The articles stay as they are: "))
            assert "river" in (await office.says("What rose in Leeds?")).text
    finally:
        stop.set()
        writer.join()
    assert (await reload(office, "/reload force")).startswith(texts.RELOADED)
