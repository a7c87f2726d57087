"""/remove, /undo and /articles: an admin sees which articles there are, takes one out, and brings it back."""

import errno
import gzip

import pytest
from newsrooms import newsroom
from shelves import article, line

from bot import texts
from bot.corpus import disk
from bot.language import LANGUAGES
from bot.telegram import albums
from bot.telegram.buttons import LONGEST_DATA, Keep, Remove
from retrieval.keys import article_key


async def test_an_article_is_shown_removed_when_that_is_confirmed_and_brought_back(room):
    before = room.files()
    shown = await room.says("/remove a2")
    assert shown.text.splitlines() == [
        texts.REMOVE_ASK,
        "",
        "Rain 2",
        "2 Jan 2020",
        "ID: a2",
        "File: a2.txt",
    ]
    assert shown.labels == [texts.REMOVE_YES, texts.REMOVE_NO]
    assert room.files() == before
    told = await room.presses(shown, texts.REMOVE_YES)
    assert told.text.startswith(texts.REMOVED)
    assert told.buttons == []
    assert "a2.txt" not in room.files()
    assert room.archive.articles == 5
    undone = await room.says("/undo")
    assert "Back in a2.txt: Rain 2" in undone.text
    assert (room.files(), room.archive.articles) == (before, 6)


async def test_or_kept(room):
    shown = await room.says(f"/remove {article_key('a2')}")
    assert (await room.presses(shown, texts.REMOVE_NO)).text == texts.REMOVE_KEPT
    assert room.archive.articles == 6


@pytest.mark.parametrize("packed", [False, True])
async def test_of_a_file_of_lines_one_line_goes(room, packed):
    content = (line(1) + line(2) + line(3)).encode()
    name = "snow.jsonl.gz" if packed else "snow.jsonl"
    await room.hands(name, gzip.compress(content) if packed else content)
    shown = await room.says("/remove snow-2")
    assert f"File: {name}:2" in shown.text
    await room.presses(shown, texts.REMOVE_YES)
    left = room.files()[name]
    assert (gzip.decompress(left) if packed else left) == (line(1) + line(3)).encode()
    assert room.archive.articles == 8
    await room.says("/undo")
    left = room.files()[name]
    assert (gzip.decompress(left) if packed else left) == content


async def test_what_was_changed_meanwhile_is_not_removed(room):
    shown = await room.says("/remove a2")
    (room.corpus / "a2.txt").write_bytes(article(2, "Another text."))
    assert (await room.presses(shown, texts.REMOVE_YES)).text == texts.REMOVE_CHANGED
    assert "a2.txt" in room.files()


async def test_a_button_pressed_twice_removes_once(room):
    shown = await room.says("/remove a2")
    press = [room.fake.presses(shown, texts.REMOVE_YES, room.boss) for _ in range(2)]
    await room.talk.feed(*press)
    await room.fake.until(lambda: room.fake.last(room.desk).text.startswith(texts.REMOVED), 30)
    assert room.archive.articles == 5


@pytest.mark.parametrize("first", [texts.REMOVE_YES, texts.REMOVE_NO])
async def test_a_press_that_comes_late_changes_nothing(room, first):
    shown = await room.says("/remove a2")
    late = [room.fake.presses(shown, label, room.boss) for label in shown.labels]
    told = (await room.presses(shown, first)).text
    before = room.files()
    await room.talk.feed(*late)
    audited = await room.services.state.audits(9)
    assert room.fake.last(room.desk).text == told
    assert room.files() == before
    assert len(audited) == 2


async def test_what_was_not_removed_stands_in_the_audit_log_too(room):
    shown = await room.says("/remove a2")
    (room.corpus / "a2.txt").unlink()
    await room.presses(shown, texts.REMOVE_YES)
    line, asked = await room.services.state.audits(9)
    assert (asked.detail, asked.result.value) == ("a2", "nothing")
    assert line.detail.startswith(f"{article_key('a2')} the article is gone")
    assert line.result.value == "failed"


async def test_a_single_article_may_go_however_careful_a_reload_is(room):
    careful = room.config.reload.model_copy(update={"most_lost_percent": 0})
    room.services.config = room.services.config.model_copy(update={"reload": careful})
    told = await room.presses(await room.says("/remove a1"), texts.REMOVE_YES)
    assert told.text.startswith(texts.REMOVED)
    (room.corpus / "a2.txt").unlink()
    told = await room.presses(await room.says("/remove a3"), texts.REMOVE_YES)
    assert "2 of 5 articles would disappear" in told.text
    assert "a3.txt" in room.files()


async def test_the_last_article_stays(room):
    for number in range(1, 6):
        await room.presses(await room.says(f"/remove a{number}"), texts.REMOVE_YES)
    before = room.files()
    told = await room.presses(await room.says("/remove a6"), texts.REMOVE_YES)
    assert told.text.startswith("The articles stay as they are: ")
    assert room.files() == before
    assert room.archive.articles == 1


async def test_what_there_is_not(room):
    assert (await room.says("/remove")).text == texts.REMOVE_USAGE
    assert (await room.says("/remove b1")).text == texts.REMOVE_UNKNOWN
    (room.corpus / "a1.txt").unlink()
    assert (await room.says("/remove a1")).text == texts.REMOVE_NOT_ON_DISK


