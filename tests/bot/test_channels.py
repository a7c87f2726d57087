"""Channels: a post that begins with /ask is answered under it."""

import pytest

from bot import texts

QUESTION = "When did they meet?"
TITLE = "**Kim, Putin vow to seek closer ties**"


@pytest.fixture
def channels(config):
    """`channels(asking_post="edit")`: settings with other ways in channels."""

    def with_ways(**ways):
        return config.model_copy(update={"channels": config.channels.model_copy(update=ways)})

    return with_ways


async def posted(talk, channel, text):
    """What the bot says to a post, and the post."""
    before = len(talk.fake.sent(channel))
    update = talk.fake.posts(channel, text)
    await talk.feed(update)
    return talk.fake.sent(channel)[before:], update["channel_post"]


@pytest.mark.parametrize("command", ["/ask", "/ask@dateline_bot", "/Ask"])
async def test_a_post_is_answered_under_it_without_a_sound(chat, command):
    channel = chat.fake.channel()
    (answer,), post = await posted(chat, channel, f"{command} {QUESTION}")
    assert TITLE in answer.markup
    assert answer.reply_to == post["message_id"]
    assert chat.fake.is_silent(answer)
    assert chat.fake.chat(channel).messages[post["message_id"]]["text"].startswith("/")


@pytest.mark.parametrize(
    "text", [QUESTION, "/ask@other_bot why?", "/help", "/start", f"@dateline_bot {QUESTION}", "…"]
)
async def test_other_posts_are_left_alone(chat, text):
    assert (await posted(chat, chat.fake.channel(), text))[0] == []


async def test_mentions_are_answered_where_configured(talk_to, seeds, channels):
    chat = await talk_to(seeds, channels(mentions=True))
    (answer,), _ = await posted(chat, chat.fake.channel(), f"@dateline_bot {QUESTION}")
    assert TITLE in answer.markup


async def test_a_bare_command_gets_its_usage(chat):
    (usage,), _ = await posted(chat, chat.fake.channel(), "/ask")
    assert usage.text.startswith(texts.ASK_USAGE_EXAMPLE)


async def test_the_post_can_be_tidied_up_by_editing(talk_to, seeds, channels):
    chat = await talk_to(seeds, channels(asking_post="edit"))
    channel = chat.fake.channel()
    (answer,), post = await posted(chat, channel, f"/ask {QUESTION}")
    left = chat.fake.chat(channel).messages[post["message_id"]]
    assert left["text"] == QUESTION
    assert answer.reply_to == post["message_id"]
    await chat.feed(chat.fake.presses(answer, "Newest first", chat.ada))
    assert texts.NEWEST_FIRST in chat.fake.last(channel).text
    await chat.feed(chat.fake.edits(left, "Who is Koo Kab-woo?"))
    assert len(chat.fake.sent(channel)) == 1
    assert "Koo" in chat.fake.last(channel).text


async def test_the_post_can_be_tidied_up_by_deleting(talk_to, seeds, channels):
    chat = await talk_to(seeds, channels(asking_post="delete"))
    channel = chat.fake.channel()
    (answer,), post = await posted(chat, channel, f"/ask {QUESTION}")
    assert post["message_id"] not in chat.fake.chat(channel).messages
    assert answer.markup.startswith(f"_{texts.QUESTION_WAS.format(question=QUESTION)}_")
    assert answer.reply_to is None
    assert texts.MORE not in answer.labels
    assert texts.SORT_NEWEST not in answer.labels


async def test_tidying_keeps_the_links_of_the_post(talk_to, seeds, channels):
    chat = await talk_to(seeds, channels(asking_post="edit"))
    channel = chat.fake.channel()
    update = chat.fake.posts(channel, "/ask 🚀 When did they meet? See report")
    link = {"type": "text_link", "offset": 32, "length": 6, "url": "https://news.example/"}
    update["channel_post"]["entities"].append(link)
    await chat.feed(update)
    left = chat.fake.chat(channel).messages[update["channel_post"]["message_id"]]
    assert left.markup == "🚀 When did they meet? See [report](https://news.example/)"


async def test_a_post_that_is_not_answered_is_not_tidied(talk_to, seeds, channels):
    config = channels(asking_post="edit")
    quota = config.quota.model_copy(update={"chat": 1})
    chat = await talk_to(seeds, config.model_copy(update={"quota": quota}))
    channel = chat.fake.channel()
    await posted(chat, channel, f"/ask {QUESTION}")
    _, post = await posted(chat, channel, f"/ask {QUESTION}")
    assert chat.fake.chat(channel).messages[post["message_id"]].text == f"/ask {QUESTION}"


@pytest.mark.parametrize("way", ["edit", "delete"])
async def test_without_the_right_to_tidy_the_answer_comes_all_the_same(
    talk_to, seeds, channels, way
):
    chat = await talk_to(seeds, channels(asking_post=way))
    method = "editMessageText" if way == "edit" else "deleteMessage"
    chat.fake.faults.order(method, status=400)
    (answer,), _ = await posted(chat, chat.fake.channel(), f"/ask {QUESTION}")
    assert TITLE in answer.markup


async def test_waiting_posts_are_left_alone(chat):
    channel = chat.fake.channel()
    update = chat.fake.posts(channel, f"/ask {QUESTION}")
    update["channel_post"]["date"] -= 3_600
    await chat.feed(update)
    assert chat.fake.sent(channel) == []


async def test_settings_of_a_channel(chat):
    channel = chat.fake.channel()
    chat.fake.joins(channel, chat.ada, "administrator")
    (menu,), _ = await posted(chat, channel, "/settings")
    await chat.feed(chat.fake.presses(menu, "Deutsch", chat.ada))
    (answer,), _ = await posted(chat, channel, f"/ask {QUESTION}")
    assert "26. April 2019" in answer.text
