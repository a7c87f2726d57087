"""Groups: what is meant for the bot is answered where it was asked; everything else is left alone."""

import pytest
from fake_telegram import GENERAL
from fake_telegram.utf16 import length
from telegram import Update

from bot import texts

QUESTION = "When did they meet?"
TITLE = "**Kim, Putin vow to seek closer ties**"
COMMANDS_ONLY = "s:m:0"
USAGE = texts.ASK_USAGE_EXAMPLE


@pytest.fixture
async def group(chat):
    """A supergroup with Ada as its owner and Bob as a member; the bot sees what privacy mode lets through."""
    talk = chat
    talk.room = talk.fake.supergroup()
    talk.bob = talk.fake.user("Bob")
    talk.fake.joins(talk.room, talk.ada, "creator")
    talk.fake.joins(talk.room, talk.bob)
    return talk


async def in_group(talk, text, *, by=None, **more):
    """What the bot says to a message in the group, and the message."""
    update = talk.fake.says(talk.room, by or talk.bob, text, **more)
    return await said(talk, update), update["message"]


async def said(talk, *updates):
    before = len(talk.fake.sent(talk.room))
    await talk.feed(*updates)
    return talk.fake.sent(talk.room)[before:]


COMMANDS = [
    f"/ask {QUESTION}",
    f"/ask@dateline_bot {QUESTION}",
    f"/ASK@Dateline_Bot\n{QUESTION}",
    f"/ask: {QUESTION}",
    f"/ask@dateline_bot, {QUESTION}",
]


@pytest.mark.parametrize(
    ("privacy", "text"),
    [
        *((True, text) for text in COMMANDS),
        *(
            (False, text)
            for text in [
                *COMMANDS,
                f"@dateline_bot {QUESTION}",
                f"@dateline_bot, {QUESTION}",
                f"{QUESTION} @Dateline_Bot",
                f"👩‍👩‍👧🚀 @dateline_bot {QUESTION}",
                "When did they @dateline_bot meet?",
            ]
        ),
    ],
)
async def test_a_command_or_a_mention_is_answered_as_a_reply(group, text, privacy):
    # With privacy mode on, Telegram shows a bot commands and replies to it, but no mentions.
    group.fake.privacy = privacy
    (answer,), asked = await in_group(group, text)
    assert TITLE in answer.markup
    assert answer.reply_to == asked["message_id"]
    assert ">> " in answer.markup
    assert "\n> " not in answer.markup


@pytest.mark.parametrize(
    "text",
    [
        QUESTION,
        "/ask@other_bot When did they meet?",
        "/ask@other_bot When did they meet, @dateline_bot?",
        "/asks When did they meet?",
        "/help",
        "/start",
        "/reload",
        "/settings@other_bot",
        "/x@dateline_bot why?",
        "dateline_bot@example.com",
        "@dateline_bot_fan when?",
        "mail me at ada@dateline_bot.example",
        "!",
    ],
)
@pytest.mark.parametrize("privacy", [True, False])
async def test_everything_else_is_left_alone(group, text, privacy):
    group.fake.privacy = privacy
    replies, _ = await in_group(group, text)
    assert replies == []


async def test_media_and_service_messages_are_left_alone(group):
    group.fake.privacy = False
    fake = group.fake
    assert await said(group, fake.sends(group.room, group.bob, "sticker")) == []
    assert await said(group, fake.sends(group.room, group.bob, "photo", caption="look")) == []
    assert await said(group, fake.happens(group.room, group.bob, new_chat_title="News")) == []
    captioned = fake.sends(group.room, group.bob, "photo", caption=f"@dateline_bot {QUESTION}")
    (answer,) = await said(group, captioned)
    assert TITLE in answer.markup


async def test_an_answer_is_shortened_and_says_nothing_twice(group):
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    quotes = [one for one in answer.entities if one["type"] == "expandable_blockquote"]
    assert 1 <= len(quotes) <= 2
    assert answer["link_preview_options"] == {"is_disabled": True}


