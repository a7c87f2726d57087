"""A private chat, from the update to what stands in the chat."""

import json

import pytest
from fake_telegram.utf16 import length

from bot import texts
from bot.settings import AnswerSettings

QUESTION = "When did they meet?"
NO_WORD = texts.EMPTY_QUESTION


@pytest.mark.parametrize(
    "command", ["/start", "/help", "/start from_a_link", "/help@dateline_bot"]
)
async def test_help_says_what_there_is_with_examples_that_are_answered(chat, command):
    page = await chat.says(command)
    assert "one article, of 26 April 2019" in page.text
    codes = [one for one in page.entities if one["type"] == "code"]
    examples = [line.removeprefix("• ") for line in page.text.splitlines() if line[:1] == "•"]
    assert len(examples) == len(codes) == 2
    for question in examples:
        assert (await chat.says(question)).text.startswith("Kim, Putin vow")


async def test_an_answer_is_title_date_quotes(chat):
    answer = await chat.says(QUESTION)
    title, day, *quotes = answer.markup.splitlines()
    assert title == "**Kim, Putin vow to seek closer ties**"
    assert day == "26 April 2019"
    assert all(line.startswith(">") for line in quotes)
    assert "as they **met** for the first time on Thursday _[25 Apr 2019]_, in talks" in quotes[0]
    assert 1 <= sum(one["type"] == "blockquote" for one in answer.entities) <= 3
    assert answer["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    "text",
    [
        "/ask When did they meet?",
        "/ask\nWhen did they meet?",
        "/ask   When did they meet?",
        "/ASK When did they meet?",
        "/ask@dateline_bot When did they meet?",
    ],
)
async def test_ask_is_as_good_as_plain_text(chat, text):
    assert (await chat.says(text)).markup == (await chat.says(QUESTION)).markup


async def test_ask_keeps_every_word_behind_a_line_break(chat):
    answer = await chat.says("/ask\nzyzzyva wuzzle")
    assert "zyzzyva, wuzzle" in answer.text


@pytest.mark.parametrize("text", ["/ask", "/ask ", "/ask@dateline_bot", "/ask \n"])
async def test_bare_ask_shows_its_usage_and_an_example_that_works(chat, text):
    usage = await chat.says(text)
    assert usage.text.startswith(texts.ASK_USAGE_EXAMPLE)
    example = usage.text.partition("• ")[2]
    assert example.startswith("/ask ")
    assert "Kim, Putin" in (await chat.says(example)).text


@pytest.mark.parametrize("text", ["/restart", "/ask_me", "/x why?", "/ask@other_bot why?"])
async def test_an_unknown_command(chat, text):
    assert (await chat.says(text)).text == texts.UNKNOWN_COMMAND


@pytest.mark.parametrize("media", ["sticker", "photo", "document", "voice", "location"])
async def test_what_is_no_text_is_told_so(chat, media):
    assert (await chat.reply(chat.fake.sends(chat.chat, chat.ada, media))).text == texts.NOT_TEXT


async def test_an_album_is_one_question(chat):
    fake = chat.fake
    album = [
        fake.sends(chat.chat, chat.ada, "photo", caption=QUESTION if n == 0 else None)
        for n in range(4)
    ]
    for update in album:
        update["message"]["media_group_id"] = "13"
    (answer,) = await chat.replies(*album)
    assert answer.text.startswith("Kim, Putin")


@pytest.mark.parametrize("caption", [QUESTION, "/ask When did they meet?"])
async def test_a_caption_is_a_question(chat, caption):
    sent = chat.fake.sends(chat.chat, chat.ada, "photo", caption=caption)
    assert (await chat.reply(sent)).markup == (await chat.says(QUESTION)).markup


async def test_forwarded_and_replied_are_questions_too(chat):
    plain = await chat.says(QUESTION)
    bob = chat.fake.user("Bob")
    for way in [{"forwarded_from": bob}, {"reply_to": plain}]:
        assert (await chat.says(QUESTION, **way)).markup == plain.markup


