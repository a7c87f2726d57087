"""Pages of excerpts: slices of one list, whatever their size, in either order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.page import MOST_EXCERPTS, MOST_LISTED
from retrieval.settings import IN_MEMORY, ArchiveSettings, CorpusSettings, RetrievalSettings
from retrieval.types import Answer, Excerpt, Order, Outcome

ArchiveOf = Callable[..., Archive]
TODAY = date(2021, 6, 16)
REPORT = (
    "The dam above Arles broke at dawn and the water reached the market square by noon on Monday."
)

SEED_QUESTIONS = (
    "Kim Putin Trump summit",
    "When did they meet?",
    "What did Putin say?",
    "latest summit",
    "What happened in April 2019?",
    "sanctions -Hanoi",
    "zeppelin Kim",
    "What is the meaning of life?",
    "",
)
MADE_QUESTIONS = (
    "harbour storm",
    "latest harbour",
    "When did the dam break?",
    "What happened in 2020?",
    "harbuor",
    "harbour in March 2020",
    "title:weather storm",
    "latest",
    '"the harbour of Porto" -mayor',
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A hundred articles; copies among them, several on one day, some longer than a passage."""
    folder = tmp_path_factory.mktemp("made")
    for number in range(100):
        day = f"2020-{number % 12 + 1:02}-{number % 7 + 1:02}"
        text = (
            f"A storm closed the harbour of Porto for {number} hours. The mayor spoke of ship {number % 9}."
            f"\n\nWorkers of yard {number % 4} repaired the harbour wall, and item{number} was lost."
        )
        if number % 5 == 0:
            text = REPORT
        if number % 10 == 0:
            text += "\n\n" + " ".join(
                f"Stage {place} of the harbour took {place * number} days of work by the men."
                for place in range(30)
            )
        title = "Weather" if number % 3 else f"Harbour news {number}"
        (folder / f"{number:03}.txt").write_text(
            f"Title: {title}\nDate: {day}\n\n{text}\n", encoding="utf-8"
        )
    return Archive.load(
        ArchiveSettings(
            corpus=CorpusSettings(path=folder, language="en"),
            retrieval=RetrievalSettings(index=IN_MEMORY),
        )
    )


def pages(archive: Archive, size: int, most: int, **asked: object) -> list[Answer]:
    answers = []
    for skip in range(0, most, size):
        answers.append(archive.ask(**asked, limit=size, skip=skip))
        if not answers[-1].more:
            break
    return answers


def excerpts(answers: Sequence[Answer]) -> list[Excerpt]:
    return [excerpt for answer in answers for excerpt in answer.excerpts]


def check_pages(archive: Archive, question: str, size: int, order: Order | None) -> None:
    asked = {"text": question, "today": TODAY, "order": order}
    whole = archive.ask(**asked, limit=MOST_EXCERPTS)
    most = MOST_LISTED if whole.listing else MOST_EXCERPTS
    turned = pages(archive, size, most, **asked)
    shown = excerpts(turned)
    assert tuple(shown[:MOST_EXCERPTS]) == whole.excerpts
    assert len(shown) <= most
    places = [(excerpt.source.id, excerpt.start) for excerpt in shown]
    assert len(places) == len(set(places))
    for number, answer in enumerate(turned):
        assert answer.skipped == number * size
        assert answer.more == (number < len(turned) - 1)
        assert len(answer.excerpts) == size or not answer.more
        # What is said of the question does not change from page to page.
        alike = replace(answer, excerpts=(), missing=(), skipped=0, more=False, milliseconds=0.0)
        assert alike == replace(
            whole, excerpts=(), missing=(), skipped=0, more=False, milliseconds=0.0
        )


@given(
    st.sampled_from(SEED_QUESTIONS),
    st.integers(1, MOST_EXCERPTS),
    st.sampled_from([None, *Order]),
)
@settings(max_examples=60)
def test_pages_of_the_seed_are_slices_of_one_list(
    seeds: Archive, question: str, size: int, order: Order | None
) -> None:
    check_pages(seeds, question, size, order)


@given(
    st.sampled_from(MADE_QUESTIONS),
    st.integers(1, MOST_EXCERPTS),
    st.sampled_from([None, *Order]),
)
@settings(max_examples=60)
def test_pages_are_slices_of_one_list(
    made: Archive, question: str, size: int, order: Order | None
) -> None:
    check_pages(made, question, size, order)


