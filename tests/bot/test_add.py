"""/add: files that an admin sends are checked, stored among the articles, read, and reported."""

import errno
import gzip
import random

import pytest
from shelves import article, line

from bot import texts
from bot.telegram import albums

REPLACES = texts.ADD_REPLACES


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """An album is taken to be whole as soon as nothing more is under way."""
    monkeypatch.setattr(albums, "QUIET", 0.05)


async def test_a_file_with_the_caption_is_stored_and_read(room):
    told = await room.hands("news.txt", article(7, "A whale sang in the harbour of Leeds."))
    lines = told.text.splitlines()
    assert lines[:2] == ["1 file was added.", "• news.txt: 1 article"]
    assert "Added: 1, changed: 0, removed: 0" in lines
    assert "I hold 7 articles, from 1 January 2020 to 7 January 2020." in lines
    assert lines[-1] == texts.UNDO_HOW
    assert room.files()["news.txt"] == article(7, "A whale sang in the harbour of Leeds.")
    assert "whale" in (await room.says("What sang in the harbour?")).text
    assert len(room.fake.sent(room.desk)) == 2, "one message, edited"


@pytest.mark.parametrize("seed", range(4))
async def test_an_album_is_one_change_whichever_part_has_the_caption(room, seed):
    before = room.files()
    captioned = seed % 3
    parts = [
        room.file(f"b{n}.txt", article(10 + n), "/add" if n == captioned else None, album="one")
        for n in range(3)
    ]
    random.Random(seed).shuffle(parts)
    told = await room.settled(*parts)
    assert told.text.startswith("3 files were added.")
    assert len(room.fake.sent(room.desk)) == 1
    assert room.archive.articles == 9
    undone = await room.says("/undo")
    assert undone.text.count("was removed again") == 3
    assert room.files() == before


async def test_of_an_album_the_good_files_are_taken_and_the_others_told(room):
    told = await room.settled(
        room.file("good.txt", article(8), "/add", album="one"),
        room.file("bad.txt", b"no header\n", album="one"),
        room.file("a1.txt", article(1), album="one"),
        room.file("notes.pdf", b"%PDF", album="one"),
    )
    lines = told.text.splitlines()
    assert lines[0] == "1 file was added."
    assert "no article in it can be used" in next(one for one in lines if "bad.txt" in one)
    assert "already there" in next(one for one in lines if "a1.txt" in one)
    assert "unknown kind of file" in next(one for one in lines if "notes.pdf" in one)
    assert set(room.files()) == {*(f"a{n}.txt" for n in range(1, 7)), "good.txt"}


async def test_a_part_that_comes_late_is_not_dropped_in_silence(room):
    await room.settled(room.file("b.txt", article(8), "/add", album="one"))
    late = await room.settled(room.file("c.txt", article(9), album="one"))
    assert late.text == texts.ADD_HINT
    captioned = await room.settled(room.file("d.txt", article(9), "/add", album="one"))
    assert captioned.text.startswith("1 file was added.")


async def test_an_album_without_a_word_is_told_once_how_to_go_on(room):
    told = await room.settled(
        *(room.file(f"b{n}.txt", article(8 + n), album="a") for n in range(3))
    )
    assert told.text == texts.ADD_USAGE
    late = await room.settled(room.file("b4.txt", article(12), "/add", album="a"))
    assert late.text.startswith("4 files were added.")
    assert len(room.fake.sent(room.desk)) == 2


async def test_lines_that_cannot_be_used_are_told(room):
    content = (line(1) + "{}\n" + line(2)).encode()
    told = await room.hands("snow.jsonl.gz", gzip.compress(content))
    assert "• snow.jsonl.gz: 2 articles" in told.text
    assert "snow.jsonl.gz:2:" in told.text


async def test_an_id_that_is_taken_is_told(room):
    twin = b'{"id": "a1", "title": "Twin", "date": "2020-01-01", "text": "Twin."}\n'
    told = await room.hands("twin.jsonl", twin + line(3).encode())
    assert "the id 'a1' was seen before, in a1.txt" in told.text
    assert room.archive.articles == 7


async def test_another_file_of_that_name_stays_until_it_is_to_be_replaced(room):
    new = article(1, "All new.")
    refused = await room.hands("a1.txt", new)
    assert refused.text.startswith(texts.ADDED_NONE)
    assert REPLACES in refused.text
    assert room.files()["a1.txt"] == article(1)
    file = room.fake.chat(room.desk).messages[refused.reply_to]
    told = await room.says("/add replace", reply_to=file)
    assert told.text.startswith("1 file was added.")
    assert "changed: 1" in told.text
    assert room.files()["a1.txt"] == new
    undone = await room.says("/undo")
    assert "a1.txt is as it was before." in undone.text
    assert room.files()["a1.txt"] == article(1)


async def test_the_same_file_again_is_already_there(room):
    told = await room.hands("a1.txt", article(1), "/add replace")
    assert "already there" in told.text
    assert REPLACES not in told.text


async def test_a_name_may_stand_on_a_line_of_its_own(room):
    await room.hands("new.txt", article(9), "/add replace\na1.txt")
    assert room.files()["a1.txt"] == article(9)


async def test_a_name_may_be_given(room):
    await room.hands("document.txt", article(8), "/add Rain in May.txt")
    await room.hands(None, article(9), "/add nameless.txt")
    assert {"Rain in May.txt", "nameless.txt"} <= set(room.files())
    told = await room.settled(
        room.file("b.txt", article(10), "/add c.txt", album="one"),
        room.file("d.txt", article(11), album="one"),
    )
    assert told.text.count("one file only") == 2


