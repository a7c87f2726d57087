"""`corpus.watch`: files that change on disk are read by themselves, once, and the bot's own not again."""

import asyncio

import pytest
from newsrooms import newsroom
from shelves import article

from bot import texts, watching


@pytest.fixture
async def watched(talk_to, config, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "QUIET", 0.05)
    monkeypatch.setattr(watching, "AGAIN", 0.05)
    room = await newsroom(talk_to, config, tmp_path, watch=True)
    await room.app.post_init(room.app)
    yield room
    await room.app.post_stop(room.app)


async def until_watching(room):
    """Change a file until that is seen: how soon watching begins, nobody tells."""
    for number in range(50):
        (room.corpus / "a6.txt").write_bytes(article(6, f"Version {number}."))
        await asyncio.sleep(0.3)
        if room.services.loaded.cause == "corpus.watch":
            await until_quiet(room)
            return
    pytest.fail("nothing was seen")


async def until_quiet(room):
    """Wait until all that was written is read."""
    load = None
    while load is not room.services.last_load:
        load = room.services.last_load
        await asyncio.sleep(0.5)


async def test_a_change_is_read_by_itself(watched):
    await until_watching(watched)
    (watched.corpus / "b.txt").write_bytes(article(7))
    await watched.fake.until(lambda: watched.archive.articles == 7, 30)
    assert watched.fake.sent(watched.desk) == [], "nobody asked"
    assert "(corpus.watch)" in (await watched.says("/status")).text


async def test_the_own_change_is_not_read_twice(watched):
    await until_watching(watched)
    await watched.hands("b.txt", article(7))
    load = watched.services.loaded
    assert load.cause == "/add"
    await asyncio.sleep(0.5)
    assert watched.services.last_load is load


async def test_a_failure_is_told_to_the_admins_once(watched, log):
    await until_watching(watched)
    for number in range(1, 7):
        (watched.corpus / f"a{number}.txt").unlink()
    await watched.fake.until(lambda: watched.fake.sent(watched.desk), 30)
    (watched.corpus / "bad.txt").write_bytes(b"no header\n")
    await watched.fake.until(lambda: log.getvalue().count("could not be read again") > 1, 30)
    told = watched.fake.sent(watched.desk)
    assert len(told) == 1
    assert "/reload force" in told[0].text
    assert watched.archive.articles == 6
    (watched.corpus / "a1.txt").write_bytes(article(1))
    assert (await watched.says("/reload force")).text.startswith(texts.RELOADED)


async def test_a_folder_put_in_the_place_of_another_is_watched_again(watched):
    await until_watching(watched)
    watched.corpus.rename(watched.corpus.with_name("old"))
    watched.corpus.mkdir()
    for number in range(1, 9):
        (watched.corpus / f"a{number}.txt").write_bytes(article(number))
    await watched.fake.until(lambda: watched.archive.articles == 8, 30)
