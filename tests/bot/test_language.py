"""Sentences, days and numbers as readers of each language see them."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import texts
from bot.language import LANGUAGES, MOST_WORDS, Texts, in_short, known_language, language_name
from bot.texts import Plural
from retrieval.types import Bounds
from tools.catalogues import sentences

DAY = date(2019, 4, 26)
INVISIBLE = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
FSI, PDI = "\u2068", "\u2069"

SENTENCES = [message.id for message in sentences() if isinstance(message.id, str) and message.id]
PLURALS = [Plural(*message.id) for message in sentences() if message.pluralizable]
FIELDS = re.compile(r"\{(\w+)\}")

ODD = [
    "{}",
    "{0}",
    "{count}",
    "{question",
    "}",
    "%",
    "%s",
    "%(words)s",
    "\\N",
    "\0",
    "\n",
    "\ud83d",
    "\udc00",
]
BIDI = [
    "כן",
    "نعم",
    "٣",
    "\u202e",
    "\u202c",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\u2029",
    "\u200f",
]
anything = st.lists(
    st.sampled_from(ODD + BIDI) | st.text(st.characters(exclude_categories=()), max_size=8),
    max_size=8,
).map("".join)
"""Texts with braces, marks of direction and halves of characters."""


def visible(text: str) -> str:
    return INVISIBLE.sub("", text)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("zh-hans", "zh"),
        ("zh_CN", "zh"),
        ("pt-br", None),
        ("fil", None),
        ("LC_MESSAGES", None),
        ("", None),
        (None, None),
    ],
)
def test_the_language_of_a_code(code, language):
    assert known_language(code) == language


def test_languages_are_named_in_themselves():
    names = {code: language_name(code) for code in LANGUAGES}
    assert names == names | {
        "en": "English",
        "ar": "العربية",
        "de": "Deutsch",
        "es": "Español",
        "ru": "Русский",
        "zh": "中文",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_way_a_language_is_written(language):
    assert Texts(language).direction == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(
    ("language", "long", "short", "month", "year", "week"),
    [
        ("en", "26 April 2019", "26 Apr 2019", "Feb 2019", "2018", "26 Apr 2019 – 2 May 2019"),
        ("de", "26. April 2019", "26. Apr. 2019", "Feb. 2019", "2018", "26. Apr. 2019 – 2. Mai 2019"),
        ("es", "26 de abril de 2019", "26 abr 2019", "feb 2019", "2018", "26 abr 2019 – 2 may 2019"),
        ("ru", "26 апреля 2019 г.", "26 апр. 2019 г.", "февр. 2019 г.", "2018", "26 апр. 2019 г. – 2 мая 2019 г."),
        ("ar", "26 أبريل 2019", "26 أبريل 2019", "فبراير 2019", "2018", "26 أبريل 2019 – 2 مايو 2019"),
        ("zh", "2019年4月26日", "2019年4月26日", "2019年2月", "2018年", "2019年4月26日 – 2019年5月2日"),
    ],
)  # fmt: skip
def test_days_as_each_language_writes_them(language, long, short, month, year, week):
    say = Texts(language)
    found = [
        say.long_day(DAY),
        say.short_day(DAY),
        say.days(date(2019, 2, 1), date(2019, 2, 28)),
        say.days(date(2018, 1, 1), date(2018, 12, 31)),
        say.days(DAY, date(2019, 5, 2)),
    ]
    # Russian keeps its "г." to the year by a narrow space that doesn't break.
    said = [visible(days).replace("\u202f", " ") for days in found]
    assert said == [long, short, month, year, week]


def test_numbers_as_each_language_writes_them():
    said = {language: Texts(language).number(12_345) for language in ("en", "de", "ru")}
    assert said == {"en": "12,345", "de": "12.345", "ru": "12\u00a0345"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "and 1 more|and 2 more|and 5 more|and 11 more|and 100 more"),
        ("ru", "и ещё 1|и ещё 2|и ещё 5|и ещё 11|и ещё 100"),
        ("ar", "وواحدة أخرى|واثنتان أخريان|و5 أخرى|و11 أخرى|و100 أخرى"),
    ],
)
def test_and_so_many_more(language, said):
    say = Texts(language)
    assert [say.plural(texts.AND_MORE, count) for count in (1, 2, 5, 11, 100)] == said.split("|")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "one article|2 articles|5 articles|11 articles|21 articles|100 articles"),
        ("de", "ein Artikel|2 Artikel|5 Artikel|11 Artikel|21 Artikel|100 Artikel"),
        ("ru", "1 статья|2 статьи|5 статей|11 статей|21 статья|100 статей"),
        ("ar", "مقالة واحدة|مقالتان|5 مقالات|11 مقالة|21 مقالة|100 مقالة"),
        ("zh", "1篇文章|2篇文章|5篇文章|11篇文章|21篇文章|100篇文章"),
    ],
)
def test_how_many_articles_there_are(language, said):
    say = Texts(language)
    for count, start in zip((1, 2, 5, 11, 21, 100), said.split("|"), strict=True):
        assert re.match(rf"{start}(?!\w)", say.holding(count, DAY, DAY))


BOUNDS = [
    Bounds(DAY, DAY),
    Bounds(date(2019, 4, 1), date(2019, 4, 30)),
    Bounds(date(2019, 1, 1), date(2019, 12, 31)),
    Bounds(date(2019, 4, 22), date(2019, 4, 28)),
    Bounds(after=DAY),
    Bounds(before=DAY),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_read_well_with_days_in_them(language):
    say = Texts(language)
    held = [say.holding(1, DAY, DAY), say.holding(7, DAY, DAY), say.holding(7, date.min, DAY)]
    said = [say(texts.HOLDING, articles=articles) for articles in held]
    for bounds in BOUNDS:
        said += [say.limited_to(bounds), say.not_limited_to(bounds)]
    for sentence in said:
        assert "2019" in sentence
        assert visible(sentence)[-1] in ".。", sentence
        # An abbreviated year ("г.") must not stand before the full stop.
        assert not re.search(r"\.\.|。。|  | [.,;:]", visible(sentence)), sentence
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "a, b, c, d, e, f, g, h, and 3 more"),
        ("de", "a, b, c, d, e, f, g, h und noch 3"),
        ("ar", "a، b، c، d، e، f، g، h و3 أخرى"),
        ("zh", "a、b、c、d、e、f、g、h 及其他3项"),
    ],
)
def test_of_many_words_the_first_are_named(language, said):
    assert MOST_WORDS == 8
    assert visible(Texts(language).words("abcdefghijk")) == said


@pytest.mark.parametrize(
    ("language", "word", "isolated"),
    [
        ("en", "Kim", False),
        ("en", "كيم", True),
        ("ru", "Kim", False),
        ("ar", "كيم", False),
        ("ar", "Kim", True),
        ("ar", "2019", False),
    ],
)
def test_a_word_is_isolated_only_where_it_runs_the_other_way(language, word, isolated):
    say = Texts(language)
    said = say(texts.NOT_FOUND, words=say.words([word]))
    assert said.endswith(f"{FSI}{word}{PDI}" if isolated else f" {word}")
    assert said.count(FSI) == said.count(PDI) == isolated


@given(anything, st.lists(anything, max_size=12), st.integers(0, 10**12))
@settings(max_examples=40)
def test_anything_can_be_put_into_every_sentence(text, words, count):
    for language in LANGUAGES:
        say = Texts(language)
        for sentence in SENTENCES:
            for value in (text, in_short(text), say.words(words)):
                values = dict.fromkeys(FIELDS.findall(sentence), value)
                said = say(sentence, **values)
                assert not values or visible(value) in visible(said)
        for plural in PLURALS:
            fields = set(FIELDS.findall("".join(plural))) - {"count"}
            said = say.plural(plural, count, **dict.fromkeys(fields, text))
            assert not fields or visible(text) in visible(said)


@given(anything)
def test_a_question_in_short_is_one_line(text):
    short = in_short(text)
    assert len(short.splitlines()) <= 1
    assert len(short) <= 201
