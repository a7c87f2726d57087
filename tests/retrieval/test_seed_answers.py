"""The article that Dateline comes with: the questions it is made to answer, and those it must not."""

from datetime import date
from pathlib import Path

import pytest

from retrieval.archive import Archive
from retrieval.types import Outcome

SEEDS = Path(__file__).parents[2] / "seeds"
MET = "met for the first time on Thursday"

RIGHT = [
    ("When did Kim and Putin meet?", MET),
    ("When did they meet?", MET),
    ("Where did Kim and Putin meet?", "VLADIVOSTOK:"),
    ("where did the two leaders meet", "an island off Vladivostok"),
    ("What did they eat?", "borscht, crab salad and venison dumplings"),
    ("What did Kim and Putin eat?", "borscht, crab salad and venison dumplings"),
    ("What was for lunch?", "borscht, crab salad and venison dumplings"),
    ("How did Kim travel to Vladivostok?", "armoured train"),
    ("how did kim get to vladivostok", "armoured train"),
    ("How long did the talks last?", "nearly five hours"),
    ("How long did the meeting last?", "nearly five hours"),
    (
        "Which leaders has Kim met since March 2018, and how often?",
        "four meetings with Chinese President",
    ),
    ("How many times has Kim met Xi Jinping?", "four meetings with Chinese President"),
    ("Who is Koo Kab-woo?", "a professor at the University of North Korean Studies"),
    ("What broke down in Hanoi?", "Hanoi summit with US President Donald Trump, which broke down"),
    ("What did Putin say Pyongyang needs?", "needs guarantees of its security"),
]


@pytest.mark.parametrize(("question", "words"), RIGHT)
def test_the_right_sentence_comes_first(seeds: Archive, question: str, words: str) -> None:
    answer = seeds.ask(question)
    assert answer.answered
    assert words in answer.excerpts[0].text
    assert answer.excerpts[0].source.date == date(2019, 4, 26)


def test_thursday_is_resolved(seeds: Archive) -> None:
    first = seeds.ask("When did they meet?").excerpts[0]
    resolved = {first.text[day.start : day.end]: (day.first, day.last) for day in first.resolved}
    assert {words.split()[-1]: days for words, days in resolved.items()} == {
        "Thursday": (date(2019, 4, 25), date(2019, 4, 25))
    }


@pytest.mark.parametrize(
    "question",
    ["Who won the 1998 World Cup?", "How do I bake bread?", "What is the capital of France?"],
)
def test_an_honest_no(seeds: Archive, question: str) -> None:
    answer = seeds.ask(question)
    assert not answer.answered
    assert answer.outcome is Outcome.NOTHING


def test_words_that_no_article_holds_are_named(seeds: Archive) -> None:
    assert seeds.ask("Who won the 1998 World Cup?").missing == ("won", "1998", "Cup")


def test_what_the_archive_holds(seeds: Archive) -> None:
    assert (seeds.articles, seeds.first_day, seeds.last_day) == (
        1,
        date(2019, 4, 26),
        date(2019, 4, 26),
    )
    assert seeds.languages == ("en",)
    assert not seeds.refusals


def test_examples_are_answered(seeds: Archive) -> None:
    assert len(seeds.examples) == 2
    assert all(seeds.ask(example).answered for example in seeds.examples)


def test_the_missing_space_ends_a_sentence(seeds: Archive) -> None:
    first = seeds.ask("What did he insist that Pyongyang needs?").excerpts[0].text
    assert first.startswith("But he insisted")


def test_an_excerpt_is_word_for_word(seeds: Archive) -> None:
    file = next(SEEDS.glob("*.txt"))
    body = file.read_text(encoding="utf-8")
    for question, _ in RIGHT:
        for excerpt in seeds.ask(question).excerpts:
            assert excerpt.text in body
            assert excerpt.text in excerpt.passage
