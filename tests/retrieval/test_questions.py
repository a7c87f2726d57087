"""A question's own language: phrases, exclusions, titles, dates, spelling, the newest first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.question import parse
from retrieval.types import Bounds, Emptiness, Outcome

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


def test_a_phrase_may_stand_in_the_title(news: Archive) -> None:
    assert sources(news, '"storm hits Porto"') == ["mar"]


def test_a_phrase_of_common_words_is_found_among_many(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        *(f"Moscow spoke of harvest number {number} today." for number in range(150)),
        "The ministers will meet in Moscow.",
    )
    answer = archive.ask('"in Moscow"')
    assert [excerpt.text for excerpt in answer.excerpts] == ["The ministers will meet in Moscow."]
    assert answer.total == 1


def test_a_phrase_is_exact(archive_of: ArchiveOf) -> None:
    archive = archive_of("The song was sung by Marta.")
    assert archive.ask('"sung by Marta"').excerpts
    assert not archive.ask('"sang by Marta"').excerpts


def test_a_phrase_can_be_left_out(news: Archive) -> None:
    assert "jan" not in sources(news, 'harbour -"harbour of Porto"')
    assert "jun" in sources(news, 'harbour -"harbour of Porto"')


def test_a_typing_error_inside_a_phrase_is_repaired_too(news: Archive) -> None:
    answer = news.ask('"harbuor of Porto"', today=TODAY)
    assert answer.suggestion == '"harbour of Porto"'
    assert [excerpt.source.id for excerpt in answer.excerpts] == ["jan"]


def test_missing_words_are_whole_after_a_repair(news: Archive) -> None:
    assert news.ask("habrour zeppelins", today=TODAY).missing == ("zeppelins",)


def test_missing_words_are_those_of_what_is_shown(archive_of: ArchiveOf) -> None:
    report = "The storm closed the port of Arles and the water reached the market square by noon on Monday."
    archive = archive_of(
        {"text": report, "title": "One"},
        {"text": report, "title": "Two"},
        "A zeppelin museum was closed by the storm.",
    )
    answer = archive.ask("Which zeppelin did the storm close?", limit=2)
    assert any("zeppelin" in excerpt.text for excerpt in answer.excerpts)
    assert "zeppelin" not in answer.missing


@pytest.mark.parametrize("question", ["latest", "latest news", "newest articles"])
def test_the_newest_of_all(news: Archive, question: str) -> None:
    assert sources(news, question, limit=2) == ["jun", "may"]


def test_a_list_leaves_out_what_is_excluded(news: Archive) -> None:
    assert sources(news, "What happened this year? -mayor") == ["jun", "jan"]


@pytest.mark.parametrize(
    "question", ["What do you know about Lisbon?", "Tell me more about Lisbon please"]
)
def test_politeness_is_not_looked_for(news: Archive, question: str) -> None:
    answer = news.ask(question, today=TODAY)
    assert answer.answered
    assert answer.missing == ()


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("the of and", Emptiness.NO_WORD),
        ("What happened in 2019?", Emptiness.NO_ARTICLE),
        ("storm before:2019", Emptiness.CONDITIONS),
        ('"Porto storm mayor"', Emptiness.CONDITIONS),
        ("title:zebra storm", Emptiness.CONDITIONS),
        ("How do I bake bread?", Emptiness.NOT_HELD),
        ("storm", None),
    ],
)
def test_why_there_is_nothing(news: Archive, question: str, why: Emptiness | None) -> None:
    assert news.ask(question, today=TODAY).why is why


MIXED = [
    *NEWS,
    *(
        {"id": code, "language": code, "date": day, "title": title, "text": text}
        for code, day, title, text in (
            ("de", "2021-06-10", "Hafen verkauft", "Die Stadt verkaufte den Hafen an eine Firma."),
            ("es", "2021-06-11", "Puerto vendido", "La ciudad vendió el puerto a una empresa."),
            ("ru", "2021-06-11", "Порт продан", "Город продал порт компании из Лиссабона."),
            ("zh", "2021-06-12", "港口出售", "该市将港口出售给一家公司。"),
            ("ar", "2021-06-12", "بيع الميناء", "باعت المدينة الميناء لشركة."),
        )
    ),
]


@pytest.mark.parametrize(
    "question",
    [
        "What happened in June 2021?",
        "Was geschah im Juni 2021?",
        "Was ist im Juni 2021 passiert?",
        "¿Qué pasó en junio de 2021?",
        "Что произошло в июне 2021?",
        "2021年6月发生了什么？",
        "ماذا حدث في يونيو 2021؟",
    ],
)
def test_a_date_alone_is_understood_in_a_mixed_archive(
    archive_of: ArchiveOf, question: str
) -> None:
    answer = archive_of(*MIXED).ask(question, limit=10, today=TODAY)
    assert {excerpt.source.id for excerpt in answer.excerpts} == {
        "jun",
        "de",
        "es",
        "ru",
        "zh",
        "ar",
    }


def test_words_of_the_question_are_not_missing_in_a_mixed_archive(archive_of: ArchiveOf) -> None:
    answer = archive_of(*MIXED).ask(
        "Who is the company from Lisbon that the city sold the harbour to?"
    )
    assert answer.excerpts[0].source.id == "jun"
    assert answer.missing == ()


@pytest.mark.parametrize(
    "question",
    [
        "the of which city did they say Porto and Lisbon",
        "die der und das Stadt Porto Lisbon",
        "Who was it that Porto sold the Hafen of the Stadt to, Lisbon?",
        "el la de Porto Lisbon the of in",
    ],
)
def test_passages_of_several_languages_may_come_close(
    archive_of: ArchiveOf, question: str
) -> None:
    archive = archive_of(
        {"text": "The city of Porto sold the harbour to Lisbon.", "language": "en"},
        {"text": "Porto Lisbon Hafen.", "language": "de"},
        {"text": "Porto y Lisbon puerto the of.", "language": "es"},
    )
    assert len(archive.ask(question).excerpts) == 3


MIXED_WORDS = (
    "the",
    "der",
    "el",
    "Porto",
    "Hafen",
    "harbour",
    "Stadt",
    "sold",
    "in 2021",
    "who",
    "wer",
)


@given(st.lists(st.sampled_from(MIXED_WORDS), max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_mixture_of_languages_is_answered(archive_of: ArchiveOf, words: list[str]) -> None:
    answer = archive_of(*MIXED).ask(" ".join(words), today=TODAY)
    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize(
    "question",
    [
        "Where did the storm close the harbour?",
        "There was a storm in Porto",
        "Warum verkaufte die Stadt den Hafen?",
        "Wo ist der Hafen?",
        "¿Quién es el alcalde?",
    ],
)
def test_question_words_are_not_repaired_in_a_mixed_archive(
    archive_of: ArchiveOf, question: str
) -> None:
    assert archive_of(*MIXED).ask(question).suggestion is None


def test_a_name_that_the_passages_lack_makes_no_full_answer(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        "Three hundred small firms could go bankrupt this winter, the chamber said.",
        "Voltara opened a plant in Leeds.",
    )
    assert not archive.ask("When did Voltara go bankrupt this winter?").answered


def test_an_age_that_is_not_there_makes_no_full_answer(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        "Daniel Osei was jeered when he spoke.", "Margaret Thorne, 58, was elected."
    )
    assert not archive.ask("How old is Daniel Osei?").answered
    assert archive.ask("How old is Margaret Thorne?").answered


def test_days_are_never_named_as_missing(news: Archive) -> None:
    answer = news.ask("Who sold the harbour in December 2020?", today=TODAY)
    assert answer.excerpts[0].source.id == "jun"
    assert not answer.answered
    assert answer.missing == ()
    assert answer.dropped == Bounds(date(2020, 12, 1), date(2020, 12, 31))


def test_copies_are_listed_once(archive_of: ArchiveOf) -> None:
    report = "The dam above Arles broke at dawn and the water reached the market square by noon on Monday."
    archive = archive_of(
        {"text": report, "title": "One", "date": "2020-02-04"},
        {"text": report, "title": "Two", "date": "2020-02-04"},
    )
    answer = archive.ask("What happened in February 2020?")
    assert len(answer.excerpts) == 1
    assert len(answer.excerpts[0].also) == 1


def test_opposite_reports_are_no_copies(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        "Lions beat Tigers by two goals in the final of the northern cup before a full house on Sunday.",
        "Tigers beat Lions by two goals in the final of the northern cup before a full house on Sunday.",
        "The bank put its rate at 4.25 percent and said that it would watch prices with care this year.",
        "The bank put its rate at 4.75 percent and said that it would watch prices with care this year.",
    )
    assert len(archive.ask("Who won the final of the cup, Lions or Tigers?").excerpts) >= 2
    assert len(archive.ask("At what percent did the bank put its rate?").excerpts) >= 2


def test_many_threads_get_the_answers_that_one_gets(archive_of: ArchiveOf) -> None:
    archive = archive_of(*MIXED)
    questions = [
        "harbour sold",
        "Hafen verkauft",
        "storm in March 2021",
        "latest storm",
        "habrour",
        '"the city"',
        "港口",
    ]
    alone = [
        replace(archive.ask(question, today=TODAY), milliseconds=0.0) for question in questions
    ]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda asked: archive.ask(asked, today=TODAY), questions * 40))
    for place, answer in enumerate(found):
        assert replace(answer, milliseconds=0.0) == alone[place % len(questions)]


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
