"""Answers made up at random: what is shown is the excerpt word for word, and Telegram takes it."""

import re
from datetime import date

import pytest
from fake_telegram import FakeTelegram
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import texts
from bot.language import Texts
from bot.render import LONGEST_HEADING, render
from bot.richtext import RichText, Style, utf16_length
from bot.telegram.message import to_message
from retrieval.types import Answer, Excerpt, Outcome, Resolved, Source, Span

SAY = Texts()

WORDS = [
    "Kim", "<b>", "</b>", "&amp;", "*x*", "_y_", "`z`", "[1](2)", "🚀", "👩‍👩‍👧", "🇰🇵", "e\u0301", "كيم", "\u202e",
    "\n\n", "\n", "  ", "\t", "@ada", "/ask", "#tag", "https://a.example/b?c", "“quoted”", "’s", "—", "\u00a0",
]  # fmt: skip

words = st.lists(
    st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=5), max_size=25
)
bodies = st.builds(" ".join, words).filter(str.strip)
days = st.dates()
urls = st.none() | st.sampled_from(
    [
        "https://news.example/1",
        "http://intranet/1",
        "http://[::1]/",
        "https://пример.example/ü?q=1#x",
    ]
)
sources = st.builds(Source, id=bodies, heading=bodies, date=days, url=urls)


@st.composite
def spans(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Some that don't overlap, in order."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=12)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def excerpts(draw: st.DrawFn) -> Excerpt:
    text = draw(bodies)
    resolved = [
        Resolved(start, end, *sorted((draw(days), draw(days))))
        for start, end in draw(spans(len(text)))
    ]
    highlights = [Span(start, end) for start, end in draw(spans(len(text)))]
    return Excerpt(draw(sources), text, text, 0, tuple(highlights), tuple(resolved), 1.0)


answers = st.builds(
    Answer,
    question=bodies,
    outcome=st.sampled_from(Outcome),
    confidence=st.floats(0, 1),
    total=st.integers(0, 9),
    excerpts=st.lists(excerpts(), min_size=1, max_size=5).map(tuple),
    missing=st.lists(bodies, max_size=12).map(tuple),
)


def sent(rich: RichText) -> tuple[str, list[dict[str, object]]]:
    """The text and entities that a Telegram keeps which refuses what is wrong."""
    fake = FakeTelegram()
    chat = fake.private(fake.user())
    text, entities = to_message(rich)
    raw = [entity.to_dict() for entity in entities]
    status, body = fake.handle("sendMessage", {"chat_id": chat.id, "text": text, "entities": raw})
    assert status == 200, body
    assert fake.warnings == []
    assert utf16_length(text) <= 4_096
    assert len(entities) <= 100
    return text, raw


def quotes(rich: RichText) -> list[str]:
    """What stands quoted, without what stands there in brackets and italics."""
    found = []
    for quote in (mark for mark in rich.marks if mark.style is Style.QUOTE):
        text, position = "", quote.start
        for ours in (mark for mark in rich.marks if mark.style is Style.ITALIC):
            if quote.start <= ours.start < quote.end:
                assert re.fullmatch(" \u2068?\\[.+\\]\u2069?", rich.text[ours.start : ours.end])
                text += rich.text[position : ours.start]
                position = ours.end
        found.append(text + rich.text[position : quote.end])
    return found


@given(answers)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_quoted_is_word_for_word(answer):
    rich = render(answer, SAY)
    if answer.outcome is Outcome.NOTHING:
        assert quotes(rich) == []
    else:
        assert sorted(quotes(rich)) == sorted(excerpt.text for excerpt in answer.excerpts)


@given(answers)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_telegram_takes_every_answer(answer):
    sent(render(answer, SAY))


@given(excerpts())
def test_bold_is_exactly_the_highlights(excerpt):
    rich = render(answered(excerpt), SAY)
    (quote,) = (mark for mark in rich.marks if mark.style is Style.QUOTE)
    bold = [
        rich.text[mark.start : mark.end]
        for mark in rich.marks
        if mark.style is Style.BOLD and mark.start >= quote.start
    ]
    wanted = [excerpt.text[span.start : span.end] for span in excerpt.highlights]
    assert "".join(bold) == "".join(wanted)


def answered(*found: Excerpt, outcome: Outcome = Outcome.ANSWER, **more: object) -> Answer:
    return Answer("?", outcome, 0.9, len(found), found, **more)


def excerpt(text: str, number: int = 0, **more: object) -> Excerpt:
    given = {"highlights": (), "resolved": (), "heading": f"Title {number}", **more}
    source = Source(f"a{number}", given["heading"], date(2019, 4, 26), given.get("url"))
    return Excerpt(source, text, text, 0, given["highlights"], given["resolved"], 1.0)


def test_excerpts_of_one_article_stand_together_in_the_order_of_the_best():
    found = [excerpt("one", 1), excerpt("two", 2), excerpt("three", 1)]
    assert render(answered(*found), SAY).text == (
        "Title 1\n26 April 2019\none\nthree\n\nTitle 2\n26 April 2019\ntwo"
    )


def test_days_stand_behind_their_words_also_where_those_are_bold():
    text = "They met on Thursday."
    thursday = Resolved(9, 20, date(2019, 4, 25), date(2019, 4, 25))
    found = excerpt(text, highlights=(Span(12, 20),), resolved=(thursday,))
    rich = render(answered(found), SAY)
    assert rich.text.endswith("They met on Thursday [25 Apr 2019].")
    bold = [rich.text[mark.start : mark.end] for mark in rich.marks if mark.style is Style.BOLD]
    assert bold == ["Title 0", "Thursday"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2019, 4, 25), date(2019, 4, 25), "25 Apr 2019"),
        (date(2019, 2, 1), date(2019, 2, 28), "Feb 2019"),
        (date(2020, 2, 1), date(2020, 2, 29), "Feb 2020"),
        (date(2020, 2, 1), date(2020, 2, 28), "1 Feb 2020 – 28 Feb 2020"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2017, 1, 1), date(2018, 12, 31), "1 Jan 2017 – 31 Dec 2018"),
        (date(2019, 4, 22), date(2019, 4, 28), "22 Apr 2019 – 28 Apr 2019"),
        (date(9999, 12, 31), date(9999, 12, 31), "31 Dec 9999"),
        (date(9999, 12, 1), date(9999, 12, 31), "1 Dec 9999 – 31 Dec 9999"),
        (date.min, date.min, "1 Jan 1"),
    ],
)
def test_days_as_people_write_them(first, last, shown):
    assert SAY.days(first, last) == shown


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2019, 4, 26)], "one article, of 26 April 2019"),
        ([date(2019, 4, 26)] * 2, "2 articles, all of 26 April 2019"),
        (
            [date(2019, 4, 26), date(2018, 1, 2)],
            "2 articles, from 2 January 2018 to 26 April 2019",
        ),
        ([date(2019, 4, 26)] * 1_234, "1,234 articles, all of 26 April 2019"),
    ],
)
def test_what_there_is(days, said):
    assert SAY.holding(len(days), min(days), max(days)) == said


