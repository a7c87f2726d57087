"""Whatever is written fits into one message, and Telegram changes nothing in how it is marked."""

from datetime import UTC, datetime

import pytest
import regex
from fake_telegram import formatted, utf16
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.richtext import ELLIPSIS, Mark, RichText, Style, Writer, utf16_length, utf16_prefix
from bot.telegram.message import to_message

LIMITS = [4_096, 1_024, 200]
MOST_ENTITIES = 100
WORDS = [
    "Kim", "met", "on", "Straße", "“quoted”", "—", "字", "金正恩", "كيم", "ש״ס", "किम", "क्षत्रिय", "กำลัง", "각하",
    "\u1112\u1161\u11ab", "e\u0301", "n\u0303\u0323", "🚀", "👩‍👩‍👧‍👦", "👍🏽", "🧑🏿‍🚀", "❤️", "1️⃣", "🇰🇵", "🇰🇵🇷🇺",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "<b>", "</b>", "&amp;", "*x*", "_y_",
    "<a href='x'>", "@ada", "/ask", "#tag", "https://a.example/b?c", "\u202eevil", "\u2068x\u2069",
    "\u0301", "\u200d", "\r\n", "\ud83d", "\ude80", "x" * 700, "🚀" * 400, "字" * 600, "e\u0301" * 300, "🇰🇵" * 300,
]  # fmt: skip
URLS = ["https://news.example/1", "https://пример.example/ü", "http://intranet/1", "http://[", ""]
TYPES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.UNDERLINE,
    "code": Style.CODE,
    "blockquote": Style.QUOTE,
    "expandable_blockquote": Style.FOLDED,
    "text_link": Style.LINK,
    "date_time": Style.TIME,
}
BLOCKS = {Style.QUOTE, Style.FOLDED}
WHOLE = set(Style) - BLOCKS - {Style.LINK}
MOMENT = datetime(2019, 4, 26, 14, 5, tzinfo=UTC)

words = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=5)
styles = st.sampled_from([None, None, Style.BOLD, Style.BOLD, Style.ITALIC, Style.CODE])
blanks = st.sampled_from([" ", " ", "", "\n", "  "])
pieces = st.tuples(words, styles, blanks)


@st.composite
def written(draw: st.DrawFn) -> RichText:
    """Titles and quotes as an answer has them, each of words that come again and again."""
    writer = Writer()
    for _ in range(draw(st.integers(1, 5))):
        title = draw(words | st.just("Kim and Putin meet"))
        writer.write(title, Style.BOLD, url=draw(st.sampled_from(URLS)))
        writer.write("\n")
        writer.write("26 April 2019", *draw(st.sampled_from([(), (Style.UNDERLINE,)])), at=MOMENT)
        writer.write("\n")
        start = writer.position
        for word, style, blank in draw(st.lists(pieces, min_size=1, max_size=6)) * draw(
            st.sampled_from([1, 9, 60, 400])
        ):
            writer.write(word, *([] if style is None else [style]))
            writer.write(blank)
        block = draw(st.sampled_from([None, Style.QUOTE, Style.FOLDED]))
        if block is not None:
            writer.mark(start, block)
        writer.write("\n\n")
    return writer.finish()


def raw(entities: list[MessageEntity]) -> list[dict[str, object]]:
    return [entity.to_dict() for entity in entities]


def refuse(warning: str) -> None:
    raise AssertionError(warning)


def as_shown(text: str, offset: int, length: int) -> str:
    """What an entity covers when Telegram has left out what it never shows."""
    inside = [one for one in utf16.cut(text, offset, length) if one not in formatted.DROPPED]
    shown = "".join(" " if one < " " and one != "\n" else one for one in inside)
    return shown.strip(formatted.BLANK)


def covered(text: str, entity: MessageEntity) -> tuple[int, int]:
    """Where an entity begins and ends, in code points."""
    start = utf16_prefix(text, entity.offset)
    return start, start + utf16_prefix(text[start:], entity.length)


def trimmed(text: str, mark: Mark) -> tuple[Style, int, int]:
    """A mark without the white space at its ends."""
    inside = text[mark.start : mark.end]
    start = mark.start + len(inside) - len(inside.lstrip())
    return mark.style, start, start + len(inside.strip())


def kept(rich: RichText, text: str) -> int:
    """How many code points of the source are in a message."""
    source = "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in rich.text)
    if text == source:
        return len(text)
    assert text.endswith(ELLIPSIS)
    assert source.startswith(text.removesuffix(ELLIPSIS))
    return len(text) - len(ELLIPSIS)


@given(written(), st.sampled_from(LIMITS))
@settings(max_examples=120)
def test_every_message_is_within_the_limits_and_taken_as_it_is(rich, limit):
    text, entities = to_message(rich, limit)
    assert utf16_length(text) <= limit
    assert len(entities) <= MOST_ENTITIES
    offsets = [entity.offset for entity in entities]
    assert offsets == sorted(offsets)
    cleaned, shown = formatted.clean(text, raw(entities), warn=refuse)
    wanted = [(entity.type, as_shown(text, entity.offset, entity.length)) for entity in entities]
    assert sorted(
        (one["type"], utf16.cut(cleaned, one["offset"], one["length"]).strip(formatted.BLANK))
        for one in shown
        if one["type"] in TYPES
    ) == sorted((kind, inside) for kind, inside in wanted if inside)