async def test_a_quotation_posted_through_the_bot_is_no_question(chat):
    posted = chat.fake.says(chat.chat, chat.ada, QUESTION, via_bot=chat.fake.me)
    assert await chat.replies(posted) == []


async def test_messages_that_waited_while_the_bot_was_away_get_one_note(chat):
    fake = chat.fake
    hour_ago, now = fake.now - 3_600, fake.now
    waiting = [
        fake.says(chat.chat, chat.ada, text, date=hour_ago) for text in (QUESTION, "/help", "?")
    ]
    (note,) = await chat.replies(*waiting)
    assert note.text == texts.MISSED_WHILE_AWAY
    assert (await chat.says(QUESTION, date=now - 60)).text.startswith("Kim, Putin")
    assert (await chat.says(QUESTION, date=hour_ago)).text == texts.MISSED_WHILE_AWAY


async def test_service_messages_are_no_questions(chat):
    pinned = chat.fake.happens(chat.chat, chat.ada, pinned_message={
        "message_id": 1, "date": 0, "chat": chat.chat.json(),
    })  # fmt: skip
    assert await chat.replies(pinned) == []


@pytest.mark.parametrize("question", ["Who won the 1998 World Cup?", "How do I bake bread?"])
async def test_an_honest_no(chat, question):
    answer = await chat.says(question)
    nearest = answer.markup.startswith(f"_{texts.WEAK}_")
    assert nearest or answer.text.startswith(texts.NOTHING)
    assert texts.NOT_FOUND.format(words="") in answer.text


async def test_what_was_not_found_is_named_in_short(chat):
    answer = await chat.says(" ".join(f"zyzzyva{number}" for number in range(300)))
    assert "zyzzyva7, and 292 more" in answer.text
    answer = await chat.says("y" * 4_096)
    assert f"{'y' * 40}…" in answer.text
    assert len(answer.text) < 300


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "…",
        "—",
        "?!?!",
        "🚀",
        "🚀🇰🇵👩‍👩‍👧",
        "\u200b",
        "\u2800",
        "'",
        "/",
        "@",
        "#",
        "- - -",
        "0",
    ],
)
async def test_nothing_to_look_up(chat, text):
    answer = await chat.says(text)
    assert answer.text.startswith((NO_WORD, texts.NOTHING))
    assert (answer.text == NO_WORD) == (text != "0")


@pytest.mark.parametrize(
    "text",
    [
        "the of and is",
        "Kim " * 1_024,
        "x" * 4_096,
        "🚀" * 2_048,
        "what? " * 682,
        "متى التقى كيم وبوتين؟",
        "מתי נפגשו קים ופוטין?",
        "\u202eKim Putin\u202c",
        "金正恩和普京什么时候见面?",
        "Kim\nPutin\n\nVladivostok",
        "<b>Kim</b> &amp; *Putin* _x_ [a](http://b.com)",
        "'; DROP TABLE articles; --",
        "Kim\ud800 Putin",
        "\udfff",
        "\x00Kim\x07",
        "https://example.com/kim?a=b @ada #kim $KIM a@b.com",
        "title:kim AND body:(putin OR",
        '"Kim" -Putin +Trump ~2 ^3 kim* [a TO b]',
        "after:9999-99-99 before:0000",
        "on 31 February 2019",
        "between 2019 and 1066",
    ],
)
async def test_wide_input_gets_one_reply(chat, text):
    answer = await chat.says(text)
    assert 0 < length(answer.text) <= 4_096
    assert len(answer.entities) <= 100
    assert not [call for call in chat.fake.calls if call.status >= 400]
    assert texts.FAILED not in answer.text


async def test_formatting_by_the_user_changes_nothing(chat):
    bold = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "spoiler", "offset": 2, "length": 9},
    ]
    assert (await chat.says(QUESTION, entities=bold)).markup == (await chat.says(QUESTION)).markup


LINKED = """Title: Museum {number} opens in Leeds
Date: 2020-03-0{number}
URL: {url}

LEEDS: A museum about {about} opened in Leeds on Tuesday.
"""

