"""A question's own language: phrases, exclusions, titles, dates, spelling, the newest first."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.question import parse
from retrieval.types import Bounds, Outcome

ArchiveOf = Callable[..., Archive]
TODAY = date(2021, 6, 16)

NEWS = [
    {"id": identity, "date": day, "title": title, "text": text}
    for identity, day, title, text in (
        ("jan", "2021-01-10", "Harbour reopens", "The harbour of Porto reopened after the storm."),
        (
            "mar",
            "2021-03-05",
            "Storm hits Porto",
            "A storm closed the harbour. The mayor spoke of heavy damage.",
        ),
        (
            "may",
            "2021-05-20",
            "Election called",
            "The mayor of Porto called an election after the storm over damage.",
        ),
        (
            "jun",
            "2021-06-09",
            "Harbour sold",
            "The city sold the harbour to a company from Lisbon.",
        ),
    )
]


def sources(archive: Archive, question: str, limit: int = 10) -> list[str]:
    answer = archive.ask(question, limit=limit, today=TODAY)
    return [excerpt.source.id for excerpt in answer.excerpts]


@pytest.fixture
def news(archive_of: ArchiveOf) -> Archive:
    return archive_of(*NEWS)


def test_a_phrase_must_stand_word_for_word(news: Archive) -> None:
    assert sources(news, '"the harbour of Porto"') == ["jan"]
    assert sources(news, "“mayor of Porto”") == ["may"]
    assert sources(news, '"Porto of harbour"') == []


def test_an_excluded_word_is_left_out(news: Archive) -> None:
    assert "may" in sources(news, "storm damage")
    assert sources(news, "storm damage -election") == ["mar", "jan"]


def test_a_dash_between_words_excludes_nothing(news: Archive) -> None:
    assert sources(news, "storm - damage") == sources(news, "storm damage")


def test_a_title_can_be_asked_for(news: Archive) -> None:
    assert set(sources(news, "title:harbour storm Porto")) == {"jan", "jun"}
    assert set(sources(news, "title:reopens storm")) == {"jan"}
    assert set(sources(news, 'title:"harbour sold"')) == {"jun"}


@pytest.mark.parametrize(
    ("question", "found", "bounds"),
    [
        ("storm after:2021-03-01", {"mar", "may"}, Bounds(date(2021, 3, 1), None)),
        ("storm before:2021-03", {"jan"}, Bounds(None, date(2021, 2, 28))),
        (
            "storm after:2021-02 before:2021-05",
            {"mar"},
            Bounds(date(2021, 2, 1), date(2021, 4, 30)),
        ),
        (
            "What did the storm do in March 2021?",
            {"mar"},
            Bounds(date(2021, 3, 1), date(2021, 3, 31)),
        ),
        ("storm since May 2021", {"may"}, Bounds(date(2021, 5, 1), None)),
        (
            "Who bought the harbour last week?",
            {"jun"},
            Bounds(date(2021, 6, 7), date(2021, 6, 13)),
        ),
    ],
)
def test_days_limit_the_answer(
    news: Archive, question: str, found: set[str], bounds: Bounds
) -> None:
    answer = news.ask(question, limit=10, today=TODAY)
    assert {excerpt.source.id for excerpt in answer.excerpts} == found
    assert answer.bounds == bounds


def test_days_understood_from_words_never_empty_the_answer(news: Archive) -> None:
    answer = news.ask("storm in Porto in 2019", today=TODAY)
    assert answer.excerpts
    assert not answer.bounds
    assert answer.dropped == Bounds(date(2019, 1, 1), date(2019, 12, 31))


def test_days_given_by_operators_are_kept_even_if_nothing_is_left(news: Archive) -> None:
    answer = news.ask("storm before:2019", today=TODAY)
    assert answer.outcome is Outcome.NOTHING
    assert answer.bounds == Bounds(None, date(2018, 12, 31))


def test_days_can_be_dropped(news: Archive) -> None:
    assert set(sources(news, "storm dates:any in March 2021")) >= {"jan", "mar", "may"}


def test_days_that_cannot_be_read_are_named(news: Archive) -> None:
    answer = news.ask("storm after:2021-13", today=TODAY)
    assert answer.unreadable == ("after:2021-13",)
    assert answer.excerpts


@pytest.mark.parametrize(
    "question",
    [
        "What happened last week?",
        "last week",
        "on 9 June 2021",
        "after:2021-06-01",
        "news of 2021-06-09",
    ],
)
def test_a_question_that_is_only_a_date_lists_what_was_written_then(
    news: Archive, question: str
) -> None:
    answer = news.ask(question, today=TODAY)
    assert [excerpt.source.id for excerpt in answer.excerpts] == ["jun"]
    assert answer.answered


def test_a_list_of_what_was_written_is_newest_first(news: Archive) -> None:
    assert sources(news, "What happened this year?") == ["jun", "may", "mar", "jan"]


def test_the_newest_first(news: Archive) -> None:
    assert sources(news, "latest storm") == ["may", "mar", "jan"]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Who sold the habrour?", "Who sold the harbour?"),
        ("Did the mayor call an electoin?", "Did the mayor call an election?"),
        ("Lisbonn", "Lisbon"),
    ],
)
def test_spelling_is_repaired_and_said(news: Archive, question: str, read: str) -> None:
    answer = news.ask(question, today=TODAY)
    assert answer.suggestion is not None
    assert answer.suggestion.casefold() == read.casefold()
    assert answer.excerpts


def test_what_the_archive_knows_is_never_repaired(archive_of: ArchiveOf) -> None:
    archive = archive_of("Marta Storn spoke.", *["A storm came over the hills." for _ in range(5)])
    answer = archive.ask("Who is Storn?")
    assert answer.suggestion is None
    assert "Storn" in answer.excerpts[0].text


@pytest.mark.parametrize("question", ["porto 20211", "xyz", "qqqqqq"])
def test_numbers_short_and_unlike_words_are_left_alone(news: Archive, question: str) -> None:
    assert news.ask(question, today=TODAY).suggestion is None


def test_copies_are_shown_once(archive_of: ArchiveOf) -> None:
    report = "The dam above Arles broke at dawn and the water reached the market square by noon on Monday."
    archive = archive_of(
        {"id": "wire", "title": "Dam breaks", "text": report, "date": "2020-02-04"},
        {
            "id": "copy",
            "title": "Flood in Arles",
            "text": report + " Agency.",
            "date": "2020-02-04",
        },
        {
            "id": "own",
            "title": "After the flood",
            "text": "The dam will be rebuilt, the mayor said.",
            "date": "2020-02-09",
        },
    )
    answer = archive.ask("When did the dam break?")
    shown = [excerpt.source.id for excerpt in answer.excerpts]
    assert len(shown) == len(set(shown)) == 2
    first = answer.excerpts[0]
    assert {first.source.id, *(source.id for source in first.also)} == {"wire", "copy"}


@given(st.text(max_size=80))
def test_reading_keeps_every_place(text: str) -> None:
    question = parse(text, ["en"], TODAY)
    assert len(question.words) == len(question.timeless) == len(question.text)
    for place, character in enumerate(question.words):
        assert character == " " or character == question.text[place]


@given(
    st.text(max_size=40),
    st.sampled_from(['"{}"', "-{}", "title:{}", "after:{}", "latest {}", "dates:any {}"]),
)
def test_any_operator_on_any_text_is_answered(seeds: Archive, text: str, form: str) -> None:
    answer = seeds.ask(f"Kim {form.format(text)}")
    assert 0 <= answer.confidence <= 1