async def test_ask_in_reply_to_a_message_asks_that_message(group):
    group.fake.privacy = False
    question = group.fake.says(group.room, group.ada, QUESTION)["message"]
    for call in ("/ask", "/ask@dateline_bot", "@dateline_bot", "@dateline_bot ?", "/ask 👆"):
        (answer,), _ = await in_group(group, call, reply_to=question)
        assert TITLE in answer.markup, call
        assert answer.reply_to == question["message_id"]


async def test_the_part_that_is_quoted_is_the_question(group):
    group.fake.privacy = False
    said_before = f"Hello everybody, who won the cup? {QUESTION} And who scored?"
    theirs = group.fake.says(group.room, group.ada, said_before)["message"]
    (answer,), _ = await in_group(group, "/ask", reply_to=theirs, quote=QUESTION)
    assert answer.markup.startswith(TITLE)
    await group.feed(group.fake.presses(answer, texts.SORT_NEWEST, group.bob))
    assert "cup" not in group.fake.last(group.room).text


async def test_what_the_bot_said_is_no_question(group):
    group.fake.privacy = False
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    posted = group.fake.says(group.room, group.ada, answer.text, via_bot=group.fake.me)["message"]
    passed_on = group.fake.says(group.room, group.ada, answer.text, forwarded_from=group.fake.me)[
        "message"
    ]
    for message in (posted, passed_on):
        (usage,), _ = await in_group(group, "/ask", reply_to=message)
        assert usage.text.startswith(USAGE)


async def test_other_bots_and_the_bot_itself_are_left_alone(group):
    helper = group.fake.user("Helper", is_bot=True, username="helper_bot")
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    for author in (helper, group.fake.me):
        for text in (f"/ask {QUESTION}", f"@dateline_bot {QUESTION}"):
            update = group.fake.says(group.room, author, text, reply_to=answer)
            before = len(group.fake.sent(group.room))
            await group.app.process_update(Update.de_json(update, group.app.bot))
            assert len(group.fake.sent(group.room)) == before


@pytest.mark.parametrize("text", ["/ask", "@dateline_bot"])
async def test_a_bare_call_gets_its_usage(group, text):
    group.fake.privacy = False
    (usage,), _ = await in_group(group, text)
    assert usage.text.startswith(USAGE)


async def test_a_reply_to_an_answer_is_a_question(group):
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    (follow_up,), asked = await in_group(group, "and when was that?", reply_to=answer)
    assert follow_up.reply_to == asked["message_id"]
    assert f"_{texts.FOLLOWING.format(question=QUESTION)}_" in follow_up.markup
    assert "25 Apr 2019" in follow_up.text
    whole, _ = await in_group(group, "Who is Koo Kab-woo?", reply_to=follow_up)
    bare, _ = await in_group(group, "/ask Who is Koo Kab-woo?")
    assert whole[0].markup == bare[0].markup


@pytest.mark.parametrize("text", ["👍", "!!!", "…"])
async def test_a_reply_that_asks_nothing_is_left_alone(group, text):
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    assert (await in_group(group, text, reply_to=answer))[0] == []


async def test_a_reply_to_what_is_no_answer_is_left_alone(group):
    (usage,), _ = await in_group(group, "/ask")
    assert (await in_group(group, QUESTION, reply_to=usage))[0] == []


async def test_the_answer_stands_in_the_topic_of_the_question(group):
    group.room = group.fake.supergroup(forum=True)
    topic = group.fake.topic(group.room, "News")
    (answer,), _ = await in_group(group, f"/ask {QUESTION}", topic=topic)
    assert answer["message_thread_id"] == topic
    (answer,), _ = await in_group(group, f"/ask {QUESTION}", topic=GENERAL)
    assert "is_topic_message" not in answer
    (usage,), _ = await in_group(group, "/ask", topic=topic)
    assert usage.text.startswith(USAGE), "the topic's first message is no question"


