"""Lengths and entities are counted as Telegram counts them."""

import pytest
from fake_telegram import RefusalError, formatted, render, utf16
from hypothesis import given
from hypothesis import strategies as st

ALPHABET = "ab .é\n\r\t漢🚀👩"
texts = st.text(alphabet=ALPHABET, max_size=40)


def entity(kind: str, offset: int, length: int, **more: object) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@given(texts)
def test_an_entity_covers_the_same_characters_after_cleaning(text: str):
    begin = len(text) // 3
    end = begin + (len(text) - begin) // 2
    inside = text[begin:end]
    mark = entity("bold", utf16.offset_of(text, begin), utf16.length(inside))
    cleaned, entities = formatted.clean(text, [mark])
    expected = inside.replace("\r", "").replace("\t", " ").lstrip(" \n")
    if not expected.strip(" \n"):
        assert [one for one in entities if one["type"] == "bold"] == []
    else:
        bold = next(one for one in entities if one["type"] == "bold")
        covered = utf16.cut(cleaned, bold["offset"], bold["length"])
        assert covered.rstrip(" \n") == expected.rstrip(" \n")
    assert cleaned == cleaned.rstrip(" \n")


@given(texts, st.integers(-1, 60), st.integers(-1, 60))
def test_any_bounds_are_either_refused_or_inside_the_text(text: str, offset: int, length: int):
    mark = entity("bold", offset, length)
    inside = {offset, offset + length} <= utf16.boundaries(text) and offset < utf16.length(text)
    if min(offset, length) < 0 or (length and not inside):
        with pytest.raises(RefusalError, match="400 Bad Request"):
            formatted.clean(text, [mark])
        return
    cleaned, entities = formatted.clean(text, [mark])
    for one in entities:
        assert one["length"] > 0
        assert {one["offset"], one["offset"] + one["length"]} <= utf16.boundaries(cleaned)


@given(st.text(max_size=50))
def test_length_is_that_of_utf16(text: str):
    assert utf16.length(text) == sum(2 if ord(one) > 0xFFFF else 1 for one in text)


@pytest.mark.parametrize(
    ("mark", "complaint"),
    [
        (entity("bold", 0, 9), "ends after the end of the text at UTF-16 offset 9"),
        (entity("bold", 7, 1), "begins after the end of the text at UTF-16 offset 7"),
        (entity("bold", 1, 2), "begins in a middle of a UTF-16 symbol"),
        (entity("bold", 0, 1), "ends in a middle of a UTF-16 symbol"),
        (entity("bold", -1, 2), "incorrect offset -1"),
        (entity("shout", 0, 2), "unsupported type specified"),
        (entity("text_link", 3, 3), 'can\'t find field "url"'),
        (entity("text_link", 3, 3, url="javascript:alert(1)"), "is invalid"),
        (entity("text_link", 3, 3, url="https://nodots"), "is invalid"),
        (entity("date_time", 3, 3), 'can\'t find field "unix_time"'),
        (entity("text_link", 3, 3, url="ftp://a.org"), "wrong HTTP URL specified"),
        (entity("text_mention", 3, 3), 'can\'t find field "user"'),
        (entity("custom_emoji", 3, 3), "invalid custom emoji identifier specified"),
        (entity("bold", 3, -1), "incorrect length -1"),
        ("bold", "expected an Object"),
        ({"type": "bold", "offset": 1}, 'can\'t find field "length"'),
    ],
)
def test_bad_entities_are_refused(mark: dict[str, object], complaint: str):
    with pytest.raises(RefusalError) as refused:
        formatted.clean("🚀 old", [mark])
    assert refused.value.description.startswith("Bad Request: ")
    assert complaint in refused.value.description


@pytest.mark.parametrize(
    ("marks", "markup"),
    [
        ([entity("blockquote", 0, 11), entity("blockquote", 2, 3)], "> one two six"),
        ([entity("blockquote", 0, 11), entity("bold", 4, 3)], "> one **two** six"),
        ([entity("bold", 0, 7), entity("italic", 4, 7)], "**one **_**two** six_"),
        ([entity("code", 0, 7), entity("bold", 0, 3)], "`one two` six"),
        ([entity("bold", 0, 3), entity("bold", 2, 5)], "**one two** six"),
        (
            [entity("text_link", 0, 7, url="https://a.org"), entity("code", 4, 7)],
            "[one two](https://a.org) six",
        ),
        ([entity("mention", 0, 3)], "one two six"),
    ],
)
def test_what_cannot_stand_together_is_changed_with_a_warning(
    marks: list[dict[str, object]], markup: str
):
    warnings: list[str] = []
    text, entities = formatted.clean("one two six", marks, warnings.append)
    assert render(text, entities) == markup
    assert bool(warnings) == (markup != "> one **two** six")


def test_only_the_first_hundred_entities_are_kept():
    warnings: list[str] = []
    marks = [entity("bold", at * 2, 1) for at in range(120)]
    _, entities = formatted.clean("a " * 120, marks, warnings.append)
    assert len(entities) == 100
    assert warnings == ["120 entities, only the first 100 are kept"]


def test_what_telegram_finds_by_itself():
    text = (
        "🚀 /ask@dateline_bot see @ada_l, #news or (https://a.org/b?c=1). example.com 3/4 a@b.org"
    )
    _, entities = formatted.clean(text, None)
    found = {utf16.cut(text, one["offset"], one["length"]): one["type"] for one in entities}
    assert found == {
        "/ask@dateline_bot": "bot_command",
        "@ada_l": "mention",
        "#news": "hashtag",
        "https://a.org/b?c=1": "url",
        "example.com": "url",
        "a@b.org": "email",
    }


def test_leading_space_stays_when_an_entity_began_before_the_text():
    text, entities = formatted.clean(" \n a b", [entity("code", 3, 1)])
    assert (text, entities) == ("a b", [entity("code", 0, 1)])


def test_markup_of_quotes_over_several_lines():
    marks = [entity("expandable_blockquote", 4, 7), entity("underline", 8, 3)]
    assert render("one\ntwo\nsix", marks) == "one\n>> two\n>> __six__"


def test_markup_of_the_rest():
    marks = [
        entity("strikethrough", 0, 3),
        entity("spoiler", 4, 3),
        entity("text_mention", 8, 3, user={"id": 7}),
        entity("custom_emoji", 12, 3, custom_emoji_id="1"),
        entity("hashtag", 16, 4),
    ]
    rendered = render("old hid Ada :-) #tag", marks)
    assert rendered == "~~old~~ ||hid|| [Ada](tg://user?id=7) <emoji>:-)</emoji> #tag"
