"""/settings: a chat's admins choose what the bot answers to, how long, and in which language."""

import asyncio

import pytest

from bot import texts
from bot.language import Texts

QUESTION = "When did they meet?"


@pytest.fixture
async def group(chat):
    chat.room = chat.fake.supergroup()
    chat.bob = chat.fake.user("Bob")
    chat.fake.joins(chat.room, chat.ada, "administrator")
    chat.fake.joins(chat.room, chat.bob)
    return chat


async def in_group(talk, text, user):
    before = len(talk.fake.sent(talk.room))
    await talk.feed(talk.fake.says(talk.room, user, text))
    return talk.fake.sent(talk.room)[before:]


async def press(talk, message, label, user, **more):
    update = talk.fake.presses(message, label, user, **more)
    await talk.feed(update)
    return talk.fake.queries.known[update["callback_query"]["id"]].answers[0]["text"]


async def test_a_person_chooses_for_their_own_chat(chat):
    menu = await chat.says("/settings")
    assert menu.text.splitlines() == [
        "Your settings",
        "Excerpts in an answer: 3",
        "Language: as set in Telegram",
    ]
    assert await press(chat, menu, "1", chat.ada) == texts.SAVED
    menu = chat.fake.last(chat.chat)
    assert "✓ 1" in menu.labels
    answer = await chat.says(QUESTION)
    assert sum(one["type"] == "blockquote" for one in answer.entities) == 1
    await press(chat, menu, "Español", chat.ada)
    assert chat.fake.chat(chat.chat).messages[menu.id].text.splitlines()[2].endswith("Español")
    answer = await chat.says(QUESTION)
    assert "26 de abril de 2019" in answer.text
    assert Texts("es")(texts.READ) in answer.labels
    await press(chat, chat.fake.chat(chat.chat).messages[menu.id], "s:l:", chat.ada)
    assert "26 April 2019" in (await chat.says(QUESTION)).text


async def test_admins_choose_for_their_group_and_nobody_else(group):
    (refused,) = await in_group(group, "/settings", group.bob)
    assert refused.text == texts.ADMINS_ONLY
    (menu,) = await in_group(group, "/settings", group.ada)
    before = menu.markup
    for data in ("s:m:0", "s:x:1", "s:l:de"):
        assert await press(group, menu, data, group.bob) == texts.ADMINS_ONLY
    assert group.fake.last(group.room).markup == before
    for data in ("s:m:0", "s:x:1"):
        assert await press(group, menu, data, group.ada) == texts.SAVED
    menu = group.fake.last(group.room)
    assert menu.text.splitlines() == [
        "Settings of this chat",
        "I reply to: commands only",
        "Excerpts in an answer: 1",
        "Language: as set in Telegram",
    ]


async def test_an_anonymous_admin_may_open_the_menu_and_presses_as_themselves(group):
    await group.feed(group.fake.says(group.room, None, "/settings", anonymous=True))
    menu = group.fake.last(group.room)
    assert await press(group, menu, "s:x:1", group.ada) == texts.SAVED
    assert await press(group, menu, "s:x:2", group.bob) == texts.ADMINS_ONLY


async def test_a_channel_writing_in_a_group_is_no_admin(group):
    news = group.fake.channel()
    await group.feed(group.fake.says(group.room, None, "/settings", sender_chat=news))
    assert group.fake.last(group.room).text == texts.ADMINS_ONLY


async def test_two_presses_at_once_do_not_undo_each_other(chat):
    menu = await chat.says("/settings")
    presses = [chat.fake.presses(menu, data, chat.ada) for data in ("s:x:1", "s:l:de")]
    await asyncio.gather(*(chat.feed(press) for press in presses))
    options = await chat.app.services.state.options(chat.chat.id)
    assert (options.excerpts, options.language) == (1, "de")


async def test_where_admins_cannot_be_told_it_says_so(group):
    group.fake.faults.order("getChatAdministrators", status=400)
    (refused,) = await in_group(group, "/settings", group.ada)
    assert refused.text == texts.FAILED


async def test_the_groups_language_goes_before_the_askers(group):
    carlos = group.fake.user("Carlos", language_code="es")
    group.fake.joins(group.room, carlos)
    (answer,) = await in_group(group, f"/ask {QUESTION}", carlos)
    assert "26 de abril de 2019" in answer.text
    (menu,) = await in_group(group, "/settings", group.ada)
    await press(group, menu, "s:l:de", group.ada)
    (answer,) = await in_group(group, f"/ask {QUESTION}", carlos)
    assert "26. April 2019" in answer.text


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("pt-br", "en"), ("zh-hans", "zh"), ("RU", "ru"), ("", "en"), ("xx", "en")],
)
async def test_the_readers_own_language(chat, code, language):
    user = chat.fake.user("Reader", language_code=code)
    room = chat.fake.private(user)
    await chat.feed(chat.fake.says(room, user, "zyzzyva wuzzle"))
    assert chat.fake.last(room).text.startswith(Texts(language)(texts.NOTHING))


async def test_right_to_left_text_keeps_other_words_apart(chat):
    user = chat.fake.user("Reader", language_code="ar")
    room = chat.fake.private(user)
    await chat.feed(chat.fake.says(room, user, "zyzzyva wuzzle"))
    assert "\u2068zyzzyva\u2069" in chat.fake.last(room).text
    await chat.feed(chat.fake.says(room, user, QUESTION))
    answer = chat.fake.last(room)
    assert "Thursday _\u2068[25 أبريل 2019]\u2069_" in answer.markup
    assert not chat.fake.refused()


async def test_options_that_cannot_be_read_are_no_reason_not_to_answer(chat):
    await chat.app.services.close()
    assert (await chat.says(QUESTION)).text.startswith("Kim, Putin")
    menu = await chat.says("/settings")
    assert await press(chat, menu, "1", chat.ada) == texts.FAILED
