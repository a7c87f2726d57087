"""Text with marks: cutting it hurts neither characters nor marks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graphemes import grapheme_start
from bot.richtext import (
    ELLIPSIS,
    QUOTES,
    Mark,
    RichText,
    Style,
    Writer,
    shorten,
    utf16_length,
    utf16_prefix,
)

anything = st.text(st.characters(), max_size=80)


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


@given(marked(), st.integers(2, 100))
def test_a_mark_is_cut_only_where_too_much_would_be_lost_without_it(rich, units):
    short = shorten(rich, units)
    kept = len(short.text) if short is rich else len(short.text) - len(ELLIPSIS)
    most = utf16_prefix(rich.text, units - len(ELLIPSIS))
    for mark in rich.marks:
        cut = mark.start < kept < mark.end and rich.text[kept : mark.end].strip()
        if cut and mark.style not in QUOTES | {Style.LINK}:
            assert mark.start <= most // 2
            assert mark.end > most


@given(anything, st.integers(2, 100))
def test_no_character_that_a_reader_sees_is_cut(text, units):
    short = shorten(RichText(text), units).text
    if short != text:
        kept = len(short) - len(ELLIPSIS)
        assert grapheme_start(text, kept) == kept


@given(st.text("a字🚀𝄞", min_size=40), st.integers(20, 39))
def test_no_more_is_cut_than_must_be(text, units):
    assert utf16_length(shorten(RichText(text), units).text) >= units - 1


@pytest.mark.parametrize("flags", [1_000, 2_047, 2_048, 2_049, 5_000])
def test_a_row_of_flags_is_cut_between_two(flags):
    short = shorten(RichText("x" + "🇰🇵" * flags), 4_096).text
    assert short.startswith("x" + "🇰🇵" * min(flags, 1_000))
    assert short.removesuffix(ELLIPSIS)[1:].replace("🇰🇵", "") == ""


@pytest.mark.parametrize(
    ("text", "units", "expected"),
    [
        ("one two three", 11, "one two …"),
        ("one two   three", 14, "one two …"),
        ("one two.\n\nThree", 14, "one two. …"),
        ("onetwothree", 9, "onetwot …"),
        ("one twothreefour", 15, "one twothreef …"),
        ("one two\u00a0three", 15, "one two\u00a0three"),
        ("oneone two\u00a0three", 13, "oneone …"),
        ("\u0600 \u0600 xyz", 5, "\u0600  …"),
        ("e" + "\u0301" * 20, 9, " …"),
    ],
)
def test_it_is_cut_at_white_space_where_there_is_some(text, units, expected):
    assert shorten(RichText(text), units).text == expected


def highlighted(before: str, word: str, after: str = "", style: Style = Style.BOLD) -> RichText:
    writer = Writer()
    writer.write(before)
    writer.write(word, style)
    writer.write(after)
    return writer.finish()


@pytest.mark.parametrize(
    ("rich", "units", "expected"),
    [
        (highlighted("quoted and ", "bold bold"), 18, "quoted and …"),
        (
            highlighted("it was quoted", " [25 Apr 2019]", " x", Style.ITALIC),
            25,
            "it was quoted …",
        ),
        (highlighted("quoted and ", "10:15 today", " x", Style.TIME), 21, "quoted and …"),
        (highlighted("quoted and ", "code", "code", Style.CODE), 17, "quoted and …"),
        (highlighted("quoted and ", "two words", " x", Style.LINK), 18, "quoted and two …"),
        (highlighted("oneword", "bold", "bold"), 13, "onewordbold …"),
        (highlighted("oneword", "bold", "bold"), 12, "oneword …"),
        # The only white space in the second half stands in a highlight that can be kept.
        (highlighted("abc ", "twotwo words", "xxxxxxxxx"), 20, "abc twotwo wordsxx …"),
        # Highlights too long to be left out.
        (highlighted("", "boldboldbold"), 10, "boldbold …"),
        (highlighted("ab ", "bold bold bold"), 14, "ab bold bold …"),
        (highlighted("ab ", "boldboldbold"), 12, "ab boldbol …"),
        # White space at its end may go.
        (highlighted("one two ", "three ", "four"), 16, "one two three …"),
        # Out of one mark and into another.
        (
            RichText("abcdefghijklmno", (Mark(7, 12, Style.ITALIC), Mark(10, 15, Style.BOLD))),
            14,
            "abcdefg …",
        ),
    ],
)
def test_a_highlight_is_left_whole_or_left_out(rich, units, expected):
    assert shorten(rich, units).text == expected


@pytest.mark.parametrize("style", sorted(QUOTES, key=str))
def test_the_dots_stand_inside_the_quote_that_was_cut_and_not_in_bold(style):
    writer = Writer()
    writer.write("quoted and ")
    writer.write("bold", Style.BOLD)
    writer.write(" and some more")
    writer.mark(0, style)
    short = shorten(writer.finish(), 18)
    assert short.text == "quoted and bold …"
    assert [(mark.style, mark.end) for mark in short.marks] == [(style, 17), (Style.BOLD, 15)]


def test_the_dots_stand_outside_a_quote_that_is_whole():
    writer = Writer()
    writer.write("quoted and bold", Style.QUOTE)
    writer.write("\n\nAnother title")
    short = shorten(writer.finish(), 24)
    assert short.text == "quoted and bold …"
    assert [(mark.style, mark.end) for mark in short.marks] == [(Style.QUOTE, 15)]


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


def test_a_writer_keeps_the_moment_that_a_text_stands_for():
    writer = Writer()
    moment = datetime(2019, 4, 26, 14, 5, tzinfo=UTC)
    writer.write("at ")
    writer.write("14:05 UTC", Style.UNDERLINE, at=moment)
    assert writer.finish().marks == (
        Mark(3, 12, Style.TIME, at=moment),
        Mark(3, 12, Style.UNDERLINE),
    )