async def test_in_a_plain_supergroup_a_chain_of_replies_is_no_topic(group):
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    (second,), asked = await in_group(group, "and what did Putin say?", reply_to=answer)
    assert second.reply_to == asked["message_id"]
    assert not group.fake.refused()


async def test_an_anonymous_admin_and_a_channel_may_ask(group):
    news = group.fake.channel()
    for way in ({"anonymous": True}, {"sender_chat": news}):
        update = group.fake.says(group.room, None, f"/ask {QUESTION}", **way)
        (answer,) = await said(group, update)
        assert TITLE in answer.markup


async def test_a_channel_post_in_its_discussion_group_is_answered_in_the_channel_only(group):
    channel = group.fake.channel()
    forwarded = group.fake.says(
        group.room, None, f"/ask {QUESTION}", sender_chat=channel, is_automatic_forward=True
    )
    assert await said(group, forwarded) == []


async def test_what_was_posted_through_the_bot_is_left_alone(group):
    posted = group.fake.says(
        group.room, group.bob, f"@dateline_bot {QUESTION}", via_bot=group.fake.me
    )
    assert await said(group, posted) == []


async def test_messages_that_waited_are_left_alone_in_groups(group):
    replies, _ = await in_group(group, f"/ask {QUESTION}", date=group.fake.now - 3_600)
    assert replies == []
    replies, _ = await in_group(group, f"/ask {QUESTION}", date=group.fake.now - 60)
    assert len(replies) == 1


async def test_it_goes_on_after_the_group_became_a_supergroup(group):
    group.room = group.fake.group()
    group.fake.joins(group.room, group.ada, "creator")
    (menu,), _ = await in_group(group, "/settings", by=group.ada)
    await group.feed(group.fake.presses(menu, "s:x:1", group.ada))
    new, messages = group.fake.migrates(group.room)
    await group.feed(*messages)
    group.room = new
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    quotes = [one for one in answer.entities if one["type"] == "expandable_blockquote"]
    assert len(quotes) == 1, "its settings came along"


async def test_an_answer_to_a_group_that_just_became_a_supergroup_arrives_there(group):
    old = group.fake.group()
    group.fake.joins(old, group.bob)
    update = group.fake.says(old, group.bob, f"/ask {QUESTION}")
    group.room, _ = group.fake.migrates(old)
    (answer,) = await said(group, update)
    assert TITLE in answer.markup


async def test_being_thrown_out_or_silenced_is_survived(group):
    update = group.fake.says(group.room, group.bob, f"/ask {QUESTION}")
    group.fake.kicks(group.room, group.ada)
    assert await said(group, update) == []
    silent = group.fake.supergroup(can_send=False)
    group.room = silent
    assert (await in_group(group, f"/ask {QUESTION}"))[0] == []


async def test_the_question_may_be_gone_before_the_answer_comes(group):
    update = group.fake.says(group.room, group.bob, f"/ask {QUESTION}")
    group.fake.deletes(update["message"])
    (answer,) = await said(group, update)
    assert answer.reply_to is None


async def test_commands_only(group):
    (menu,), _ = await in_group(group, "/settings", by=group.ada)
    await group.feed(group.fake.presses(menu, COMMANDS_ONLY, group.ada))
    (answer,), _ = await in_group(group, f"/ask {QUESTION}")
    assert (await in_group(group, f"@dateline_bot {QUESTION}"))[0] == []
    assert (await in_group(group, "and then?", reply_to=answer))[0] == []


async def test_help_is_given_when_it_is_asked_of_the_bot_itself(group):
    (page,), _ = await in_group(group, "/help@dateline_bot")
    assert "one article, of 26 April 2019" in page.text


@pytest.mark.parametrize("text", ["x" * 4_000, "🚀" * 2_000, "<b>" * 1_000, "Kim " * 1_000])
async def test_wide_questions_fit(group, text):
    (answer,), _ = await in_group(group, f"/ask {text}")
    assert length(answer.text) <= 4_096
    assert not group.fake.refused()
