"""/status: how the bot is doing, for its admins."""

from datetime import UTC, datetime, timedelta

import pytest
from fake_telegram import FakeTelegram

from bot import texts
from bot.language import LANGUAGES
from bot.statistics import DURATIONS_KEPT, Statistics

BOSS = 500_000_777


@pytest.fixture
async def office(talk_to, seeds, config):
    access = config.access.model_copy(update={"admins": (BOSS,)})
    chat = await talk_to(seeds, config.model_copy(update={"access": access}))
    chat.ada = chat.fake.user("Boss", id=BOSS)
    chat.chat = chat.fake.private(chat.ada)
    return chat


async def test_it_says_what_runs_over_what_and_how_it_answers(office):
    await office.says("When did they meet?")
    await office.says("zyzzyva wuzzle?")
    page = (await office.says("/status")).text
    assert page.startswith("Dateline 0.")
    for line in (
        "I hold one article, of 26 April 2019.",
        "Questions today: 2, answered: 50%",
        "Index: tantivy ",
        "generation",
        "Milliseconds to find an answer: ",
        "Memory: ",
    ):
        assert line in page
    assert "The last errors" not in page


async def test_it_names_the_last_errors_with_their_time(office, log):
    office.fake.faults.order("sendMessage", status=400)
    await office.says("When did they meet?")
    page = await office.says("/status")
    assert "BadRequest" in page.text
    assert [one for one in page.entities if one["type"] == "date_time"]


async def test_the_counts_of_today_survive_a_restart(talk_to, seeds, config, tmp_path):
    access = config.access.model_copy(update={"admins": (BOSS,)})
    state = config.state.model_copy(update={"url": f"sqlite:///{tmp_path}/state.sqlite3"})
    config = config.model_copy(update={"access": access, "state": state})
    before = await talk_to(seeds, config)
    await before.says("When did they meet?")
    await before.says("zyzzyva wuzzle?")
    await before.app.services.close()
    after = await talk_to(seeds, config)
    await after.says("When did they meet?")
    after.ada = after.fake.user("Boss", id=BOSS)
    after.chat = after.fake.private(after.ada)
    assert "Questions today: 3, answered: 67%" in (await after.says("/status")).text


async def test_nobody_else_sees_it(chat):
    assert (await chat.says("/status")).text == texts.NOT_YOURS


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_every_language(office, language):
    user = {**office.ada, "language_code": language}
    await office.feed(office.fake.says(office.chat, user, "/status"))
    fake: FakeTelegram = office.fake
    assert fake.last(office.chat).text.startswith("Dateline 0.")
    assert not fake.refused()


def test_a_new_day_counts_anew_and_little_is_kept():
    now = [datetime(2026, 1, 1, 23, 59, tzinfo=UTC)]
    counted = Statistics(lambda: now[0])
    assert (counted.questions, counted.answered_share, counted.median) == (0, 0.0, None)
    for number in range(2 * DURATIONS_KEPT):
        counted.asked(float(number), answered=number % 2 == 0)
    assert (counted.questions, counted.answered_share) == (2 * DURATIONS_KEPT, 0.5)
    assert counted.slowest == 2 * DURATIONS_KEPT - 1
    assert counted.median == pytest.approx(1.5 * DURATIONS_KEPT, abs=1)
    now[0] += timedelta(minutes=2)
    assert (counted.questions, counted.answered_share) == (0, 0.0)
    for number in range(10):
        counted.failed(f"{number}" * 1_000)
    assert [failure.what[0] for failure in counted.failures] == ["9", "8", "7"]
    assert all(len(failure.what) <= 200 for failure in counted.failures)
