"""What the fake answers is what python-telegram-bot expects, in process and over HTTP."""

import datetime as dt
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from fake_telegram import FakeClock, FakeRequest, FakeServer, FakeTelegram
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    SentGuestMessage,
    Update,
)


@pytest.fixture
def fake() -> FakeTelegram:
    return FakeTelegram(clock=FakeClock())


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(request: pytest.FixtureRequest, fake: FakeTelegram) -> AsyncIterator[Bot]:
    if request.param == "in process":
        async with Bot(fake.token, request=FakeRequest(fake)) as bot:
            yield bot
    else:
        async with FakeServer(fake) as server:
            urls = {"base_url": server.base_url, "base_file_url": server.base_file_url}
            async with Bot(fake.token, **urls) as bot:
                yield bot


async def test_the_account(bot: Bot, fake: FakeTelegram):
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (fake.me["id"], "dateline_bot", True)
    assert me.supports_inline_queries
    assert me.supports_guest_queries
    assert me.can_read_all_group_messages is False
    assert await bot.set_my_description("Answers from dated news.")
    assert (await bot.get_my_description()).description == "Answers from dated news."
    assert await bot.set_my_short_description("News, quoted.", language_code="de")
    short = await bot.get_my_short_description(language_code="de")
    assert short.short_description == "News, quoted."
    assert (await bot.get_my_short_description()).short_description == ""
    assert await bot.set_my_name("Dateline")
    assert (await bot.get_my_name()).name == "Dateline"


async def test_command_menus_by_scope_and_language(bot: Bot):
    everyone = [BotCommand("ask", "Ask the archive")]
    admins = [*everyone, BotCommand("reload", "Read the articles again")]
    scope = BotCommandScopeChat(42)
    assert await bot.set_my_commands(everyone)
    assert await bot.set_my_commands(admins, scope=scope, language_code="en")
    assert await bot.get_my_commands() == tuple(everyone)
    assert await bot.get_my_commands(scope=scope, language_code="en") == tuple(admins)
    assert await bot.get_my_commands(scope=scope) == ()
    assert await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


async def test_a_message_with_everything(bot: Bot, fake: FakeTelegram):
    ada = fake.user("Ada")
    chat = fake.private(ada)
    asked = fake.says(chat, ada, "what happened?")["message"]
    text = "  🚀 On Thursday\nit began, see https://example.com and @ada_l\n"
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("More", callback_data="more:2")],
            [
                InlineKeyboardButton("Open", url="https://example.com/a"),
                InlineKeyboardButton("Copy", copy_text=CopyTextButton("quote")),
            ],
        ]
    )
    when = dt.datetime(2019, 4, 25, tzinfo=dt.UTC)
    message = await bot.send_message(
        chat.id,
        text,
        entities=[
            MessageEntity("blockquote", 2, 14),
            MessageEntity("date_time", 8, 8, unix_time=when, date_time_format="D"),
            MessageEntity("bold", 17, 2),
            MessageEntity("text_link", 20, 5, url="https://example.com/b"),
        ],
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(asked["message_id"]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
    )
    assert message.text == text.strip()
    assert message.parse_entities() == {
        message.entities[0]: "🚀 On Thursday",
        message.entities[1]: "Thursday",
        message.entities[2]: "it",
        message.entities[3]: "began",
        message.entities[4]: "https://example.com",
        message.entities[5]: "@ada_l",
    }
    assert message.entities[1].unix_time == when
    assert message.reply_markup == keyboard
    assert message.link_preview_options is not None
    assert message.link_preview_options.is_disabled
    assert message.has_protected_content
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "what happened?"
    assert message.date.timestamp() == fake.now
    assert message.from_user is not None
    assert message.from_user.id == bot.id

    kept = fake.last(chat)
    assert kept.labels == ["More", "Open", "Copy"]
    assert kept.reply_to == asked["message_id"]
    assert fake.is_silent(kept)
    assert kept.markup == (
        "> 🚀 On <date_time:1556150400>Thursday</date_time>\n"
        "**it** [began](https://example.com/b), see https://example.com and @ada_l"
    )


async def test_editing_and_deleting(bot: Bot, fake: FakeTelegram):
    ada = fake.user()
    chat = fake.private(ada)
    message = await bot.send_message(chat.id, "Searching")
    edited = await message.edit_text("Found", entities=[MessageEntity("bold", 0, 5)])
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert fake.last(chat).markup == "**Found**"
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("More", callback_data="m"))
    await message.edit_reply_markup(keyboard)
    assert fake.last(chat).labels == ["More"]
    assert fake.last(chat).markup == "**Found**"
    await message.edit_reply_markup(None)
    assert fake.last(chat).labels == []
    assert await message.set_reaction("👍")
    assert fake.reactions[chat.id, message.message_id] == ["👍"]
    assert await message.delete()
    assert fake.sent(chat) == []


