"""Every script is asked in its own words, and highlighted in whole ones."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.text.analyzer import analyzer

ArchiveOf = Callable[..., Archive]

CASES = [
    (
        "de",
        "Die Bundeskanzlerin besuchte am Montag die Hauptstadt Wien.",
        "Wann war die Kanzlerin in Wien?",
        "Wien",
    ),
    (
        "ru",
        "Лидеры двух стран встретились во Владивостоке.",
        "Где встретились лидеры?",
        "встретились",
    ),
    (
        "es",
        "Los ministros firmaron ayer los acuerdos comerciales.",
        "¿Quién firmó el acuerdo?",
        "firmaron",
    ),
    ("ar", "التقى الزعيمان في مدينة فلاديفوستوك يوم الخميس.", "أين التقى الزعيمان؟", "الزعيمان"),
    ("zh", "两国领导人星期四在海参崴会晤。", "领导人在哪里会晤？", "领导人"),
    ("ja", "両首脳は木曜日に東京で会談した。", "両首脳はどこで会談しましたか", "会談"),
    ("th", "ผู้นำทั้งสองพบกันที่กรุงเทพมหานครเมื่อวันพฤหัสบดี", "ผู้นำพบกันที่ไหน", "ผู้นำ"),
    ("hi", "दोनों नेताओं ने दिल्ली में मुलाकात की।", "नेताओं ने कहाँ मुलाकात की?", "मुलाकात"),
    (
        "el",
        "Οι δύο ηγέτες συναντήθηκαν στην Αθήνα.",
        "Πού συναντήθηκαν οι ηγέτες;",
        "συναντήθηκαν",
    ),
    (
        "tr",
        "İki lider perşembe günü İstanbul'da görüştü.",
        "İki lider İstanbul'da ne zaman görüştü?",
        "görüştü",
    ),
    ("vi", "Hai nhà lãnh đạo gặp nhau ở Hà Nội.", "Hai nhà lãnh đạo gặp nhau ở đâu?", "gặp"),
    ("ko", "두 정상은 목요일 서울에서 만났다.", "두 정상은 어디에서 만났나?", "정상은"),
    ("fr", "L'homme politique a démissionné à Lyon.", "Quel homme a démissionné ?", "démissionné"),
]


@pytest.mark.parametrize(
    ("language", "text", "question", "word"), CASES, ids=[case[0] for case in CASES]
)
def test_each_language_is_answered_and_highlighted(
    archive_of: ArchiveOf, language: str, text: str, question: str, word: str
) -> None:
    archive = archive_of({"text": text, "language": language})
    excerpt = archive.ask(question).excerpts[0]
    assert excerpt.text == text
    assert any(
        word in text[span.start : span.end] or text[span.start : span.end] in word
        for span in excerpt.highlights
    )


def test_one_letter_that_stands_for_several_words_is_found(archive_of: ArchiveOf) -> None:
    text = "قال النبي ﷺ كلمة عن القطار."
    assert [each.text for each in archive_of({"text": text}).ask("ﷺ").excerpts] == [text]


DETECTED = ("de", "ru", "es", "ar", "zh", "ja", "th", "hi", "el", "vi")


@pytest.mark.parametrize(
    ("language", "text"), [case[:2] for case in CASES if case[0] in DETECTED], ids=DETECTED
)
def test_the_language_is_detected(archive_of: ArchiveOf, language: str, text: str) -> None:
    assert archive_of(text, language="auto").languages == (language,)


def test_a_question_in_a_language_that_the_archive_does_not_hold(seeds: Archive) -> None:
    answer = seeds.ask("Что сказал министр о пшенице?")
    assert not answer.answered
    assert not answer.excerpts
    assert seeds.ask("¿Dónde se reunieron Kim y Putin en Vladivostok?").excerpts


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "the U.S. said", "the US said"),
        ("en", "the U.N . said", "the UN said"),
        ("en", "1,000 men", "1000 man"),
        ("en", "four meetings", "4 meeting"),
        ("en", "25 April 2019", "2019-04-25"),
        ("en", "April 25th", "25 April"),
        ("en", "Korea’s", "Korea's"),
        ("en", "they met", "they meet"),
        ("de", "am 25. April 2019", "2019-04-25"),
        ("ru", "25 апреля 2019", "2019-04-25"),
        ("fr", "l’homme", "homme"),
        ("tr", "İstanbul'da", "istanbul"),
        ("ar", "الرَّئِيس", "الرئيس"),
    ],
)
def test_what_means_the_same_meets(language: str, one: str, other: str) -> None:
    words = analyzer(language)
    assert set(words.content(one)) == set(words.content(other))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("vi", "ma", "má"), ("es", "ano", "año"), ("en", "who", "WHO officials said")],
)
def test_what_means_something_else_stays_apart(language: str, one: str, other: str) -> None:
    words = analyzer(language)
    assert words.tokens(one)[0].stem != words.tokens(other)[0].stem


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "tr", "zh", "th", "ar", "de", "xx"]))
def test_tokens_stand_where_they_say(text: str, language: str) -> None:
    end = 0
    for token in analyzer(language).tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.surface
        assert token.stem
        assert not any(character.isspace() for character in token.stem)
        assert token.end >= end
        end = token.end
