"""The users' verbs give the updates that Telegram would give, and hide what it would hide."""

from collections.abc import AsyncIterator

import pytest
from fake_telegram import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    GENERAL,
    SERVICE_ACCOUNT,
    FakeRequest,
    FakeTelegram,
    feed,
)
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, MessageHandler, filters

Seen = list[Update]


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
def seen() -> Seen:
    return []


@pytest.fixture
async def app(fake: FakeTelegram, seen: Seen) -> AsyncIterator[Application]:
    async def remember(update: Update, _context: object) -> None:
        seen.append(update)

    builder = ApplicationBuilder().token(fake.token).request(FakeRequest(fake))
    app = builder.get_updates_request(FakeRequest(fake)).build()
    app.add_handler(CommandHandler("ask", remember), group=1)
    app.add_handler(MessageHandler(filters.ALL, remember), group=2)
    async with app:
        yield app


async def test_a_command_reaches_its_handler(app, fake, seen):
    ada = fake.user("Ada", username="ada_l")
    assert await feed(app, fake.says(fake.private(ada), ada, "/ask@dateline_bot 🚀 when?"))
    assert len(seen) == 2
    message = seen[0].message
    assert message.parse_entities(["bot_command"]).popitem()[1] == "/ask@dateline_bot"
    assert (message.chat.username, message.from_user.language_code) == ("ada_l", "en")


@pytest.mark.parametrize(
    ("text", "delivered"),
    [
        ("/ask when?", True),
        ("/ask@dateline_bot when?", True),
        ("/ask@other_bot when?", False),
        ("when?", False),
        ("tell me /ask", False),
    ],
)
@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode(app, fake, text, delivered, privacy):
    fake.privacy = privacy
    ada = fake.user()
    assert await feed(app, fake.says(fake.group(), ada, text)) is (delivered or not privacy)


async def test_replies_to_the_bot_pass_privacy_mode(app, fake, seen):
    ada = fake.user()
    group = fake.supergroup()
    fake.handle("sendMessage", {"chat_id": group.id, "text": "answer"})
    assert await feed(app, fake.says(group, ada, "and then?", reply_to=fake.last(group)))
    message = seen[0].message
    assert message.reply_to_message.text == "answer"
    assert message.message_thread_id == message.reply_to_message.message_id
    assert not message.is_topic_message


async def test_bots_do_not_hear_bots_nor_chats_they_left(app, fake, seen):
    group = fake.group()
    robot = fake.user("Robot", is_bot=True)
    assert not await feed(app, fake.says(group, robot, "/ask"))
    fake.kicks(group, fake.user())
    assert not await feed(app, fake.says(group, fake.user(), "/ask"))
    assert seen == []


async def test_topics(app, fake, seen):
    ada = fake.user()
    forum = fake.supergroup(forum=True)
    sport = fake.topic(forum, "Sport")
    await feed(app, fake.says(forum, ada, "/ask", topic=sport))
    message = seen[0].message
    assert (message.message_thread_id, message.is_topic_message) == (sport, True)
    assert message.reply_to_message.forum_topic_created.name == "Sport"
    await message.reply_text("in the topic")
    assert fake.last(forum)["message_thread_id"] == sport
    await feed(app, fake.says(forum, ada, "/ask", topic=GENERAL))
    message = seen[-1].message
    assert message.message_thread_id is None
    await message.reply_text("in General", do_quote=False)
    assert "message_thread_id" not in fake.last(forum)


async def test_voices_that_are_no_users(app, fake, seen):
    group, news = fake.supergroup(), fake.channel("News", username="news")
    await feed(app, fake.says(group, None, "/ask", anonymous=True))
    assert seen[-1].message.from_user.id == ANONYMOUS_ADMIN["id"]
    assert seen[-1].message.sender_chat.id == group.id
    await feed(app, fake.says(group, None, "/ask", sender_chat=news))
    assert seen[-1].message.from_user.id == CHANNEL_BOT["id"]
    fake.privacy = False
    posted = fake.says(group, None, "post", sender_chat=news, is_automatic_forward=True)
    await feed(app, posted)
    assert seen[-1].message.from_user.id == SERVICE_ACCOUNT["id"]
    await feed(app, fake.posts(news, "/ask in a channel", signature="Ed"))
    assert seen[-1].channel_post.text == "/ask in a channel"
    assert seen[-1].effective_user is None
    with pytest.raises(ValueError, match="who says it"):
        fake.says(group, None, "x")