ABOUT = {
    1: "rain and the umbrellas of the last two hundred years, most of them black",
    2: "trains, where children may drive an engine around a small garden",
    3: "tea, with a cup for every visitor and biscuits from eleven countries",
    4: "wool: sheep, looms, dyes, and the longest scarf that was ever knitted",
}


def museum(number: int, url: str) -> tuple[str, str]:
    text = LINKED.format(number=number, url=url, about=ABOUT[number])
    return f"museum{number}.txt", text


async def test_titles_are_linked_and_articles_apart(talk_to, archive_of):
    files = [part for number in ABOUT for part in museum(number, f"https://news.example/{number}")]
    chat = await talk_to(archive_of(*files))
    answer = await chat.says("Which museum in Leeds is about sheep?")
    lines = answer.markup.splitlines()
    assert lines[0] == "**[Museum 4 opens in Leeds](https://news.example/4)**"
    assert lines[1] == "4 March 2020"
    assert lines[2].startswith("> **LEEDS**: A **museum** about wool: **sheep**, looms")
    assert "on Tuesday _[3 Mar 2020]_." in lines[2]
    lines = (await chat.says("Which museums opened in Leeds?")).markup.splitlines()
    titles = [line for line in lines if line.startswith("**[Museum")]
    assert len(set(titles)) == len(titles) == 3
    assert lines.count("") == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://intranet/news/1",
        "http://localhost:80/x",
        "http://[::1]/x",
        "http://user@host/",
        "javascript:x",
    ],
)
async def test_an_address_that_telegram_refuses_costs_the_link_and_not_the_answer(
    talk_to, archive_of, url
):
    chat = await talk_to(archive_of(*museum(1, url)))
    answer = await chat.says("What opened in Leeds?")
    assert answer.markup.startswith("**Museum 1 opens in Leeds**\n")


async def test_a_title_that_looks_like_markup_is_shown_as_it_is(talk_to, archive_of):
    text = "Title: <b>5 > 4</b> & *all* [x](y) `z`\nDate: 2020-01-01\n\nFive beats <i>four</i> & *wins*.\n"
    chat = await talk_to(archive_of("a.txt", text))
    answer = await chat.says("What does five beat?")
    assert answer.text.startswith("<b>5 > 4</b> & *all* [x](y) `z`\n1 January 2020\n")
    assert "<i>four</i> & *wins*." in answer.text


async def test_more_than_a_message_holds_is_cut_and_says_so(talk_to, archive_of, config):
    config = config.model_copy(update={"answers": AnswerSettings(excerpts=10)})
    text = " ".join(
        f"In Leeds it rained {'extraordinarily ' * 50}much in year {year}." for year in range(60)
    )
    archive = archive_of("a.txt", f"Title: Rain\nDate: 2020-01-01\n\n{text}\n")
    answer = await (await talk_to(archive, config)).says("How much has it rained in Leeds?")
    assert 3_000 < length(answer.text) <= 4_096
    assert answer.text.endswith(" …")


async def test_surrogates_in_a_file_never_reach_telegram(talk_to, archive_of):
    rows = [
        {"id": "a", "title": "Rain", "date": "2020-01-01", "text": "It rained in Leeds."},
        {"id": "b", "title": "Half \ud83d", "date": "2020-01-02", "text": "Leeds \udc00 is wet."},
    ]
    chat = await talk_to(archive_of("a.jsonl", "\n".join(map(json.dumps, rows))))
    assert "It rained in" in (await chat.says("Where did it rain in Leeds?")).text


async def test_many_questions_at_once_are_all_answered(chat):
    asked = [chat.fake.says(chat.chat, chat.ada, QUESTION) for _ in range(40)]
    replies = await chat.replies(*asked)
    assert len({reply.markup for reply in replies}) == 1
    assert len(replies) == 40


async def test_whoami_tells_the_id_that_access_admins_wants(chat):
    assert str(chat.ada["id"]) in (await chat.says("/whoami")).text
