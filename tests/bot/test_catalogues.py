"""The catalogues of `bot/locale` hold every sentence of `bot/texts.py`, and say it so that it can be shown."""

import re
from collections import Counter
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural

from bot import texts
from bot.language import ENGLISH, LANGUAGES, Texts, catalogue_file
from tools.catalogues import read, sentences, updated

OTHERS = [language for language in LANGUAGES if language != ENGLISH]

TYPED = ("/help", "dates:any", "title:")
"""What readers type as it stands, in any language."""
MINUS_WORD = re.compile(r"(?<!\w)-\w")
COMMAND = re.compile(r"(?<!\w)/[a-z]+(?: (?:ID|file|force|replace)\b)?")

LONGEST = {
    14: (
        "MORE", "BACK", "SORT_NEWEST", "SORT_BEST", "ARTICLES_NEWER", "ARTICLES_OLDER", "REMOVE_YES", "REMOVE_NO",
    ),  # up to three of them in a row, on a phone
    8: ("READ",),
    32: ("MENTIONS_YES", "MENTIONS_NO", "LANGUAGE_OF_READER", "FORGET_BUTTON"),  # alone in their rows
    48: ("ASK_IN_PRIVATE", "NEAREST_IN_PRIVATE"),
    200: (
        "QUESTION_GONE", "ANSWER_TOO_OLD", "BUTTON_UNKNOWN", "ARTICLES_CHANGED", "ARTICLE_GONE",
        "THANKS", "COUNTED_ALREADY", "TOO_MANY_PRESSES", "FAILED", "ADMINS_ONLY", "SAVED",
        "NOT_YOURS", "IN_PRIVATE_ONLY",
    ),  # answers to a pressed button; Telegram's limit
    256: [name for name in vars(texts) if name.startswith("COMMAND_")],
}  # fmt: skip
"""Characters that some sentences may have, in every language."""

FIELD = re.compile(r"\{\w+\}")
LETTER = re.compile(r"[^\W\d_]")
"""A sentence that has none outside its fields may be the same in every language."""

ISOLATES = "\u2066\u2067\u2068"
END_OF_ISOLATE = "\u2069"
EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
ENDS = {".": ".。", ":": ":："}
"""How a sentence ends in English, and how it may elsewhere."""


def forms(message: Message) -> tuple[str, ...]:
    return message.string if message.pluralizable else (message.string,)


def english(message: Message) -> tuple[str, ...]:
    return message.id if message.pluralizable else (message.id,)


def fields(*sentences: str) -> set[str]:
    return {name for text in sentences for _, name, _, _ in Formatter().parse(text) if name}


def translated(language: str) -> Iterator[tuple[Message, str]]:
    """Every translation, and of a plural each of its forms."""
    for message in read(language):
        if message.id:
            for text in forms(message):
                yield message, text


def test_the_languages_are_there():
    assert LANGUAGES[0] == ENGLISH
    assert {"ar", "de", "es", "ru", "zh"} <= set(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_make_catalogues_would_change_nothing(language):
    assert updated(read(language), sentences()) == catalogue_file(language).read_text("utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language):
    catalogue = read(language)
    assert {message.id for message in catalogue} == {message.id for message in sentences()}
    assert not catalogue.obsolete
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    untranslated = [
        message.id
        for message, text in translated(language)
        if not text.strip() or (text in english(message) and LETTER.search(FIELD.sub("", text)))
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_form_of_a_number_is_there(language):
    catalogue, rule = read(language), get_plural(language)
    assert (catalogue.num_plurals, catalogue.plural_expr) == (rule.num_plurals, rule.plural_expr)
    plurals = [message for message in catalogue if message.pluralizable]
    assert plurals
    assert {len(message.string) for message in plurals} == {rule.num_plurals}


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_filled_in_is_filled_in_everywhere(language):
    wrong = []
    for message, text in translated(language):
        wanted, may_go = fields(*english(message)), {"count"} if message.pluralizable else set()
        if not wanted - may_go <= fields(text) <= wanted or text.count("{") != len(fields(text)):
            wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_form_for_a_single_number_goes_without_it(language):
    """Russian says 1, 21 and 31 alike, so its "one" needs the number; English's doesn't."""
    wrong = []
    for message in sentences():
        if message.pluralizable:
            say, filling = Texts(language), dict.fromkeys(fields(*message.id) - {"count"}, "")
            plural = texts.Plural(*message.id)
            said = Counter(say.plural(plural, count, **filling) for count in range(300))
            wrong += [text for text, times in said.items() if times > 1]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_notices_and_descriptions_are_short_enough(language):
    say = Texts(language)
    too_long = [
        (name, said)
        for longest, names in LONGEST.items()
        for name in names
        if not 0 < len(said := say(getattr(texts, name))) <= longest
    ]
    assert too_long == []
    assert len(say(texts.READ_NUMBER, number=10)) <= 10


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_typed_stays_as_it_is_typed(language):
    rtl = Texts(language).direction == "rtl"
    found = set()
    for message, text in translated(language):
        source = english(message)[-1]
        for typed in TYPED:
            assert (typed in text) == (typed in source), text
            found |= {typed} if typed in text else set()
            # From right to left, a sign at the edge would be drawn on the other side.
            if rtl and typed in text and not (typed[0].isalpha() and typed[-1].isalpha()):
                assert f"\u2066{typed}\u2069" in text, text
        assert bool(MINUS_WORD.search(text)) == bool(MINUS_WORD.search(source)), text
        commands = COMMAND.findall(text)
        assert Counter(commands) == Counter(COMMAND.findall(source)), text
        assert not rtl or all(f"\u2066{command}\u2069" in text for command in commands), text
    assert found == set(TYPED)


@pytest.mark.parametrize("language", OTHERS)
def test_invisible_marks_stand_only_where_directions_mix_and_are_closed(language):
    for _, text in translated(language):
        opened = sum(map(text.count, ISOLATES))
        assert opened == text.count(END_OF_ISOLATE), text
        assert not any(mark in text for mark in EMBEDDINGS), text
        assert not opened or Texts(language).direction == "rtl", text


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_and_lines_end_as_they_do_in_english(language):
    wrong = []
    for message, text in translated(language):
        ends, last = ENDS.get(english(message)[-1][-1]), text[-1]
        fits = last in ends if ends else last not in "".join(ENDS.values())
        lines = [" ".join(line.split()) for line in text.split("\n")]
        as_many = len(lines) == len(english(message)[-1].split("\n"))
        if not fits or not as_many or text != "\n".join(lines):
            wrong.append((message.id, text))
    assert wrong == []