@given(written(), st.sampled_from(LIMITS))
@settings(max_examples=80)
def test_every_mark_stands_where_it_was_written(rich, limit):
    text, entities = to_message(rich, limit)
    length = kept(rich, text)
    sources = {trimmed(rich.text, mark) for mark in rich.marks}
    begun = {(style, start) for style, start, _ in sources}
    most = utf16_prefix(rich.text, limit - len(ELLIPSIS))
    for entity in entities:
        style = TYPES[entity.type]
        start, end = covered(text, entity)
        if (style, start, end) in sources:
            continue
        # It was cut: at the very end, and only if it's no highlight or one too long to be left out.
        assert (style, start) in begun
        assert end == (length + len(ELLIPSIS) if style in BLOCKS else length)
        assert style not in WHOLE or start <= most // 2


@given(written())
@settings(max_examples=60)
def test_in_a_message_of_full_length_no_highlight_is_cut(rich):
    text, entities = to_message(rich)
    sources = {trimmed(rich.text, mark) for mark in rich.marks}
    for entity in entities:
        if TYPES[entity.type] in WHOLE:
            assert (TYPES[entity.type], *covered(text, entity)) in sources


@given(written(), st.sampled_from(LIMITS))
@settings(max_examples=80)
def test_no_character_that_a_reader_sees_is_cut(rich, limit):
    text, _ = to_message(rich, limit)
    length = kept(rich, text)
    place = 0
    for cluster in regex.finditer(r"\X", rich.text):
        place = cluster.start()
        if place >= length:
            break
    assert place == length or length == len(rich.text)


@given(st.text(st.characters(), max_size=40), st.integers(1, 40))
def test_halves_of_characters_are_replaced(text, times):
    shown, _ = to_message(RichText(text * times))
    shown.encode("utf-16")


def entities_of(rich: RichText) -> list[dict[str, object]]:
    text, entities = to_message(rich)
    _, shown = formatted.clean(text, raw(entities), warn=refuse)
    return shown


def test_a_moment_is_shown_in_the_readers_own_time():
    writer = Writer()
    writer.write("🚀 at ")
    writer.write("26 April 2019, 14:05 UTC", at=MOMENT)
    (entity,) = entities_of(writer.finish())
    assert entity == {
        "type": "date_time", "offset": 6, "length": 24, "unix_time": int(MOMENT.timestamp()),
        "date_time_format": "dt",
    }  # fmt: skip


def test_a_folded_quote_may_hold_everything_but_a_quote():
    writer = Writer()
    writer.write("one ", Style.ITALIC)
    writer.write("two ", Style.BOLD, Style.UNDERLINE, url="https://news.example/1")
    writer.write("three", at=MOMENT)
    writer.write(" four", Style.CODE)
    writer.mark(0, Style.FOLDED)
    kinds = [entity["type"] for entity in entities_of(writer.finish())]
    assert kinds == [
        "expandable_blockquote", "italic", "bold", "text_link", "underline", "date_time", "code",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://news.example/1", True),
        ("http://пример.example", True),
        ("https://t.me/bot?start=r-1", True),
        ("http://intranet/news", False),
        ("http://[::1]/", False),
        ("http://[bad", False),
        ("https://news.example/a b", False),
        ("https://news.example/\ud83d", False),
        ("ftp://news.example/1", False),
        ("news.example", False),
        ("", False),
    ],
)
def test_only_links_that_telegram_takes_are_sent(url, taken):
    writer = Writer()
    writer.write("a title", url=url)
    assert [entity["type"] for entity in entities_of(writer.finish())] == ["text_link"] * taken


def test_marks_without_what_they_need_are_not_sent():
    marks = (Mark(0, 5, Style.LINK), Mark(0, 5, Style.TIME), Mark(0, 5, Style.BOLD))
    assert [one["type"] for one in entities_of(RichText("title", marks))] == ["bold"]


def test_the_most_important_of_thousands_are_kept_and_then_the_first():
    writer = Writer()
    for number in range(3_000):
        writer.write("🚀", Style.BOLD if number % 2 else Style.UNDERLINE)
    writer.mark(0, Style.QUOTE)
    writer.write("a", Style.ITALIC)
    kinds = [entity["type"] for entity in entities_of(writer.finish())]
    assert kinds == ["blockquote", *["underline"] * 99]


@pytest.mark.parametrize("limit", [2, 3, 10, 300, 1_024])
def test_a_smaller_limit(limit):
    text, _ = to_message(RichText("🚀" * 3_000), limit)
    assert text == "🚀" * ((limit - 2) // 2) + ELLIPSIS
