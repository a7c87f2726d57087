"""Edited questions: the answer is edited, not repeated."""

import pytest

from bot import texts

QUESTION = "When did they meet?"
OTHER = "Who is Koo Kab-woo?"


async def asked(talk, text=QUESTION, room=None):
    update = talk.fake.says(room or talk.chat, talk.ada, text)
    await talk.feed(update)
    return update["message"]


async def test_the_answer_to_an_edited_question_is_edited(chat):
    question = await asked(chat)
    (old,) = chat.fake.sent(chat.chat)
    before = old.markup
    await chat.feed(chat.fake.edits(question, OTHER))
    (new,) = chat.fake.sent(chat.chat)
    assert new.id == old.id
    assert new.markup != before
    assert "Koo" in new.text
    assert new.markup == (await chat.says(OTHER)).markup


@pytest.mark.parametrize("text", [QUESTION, f"  {QUESTION} ", "/help", "/start", "/nonsense"])
async def test_an_edit_that_changes_or_asks_nothing_does_nothing(chat, text):
    question = await asked(chat)
    calls = len(chat.fake.calls)
    await chat.feed(chat.fake.edits(question, text))
    assert len(chat.fake.calls) == calls


async def test_an_edit_that_empties_does_nothing(chat):
    question = await asked(chat, f"/ask {QUESTION}")
    await chat.feed(chat.fake.edits(question, "/ask"))
    (answer,) = chat.fake.sent(chat.chat)
    assert answer.text.startswith("Kim, Putin")


async def test_a_page_that_was_turned_to_is_kept_when_nothing_changes(chat):
    question = await asked(chat, "What did Putin say about Kim?")
    (answer,) = chat.fake.sent(chat.chat)
    await chat.feed(chat.fake.presses(answer, texts.MORE, chat.ada))
    turned = chat.fake.last(chat.chat).markup
    await chat.feed(chat.fake.edits(question, "What did Putin say about Kim?"))
    assert chat.fake.last(chat.chat).markup == turned


async def test_in_a_group_too(chat):
    room = chat.fake.supergroup()
    question = await asked(chat, f"/ask {QUESTION}", room)
    await chat.feed(chat.fake.edits(question, f"/ask {OTHER}"))
    (answer,) = chat.fake.sent(room)
    assert "Koo" in answer.text
    before = answer.markup
    await chat.feed(chat.fake.edits(question, "never mind"))
    assert [one.markup for one in chat.fake.sent(room)] == [before]


async def test_a_message_that_becomes_a_question_is_answered(chat):
    room = chat.fake.supergroup()
    chat.fake.privacy = False
    message = await asked(chat, QUESTION, room)
    assert chat.fake.sent(room) == []
    await chat.feed(chat.fake.edits(message, f"/ask {QUESTION}"))
    (answer,) = chat.fake.sent(room)
    assert answer.reply_to == message["message_id"]


async def test_a_reply_that_called_and_then_asks_itself_is_the_question_from_then_on(chat):
    room = chat.fake.supergroup()
    chat.fake.privacy = False
    theirs = await asked(chat, "Who is Koo Kab-woo?", room)
    update = chat.fake.says(room, chat.ada, "/ask", reply_to=theirs)
    await chat.feed(update)
    assert "Koo" in chat.fake.last(room).text
    await chat.feed(chat.fake.edits(update["message"], "/ask What did Trump want in Hanoi?"))
    await chat.feed(chat.fake.presses(chat.fake.last(room), texts.SORT_NEWEST, chat.ada))
    (answer,) = chat.fake.sent(room)
    assert "Hanoi" in answer.text


async def test_where_the_state_fails_nothing_is_answered_twice(chat):
    question = await asked(chat)
    await chat.app.services.close()
    await chat.feed(chat.fake.edits(question, OTHER))
    assert len(chat.fake.sent(chat.chat)) == 1


async def test_a_message_of_long_ago_that_becomes_a_question_is_left_alone(chat):
    room = chat.fake.supergroup()
    chat.fake.privacy = False
    update = chat.fake.says(room, chat.ada, QUESTION, date=chat.fake.now - 100_000)
    await chat.feed(chat.fake.edits(update["message"], f"/ask {QUESTION}"))
    assert chat.fake.sent(room) == []


async def test_an_edited_post(chat):
    channel = chat.fake.channel()
    update = chat.fake.posts(channel, f"/ask {QUESTION}")
    await chat.feed(update)
    await chat.feed(chat.fake.edits(update["channel_post"], f"/ask {OTHER}"))
    (answer,) = chat.fake.sent(channel)
    assert "Koo" in answer.text


async def test_an_answer_that_was_deleted_is_not_written_again(chat):
    question = await asked(chat)
    chat.fake.deletes(chat.fake.last(chat.chat))
    await chat.feed(chat.fake.edits(question, OTHER))
    assert chat.fake.sent(chat.chat) == []


async def test_an_edit_of_long_ago_does_nothing(chat):
    question = await asked(chat)
    before = chat.fake.last(chat.chat).markup
    update = chat.fake.edits(question, OTHER)
    update["edited_message"]["edit_date"] -= 3_600
    await chat.feed(update)
    assert chat.fake.last(chat.chat).markup == before


async def test_it_is_known_after_a_restart_which_answer_is_whose(talk_to, seeds, config, tmp_path):
    url = f"sqlite:///{tmp_path / 'state.sqlite3'}"
    config = config.model_copy(update={"state": config.state.model_copy(update={"url": url})})
    first = await talk_to(seeds, config)
    question = await asked(first)
    await first.app.shutdown()
    second = await talk_to(seeds, config)
    await second.feed(second.fake.edits(question, OTHER))
    (answer,) = first.fake.sent(first.chat)
    assert "Koo" in answer.text
