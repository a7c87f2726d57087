"""Guest mode: mentioned where it is no member, the bot answers there."""

import pytest

from bot import texts

QUESTION = "When did they meet?"


@pytest.fixture
async def guest(chat):
    """A group that the bot is not in, with Bob."""
    chat.room = chat.fake.supergroup("Strangers", bot_status="left")
    chat.bob = chat.fake.user("Bob")
    chat.fake.joins(chat.room, chat.bob)
    return chat


async def called(talk, text, **more):
    """What the bot posts when it is mentioned as a guest."""
    before = len(talk.fake.sent(talk.room))
    await talk.feed(talk.fake.mentions_as_guest(talk.room, talk.bob, text, **more))
    return talk.fake.sent(talk.room)[before:]


@pytest.mark.parametrize(
    "text",
    [f"@dateline_bot {QUESTION}", f"{QUESTION} @dateline_bot", f"🚀 @Dateline_bot {QUESTION}"],
)
async def test_a_mention_is_answered_there(guest, text):
    (answer,) = await called(guest, text)
    assert "**Kim, Putin vow to seek closer ties**\n26 April 2019\n>> " in answer.markup
    assert not guest.fake.called("sendMessage")
    assert all("url" in button for button in answer.buttons)


async def test_a_mention_in_reply_to_a_question_asks_that(guest):
    question = guest.fake.post(guest.room, {"from": guest.bob, "text": QUESTION})
    (answer,) = await called(guest, "@dateline_bot", reply_to=question)
    assert "Kim, Putin" in answer.text


async def test_a_bare_mention_gets_the_usage(guest):
    (usage,) = await called(guest, "@dateline_bot")
    assert usage.text.startswith(texts.ASK_USAGE_EXAMPLE)


async def test_nothing_found_is_said(guest):
    (answer,) = await called(guest, "@dateline_bot zyzzyva wuzzle?")
    assert answer.text.startswith(texts.NOTHING)


async def test_a_reply_to_an_answer_follows_it(guest):
    (answer,) = await called(guest, f"@dateline_bot {QUESTION}")
    (second,) = await called(guest, "@dateline_bot when was that?", reply_to=answer)
    assert texts.FOLLOWING.format(question=QUESTION) in second.text


async def test_other_bots_commands_are_left_alone(guest):
    assert await called(guest, "/ask@other_bot @dateline_bot why?") == []


async def test_what_waited_is_left_alone(guest):
    update = guest.fake.mentions_as_guest(guest.room, guest.bob, f"@dateline_bot {QUESTION}")
    update["guest_message"]["date"] -= 3_600
    await guest.feed(update)
    assert guest.fake.sent(guest.room) == []


async def test_a_question_that_waited_too_long_is_nothing_to_be_alarmed_about(guest, log):
    guest.fake.queries.lifetimes["guest"] = -1.0
    assert await called(guest, f"@dateline_bot {QUESTION}") == []
    assert "Traceback" not in log.getvalue()


async def test_in_a_private_chat_of_two_others_there_are_links_only(guest):
    guest.room = guest.fake.private(guest.fake.user("Eve"))
    (answer,) = await called(guest, f"@dateline_bot {QUESTION}")
    assert "Kim, Putin" in answer.text
    assert all("url" in button for button in answer.buttons)


async def test_what_a_guest_did_not_find_is_noted_for_the_admins(guest):
    await called(guest, "@dateline_bot zyzzyva wuzzle?")
    (miss,) = await guest.app.services.state.misses(10)
    assert miss.question == "zyzzyva wuzzle?"