@given(st.lists(st.integers(1, 7), min_size=1, max_size=6))
@settings(max_examples=20)
def test_pages_of_different_sizes_fit_together(made: Archive, sizes: list[int]) -> None:
    whole = made.ask("harbour storm", limit=MOST_EXCERPTS).excerpts
    skip = 0
    for size in sizes:
        page = made.ask("harbour storm", limit=size, skip=skip)
        assert page.excerpts == whole[skip : skip + size]
        skip += size


def test_there_is_no_more_behind_the_last(made: Archive) -> None:
    last = made.ask("harbour storm", limit=5, skip=MOST_EXCERPTS - 3)
    assert len(last.excerpts) == 3
    assert not last.more
    behind = made.ask("harbour storm", limit=5, skip=MOST_EXCERPTS)
    assert behind.outcome is Outcome.ANSWER
    assert behind.excerpts == ()
    assert not behind.more
    assert behind.missing == ()


def test_a_page_that_ends_with_the_list_says_so(archive_of: ArchiveOf) -> None:
    archive = archive_of(*(f"Zebra number {place} escaped." for place in range(4)))
    assert archive.ask("zebra", limit=3).more
    assert not archive.ask("zebra", limit=4).more
    assert not archive.ask("zebra", limit=3, skip=3).more


def test_one_large_page_still_holds_all_it_asks_for(made: Archive) -> None:
    large = made.ask("harbour", limit=1_000)
    assert len(large.excerpts) > 3 * MOST_EXCERPTS
    assert not large.more


def test_a_skip_below_zero_is_none(made: Archive) -> None:
    assert made.ask("harbour", skip=-5).excerpts == made.ask("harbour").excerpts


def test_missing_words_are_those_of_the_page(archive_of: ArchiveOf) -> None:
    archive = archive_of(
        "The zeppelin landed in Porto.", "A storm came over Porto.", "Porto has a harbour."
    )
    question = "zeppelin Porto"
    assert archive.ask(question, limit=1).missing == ()
    assert archive.ask(question, limit=1, skip=1).missing == ("zeppelin",)


def test_copies_are_named_alike_on_every_page(made: Archive) -> None:
    question = "When did the dam above Arles break at dawn?"
    whole = made.ask(question, limit=MOST_EXCERPTS).excerpts
    assert any(excerpt.also for excerpt in whole)
    for size in (1, 3, 7):
        first = made.ask(question, limit=size).excerpts
        assert first == whole[:size]


def test_a_list_is_paged_farther_than_a_ranking(made: Archive) -> None:
    turned = pages(made, 30, MOST_LISTED, text="What happened in 2020?", today=TODAY)
    shown = excerpts(turned)
    assert len(shown) > MOST_EXCERPTS
    assert all(answer.listing and answer.order is Order.NEWEST for answer in turned)
    days = [excerpt.source.date for excerpt in shown]
    assert days == sorted(days, reverse=True)


def test_the_order_can_be_chosen(made: Archive) -> None:
    bare = made.ask("harbour storm", limit=10)
    latest = made.ask("latest harbour storm", limit=10)
    assert (bare.order, latest.order) == (Order.BEST, Order.NEWEST)
    newest = made.ask("harbour storm", limit=10, order=Order.NEWEST)
    assert newest.order is Order.NEWEST
    assert newest.excerpts == latest.excerpts != bare.excerpts
    days = [excerpt.source.date for excerpt in newest.excerpts]
    assert days == sorted(days, reverse=True)
    best = made.ask("latest harbour storm", limit=10, order=Order.BEST)
    assert (best.order, best.excerpts) == (Order.BEST, bare.excerpts)


def test_the_order_of_a_repaired_question_can_be_chosen(made: Archive) -> None:
    newest = made.ask("harbuor strom", order=Order.NEWEST)
    assert newest.suggestion is not None
    assert newest.order is Order.NEWEST
    assert made.ask("latest harbuor strom", order=Order.BEST).order is Order.BEST


@pytest.mark.parametrize("question", ["latest news", "What happened in March 2020?"])
def test_a_list_of_days_is_newest_first_whatever_is_wished(made: Archive, question: str) -> None:
    best = made.ask(question, today=TODAY, order=Order.BEST)
    assert (best.listing, best.order) == (True, Order.NEWEST)
    assert best.excerpts == made.ask(question, today=TODAY).excerpts
