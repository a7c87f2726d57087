"""Archives of every size, and questions of every kind."""

import tracemalloc
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.index import finding
from retrieval.types import Outcome

ArchiveOf = Callable[..., Archive]


def test_a_word_in_every_passage_neither_orders_nor_answers(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        *(
            f"The minister spoke about {thing}."
            for thing in ("wheat", "rain", "coal", "tin", "salt")
        )
    )
    assert (
        archive.ask("Which minister spoke about coal?").excerpts[0].text
        == "The minister spoke about coal."
    )
    assert not archive.ask("Which minister won the lottery in Lisbon?").answered


def test_a_word_in_half_of_the_passages_stays_below_a_rarer_one(archive_of: ArchiveOf) -> None:
    texts = [
        f"Ships came {'to the harbour' if place % 2 else 'by night'} number {place}."
        for place in range(10)
    ]
    archive = archive_of(*texts, "A whale was seen.")
    assert archive.ask("Was a whale seen in the harbour?").excerpts[0].text == "A whale was seen."


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_small_archives_answer(archive_of: ArchiveOf, count: int) -> None:
    archive = archive_of(
        *(f"Zebra number {place} escaped from zoo {place}." for place in range(count))
    )
    answer = archive.ask("Which zebra escaped?")
    assert answer.answered
    assert answer.total == count
    assert not archive.ask("Who painted the ceiling?").excerpts


def test_ties_go_to_the_newer_article(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {"text": "The bridge was closed.", "date": "2020-01-01"},
        {"text": "The bridge was closed.", "date": "2020-03-01"},
        {"text": "The bridge was closed.", "date": "2020-02-01"},
    )
    dates = [str(excerpt.source.date) for excerpt in archive.ask("bridge closed").excerpts]
    assert dates == sorted(dates, reverse=True)


def test_the_title_counts(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {"title": "Budget", "text": "It was passed after a long night."},
        {"title": "Weather", "text": "It was raining after a long night."},
    )
    assert archive.ask("budget passed").excerpts[0].source.id == "a0"


def test_an_article_of_a_title_only(archive_of: ArchiveOf) -> None:
    archive = archive_of({"title": "Volcano erupts near Quito", "text": ""})
    assert (
        archive.ask("Where did the volcano erupt?").excerpts[0].text == "Volcano erupts near Quito"
    )


def test_no_two_excerpts_overlap(archive_of: ArchiveOf) -> None:
    text = " ".join(
        f"The canal was dug in stage {place} by many workers from the north."
        for place in range(60)
    )
    excerpts = archive_of(text).ask("Who dug the canal?", limit=10).excerpts
    spans = sorted((excerpt.start, excerpt.start + len(excerpt.text)) for excerpt in excerpts)
    assert len(spans) > 1
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_mixed_archive_is_asked_in_each_language(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        {"text": "Los ministros firmaron los acuerdos comerciales en Madrid.", "language": "es"},
        {"text": "Die Minister unterzeichneten die Verträge in Wien.", "language": "de"},
    )
    assert archive.ask("¿Quién firmó el acuerdo comercial?").excerpts[0].source.id == "a0"
    assert archive.ask("Wer hat den Vertrag in Wien unterzeichnet?").excerpts[0].source.id == "a1"


ODD_QUESTIONS = [
    "",
    " \n\t",
    "?!…",
    "😀🎉👩‍👩‍👧",
    "the of and is",
    "a" * 4096,
    "word " * 800,
    "\ud83d",
    "x\ud800y Kim",
    "ما الذي حدث في فلاديفوستوك؟",
    "\u202eVladivostok\u202c",
    "NULL\x00byte",
    "Kim " * 1000,
    "AND OR NOT (kim:putin)^2~",
    '"unfinished',
    "東京で何が起きましたか",
    "\U000e0001\u200b\ufeff",
]


@pytest.mark.parametrize("question", ODD_QUESTIONS)
def test_odd_questions_get_an_answer_or_an_honest_no(seeds: Archive, question: str) -> None:
    answer = seeds.ask(question)
    assert 0 <= answer.confidence <= 1
    assert answer.outcome in Outcome
    answer.question.encode()


@given(st.text(st.characters(codec=None), max_size=200), st.integers(1, 12))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_question_keeps_the_promises_of_an_answer(
    seeds: Archive, question: str, limit: int
) -> None:
    answer = seeds.ask(question, limit=limit)
    assert 0 <= answer.confidence <= 1
    assert len(answer.excerpts) <= min(limit, answer.total)
    scores = [excerpt.score for excerpt in answer.excerpts]
    assert scores == sorted(scores, reverse=True)
    for excerpt in answer.excerpts:
        assert excerpt.text in excerpt.passage
        assert excerpt.highlights == tuple(sorted(excerpt.highlights, key=lambda span: span.start))
        for span in excerpt.highlights:
            assert 0 <= span.start < span.end <= len(excerpt.text)
            assert excerpt.text[span.start].isalnum()
        for day in excerpt.resolved:
            assert 0 <= day.start < day.end <= len(excerpt.text)


articles = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=300
    ).filter(str.strip),
    min_size=1,
    max_size=4,
)


@given(articles, st.text(max_size=60))
@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_any_articles_can_be_asked(archive_of: ArchiveOf, texts: list[str], question: str) -> None:
    archive = archive_of(*texts, language="auto")
    for asked in (question, texts[0][:200]):
        for excerpt in archive.ask(asked).excerpts:
            assert any(excerpt.text in text for text in texts)


def test_a_million_words_in_one_article(archive_of: ArchiveOf) -> None:
    sentences = (
        f"Report {place} speaks of item{place % 977} and of nothing else here."
        for place in range(20_000)
    )
    archive = archive_of(" ".join(sentences))
    assert "item500 " in archive.ask("item500").excerpts[0].text


def test_common_grams_are_left_out_before_rare_ones(
    archive_of: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "GRAM_POSTINGS", 20)
    kanzel = ({"text": "Die Kanzel und der Kanzelbau gefielen."} for _ in range(100))
    sagte = ({"text": f"Die Zeitung sagte Nummer {number} voraus."} for number in range(100))
    longer = "Im Kanzleramt sagte auch an jenem frühen Morgen niemand etwas Neues zur Lage der Dinge im Land."
    right = {"text": longer, "date": "1990-01-01"}
    archive = archive_of(right, *kanzel, *sagte, language="de")
    assert archive.ask("sagte Kanzleramtschef").excerpts[0].text == right["text"]


def test_a_word_of_thousands_of_letters_is_not_taken_for_a_slip(archive_of: ArchiveOf) -> None:
    endless = "".join(chr(ord("a") + number * number % 26) for number in range(4_000))
    archive = archive_of("The bridge opened on Monday.", f"A {endless} is no word.")
    tracemalloc.start()
    try:
        archive.ask(f"{endless}x")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