@pytest.mark.parametrize("name", ["../../evil.txt", "..\\evil.txt", "/etc/evil.txt", ".evil.txt"])
async def test_names_stay_in_the_folder(room, name):
    await room.hands(name, article(8))
    assert room.files()["evil.txt"] == article(8)
    assert [
        file for file in room.corpus.parent.rglob("*evil*") if file.parent != room.corpus
    ] == []


async def test_what_telegram_will_not_hand_over_is_said_before_it_is_tried(room):
    told = await room.hands("big.jsonl", b"x" * (21 * 1024 * 1024))
    assert "it is 21.0 MB, and Telegram hands me files of up to 20 MB" in told.text
    assert [call for call in room.fake.calls if call.method == "getFile"] == []


async def test_nor_is_a_single_article_beyond_the_limit_fetched(room):
    corpus = room.services.config.corpus.model_copy(update={"max_file_megabytes": 1})
    room.services.config = room.services.config.model_copy(update={"corpus": corpus})
    told = await room.hands("big.txt", b"x" * 1_500_000)
    assert "it is 1.5 MB, and a file with one article may be up to 1 MB" in told.text
    assert [call for call in room.fake.calls if call.method == "getFile"] == []


async def test_a_file_that_telegram_does_not_hand_over(room, log):
    room.fake.faults.order("getFile", status=400)
    told = await room.hands("news.txt", article(8))
    assert texts.ADD_NOT_FETCHED in told.text
    assert len(room.files()) == 6


async def test_where_the_archive_cannot_follow_nothing_is_added(room, monkeypatch):
    before, archive = room.files(), room.archive
    room.services.config = room.services.config.model_copy(
        update={"retrieval": room.config.retrieval.model_copy(update={"index": "/dev/null/x"})}
    )
    told = await room.hands("news.txt", article(8))
    assert told.text.startswith("The articles stay as they are: ")
    assert room.files() == before
    assert room.archive is archive


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
async def test_a_full_or_read_only_disk_is_named_and_nothing_is_half_written(
    room, monkeypatch, code
):
    def fail(*_):
        raise OSError(code, "no", str(room.corpus))

    before = room.files()
    monkeypatch.setattr("bot.corpus.disk.copy_file", fail)
    told = await room.hands("news.txt", article(8))
    reason = "the disk is full" if code == errno.ENOSPC else "can't be written"
    assert reason in told.text
    assert room.files() == before


async def test_a_full_disk_for_temporary_files_is_named(room, monkeypatch, log):
    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("telegram.File.download_to_drive", fail)
        assert "(No space left on device)" in (await room.hands("news.txt", article(8))).text
    monkeypatch.setattr("tempfile.TemporaryDirectory", fail)
    assert (await room.hands("news.txt", article(8))).text == texts.FAILED
    assert "No space left on device" in log.getvalue()
    assert "OSError" in (await room.says("/status")).text
    (failed,) = [one for one in await room.services.state.audits(9) if "OSError" in one.detail]
    assert (failed.act, failed.detail, failed.result.value) == (
        "add",
        "news.txt OSError",
        "failed",
    )


async def test_additions_wait_for_one_another(room):
    for number in range(3):
        await room.talk.feed(room.file(f"b{number}.txt", article(10 + number), "/add"))
    await room.fake.until(lambda: room.archive.articles == 9, 30)
    await room.fake.until(
        lambda: all(one.text.startswith("1 file") for one in room.fake.sent(room.desk)), 30
    )


async def test_an_undo_behind_an_addition_takes_that_back(room):
    await room.hands("first.txt", article(8))
    adding = room.file("second.txt", article(9), "/add")
    told = await room.settled(adding, room.fake.says(room.desk, room.boss, "/undo"))
    assert "second.txt" in told.text
    assert set(room.files()) & {"first.txt", "second.txt"} == {"first.txt"}


async def test_a_replacement_may_take_its_own_articles_away_and_no_others(room):
    many = "".join(line(number) for number in range(1, 21)).encode()
    await room.hands("snow.jsonl", many)
    told = await room.hands("snow.jsonl", line(1).encode(), "/add replace")
    assert "removed: 19" in told.text
    assert (await room.says("/undo")).text.startswith(texts.UNDONE)
    for number in range(1, 7):
        (room.corpus / f"a{number}.txt").unlink()
    careful = room.config.reload.model_copy(update={"most_lost_percent": 10})
    room.services.config = room.services.config.model_copy(update={"reload": careful})
    told = await room.hands("snow.jsonl", line(1).encode(), "/add replace")
    assert "25 of 26 articles would disappear" in told.text
    assert room.files() == {"snow.jsonl": many}
    undone = (await room.says("/undo")).text
    assert texts.UNDONE_UNREAD.partition("{")[0] in undone
    assert room.archive.articles == 26


async def test_without_a_file_it_says_how(room):
    assert (await room.says("/add")).text == texts.ADD_USAGE
    assert (await room.settled(room.file("b.txt", article(8)))).text == texts.ADD_HINT
    photo = room.fake.sends(room.desk, room.boss, "photo", caption="/add")
    assert (await room.settled(photo)).text == texts.ADD_USAGE


async def test_nobody_else_adds_anything(room):
    ada = room.fake.private(room.talk.ada)
    file = room.fake.hands(ada, room.talk.ada, "b.txt", article(8), caption="/add")
    assert (await room.talk.reply(file)).text == texts.NOT_YOURS
    bare = room.fake.hands(ada, room.talk.ada, "b.txt", article(8))
    assert (await room.talk.reply(bare)).text == texts.NOT_TEXT
    part = room.fake.hands(ada, room.talk.ada, "b.txt", article(8), album="one")
    assert await room.talk.replies(part) == []
    assert len(room.files()) == 6
