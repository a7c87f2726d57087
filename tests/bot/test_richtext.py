"""Text with marks: cutting it hurts neither characters nor marks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.richtext import (
    ELLIPSIS,
    Mark,
    RichText,
    Style,
    Writer,
    shorten,
    utf16_length,
    utf16_prefix,
)

CLUSTERS = [
    "a", "ß", "م", "字", "\n", "🚀", "𝄞", "e\u0301", "n\u0303\u0323", "हि", "กำ",
    "👩‍👩‍👧‍👦", "👍🏽", "🧑🏿‍🚀", "❤️", "1️⃣", "🇰🇵", "🇷🇺",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\u1112\u1161\u11ab",
]  # fmt: skip
"""Each is one character to a reader, however many code points it has."""

LONGEST = max(map(utf16_length, CLUSTERS))

anything = st.text(st.characters(), max_size=80)


def boundaries(clusters: list[str]) -> set[int]:
    return set(itertools.accumulate(map(len, clusters), initial=0))


@st.composite
def marked(draw: st.DrawFn) -> RichText:
    text = draw(anything)
    ends = st.integers(0, len(text))
    spans = [sorted(pair) for pair in draw(st.lists(st.tuples(ends, ends), max_size=8))]
    styles = st.sampled_from(list(Style))
    marks = [Mark(start, end, draw(styles)) for start, end in spans if start < end]
    return RichText(text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))


@given(anything)
def test_length_is_what_utf16_says(text):
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(anything, st.integers(0, 100))
def test_a_prefix_is_the_longest_that_fits(text, units):
    end = utf16_prefix(text, units)
    assert utf16_length(text[:end]) <= units
    assert end == len(text) or utf16_length(text[: end + 1]) > units


@given(marked(), st.integers(2, 100))
def test_a_shortened_text_fits_and_its_marks_lie_inside(rich, units):
    short = shorten(rich, units)
    assert utf16_length(short.text) <= units
    assert all(0 <= mark.start < mark.end <= len(short.text) for mark in short.marks)
    if short is not rich:
        assert utf16_length(rich.text) > units
        assert rich.text.startswith(short.text.removesuffix(ELLIPSIS))
        assert short.text.endswith(ELLIPSIS)


@given(marked(), st.integers(2, 100))
def test_marks_keep_to_the_words_they_were_on(rich, units):
    short = shorten(rich, units)
    kept = len(short.text) if short is rich else len(short.text) - len(ELLIPSIS)
    expected = [
        (mark.start, min(mark.end, kept), mark.style) for mark in rich.marks if mark.start < kept
    ]
    assert [(mark.start, min(mark.end, kept), mark.style) for mark in short.marks] == expected


@given(st.lists(st.sampled_from([*CLUSTERS, " "]), max_size=60), st.integers(2, 80))
def test_no_character_that_a_reader_sees_is_cut(clusters, units):
    text = "".join(clusters)
    short = shorten(RichText(text), units).text
    if short != text:
        assert len(short) - len(ELLIPSIS) in boundaries(clusters)


@given(st.lists(st.sampled_from(CLUSTERS), min_size=40, max_size=60), st.integers(20, 39))
def test_no_more_is_cut_than_must_be(clusters, units):
    short = shorten(RichText("".join(clusters)), units).text
    assert utf16_length(short) > units - LONGEST


@pytest.mark.parametrize("flags", [1_000, 2_047, 2_048, 2_049, 5_000])
def test_a_row_of_flags_is_cut_between_two(flags):
    short = shorten(RichText("x" + "🇰🇵" * flags), 4_096).text
    assert short.startswith("x" + "🇰🇵" * min(flags, 1_000))
    assert short.removesuffix(ELLIPSIS)[1:].replace("🇰🇵", "") == ""


def test_it_is_cut_at_a_space_where_there_is_one():
    assert shorten(RichText("one two three"), 11).text == "one two …"
    assert shorten(RichText("onetwothree"), 9).text == "onetwot …"


def test_the_dots_stand_inside_the_quote_that_was_cut_and_not_in_bold():
    writer = Writer()
    writer.write("quoted and ")
    writer.write("boldboldbold", Style.BOLD)
    writer.mark(0, Style.QUOTE)
    short = shorten(writer.finish(), 18)
    assert short.text == "quoted and …"
    assert [(mark.style, mark.end) for mark in short.marks] == [(Style.QUOTE, 12)]


def test_a_writer_puts_outer_marks_before_inner_ones_and_leaves_out_empty_ones():
    writer = Writer()
    writer.write("a", Style.BOLD, url="https://x.example")
    writer.write("", Style.ITALIC)
    writer.write("b")
    writer.mark(0, Style.QUOTE)
    writer.mark(writer.position, Style.CODE)
    rich = writer.finish()
    assert rich.text == "ab"
    assert [mark.style for mark in rich.marks] == [Style.QUOTE, Style.LINK, Style.BOLD]
