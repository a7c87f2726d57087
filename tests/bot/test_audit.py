"""The audit log: what was done that only admins may do, and what others tried."""

import asyncio
import os
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelves import article

from bot import texts
from bot.state import Result
from bot.telegram.buttons import LONGEST_DATA, Audited, read_press
from bot.telegram.trail import STOPPED

BOSS = 500_000_777


async def lines(talk):
    """The log as the bot keeps it, the first first: who, what, what came of it."""
    found = await talk.app.services.state.audits(100, 0)
    return [(line.who, line.act, line.detail, line.result.value) for line in reversed(found)]


async def until(talk, count):
    """The log once it holds so many lines."""
    async with asyncio.timeout(30):
        while len(found := await lines(talk)) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return found


@pytest.fixture
async def office(talk_to, seeds, config):
    """The bot and its admin, with a small quota."""
    update = {
        "quota": config.quota.model_copy(update={"user": 3}),
        "access": config.access.model_copy(update={"admins": (BOSS,)}),
    }
    chat = await talk_to(seeds, config.model_copy(update=update))
    chat.boss = chat.fake.user("Boss", id=BOSS)
    chat.desk = chat.fake.private(chat.boss)
    return chat


async def test_each_act_with_what_came_of_it(room):
    boss = str(room.boss["id"])
    await room.hands("snow.txt", article(9))
    await until(room.talk, 1)
    await room.says("/undo")
    await until(room.talk, 2)
    await room.says("/reload")
    await until(room.talk, 3)
    await room.says("/status")
    for file in room.corpus.iterdir():
        file.unlink()
    await room.says("/reload force")
    found = await until(room.talk, 5)
    assert found[:4] == [
        (boss, "add", "snow.txt (+)", "done"),
        (boss, "undo", "add snow.txt", "done"),
        (boss, "reload", "", "nothing"),
        (boss, "status", "", "done"),
    ]
    assert found[4][:2] + found[4][3:] == (boss, "reload", "failed")
    assert "holds no article" in found[4][2]


async def test_what_the_end_of_the_bot_broke_off_says_so(room, monkeypatch):
    async def never(*_, **__):
        await asyncio.Event().wait()

    monkeypatch.setattr("bot.reloading.Reloader.reload", never)
    await room.talk.feed(room.fake.says(room.desk, room.boss, "/reload"))
    await asyncio.sleep(0)
    await room.app.post_stop(room.app)
    (line,) = await lines(room.talk)
    assert line[1:] == ("reload", STOPPED, "failed")


async def test_what_strangers_try_stands_there_as_far_as_the_quota_lasts(office):
    for _ in range(10):
        await office.feed(office.fake.says(office.chat, office.ada, "/reload"))
    found = await lines(office)
    assert len(found) == 3
    assert {line[1:] for line in found} == {("reload", "", "refused")}
    assert str(office.ada["id"]) not in str(found)


async def test_sighup_stands_there_as_the_bots_own(office):
    await office.app.post_init(office.app)
    os.kill(os.getpid(), signal.SIGHUP)
    assert await until(office, 1) == [("bot", "reload", "SIGHUP", "nothing")]


async def test_it_is_shown_page_by_page(office):
    for number in range(14):
        await office.app.services.state.audit(BOSS, "test", str(number), Result.DONE)
    await office.feed(office.fake.says(office.desk, office.boss, "/audit"))
    page = office.fake.last(office.desk)
    assert page.text.startswith(texts.AUDIT_TITLE)
    assert page.text.count("\n• ") == 10
    assert f"{BOSS} test 13 done" in page.text
    await office.feed(office.fake.presses(page, "More", office.boss))
    page = office.fake.last(office.desk)
    assert f"{BOSS} test 0 done" in page.text
    # The first look at it stands there too by now.
    assert page.text.count("\n• ") == 5
    await office.feed(office.fake.presses(page, "Back", office.boss))
    assert f"{BOSS} test 13 done" in office.fake.last(office.desk).text


async def test_nobody_else_turns_its_pages(office):
    await office.app.services.state.audit(BOSS, "secret", "", Result.DONE)
    before = len(office.fake.sent(office.chat))
    answer = await office.says("What rose in Leeds?")
    await office.feed(office.fake.presses(answer, str(Audited(0)), office.ada, forged=True))
    assert "secret" not in "".join(m.text for m in office.fake.sent(office.chat)[before:])
    assert (await lines(office))[-1][1::2] == ("audited", "refused")


@given(st.integers(0, 10**12))
def test_its_buttons_say_where_to_go_on(skip):
    assert len(str(Audited(skip))) <= LONGEST_DATA
    assert read_press(str(Audited(skip))) in {Audited(skip), None}
    if skip < 36**9:
        assert read_press(str(Audited(skip))) == Audited(skip)
