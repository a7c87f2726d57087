"""Where characters begin, against the whole text split into them, and against characters that are known."""

import itertools

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.graphemes import grapheme_start

CLUSTERS = [
    "a", "ß", "م", "字", "\n", "\r\n", "🚀", "𝄞", "e\u0301", "n\u0303\u0323", "हि", "क्ष", "நி", "กำ", "ກຳ", "각",
    "\u1112\u1161\u11ab", "👩‍👩‍👧‍👦", "👍🏽", "🧑🏿‍🚀", "❤️", "1️⃣", "🇰🇵", "🇷🇺", "\u0600ب",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]  # fmt: skip
"""Each is one character to a reader, however many code points it has, and none joins another."""

PARTS = sorted({*"".join(CLUSTERS), *"\u200c\u200d\ufe0f\u0903\u094d\ud83d\udc69\u2068"})

soup = st.text(st.sampled_from(PARTS) | st.characters(), max_size=60)


def starts(clusters: list[str]) -> list[int]:
    return list(itertools.accumulate(map(len, clusters), initial=0))


def last_before(places: list[int], position: int) -> int:
    return max(place for place in places if place <= position)


@given(soup)
def test_it_finds_what_the_split_of_the_whole_text_finds(text):
    places = starts(regex.findall(r"\X", text))
    for position in range(len(text) + 1):
        assert grapheme_start(text, position) == last_before(places, position)


@given(st.lists(st.sampled_from(CLUSTERS), max_size=40))
def test_what_a_reader_sees_as_one_is_one(clusters):
    text = "".join(clusters)
    places = starts(clusters)
    for position in range(len(text) + 1):
        assert grapheme_start(text, position) == last_before(places, position)


@pytest.mark.parametrize(
    ("text", "position", "start"),
    [
        ("🇰🇵" * 3_000, 4_001, 4_000),
        ("x" + "🇰🇵" * 3_000, 4_000, 3_999),
        ("e" + "\u0301" * 5_000, 4_000, 0),
        ("ab" * 3_000, 4_001, 4_001),
        ("👩" + "\u200d👩" * 2_000, 3_000, 0),
    ],
)
def test_rows_without_end(text, position, start):
    assert grapheme_start(text, position) == start
