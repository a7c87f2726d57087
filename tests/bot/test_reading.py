"""Reading: the whole article, page by page, from the place of the excerpt."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.language import LANGUAGES, Texts
from bot.reader import pages, reading_page
from bot.richtext import Style, utf16_length
from bot.telegram.message import to_message
from retrieval.types import ArticleText, Resolved, Source, Span

QUESTION = "Who is Koo Kab-woo?"
SOURCE = Source("a", "Title " * 100, date(2020, 2, 29), "https://news.example/a")


async def read(talk, label=texts.READ, message=None):
    await talk.feed(talk.fake.presses(message or talk.fake.last(talk.chat), label, talk.ada))
    return talk.fake.last(talk.chat)


async def test_reading_begins_at_the_excerpt_which_is_marked(chat):
    answer = await chat.says(QUESTION)
    page = await read(chat)
    assert page.id != answer.id
    assert page.text.startswith("Kim, Putin vow to seek closer ties\n26 April 2019\n\n")
    assert page.labels == ["◀", "2 / 2"]
    (marked,) = [
        one for one in re.findall(r"\*\*([^*]+)\*\*", page.markup) if one.startswith("“For North")
    ]
    assert marked.endswith("in Seoul.")


async def test_pages_are_turned_in_place_and_are_the_whole_article(chat, seeds):
    await chat.says(QUESTION)
    last = await read(chat)
    count = len(chat.fake.sent(chat.chat))
    second = last.text
    first = (await read(chat, "◀")).text
    assert len(chat.fake.sent(chat.chat)) == count
    assert chat.fake.last(chat.chat).labels == ["1 / 2", "▶"]
    assert (await read(chat, "▶")).text == second
    whole = "".join(re.sub(r"^.*\n.*\n\n", "", page, count=1) + " " for page in (first, second))
    whole = re.sub(r" \[(\d+ )?(\w+ )?20\d\d\]", "", whole)
    key = chat.fake.last(chat.chat).buttons[0]["callback_data"].split(":")[1]
    assert whole.split() == seeds.article(key).text.split()


async def test_the_page_number_is_a_button_that_does_nothing(chat):
    await chat.says(QUESTION)
    page = await read(chat)
    before = page.markup
    assert (await read(chat, "2 / 2")).markup == before


async def test_in_a_group_a_button_opens_it_in_private(chat):
    room = chat.fake.supergroup()
    await chat.feed(chat.fake.says(room, chat.ada, f"/ask {QUESTION}"))
    (link,) = [one["url"] for one in chat.fake.last(room).buttons if one["text"] == texts.READ]
    match = re.fullmatch(r"https://t\.me/dateline_bot\?start=([A-Za-z0-9_-]{1,64})", link)
    page = await chat.says(f"/start {match[1]}")
    assert page.labels == ["◀", "2 / 2"]
    assert "**“For North Korea" in page.markup


async def test_an_article_that_is_gone(talk_to, archive_of, seeds):
    text = "It rained in Leeds on Tuesday, and the umbrellas of the town were all sold by noon."
    chat = await talk_to(archive_of("a.txt", f"Title: Rain\nDate: 2020-01-01\n\n{text}\n"))
    answer = await chat.says("Where did it rain?")
    chat.app.services.archive = seeds
    update = chat.fake.presses(answer, texts.READ, chat.ada)
    await chat.feed(update)
    told = chat.fake.queries.known[update["callback_query"]["id"]].answers[0]["text"]
    assert told == texts.ARTICLE_GONE
    assert (await chat.says("/start r-AAAAAAAAAAAA-0-5")).text == texts.ARTICLE_GONE


async def test_several_articles_have_a_button_each(talk_to, archive_of):
    files = []
    for number, city in enumerate(["Leeds", "York"], 1):
        body = f"It rained in {city} for {number} days, and nobody in {city} minded at all."
        files += [f"{city}.txt", f"Title: Rain in {city}\nDate: 2020-01-0{number}\n\n{body}\n"]
    chat = await talk_to(archive_of(*files))
    answer = await chat.says("Where did it rain?")
    titles = [line for line in answer.text.splitlines() if line.startswith("Rain in")]
    assert [label for label in answer.labels if label.startswith("Read")] == ["Read", "Read 2"]
    for label, title in zip(["Read", "Read 2"], titles, strict=True):
        assert (await read(chat, label, answer)).text.startswith(title)


words = st.sampled_from(
    [
        "Kim",
        "met",
        "Putin.",
        "🚀",
        "👩‍👩‍👧",
        "كيم",
        "金正恩",
        "\n\n",
        "\n",
        "x" * 700,
        "e\u0301" * 400,
    ]
)
bodies = st.lists(words, max_size=400).map(" ".join)


@given(bodies)
def test_pages_are_the_whole_text_and_each_fits(text):
    spans = list(pages(text))
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(span.start < span.end for span in spans) or not text


@given(bodies, st.data(), st.sampled_from(LANGUAGES))
def test_no_page_loses_anything_in_a_message(text, data, language):
    places = data.draw(st.lists(st.integers(1, max(1, len(text))), max_size=60, unique=True))
    resolved = tuple(
        Resolved(place - 1, place, date(2019, 9, 23), date(2019, 10, 29))
        for place in sorted(places)
        if place <= len(text)
    )
    excerpt = Span(len(text) // 3, len(text) // 2)
    article = ArticleText(SOURCE, text, "en", resolved)
    page = reading_page(article, excerpt, Texts(language))
    for number in range(page.pages):
        rich = reading_page(article, excerpt, Texts(language), number).text
        sent, _ = to_message(rich)
        assert sent == rich.text
        assert utf16_length(sent) <= 4_096


def test_a_page_number_out_of_range_is_the_nearest():
    article = ArticleText(SOURCE, "It rained. " * 1_000, "en")
    page = reading_page(article, Span(0, 5), Texts(), 10**9)
    assert page.number == page.pages - 1


@pytest.mark.parametrize("start", [0, 3_500, 10_000])
def test_it_opens_where_the_excerpt_begins(start):
    text = "It rained in Leeds. " * 1_000
    page = reading_page(ArticleText(SOURCE, text, "en"), Span(start, start + 100), Texts())
    bold = [mark for mark in page.text.marks if mark.style is Style.BOLD]
    marked = "".join(page.text.text[mark.start : mark.end] for mark in bold[1:])
    assert marked
    assert text[start : start + 100].startswith(marked)