async def test_a_forged_button_removes_nothing(room):
    shown = await room.says("/remove a2")
    wanted = next(one["callback_data"] for one in shown.buttons)
    assert len(wanted) <= LONGEST_DATA
    ada = room.talk.ada
    for data in (wanted, str(Remove(article_key("a1"), "0" * 8)), str(Keep())):
        press = room.fake.presses(shown, data, ada, forged=True)
        await room.talk.feed(press)
        (answer,) = room.fake.queries.known[press["callback_query"]["id"]].answers
        assert answer["text"] == texts.NOT_YOURS
    assert room.archive.articles == 6
    assert room.fake.last(room.desk).labels == [texts.REMOVE_YES, texts.REMOVE_NO]


async def test_step_by_step_all_is_taken_back(room):
    states = [room.files()]
    await room.hands("b1.txt", article(8))
    states.append(room.files())
    await room.presses(await room.says("/remove a3"), texts.REMOVE_YES)
    states.append(room.files())
    await room.hands("b1.txt", article(9), "/add replace")
    while states:
        assert (await room.says("/undo")).text.startswith(texts.UNDONE)
        assert room.files() == states.pop()
    assert (await room.says("/undo")).text == texts.UNDO_NOTHING
    assert room.archive.articles == 6


async def test_a_change_of_somebody_else_is_not_destroyed(room):
    await room.hands("b1.txt", article(8))
    await room.hands("b2.txt", article(9))
    (room.corpus / "b2.txt").write_bytes(article(10))
    told = await room.says("/undo")
    assert "b2.txt was changed by somebody else since" in told.text
    assert room.files()["b2.txt"] == article(10)
    assert (await room.says("/undo skip")).text == texts.UNDO_SKIPPED
    assert "b1.txt was removed again." in (await room.says("/undo")).text


async def test_files_that_came_together_are_taken_back_together_or_not_at_all(room, monkeypatch):
    monkeypatch.setattr(albums, "QUIET", 0.05)
    parts = [
        room.file(f"b{n}.txt", article(8 + n), "/add" if not n else None, album="b")
        for n in range(3)
    ]
    await room.settled(*parts)
    (room.corpus / "b0.txt").write_bytes(article(20))
    before = room.files()
    told = (await room.says("/undo")).text
    assert told.startswith(texts.UNDO_FAILED.partition("{")[0])
    assert "b0.txt was changed by somebody else since" in told
    assert room.files() == before
    assert room.archive.articles == 9


async def test_where_one_of_them_cannot_be_put_back_the_archive_follows_the_files(
    room, monkeypatch
):
    monkeypatch.setattr(albums, "QUIET", 0.05)
    parts = [
        room.file(f"b{n}.txt", article(8 + n), "/add" if not n else None, album="b")
        for n in range(3)
    ]
    await room.settled(*parts)
    take_away = disk.take_away

    def fail(target):
        if target.name == "b1.txt":
            raise OSError(errno.EROFS, "no", str(target))
        take_away(target)

    with monkeypatch.context() as broken:
        broken.setattr(disk, "take_away", fail)
        assert "can't be written" in (await room.says("/undo")).text
    assert room.archive.articles == len(room.files()) == 8
    assert (await room.says("/undo")).text.startswith(texts.UNDONE)
    assert room.archive.articles == len(room.files()) == 6


async def test_the_articles_are_listed_newest_first_page_by_page(room):
    lines = "".join(line(number) for number in range(1, 26))
    await room.hands("snow.jsonl", lines.encode())
    first = await room.says("/articles")
    assert first.text.startswith("I hold 31 articles, from 1 January 2020 to 25 February 2021.")
    assert "1–10 of 31" in first.text
    assert first.text.index("Snow 25") < first.text.index("Snow 24")
    assert "`snow-25`" in first.markup or "snow-25" in first.text
    assert first.labels == [texts.ARTICLES_OLDER]
    assert all(len(one["callback_data"]) <= LONGEST_DATA for one in first.buttons)
    page, seen = first, 10
    while texts.ARTICLES_OLDER in page.labels:
        page = await room.presses(page, texts.ARTICLES_OLDER)
        seen += page.text.count("ID: ")
    assert seen == 31
    assert page.text.splitlines()[-1] == "ID: a1"
    back = await room.presses(page, texts.ARTICLES_NEWER)
    assert "21–30 of 31" in back.text
    await room.says("/undo")
    again = await room.presses(back, texts.ARTICLES_OLDER)
    assert again.text.startswith("I hold 6 articles")


async def test_an_id_that_is_hard_to_type_gives_way_to_a_key(room):
    odd = b'{"id": "\xd0\x96 / x", "title": "Odd", "date": "2022-01-01", "text": "Odd."}\n'
    await room.hands("odd.jsonl", odd)
    listed = (await room.says("/articles")).text
    key = article_key("Ж / x")
    assert f"ID: {key}" in listed
    assert "File: odd.jsonl:1" in (await room.says(f"/remove {key}")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_every_language(room, language):
    room.boss["language_code"] = language
    for text in ("/articles", "/remove", "/remove a1", "/add", "/undo"):
        await room.says(text)
    assert not room.fake.refused()


async def test_with_an_index_on_disk(talk_to, config, tmp_path):
    room = await newsroom(talk_to, config, tmp_path, str(tmp_path / "index"))
    assert "Added: 1" in (await room.hands("b1.txt", article(8))).text
    assert (await room.says("/undo")).text.startswith(texts.UNDONE)
    assert room.archive.articles == 6
    status = (await room.says("/status")).text
    assert "(/undo)" in next(one for one in status.splitlines() if "Articles read" in one)
    assert "Size on disk: " in status