async def test_a_document_and_its_file(bot: Bot, fake: FakeTelegram):
    chat = fake.private(fake.user())
    message = await bot.send_document(
        chat.id, BytesIO(b"a,b\n1,2\n"), filename="answers.csv", caption="Your answers"
    )
    assert message.document is not None
    assert (message.document.file_name, message.document.file_size) == ("answers.csv", 8)
    assert message.caption == "Your answers"
    file = await message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"
    again = await bot.send_document(chat.id, message.document.file_id)
    assert again.document is not None


async def test_chats_and_members(bot: Bot, fake: FakeTelegram):
    ada, bob = fake.user("Ada"), fake.user("Bob", username="bob")
    group = fake.supergroup("Newsroom", username="newsroom", forum=True)
    statuses = ["creator", "administrator", "member", "restricted", "kicked"]
    for status in statuses:
        fake.joins(group, ada, status)
        assert (await bot.get_chat_member(group.id, ada["id"])).status == status
    assert (await bot.get_chat_member(group.id, bob["id"])).status == "left"
    assert (await bot.get_chat_member(group.id, bot.id)).status == "member"
    fake.joins(group, bob, "creator")
    assert [one.user.id for one in await bot.get_chat_administrators(group.id)] == [bob["id"]]
    info = await bot.get_chat("@newsroom")
    assert (info.id, info.title, info.is_forum) == (group.id, "Newsroom", True)
    assert await bot.send_chat_action(group.id, "typing")
    assert await bot.leave_chat(group.id)
    assert group.bot_status == "left"


async def test_answering_queries(bot: Bot, fake: FakeTelegram):
    ada = fake.user()
    chat = fake.private(ada)
    keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("More", callback_data="m"))
    await bot.send_message(chat.id, "Found", reply_markup=keyboard)
    pressed = Update.de_json(fake.presses(fake.last(chat), "More", ada), bot)
    assert pressed.callback_query is not None
    assert pressed.callback_query.data == "m"
    assert pressed.callback_query.message is not None
    assert pressed.callback_query.message.is_accessible
    assert await pressed.callback_query.answer("Here you are", show_alert=True)
    fake.check()

    raw = fake.asks_inline(ada, "april", "10")
    asked = Update.de_json(raw, bot).inline_query
    assert asked is not None
    assert (asked.query, asked.offset) == ("april", "10")
    content = InputTextMessageContent("Quoted", entities=[MessageEntity("italic", 0, 6)])
    article = InlineQueryResultArticle("a1", "Title", content, reply_markup=keyboard)
    assert await asked.answer([article], cache_time=5, is_personal=True, next_offset="20")
    answer = fake.queries.known[asked.id].answers[0]
    assert (answer["next_offset"], answer["cache_time"], answer["is_personal"]) == ("20", 5, True)

    chosen = Update.de_json(fake.picks(raw, "a1", chat), bot).chosen_inline_result
    assert chosen is not None
    assert chosen.inline_message_id is not None
    assert await bot.edit_message_text("Again", inline_message_id=chosen.inline_message_id)
    inline = Update.de_json(fake.presses(chosen.inline_message_id, "m", ada, forged=True), bot)
    assert inline.callback_query is not None
    assert inline.callback_query.inline_message_id == chosen.inline_message_id


async def test_a_guest_question(bot: Bot, fake: FakeTelegram):
    ada = fake.user()
    elsewhere = fake.supergroup("Elsewhere", bot_status="left")
    update = Update.de_json(fake.mentions_as_guest(elsewhere, ada, "@dateline_bot when?"), bot)
    message = update.guest_message
    assert message is not None
    assert message.guest_query_id is not None
    assert message.parse_entities(["mention"])
    article = InlineQueryResultArticle("g", "Answer", InputTextMessageContent("In 2019."))
    sent = await message.answer_guest_query(article)
    assert isinstance(sent, SentGuestMessage)
    assert fake.last(elsewhere).text == "In 2019."
    assert fake.last(elsewhere).reply_to == message.message_id


async def test_the_webhooks_settings(bot: Bot, fake: FakeTelegram):
    assert await bot.set_webhook("https://bot.example.com/x", secret_token="s3cret")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://bot.example.com/x", 0)
    assert fake.updates.webhook["secret_token"] == "s3cret"
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""


async def test_logging_out(bot: Bot):
    assert await bot.log_out()
    assert await bot.close()
