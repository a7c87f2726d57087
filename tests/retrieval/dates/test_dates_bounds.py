"""Questions, each with the days it is limited to when it is asked on Friday 26 April 2019."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find_bounds
from retrieval.dates.tables import LANGUAGES
from retrieval.types import Bounds

TODAY = date(2019, 4, 26)


def read(question, language="en"):
    bounds = find_bounds(question, TODAY, [language]).bounds
    return f"{bounds.after or ''}..{bounds.before or ''}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What happened in April 2019?", "2019-04-01..2019-04-30"),
        ("What happened in april 2019?", "2019-04-01..2019-04-30"),
        ("What has changed since March?", "2019-03-01.."),
        ("Who met last week?", "2019-04-15..2019-04-21"),
        ("summits between 2018 and 2019", "2018-01-01..2019-12-31"),
        ("summits between 2019 and 2018", "2018-01-01..2019-12-31"),
        ("summits before 2020", "..2019-12-31"),
        ("summits after 2019", "2020-01-01.."),
        ("summits after 3 May 2019", "2019-05-04.."),
        ("summits until June", "..2018-06-30"),
        ("summits from March to May 2019", "2019-03-01..2019-05-31"),
        ("summits from November to February", "2018-11-01..2019-02-28"),
        ("summits from March 2018 to May", "2018-03-01..2018-05-31"),
        ("summits in March and April 2019", "2019-03-01..2019-04-30"),
        ("summits between 3 and 5 May 2018", "2018-05-03..2018-05-05"),
        ("What did he say on 25 April 2019?", "2019-04-25..2019-04-25"),
        ("What did he say on April 25?", "2019-04-25..2019-04-25"),
        ("What did he say yesterday?", "2019-04-25..2019-04-25"),
        ("What did he say on Thursday?", "2019-04-25..2019-04-25"),
        ("what did he say last thursday?", "2019-04-25..2019-04-25"),
        ("What did he say Friday?", "2019-04-26..2019-04-26"),
        ("summits this month", "2019-04-01..2019-04-30"),
        ("summits in 2019", "2019-01-01..2019-12-31"),
        ("summits during 2018", "2018-01-01..2018-12-31"),
        ("What happened 2 days ago?", "2019-04-24..2019-04-24"),
        ("summits in the last 3 months", "2019-01-26..2019-04-26"),
        ("summits of the past week", "2019-04-19..2019-04-26"),
        ("What happened on 2019-04-25?", "2019-04-25..2019-04-25"),
        ("2019-04-25", "2019-04-25..2019-04-25"),
        ("summit 03/04/2019", "2019-04-03..2019-04-03"),
        ("summit 04/25/2019", "2019-04-25..2019-04-25"),
        ("summits in the first quarter of 2019", "2019-01-01..2019-03-31"),
        ("news from 2015 onwards", "2015-01-01.."),
        ("news from last week", "2019-04-15..2019-04-21"),
        ("In May, what happened?", "2018-05-01..2018-05-31"),
        ("floods before 1 March 2019", "..2019-02-28"),
        ("floods after 2019-03-01", "2019-03-02.."),
        ("news since 2018-06-01", "2018-06-01.."),
        ("floods in the last two weeks", "2019-04-12..2019-04-26"),
        ("floods this year", "2019-01-01..2019-12-31"),
        ("What happened over the weekend?", "2019-04-20..2019-04-21"),
        ("on Thursday, what happened in April 2019?", "2019-04-25..2019-04-25"),
    ],
)
def test_words_limit_a_question(question, expected):
    assert read(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "When did Kim and Putin meet?",
        "What did May say?",
        "What has happened after May resigned?",
        "Who won the 1998 World Cup?",
        "What is in the 2019 budget?",
        "Who led the March on Washington?",
        "What did the Sun say about the second summit?",
        "What is Black Friday?",
        "Who writes for the Sunday Times?",
        "What will happen tomorrow?",
        "How many of the 2018 soldiers left?",
        "Who was in the 1990s team?",
        "What is the April 2019 summit?",
        "What did May do in Brussels?",
        "What happened in the September 11 attacks?",
        "Who planned Sept. 11?",
        "Which are the Black Friday sales?",
        "Where were Friday prayers held?",
        "What is a Boeing 747, Catch-22, the G20 summit or 24 hours?",
        "Who reads 1984 by Orwell?",
        "on 31/31/2019",
        "",
    ],
)
def test_what_is_no_limit(question):
    assert find_bounds(question, TODAY, ["en"]).bounds == Bounds()
    assert find_bounds(question, TODAY, ["en"]).spans == ()


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("es", "¿Qué pasó en abril de 2019?", "2019-04-01..2019-04-30"),
        ("es", "cumbres desde marzo", "2019-03-01.."),
        ("es", "cumbres de marzo a mayo de 2019", "2019-03-01..2019-05-31"),
        ("es", "cumbres antes de 2020", "..2019-12-31"),
        ("es", "el presupuesto de 2019", ".."),
        ("de", "Was geschah im April 2019?", "2019-04-01..2019-04-30"),
        ("de", "Gipfel seit März", "2019-03-01.."),
        ("de", "Gipfel zwischen 2018 und 2019", "2018-01-01..2019-12-31"),
        ("de", "Gipfel am 25.04.2019", "2019-04-25..2019-04-25"),
        ("de", "der Haushalt 2019", ".."),
        ("ru", "Что случилось 25 апреля 2019 года?", "2019-04-25..2019-04-25"),
        ("ru", "встречи в апреле 2019", "2019-04-01..2019-04-30"),
        ("ru", "встречи с 2018 по 2019 год", "2018-01-01..2019-12-31"),
        ("ru", "встречи до 2020 года", "..2019-12-31"),
        ("ar", "منذ مارس 2019", "2019-03-01.."),
        ("ar", "بين 2018 و2019", "2018-01-01..2019-12-31"),
        ("ar", "ماذا حدث في ٢٥/٠٤/٢٠١٩", "2019-04-25..2019-04-25"),
        ("zh", "2019年4月25日发生了什么", "2019-04-25..2019-04-25"),
        ("zh", "2019年4月", "2019-04-01..2019-04-30"),
        ("zh", "4月25日", "2019-04-25..2019-04-25"),
        ("zh", "从2018年到2019年", "2018-01-01..2019-12-31"),
        ("zh", "自2018年以来", "2018-01-01.."),
        ("zh", "2020年以前", "..2019-12-31"),
        ("zh", "他的2019年预算", ".."),
    ],
)
def test_other_languages_limit_too(language, question, expected):
    assert read(question, language) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kim after:2019-04-01 before:2019-05", "2019-04-01..2019-04-30"),
        ("Kim AFTER:2018", "2018-01-01.."),
        ("Kim before:2019-04-10?", "..2019-04-09"),
        ("Kim on:2019-04-25", "2019-04-25..2019-04-25"),
        ("on:2019-04 Kim", "2019-04-01..2019-04-30"),
        ("Kim in 2019 after:2019-02", "2019-02-01..2019-12-31"),
        ("Kim last week after:2019-04-24", "2019-04-24.."),
    ],
)
def test_operators(question, expected):
    reading = find_bounds(question, TODAY, ["en"])
    assert f"{reading.bounds.after or ''}..{reading.bounds.before or ''}" == expected
    assert reading.explicit
    assert reading.unreadable == ()


@pytest.mark.parametrize(
    ("question", "unreadable"),
    [
        ("Kim after:2019-13", ("after:2019-13",)),
        ("Kim on:2019-02-30", ("on:2019-02-30",)),
        ("Kim before:lunch", ("before:lunch",)),
        ("Kim before:0001", ("before:0001",)),
        ("Kim after:2020 before:2019", ("after:2020", "before:2019")),
    ],
)
def test_operators_that_cannot_be_followed_are_told(question, unreadable):
    reading = find_bounds(question, TODAY, ["en"])
    assert reading.unreadable == unreadable
    assert not reading.bounds
    assert not reading.explicit


def test_limits_that_exclude_each_other_are_told():
    reading = find_bounds("after 2018 and before 2017", TODAY, ["en"])
    assert reading.bounds == Bounds(after=date(2019, 1, 1))
    assert reading.unreadable == ("before 2017",)


def test_spans_take_in_the_word_before():
    question = "What happened since March, on:2019-04?"
    reading = find_bounds(question, TODAY, ["en"])
    assert [question[span.start : span.end] for span in reading.spans] == [
        "since March",
        "on:2019-04",
    ]


def test_the_language_that_explains_most_is_taken():
    assert find_bounds("im April 2019", TODAY, ["en", "de"]).spans[0].start == 0
    assert find_bounds("in April 2019", TODAY, ["xx"]).bounds.after == date(2019, 4, 1)
    assert find_bounds("in April 2019", TODAY, []).bounds.after == date(2019, 4, 1)


PIECES = st.sampled_from(
    [
        "between",
        "and",
        "from",
        "to",
        "since",
        "before",
        "after",
        "until",
        "in",
        "2019",
        "2018",
        "April",
        "March",
        "25",
        "last",
        "week",
        "on",
        "Thursday",
        "after:2019",
        "before:2018-05",
        "on:x",
        "de",
        "a",
        "von",
        "bis",
        "с",
        "по",
        "من",
        "إلى",
        "从",
        "到",
        "2019年",
        "4月",
        "以来",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map(" ".join)),
    st.one_of(st.dates(), st.sampled_from([date.min, date.max])),
    st.lists(st.sampled_from([*sorted(LANGUAGES), "xx"])),
)
def test_a_reading_is_sound_whatever_the_question(question, today, languages):
    reading = find_bounds(question, today, languages)
    place = 0
    for span in reading.spans:
        assert place <= span.start < span.end <= len(question)
        place = span.end
    bounds = reading.bounds
    assert bounds.after is None or bounds.before is None or bounds.after <= bounds.before


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "piece", ["1", "in 2019 ", "between 2018 and ", "after:2 ", " ", "Thursday "]
)
def test_hostile_questions_end(language, piece):
    find_bounds(piece * (20_000 // len(piece)), TODAY, [language])
