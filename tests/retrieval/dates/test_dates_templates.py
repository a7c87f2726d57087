"""What the expressions of the tables match is not passed over by what looks ahead of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.expressions import any_of
from retrieval.dates.grammar import grammar_of
from retrieval.dates.openings import any_opening, openings
from retrieval.dates.tables import LANGUAGES

AROUND = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)")
BEFORE = re.compile(r"^\(\?<[=!][^()]*\)")
MARK = "§"
SLOTS = ("weekday", "month", "mon", "unit", "n", "day", "last", "d", "m", "year", "quarter")
SPACED = sorted(code for code in LANGUAGES if LANGUAGES[code].spaced)


def filled(template, slots):
    """A template with an expression for every slot."""
    return re.sub(r"\{([a-z]+)\}", lambda found: slots[found[1]], template)


def drawn(data, expression):
    """A text that an expression matches, or None where what must stand around it was not hit upon."""
    text = data.draw(st.from_regex(AROUND.sub("", expression), fullmatch=True))
    return text if re.fullmatch(BEFORE.sub("", expression), text) else None


@given(st.data())
@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_whatever_is_matched_begins_with_an_opening(code, data):
    language = LANGUAGES[code]
    told = (language.tense.future, language.tense.past, language.tense.open)
    templates = (*(each.template for each in language.patterns), *filter(None, told))
    template = data.draw(st.sampled_from(templates))
    text = drawn(data, filled(template, dict.fromkeys(SLOTS, MARK)))
    ahead = any_opening(openings(template, {slot: [MARK] for slot in SLOTS}))
    assert text is None or re.match(ahead, text)


@given(st.data())
@pytest.mark.parametrize("code", SPACED)
def test_every_pattern_is_looked_for_where_its_words_are(code, data):
    language = LANGUAGES[code]
    slots = {
        "weekday": any_of(language.weekdays),
        "month": any_of(language.months),
        "mon": any_of([*language.months, *language.abbreviations]),
        "unit": any_of(language.units),
        "n": any_of(language.numbers),
        "year": "20[0-9][0-9]",
    }
    template = data.draw(st.sampled_from(language.patterns)).template
    text = drawn(data, filled(template, dict.fromkeys(SLOTS, "[1-9]") | slots))
    if text is not None:
        text = re.sub(r"\s+", " ", text)
        grammar = grammar_of(code)
        assert list(grammar.of_question(text)) == list(grammar.mentions(text))
