"""/forget shows what is kept about somebody and removes it; /privacy says what is kept at all."""

import pytest
from fake_telegram import FakeTelegram

from bot import texts
from bot.language import LANGUAGES
from bot.services import Services
from bot.telegram.buttons import LONGEST_DATA

QUESTION = "When did they meet?"


def services(chat) -> Services:
    return chat.app.services


async def leave_traces(chat, user=None):
    """A setting, a vote and two answers of somebody in their private chat; three entries and one more."""
    fake: FakeTelegram = chat.fake
    user = user or chat.ada
    room = fake.private(user)
    for text in (QUESTION, "Who is Koo Kab-woo?"):
        await chat.feed(fake.says(room, user, text))
    await chat.feed(fake.presses(fake.last(room), "👍", user))
    await chat.feed(fake.says(room, user, "/settings"))
    await chat.feed(fake.presses(fake.last(room), "5", user))


async def test_it_shows_what_there_is_then_removes_it(chat):
    await leave_traces(chat)
    shown = await chat.says("/forget")
    assert shown.text.splitlines() == [
        "What I keep about you",
        "• your settings",
        "• 1 vote on an answer",
        "• the links from 2 questions of yours to their answers",
        "",
        texts.FORGET_EFFECT,
    ]
    assert (await services(chat).state.held(chat.ada["id"])).entries == 4
    await chat.feed(chat.fake.presses(shown, texts.FORGET_BUTTON, chat.ada))
    gone = chat.fake.last(chat.chat)
    assert gone.id == shown.id
    assert gone.text == "Removed: 4 entries about you."
    assert "reply_markup" not in gone
    assert (await services(chat).state.held(chat.ada["id"])).entries == 0
    assert (await services(chat).state.options(chat.ada["id"])).excerpts is None
    assert (await services(chat).state.totals()).up == 0
    assert (await chat.says("/forget")).text == texts.HELD_NOTHING


async def test_others_keep_theirs(chat):
    ben = chat.fake.user("Ben")
    await leave_traces(chat)
    await leave_traces(chat, ben)
    shown = await chat.says("/forget")
    await chat.feed(chat.fake.presses(shown, texts.FORGET_BUTTON, chat.ada))
    assert (await services(chat).state.held(ben["id"])).entries == 4


async def test_votes_in_groups_go_too_and_the_groups_settings_stay(chat):
    fake = chat.fake
    room = fake.supergroup()
    fake.joins(room, chat.ada, "creator")
    await chat.feed(fake.says(room, chat.ada, f"/ask@dateline_bot {QUESTION}"))
    answer = fake.last(room)
    await chat.feed(fake.presses(answer, "👎", chat.ada))
    await chat.feed(fake.says(room, chat.ada, "/settings@dateline_bot"))
    await chat.feed(fake.presses(fake.last(room), "5", chat.ada))
    shown = await chat.says("/forget")
    await chat.feed(fake.presses(shown, texts.FORGET_BUTTON, chat.ada))
    assert fake.last(chat.chat).text == "Removed: 1 entry about you."
    assert (await services(chat).state.totals()).down == 0
    assert (await services(chat).state.options(room.id)).excerpts == 5


async def test_asked_twice_pressed_twice_nothing_is_left_to_remove(chat):
    await leave_traces(chat)
    first, second = await chat.says("/forget"), await chat.says("/forget")
    for shown in (first, second):
        await chat.feed(chat.fake.presses(shown, texts.FORGET_BUTTON, chat.ada))
    assert chat.fake.last(chat.chat).text == texts.HELD_NOTHING


async def test_a_button_forged_in_a_group_removes_nothing(chat):
    fake = chat.fake
    await leave_traces(chat)
    room = fake.supergroup()
    fake.joins(room, chat.ada, "creator")
    await chat.feed(fake.says(room, chat.ada, f"/ask@dateline_bot {QUESTION}"))
    shown = await chat.says("/forget")
    (row,) = shown["reply_markup"]["inline_keyboard"]
    data = row[0]["callback_data"]
    assert len(data.encode()) <= LONGEST_DATA
    await chat.feed(fake.presses(fake.last(room), data, chat.ada, forged=True))
    assert (await services(chat).state.held(chat.ada["id"])).entries == 4


async def test_it_works_on_another_replica(talk_to, seeds, config, tmp_path):
    state = config.state.model_copy(update={"url": f"sqlite:///{tmp_path}/state.sqlite3"})
    shared = config.model_copy(update={"state": state})
    here, there = await talk_to(seeds, shared), await talk_to(seeds, shared)
    await leave_traces(here)
    shown = await here.says("/forget")
    await there.feed(there.fake.presses(shown, texts.FORGET_BUTTON, here.ada))
    assert here.fake.last(here.chat).text == "Removed: 4 entries about you."
    assert (await here.says("/forget")).text == texts.HELD_NOTHING


async def test_in_a_group_it_is_not_offered(chat):
    fake = chat.fake
    room = fake.supergroup()
    fake.joins(room, chat.ada)
    for command in ("/forget@dateline_bot", "/privacy@dateline_bot"):
        before = len(fake.sent(room))
        await chat.feed(fake.says(room, chat.ada, command))
        assert "What I keep" not in "".join(one.text for one in fake.sent(room)[before:])


async def test_a_state_that_fails_is_said(chat, log):
    await leave_traces(chat)
    shown = await chat.says("/forget")
    await services(chat).state.close()
    assert (await chat.says("/forget")).text == texts.FAILED
    await chat.feed(chat.fake.presses(shown, texts.FORGET_BUTTON, chat.ada))
    assert chat.fake.called("answerCallbackQuery")[-1].params["text"] == texts.FAILED
    assert str(chat.ada["id"]) not in log.getvalue()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"keep_misses_days": 180}, "are kept for 180 days"),
        ({"keep_misses_days": 1}, "are kept for 1 day,"),
        ({"keep_misses_days": 0}, texts.PRIVACY_QUESTIONS_ALWAYS),
        ({"keep_questions": False}, texts.PRIVACY_NO_QUESTIONS),
    ],
)
async def test_privacy_says_what_these_settings_keep(talk_to, seeds, config, settings, sentence):
    state = config.state.model_copy(update=settings)
    chat = await talk_to(seeds, config.model_copy(update={"state": state}))
    page = (await chat.says("/privacy")).text
    kept, questions, how = page.split("\n\n")
    assert kept == texts.PRIVACY_KEPT
    assert sentence in questions
    assert how == texts.PRIVACY_FORGET


async def test_help_names_it(chat):
    assert texts.HELP_PRIVACY in (await chat.says("/help")).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_every_language(chat, language):
    fake = chat.fake
    ada = {**chat.ada, "language_code": language}
    await leave_traces(chat, ada)
    for text in ("/privacy", "/forget"):
        await chat.feed(fake.says(chat.chat, ada, text))
    (row,) = fake.last(chat.chat)["reply_markup"]["inline_keyboard"]
    await chat.feed(fake.presses(fake.last(chat.chat), row[0]["callback_data"], ada))
    assert "4" in fake.last(chat.chat).text or language == "ar"
    assert not fake.refused()
