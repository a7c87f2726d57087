"""Texts become sentences and passages: nothing lost, nothing cut wrongly, whatever the text."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.passages import LONGEST_WORDS, split
from retrieval.text.sentences import sentences
from retrieval.text.words import count_words

SEEDS = Path(__file__).parents[2] / "seeds"


def cut(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span, _, _ in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.But she stayed.", ["He left.", "But she stayed."]),
        ("Mr. Smith met Dr. Jones. They spoke.", ["Mr. Smith met Dr. Jones.", "They spoke."]),
        ("The U.S. refused. Russia agreed.", ["The U.S. refused.", "Russia agreed."]),
        ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
        ("They met at 9 a.m. Tuesday. It rained.", ["They met at 9 a.m. Tuesday.", "It rained."]),
        (
            "“We need to... return,” he said. He left.",
            ["“We need to... return,” he said.", "He left."],
        ),
        ("First paragraph\n\nsecond paragraph", ["First paragraph", "second paragraph"]),
        ("He asked why. “Because,” she said.", ["He asked why.", "“Because,” she said."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_chinese_and_hindi_sentences() -> None:
    assert cut("他来了。她走了。", "zh") == ["他来了。", "她走了。"]
    assert len(cut("वह आया। वह गई।", "hi")) == 2


def test_the_seed_article() -> None:
    text = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8").split("\n", 2)[2]
    found = cut(text)
    assert len(found) == 21
    assert found[0].startswith("VLADIVOSTOK: North Korea’s Kim Jong Un")
    assert found[1].endswith("prevent nuclear conflicts.")
    assert found[2].startswith("But he insisted")
    assert found[-1].endswith("Studies in Seoul.")


texts = st.text(
    st.one_of(st.sampled_from(" .!?\n\n“”\"'a.b東。กé\u0301"), st.characters(codec="utf-8")),
    max_size=400,
)


@given(texts, st.sampled_from(["en", "de", "zh", "th", "xx"]))
def test_every_character_is_in_one_sentence(text: str, language: str) -> None:
    covered = [False] * len(text)
    end = 0
    for span, words, _ in sentences(text, language):
        assert words == count_words(text[span.start : span.end])
        assert end <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        covered[span.start : span.end] = [True] * (span.end - span.start)
        end = span.end
    assert all(inside or text[place].isspace() for place, inside in enumerate(covered))


@given(texts, st.sampled_from(["en", "zh", "th"]))
def test_every_sentence_is_in_a_passage(text: str, language: str) -> None:
    held = [span for passage in split(text, language) for span in passage.sentences]
    assert sorted(set(held), key=lambda span: span.start) == [
        found.span for found in sentences(text, language)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5_000,
        "a" * 20_000,
        "東" * 5_000,
        "ก" * 20_000,
        "Yes. " * 5_000,
        "e\u0301" * 10_000,
        "'" * 20_000,
        "\n\n".join(["Short paragraph here."] * 500),
        "One, two; three " * 2_000,
    ],
)
def test_no_passage_is_longer_than_it_may_be(text: str) -> None:
    for passage in split(text, "en"):
        assert count_words(text[passage.start : passage.end]) <= LONGEST_WORDS + 1
        assert text[passage.start : passage.end].strip()


def test_paragraphs_stay_whole_and_short_ones_go_together() -> None:
    long = " ".join(["This paragraph speaks of the harbour and its ships at length."] * 8)
    short = "A short one."
    text = f"{long}\n\n{short}\n\n{short}\n\n{long}"
    found = [text[passage.start : passage.end] for passage in split(text, "en")]
    assert found == [long, f"{short}\n\n{short}\n\n{long}"]


def test_a_long_paragraph_overlaps_by_a_sentence() -> None:
    text = " ".join(
        f"Sentence number {place} tells of the river and the town beside it."
        for place in range(40)
    )
    passages = list(split(text, "en"))
    for one, other in pairwise(passages):
        assert other.sentences[0].start <= one.sentences[-1].start
