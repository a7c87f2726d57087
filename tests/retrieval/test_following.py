"""Follow-ups: read together with the question before where that helps, never to the harm of the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.types import Answer, Bounds, Order, Outcome

ArchiveOf = Callable[..., Archive]
TODAY = date(2021, 6, 16)
MET = "When did Kim and Putin meet?"

NEWS = [
    {"id": identity, "date": day, "title": title, "text": text}
    for identity, day, title, text in (
        (
            "porto",
            "2021-01-10",
            "Storm in Porto",
            "A storm closed the harbour of Porto. The mayor promised new walls. It began on 8 January.",
        ),
        (
            "lisbon",
            "2021-03-05",
            "Strike in Lisbon",
            "A strike closed the airport of Lisbon. The mayor promised new talks. It began on 3 March.",
        ),
        (
            "faro",
            "2021-05-20",
            "Election in Faro",
            "Voters of Faro elected a council. The mayor promised new schools.",
        ),
    )
]


@pytest.fixture
def news(archive_of: ArchiveOf) -> Archive:
    return archive_of(*NEWS)


def timeless(answer: Answer) -> Answer:
    return replace(answer, milliseconds=0.0)


def bare(archive: Archive, question: str, after: str, **asked: object) -> bool:
    """Whether a question is answered after another exactly as by itself."""
    answer = archive.ask(question, after=after, **asked)
    return timeless(answer) == timeless(archive.ask(question, **asked))


@pytest.mark.parametrize(
    "question",
    [
        "Who is Koo Kab-woo?",
        "Who shared a lunch?",
        "What broke down in Hanoi in February?",
        "Why is the sky blue?",
        "What about the zeppelins?",
        "What happened last week?",
        "latest news",
        "👍",
        "?",
        "",
        MET,
    ],
)
def test_a_whole_question_is_answered_as_if_it_came_first(seeds: Archive, question: str) -> None:
    assert bare(seeds, question, "When did they meet?")
    assert bare(seeds, question, MET)


@pytest.mark.parametrize("earlier", ["", " ", "👍", "?!", "the of and", "\ud83d", "zyzzyva"])
@pytest.mark.parametrize("question", ["when was that?", "What did Putin say?"])
def test_a_question_after_nothing_stands_alone(
    seeds: Archive, question: str, earlier: str
) -> None:
    assert bare(seeds, question, earlier)


@pytest.mark.parametrize("question", ["when was that?", "And when?", "where did it take place?"])
def test_a_question_without_words_is_about_the_one_before(seeds: Archive, question: str) -> None:
    answer = seeds.ask(question, after=MET)
    assert answer.follows == MET
    assert answer.question == question
    assert answer.answered
    assert answer.excerpts[0].text.startswith("VLADIVOSTOK")
    assert answer.missing == ()


@pytest.mark.parametrize(
    ("question", "earlier", "said"),
    [
        ("What did the mayor promise?", "Which strike closed the airport?", "talks"),
        ("And what did the mayor promise?", "What did the storm close?", "walls"),
        ("the mayor?", "Whom did the voters of Faro elect?", "schools"),
        ("When did it begin?", "Which strike closed the airport?", "3 March"),
        ("When did it begin?", "Did a storm close the harbour?", "8 January"),
    ],
)
def test_the_question_before_decides_among_equals(
    news: Archive, question: str, earlier: str, said: str
) -> None:
    answer = news.ask(question, after=earlier)
    assert answer.follows == earlier
    assert said in answer.excerpts[0].text


def test_what_a_follow_up_names_itself_comes_first(news: Archive) -> None:
    answer = news.ask("What did the mayor of Faro promise?", after="What did the storm close?")
    assert "schools" in answer.excerpts[0].text
    assert answer.follows is None


@pytest.mark.parametrize(
    "earlier", ["Which zebra crossed the airport by bicycle?", "How do I bake bread in Lisbon?"]
)
def test_a_question_about_something_else_decides_nothing(news: Archive, earlier: str) -> None:
    assert bare(news, "What did the mayor promise?", earlier)


def test_a_longer_question_chooses_its_own_passage(seeds: Archive) -> None:
    assert bare(seeds, "How long did the talks last?", MET)


def test_a_single_word_has_the_question_before_choose_the_passage(archive_of: ArchiveOf) -> None:
    text = "\n\n".join(
        f"{who} came to the {place} and saw it. "
        + "It was a long day for all who were there. " * 6
        for who, place in (("Marta", "harbour"), ("Jorge", "harbour"), ("Marta", "airport"))
    )
    archive = archive_of({"title": "Visits", "text": text})
    for place in ("harbour", "airport"):
        answer = archive.ask("and Marta?", after=f"Did Jorge come to the {place}?")
        assert answer.follows is not None
        assert answer.excerpts[0].text.startswith(f"Marta came to the {place}")


@pytest.mark.parametrize(
    ("question", "earlier", "unlike"),
    [
        # Together they are found elsewhere, but less of this question is.
        ("storm mayor spoke", "election walls", Outcome.WEAK),
        # As much of it is found elsewhere, but less surely.
        ("spoke mayor", "sinks storm budget night", Outcome.ANSWER),
        ("mayor schools", "Which storm sank the ferry in the harbour by night?", Outcome.ANSWER),
    ],
)
def test_the_question_before_never_makes_an_answer_worse(
    archive_of: ArchiveOf, question: str, earlier: str, unlike: Outcome
) -> None:
    archive = archive_of(
        {
            "title": "Storm sinks ferry in harbour",
            "text": "A storm sank the ferry in the harbour by night. The mayor spoke of new walls.",
        },
        {"title": "Election", "text": "The mayor spoke of new schools."},
        "The schools were closed, and the schools opened.",
        *(f"Item {place} of the budget was new." for place in range(20)),
    )
    assert archive.ask(question).outcome is unlike
    assert bare(archive, question, earlier)


def test_a_chain_is_followed_as_one_text(news: Archive) -> None:
    earlier = "Which strike closed the airport? When did it begin?"
    assert "talks" in news.ask("what did the mayor promise?", after=earlier).excerpts[0].text


BY_LANGUAGE = {
    "es": (
        (
            "El puerto de Oporto fue vendido el 3 de marzo.",
            "El alcalde de Faro habló de escuelas.",
        ),
        "¿Quién vendió el puerto de Oporto?",
        ("¿y cuándo fue eso?", "¿Por qué?"),
    ),
    "de": (
        (
            "Der Hafen von Porto wurde am 3. März verkauft.",
            "Der Bürgermeister von Faro sprach über Schulen.",
        ),
        "Wer hat den Hafen von Porto verkauft?",
        ("und wann war das?", "Warum?"),
    ),
    "ru": (
        ("Порт Лиссабона продали третьего марта.", "Мэр города Фару говорил о школах."),
        "Кто продал порт Лиссабона?",
        ("а когда это было?", "Почему?"),
    ),
    "ar": (
        ("باعت المدينة ميناء بورتو في الثالث من مارس.", "تحدث عمدة فارو عن المدارس."),
        "من باع ميناء بورتو؟",
        ("متى كان ذلك؟", "لماذا؟"),
    ),
    "zh": (
        ("波尔图的港口于三月三日出售。", "法鲁市长谈到了学校。"),
        "谁出售了波尔图的港口？",
        ("什么时候？", "为什么呢？"),
    ),
}


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_follow_ups_in_other_languages(archive_of: ArchiveOf, language: str) -> None:
    texts, earlier, questions = BY_LANGUAGE[language]
    archive = archive_of(*texts, language=language)
    for question in questions:
        assert archive.ask(question).follows is None
        answer = archive.ask(question, after=earlier)
        assert answer.follows == earlier
        assert answer.excerpts[0].text == texts[0]


def test_follow_ups_in_a_mixed_archive(archive_of: ArchiveOf) -> None:
    rows = [
        {"text": text, "language": language}
        for language, (texts, _, _) in BY_LANGUAGE.items()
        for text in texts
    ]
    archive = archive_of({"text": "The city sold the harbour.", "language": "en"}, *rows)
    for texts, earlier, questions in BY_LANGUAGE.values():
        for question in questions:
            answer = archive.ask(question, after=earlier)
            assert (answer.follows, answer.suggestion, answer.missing) == (earlier, None, ())
            assert answer.excerpts[0].text == texts[0]


def test_words_that_are_common_in_one_language_are_left_alone_in_a_mixed_archive(
    archive_of: ArchiveOf,
) -> None:
    archive = archive_of(
        {"text": "The city sold the harbour. There were whales.", "language": "en"},
        {"text": "Los ministros firmaron los acuerdos.", "language": "es"},
    )
    answer = archive.ask("where was it?")
    assert (answer.suggestion, answer.missing) == (None, ())


def test_a_follow_up_has_its_own_days(news: Archive) -> None:
    answer = news.ask(
        "and in March 2021?", after="What did the mayor promise in January 2021?", today=TODAY
    )
    assert answer.bounds == Bounds(date(2021, 3, 1), date(2021, 3, 31))
    assert [excerpt.source.id for excerpt in answer.excerpts] == ["lisbon"]


@pytest.mark.parametrize("days", ["in January 2021", "on:2021-01"])
@pytest.mark.parametrize("question", ["when was that?", "and what did the mayor promise?"])
def test_a_follow_up_without_days_has_those_of_the_question_before(
    news: Archive, question: str, days: str
) -> None:
    earlier = f"Which mayor spoke of a storm in the harbour {days}"
    answer = news.ask(question, after=earlier, today=TODAY)
    assert answer.follows == earlier
    assert answer.bounds == Bounds(date(2021, 1, 1), date(2021, 1, 31))
    assert not answer.explicit


def test_the_days_of_the_question_before_can_be_dropped(news: Archive) -> None:
    answer = news.ask(
        "and dates:any", after="What did the mayor promise in January 2021?", today=TODAY
    )
    assert not answer.bounds
    assert len({excerpt.source.id for excerpt in answer.excerpts}) == 3


def test_a_follow_up_has_its_own_exclusions(news: Archive) -> None:
    answer = news.ask("-harbour", after="What did the mayor promise?", limit=10)
    assert answer.follows is not None
    assert {excerpt.source.id for excerpt in answer.excerpts} == {"lisbon", "faro"}
    unlike = news.ask("the mayor?", after="What did the mayor promise? -harbour", limit=10)
    assert "porto" in {excerpt.source.id for excerpt in unlike.excerpts}


def test_a_follow_up_has_its_own_order(news: Archive) -> None:
    earlier = "What did the mayor promise?"
    latest = news.ask("the latest?", after=earlier, limit=10)
    assert (latest.follows, latest.order) == (earlier, Order.NEWEST)
    assert [excerpt.source.id for excerpt in latest.excerpts] == ["faro", "lisbon", "porto"]
    assert news.ask("when was that?", after="latest storm").order is Order.BEST


@pytest.mark.parametrize(
    "question", ["when was that?", "what happened?", "And what did the mayor promise?"]
)
def test_a_follow_up_is_read_alike_on_every_page_and_in_either_order(
    news: Archive, question: str
) -> None:
    earlier = "Which strike closed the airport?"
    for order in Order:
        whole = news.ask(question, after=earlier, order=order, limit=10)
        assert whole.follows == earlier
        assert whole.order is order
        for place, excerpt in enumerate(whole.excerpts):
            page = news.ask(question, after=earlier, order=order, limit=1, skip=place)
            assert page.follows == earlier
            assert page.excerpts == (excerpt,)


def test_spelling_is_repaired_in_both(news: Archive) -> None:
    answer = news.ask("What did the mayro promise?", after="Which striek closed the airprot?")
    assert "talks" in answer.excerpts[0].text
    assert answer.suggestion == "What did the mayor promise?"


QUESTIONS = (
    "Who is Koo Kab-woo?",
    "When did Kim and Putin meet?",
    "what about Trump?",
    "when was that?",
    "and what did Putin say?",
    "latest",
    "in 2018?",
    "-Trump",
    '"closer ties"',
    "Hanoi dates:any",
    "zeppelins",
    "where was lunch?",
)


@given(
    st.one_of(st.sampled_from(QUESTIONS), st.text(max_size=60)),
    st.one_of(st.sampled_from(QUESTIONS), st.text(st.characters(codec=None), max_size=60)),
    st.sampled_from([None, *Order]),
)
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_follow_up_is_never_worse_than_the_bare_question(
    seeds: Archive, question: str, earlier: str, order: Order | None
) -> None:
    alone = seeds.ask(question, order=order, today=TODAY)
    answer = seeds.ask(question, order=order, after=earlier, today=TODAY)
    if answer.follows is None:
        assert timeless(answer) == timeless(alone)
        return
    ranks = list(Outcome)
    assert alone.listing or ranks.index(answer.outcome) <= ranks.index(alone.outcome)
    assert answer.excerpts
    assert answer.question == alone.question


@pytest.mark.parametrize("long", ["Kim " * 5_000, "a" * 50_000, "😀" * 5_000, "Kim\n\n" * 999])
def test_very_long_questions_are_harmless(seeds: Archive, long: str) -> None:
    assert seeds.ask("when was that?", after=long).outcome in Outcome
    assert seeds.ask(long, after=MET).outcome in Outcome
