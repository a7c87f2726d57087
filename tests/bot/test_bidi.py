"""Text that runs the other way: it is wrapped where it must be, and nothing else is touched."""

import re
from unicodedata import bidirectional

import pytest
from fake_telegram import formatted
from hypothesis import given
from hypothesis import strategies as st

from bot.bidi import direction, isolate

FSI, PDI = "\u2068", "\u2069"
CONTROLS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"
LINE_ENDS = "\n\r\x1c\x1d\x1e\x85\u2029"

pieces = st.sampled_from([*"ab 字كيמ12٢.,()[]🚀\u0301\n\u2029", *CONTROLS, "NATO", "كيم"])
lines = st.text(
    st.sampled_from(f"ab 字كيמ12٢.,()[]🚀\u0301{CONTROLS}")
    | st.characters(exclude_characters=LINE_ENDS),
    max_size=20,
)
anything = st.lists(pieces | st.characters(), max_size=20).map("".join)
ways = st.sampled_from(["ltr", "rtl"])
latin = st.text(st.characters(max_codepoint=0x58F) | st.sampled_from("字“”—…🚀👍🏽"), max_size=20)


def visible(text: str) -> str:
    return "".join(character for character in text if character not in CONTROLS)


def open_at_the_end(text: str) -> int:
    """How many isolates a line leaves open; less than none where it closes what it has not opened."""
    depth = 0
    for character in text:
        depth += (character in "\u2066\u2067\u2068") - (character == PDI)
        if depth < 0:
            break
    return depth


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Kim met Putin", "ltr"),
        ("  12. «Kim» كيم", "ltr"),
        ("字", "ltr"),
        ("كيم met Putin", "rtl"),
        ("12 🚀 ש״ס", "rtl"),
        ("\u200f12 Kim", "rtl"),
        ("\u202bKim", "ltr"),
        ("", None),
        ("12, ٢٥ — 🚀!", None),
        (f"{FSI}كيم{PDI} met Putin", "ltr"),
        (f"{FSI}كيم{FSI}met{PDI}{PDI} 12", None),
        (f"{FSI}كيم met Putin", None),
        (f"{FSI}Kim\nكيم", "rtl"),
        (f"{PDI}كيم", "rtl"),
        ("12\nكيم\nKim", "rtl"),
    ],
)
def test_the_first_letter_decides_and_isolates_are_passed_over(text, runs):
    assert direction(text) == runs


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("[25 Apr 2019]", "rtl", f"{FSI}[25 Apr 2019]{PDI}"),
        ("[25 Apr 2019]", "ltr", "[25 Apr 2019]"),
        ("[٢٥ أبريل ٢٠١٩]", "ltr", f"{FSI}[٢٥ أبريل ٢٠١٩]{PDI}"),
        ("[٢٥ أبريل ٢٠١٩]", "rtl", "[٢٥ أبريل ٢٠١٩]"),
        ("[2019]", "rtl", "[2019]"),
        ("[٢٠١٩]", "ltr", f"{FSI}[٢٠١٩]{PDI}"),
        ("[٢٠١٩]", "rtl", "[٢٠١٩]"),
        ("لقاء كيم وبوتين", "ltr", f"{FSI}لقاء كيم وبوتين{PDI}"),
        ("لقاء كيم وبوتين", "rtl", "لقاء كيم وبوتين"),
        ("NATO وكيم", "rtl", f"{FSI}NATO وكيم{PDI}"),
        ("zyzzyva", "rtl", f"{FSI}zyzzyva{PDI}"),
        ("zyzzyva", None, "zyzzyva"),
        ("كيم", None, "كيم"),
        ("🚀 字", "ltr", "🚀 字"),
        ("", "rtl", ""),
    ],
)
def test_only_what_runs_the_other_way_is_wrapped(text, within, expected):
    assert isolate(text, within) == expected


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        (f"Kim{PDI} met", "ltr", "Kim met"),
        ("Kim \u2067met", "ltr", f"Kim \u2067met{PDI}"),
        (f"كيم{PDI} \u2066a", "ltr", f"{FSI}كيم \u2066a{PDI}{PDI}"),
        ("Kim \u202emet", "ltr", f"{FSI}Kim \u202emet{PDI}"),
        ("Kim \u202cmet", None, f"{FSI}Kim \u202cmet{PDI}"),
        (f"Kim {FSI}\u202emet{PDI}", "ltr", f"Kim {FSI}\u202emet{PDI}"),
        (f"Kim {FSI}كيم{PDI}", "ltr", f"Kim {FSI}كيم{PDI}"),
    ],
)
def test_marks_of_the_text_itself_reach_no_further_than_the_text(text, within, expected):
    assert isolate(text, within) == expected


def test_of_several_lines_those_in_between_keep_their_own_direction():
    text = f"كيم\nكيم {FSI}a\nNATO{PDI}\nكيم"
    assert isolate(text, "ltr") == f"{FSI}كيم{PDI}\nكيم {FSI}a{PDI}\nNATO\n{FSI}كيم{PDI}"


@given(latin)
def test_in_a_line_from_left_to_right_letters_of_that_direction_stay_as_they_are(text):
    assert isolate(text, "ltr") == text


@given(anything, ways | st.none())
def test_nothing_that_a_reader_sees_is_changed(text, within):
    assert visible(isolate(text, within)) == visible(text)


@given(anything, ways | st.none())
def test_in_every_line_all_is_closed_that_was_opened(text, within):
    isolated = isolate(text, within)
    assert {open_at_the_end(line) for line in re.split(f"[{LINE_ENDS}]", isolated)} == {0}


@given(anything, ways | st.none())
def test_what_is_isolated_is_not_isolated_again(text, within):
    isolated = isolate(text, within)
    assert isolate(isolated, within) == isolated


@given(lines, ways)
def test_from_outside_no_letter_of_the_other_direction_is_seen(text, within):
    isolated = isolate(text, within)
    other = "ltr" if within == "rtl" else "rtl"
    assert direction(isolated) != other
    assert direction(f"12 {isolated} {'כ' if within == 'rtl' else 'k'}") == within
    if not isolated.startswith(FSI):
        hidden = re.sub(f"[\u2066-\u2068].*{PDI}", "", isolated, flags=re.DOTALL)
        strong = {"ltr": {"R", "AL"}, "rtl": {"L"}}[within]
        assert not strong & set(map(bidirectional, hidden))


@pytest.mark.parametrize(("text", "within"), [("كيم", "ltr"), ("[25 Apr 2019]", "rtl")])
def test_telegram_keeps_what_wraps(text, within):
    isolated = f"1 {isolate(text, within)} 2"
    assert isolated != f"1 {text} 2"
    assert formatted.clean(isolated, [])[0] == isolated
