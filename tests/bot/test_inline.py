"""Inline: `@bot question` in any chat offers excerpts; the chosen one is posted."""

import pytest
from fake_telegram.utf16 import length
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.links import LONGEST_PAYLOAD, question_payload, read_start

QUESTION = "When did they meet?"


async def offered(talk, query, offset="", user=None):
    """What the bot offers for an inline query."""
    update = talk.fake.asks_inline(user or talk.ada, query, offset)
    await talk.feed(update)
    (answer,) = talk.fake.queries.known[update["inline_query"]["id"]].answers
    return update, answer


@pytest.fixture
def many(archive_of):
    """Sixty articles of sixty days, all about rain."""
    files = []
    for number in range(60):
        body = f"It rained in town {number:02}, where the {'abcdefghij'[number % 10] * 5} of week {number} fell."
        date = f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}"
        files += [f"a{number:02}.txt", f"Title: Rain {number:02}\nDate: {date}\n\n{body}\n"]
    return archive_of(*files)


async def test_excerpts_are_offered_with_title_date_and_text(chat):
    _, answer = await offered(chat, QUESTION)
    first = answer["results"][0]
    assert first["title"] == "Kim, Putin vow to seek closer ties"
    assert first["description"].startswith("26 April 2019 · VLADIVOSTOK: North Korea’s Kim")
    assert answer["is_personal"] is True
    assert answer["cache_time"] == 300
    assert answer["button"] is None
    assert all(len(one["id"].encode()) <= 64 for one in answer["results"])


async def test_choosing_one_posts_the_quoted_answer(chat):
    asked, answer = await offered(chat, QUESTION)
    elsewhere = chat.fake.group("Elsewhere")
    chat.fake.picks(asked, answer["results"][0]["id"], elsewhere)
    posted = list(chat.fake.chat(elsewhere).messages.values())[-1]
    assert posted.markup.startswith("**Kim, Putin vow to seek closer ties**\n26 April 2019\n> ")
    assert "Thursday _[25 Apr 2019]_" in posted.markup
    assert posted.labels == [texts.READ]
    assert posted.buttons[0]["url"].startswith("https://t.me/dateline_bot?start=r-")
    page = await chat.says(f"/start {posted.buttons[0]['url'].partition('start=')[2]}")
    assert page.text.startswith("Kim, Putin vow")


async def test_excerpts_are_as_long_as_the_settings_say_by_now(chat):
    _, before = await offered(chat, QUESTION)
    config = chat.app.services.config
    answers = config.answers.model_copy(update={"words": 20})
    await chat.app.services.change(config.model_copy(update={"answers": answers}))
    _, after = await offered(chat, QUESTION)
    shorter, longer = (answer["results"][0]["input_message_content"] for answer in (after, before))
    assert len(shorter["message_text"]) < len(longer["message_text"])


@pytest.mark.parametrize("query", ["", "   "])
async def test_an_empty_query_offers_the_newest_articles(talk_to, many, query):
    chat = await talk_to(many)
    _, answer = await offered(chat, query)
    titles = [one["title"] for one in answer["results"]]
    assert titles == [f"Rain {number}" for number in range(59, 49, -1)]


@pytest.mark.parametrize("query", ["", "Where did it rain?"])
async def test_further_pages_go_on_where_the_last_one_ended(talk_to, many, query):
    chat = await talk_to(many)
    offset, seen, orders = "", [], 0
    while True:
        _, answer = await offered(chat, query, offset)
        seen += [one["id"] for one in answer["results"]]
        offset = answer["next_offset"]
        orders += 1
        assert len(answer["results"]) <= 50
        assert len(offset.encode()) <= 64
        if not offset:
            break
    assert orders >= 2
    assert len(seen) == len(set(seen)) >= 20


@pytest.mark.parametrize("offset", ["x", "abc:10", ":", "10", "🚀" * 16, "0" * 64])
async def test_an_offset_of_another_archive_ends_the_list(chat, offset):
    _, answer = await offered(chat, QUESTION, offset)
    assert answer["results"] == []
    assert answer["next_offset"] == ""
    assert answer["button"] is None


async def test_no_result_offers_the_private_chat_with_the_question(chat):
    question = "Who won the zyzzyva cup in Ouagadougou?"
    _, answer = await offered(chat, question)
    assert answer["results"] == []
    assert answer["button"]["text"] == texts.ASK_IN_PRIVATE
    reply = await chat.says(f"/start {answer['button']['start_parameter']}")
    assert reply.markup.startswith(f"_{texts.QUESTION_WAS.format(question=question)}_")


async def test_the_nearest_is_labelled_as_such_also_when_it_is_posted(chat):
    asked, answer = await offered(chat, "When did Putin meet Merkel in Hanoi?")
    assert answer["button"]["text"] == texts.NEAREST_IN_PRIVATE
    elsewhere = chat.fake.group("Elsewhere")
    chat.fake.picks(asked, answer["results"][0]["id"], elsewhere)
    posted = list(chat.fake.chat(elsewhere).messages.values())[-1]
    assert posted.text.startswith(texts.WEAK)


@pytest.mark.parametrize(
    "query", ["?", "👍", "x" * 256, "🚀" * 128, "<b>", "Kim " * 64, "金正恩", "متى"]
)
async def test_any_query_is_answered_within_the_limits(chat, query):
    _, answer = await offered(chat, query)
    assert not chat.fake.refused()
    for one in answer["results"]:
        assert length(one["input_message_content"]["message_text"]) <= 4_096


async def test_the_readers_language(chat):
    greta = chat.fake.user("Greta", language_code="de")
    _, answer = await offered(chat, QUESTION, user=greta)
    assert answer["results"][0]["description"].startswith("26. April 2019 · ")


async def test_a_query_that_waited_too_long_is_nothing_to_be_alarmed_about(chat, log):
    update = chat.fake.asks_inline(chat.ada, QUESTION)
    chat.fake.queries.lifetimes["inline"] = -1.0
    await chat.feed(update)
    assert chat.fake.refused()
    assert "a query waited too long" in log.getvalue()
    assert "Traceback" not in log.getvalue()


@given(st.text(max_size=300), st.sampled_from(["en", "de", "ru", "ar", "zh"]))
def test_a_question_fits_into_a_link_and_comes_back(question, language):
    payload = question_payload(question, language)
    assert len(payload) <= LONGEST_PAYLOAD
    assert payload.isascii()
    assert payload.replace("-", "").replace("_", "").isalnum() or not payload
    back = read_start(payload)
    clean = " ".join(question.encode("utf-8", "replace").decode().split())
    if len(clean.encode()) <= 40:
        assert (back or "") == clean
    elif back is not None:
        assert isinstance(back, str)
        assert back in clean or all(word in clean for word in back.split())


@pytest.mark.parametrize(
    "question",
    [
        "Когда встретились Ким и Путин во Владивостоке?",
        "金正恩和普京什么时候在海参崴见面?",
        "متى التقى كيم وبوتين في فلاديفوستوك؟",
        "When did Kim and Putin meet in Vladivostok?",
    ],
)
def test_usual_questions_fit_whole(question):
    assert read_start(question_payload(question)) == question


@given(st.text(max_size=80))
def test_any_start_payload_is_read_without_harm(payload):
    read_start(payload)


@pytest.mark.parametrize(
    "payload", ["qu", "qu_w", "qcmA", "qxAAAA", "r-short-0-0", "from_a_link", "qw2D0"]
)
async def test_payloads_that_are_none_get_help(chat, payload):
    page = await chat.says(f"/start {payload}")
    assert "one article, of 26 April 2019" in page.text or page.text.startswith("Question: ")