def test_the_nearest_is_labelled_as_such_and_what_is_missing_named():
    rich = render(answered(excerpt("near"), outcome=Outcome.WEAK, missing=("World", "Cup")), SAY)
    assert rich.text.startswith(f"{texts.WEAK}\n\nTitle 0\n")
    assert rich.text.endswith("near\n\nNot found in these passages: World, Cup")


def test_a_title_as_long_as_an_article_leaves_room_for_the_quotation():
    text, _ = sent(render(answered(excerpt("quoted", heading="Rain " * 2_000)), SAY))
    assert text.endswith("quoted")
    assert utf16_length(text.splitlines()[0]) <= LONGEST_HEADING


def test_fifty_excerpts_and_a_link_each():
    found = [excerpt("It rained. " * 10, n, url=f"https://n.example/{n}") for n in range(50)]
    text, entities = sent(render(answered(*found), SAY))
    assert text.endswith(" …")
    kinds = [entity["type"] for entity in entities]
    assert kinds.count("text_link") == kinds.count("blockquote") > 20


@pytest.mark.parametrize("word", ["🚀 ", "ab "])
def test_hundreds_of_highlights_cost_no_link_quote_or_day(word):
    text = word * 400
    highlights = tuple(Span(at, at + 1) for at in range(0, len(text), len(word)))
    thursday = Resolved(0, 1, date(2019, 4, 25), date(2019, 4, 25))
    found = excerpt(text, highlights=highlights, resolved=(thursday,), url="https://n.example/1")
    _, entities = sent(render(answered(found), SAY))
    kinds = [entity["type"] for entity in entities]
    assert len(kinds) == 100
    assert {"text_link": 1, "blockquote": 1, "italic": 1}.items() <= {
        kind: kinds.count(kind) for kind in kinds
    }.items()


@pytest.mark.parametrize(
    "text", ["x" * 50_000, "🚀" * 50_000, "e\u0301" * 9_000, "\n" * 9_000 + "x"]
)
def test_a_text_without_end(text):
    shown, _ = sent(render(answered(excerpt(text, highlights=(Span(0, len(text)),))), SAY))
    assert shown.startswith("Title 0\n26 April 2019")