async def test_edits(app, fake, seen):
    ada = fake.user()
    chat, news = fake.private(ada), fake.channel()
    asked = fake.says(chat, ada, "/ask one")
    await feed(app, fake.edits(asked["message"], "/ask two"))
    assert seen[-1].edited_message.text == "/ask two"
    assert seen[-1].edited_message.edit_date is not None
    assert asked["message"]["text"] == "/ask one"
    post = fake.posts(news, "one")
    await feed(app, fake.edits(post["channel_post"], "two"))
    assert seen[-1].edited_channel_post.text == "two"


@pytest.mark.parametrize("media", ["photo", "sticker", "document", "voice", "location"])
async def test_messages_without_text(app, fake, seen, media):
    ada = fake.user()
    await feed(app, fake.sends(fake.private(ada), ada, media))
    assert seen[-1].message.effective_attachment
    assert seen[-1].message.text is None


async def test_more_about_a_message(app, fake, seen):
    ada = fake.user()
    chat = fake.private(ada)
    first = fake.says(chat, ada, "a 🚀 question", date=1_500_000_000)["message"]
    bold = [{"type": "bold", "offset": 0, "length": 4}]
    more = {"entities": bold, "via_bot": fake.me, "forwarded_from": ada}
    await feed(app, fake.says(chat, ada, "this @ada_l", reply_to=first, quote="question", **more))
    message = seen[-1].message
    assert [one.type for one in message.entities] == ["bold", "mention"]
    assert (message.quote.text, message.quote.position) == ("question", 5)
    assert message.reply_to_message.date.timestamp() == 1_500_000_000
    assert message.via_bot.id == fake.me["id"]
    assert message.forward_origin.sender_user.id == ada["id"]


async def test_membership(app, fake):
    ada = fake.user()
    group = fake.group(bot_status="left")
    changes = [
        (fake.adds(group, ada), "left", "member"),
        (fake.promotes(group, ada), "member", "administrator"),
        (fake.kicks(group, ada), "administrator", "kicked"),
        (fake.blocks(ada), "member", "kicked"),
        (fake.unblocks(ada), "kicked", "member"),
    ]
    for raw, before, after in changes:
        change = Update.de_json(raw, app.bot).my_chat_member
        assert change.old_chat_member.status == before
        assert change.new_chat_member.status == after
        assert change.new_chat_member.user.id == app.bot.id


async def test_a_pressed_button_shows_the_question_as_it_is_now(app, fake):
    ada = fake.user()
    chat = fake.private(ada)
    asked = fake.says(chat, ada, "april?")["message"]
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]}
    reply = {"message_id": asked["message_id"]}
    call = {"chat_id": chat.id, "text": "x", "reply_markup": keyboard, "reply_parameters": reply}
    fake.handle("sendMessage", call)
    fake.edits(asked, "may?")
    shown = fake.presses(fake.last(chat), "More", ada)["callback_query"]["message"]
    assert shown["reply_to_message"]["text"] == "may?"
    fake.deletes(asked)
    shown = fake.presses(fake.last(chat), "More", ada)["callback_query"]["message"]
    assert "reply_to_message" not in shown
    gone = fake.presses(fake.last(chat), "More", ada, inaccessible=True)
    query = Update.de_json(gone, app.bot).callback_query
    assert query.message.is_accessible is False
    with pytest.raises(LookupError, match="no button 'Less'"):
        fake.presses(fake.last(chat), "Less", ada)
    assert fake.presses(fake.last(chat), "Less", ada, forged=True)


async def test_the_transcript(app, fake):
    ada = fake.user("Ada")
    chat = fake.private(ada)
    fake.says(chat, ada, "when?")
    bold = [{"type": "bold", "offset": 3, "length": 4}]
    fake.handle("sendMessage", {"chat_id": chat.id, "text": "In 2019.", "entities": bold})
    assert fake.transcript(chat) == "1 Ada: when?\n2 Dateline: In **2019**."


def test_messages_are_numbered_as_telegram_numbers_them(fake):
    ada = fake.user()
    chat, group, one, two = fake.private(ada), fake.group(), fake.supergroup(), fake.channel()
    numbers = [fake.says(place, ada, "/x")["message"]["message_id"] for place in (chat, group)]
    assert numbers == [1, 2]
    assert fake.says(one, ada, "/x")["message"]["message_id"] == 2
    assert fake.posts(two, "x")["channel_post"]["message_id"] == 2
