"""Sentences as newspapers write them, each with the days its words mean."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.dates import resolve
from retrieval.dates.grammar import grammar_of
from retrieval.dates.language import Kind
from retrieval.dates.tables import LANGUAGES

FRIDAY = date(2019, 4, 26)
SEED = Path(__file__).parents[3] / "seeds" / "000_e3194376fc50fe14.txt"


def told(text, language="en", base=FRIDAY):
    """The words resolved in a text, with their days as one readable line each."""
    lines = []
    for found in resolve(text, base, language):
        days = str(found.first)
        if found.last != found.first:
            days += f"..{found.last}"
        lines.append(f"{text[found.start : found.end]} = {days}")
    return lines


def test_the_seed_article_is_resolved_as_a_reader_would():
    assert told(SEED.read_text(encoding="utf-8")) == [
        "Thursday = 2019-04-25",
        "Friday = 2019-04-26",
        "February = 2019-02-01..2019-02-28",
        "last year = 2018-01-01..2018-12-31",
        "Thursday’s = 2019-04-25",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Thursday, he said.", "Thursday = 2019-04-25"),
        ("The party said Friday that it won.", "Friday = 2019-04-26"),
        ("Putin said late Saturday, in Moscow.", "Saturday = 2019-04-20"),
        ("He left last Friday for Rome.", "last Friday = 2019-04-19"),
        ("He returns next Friday, they said.", "next Friday = 2019-05-03"),
        ("The train is due to arrive on Monday.", "Monday = 2019-04-29"),
        ("He will come Friday.", "Friday = 2019-04-26"),
        ("The talks are expected to last until Sunday.", "Sunday = 2019-04-28"),
        ("Tuesday’s vote will decide it.", "Tuesday’s = 2019-04-30"),
        ("Tuesday's vote was lost.", "Tuesday's = 2019-04-23"),
        ("On Monday, Kim told reporters he would stay.", "Monday = 2019-04-22"),
        ("He died on Thursday night in Hanoi.", "Thursday night = 2019-04-25"),
        ("He resigned on Monday last week.", "Monday last week = 2019-04-15"),
        ("It happened on Thursday, April 25, he said.", "Thursday, April 25 = 2019-04-25"),
        ("The bombs on April 21 killed 250.", "April 21 = 2019-04-21"),
        ("It was signed on Feb. 14 in Hanoi.", "Feb. 14 = 2019-02-14"),
        ("He will be tried on 3 June in Rome.", "3 June = 2019-06-03"),
        ("He arrived yesterday.", "yesterday = 2019-04-25"),
        ("He left the day before yesterday.", "the day before yesterday = 2019-04-24"),
        ("He died last night.", "last night = 2019-04-25"),
        ("The court ruled today.", "today = 2019-04-26"),
        ("He flies home tomorrow.", "tomorrow = 2019-04-27"),
        ("He came two days ago.", "two days ago = 2019-04-24"),
        ("He came 3 weeks ago.", "3 weeks ago = 2019-04-01..2019-04-07"),
        ("He came a month ago.", "a month ago = 2019-03-01..2019-03-31"),
        ("He came five years ago.", "five years ago = 2014-01-01..2014-12-31"),
        ("Prices rose last month.", "last month = 2019-03-01..2019-03-31"),
        ("He travels this week.", "this week = 2019-04-22..2019-04-28"),
        ("They play this weekend.", "this weekend = 2019-04-27..2019-04-28"),
        ("It fell earlier this month.", "earlier this month = 2019-04-01..2019-04-26"),
        ("It opens later this year.", "later this year = 2019-04-26..2019-12-31"),
        ("The talks collapsed in February.", "February = 2019-02-01..2019-02-28"),
        ("Elections are due in September.", "September = 2019-09-01..2019-09-30"),
        ("He was elected in June last year.", "June last year = 2018-06-01..2018-06-30"),
        ("He won last November.", "last November = 2018-11-01..2018-11-30"),
        ("They met in London last Thursday.", "last Thursday = 2019-04-25"),
        ("He met President Biden last Friday in Rome.", "last Friday = 2019-04-19"),
        ("Rovers beat City 3-1 on Saturday.", "Saturday = 2019-04-20"),
        ("He died in Moscow Thursday.", "Thursday = 2019-04-25"),
        ("He was seen at the White House Monday, police said.", "Monday = 2019-04-22"),
        ("He told Reuters on Monday that he had won.", "Monday = 2019-04-22"),
        ("He spoke at the White House on Wednesday.", "Wednesday = 2019-04-24"),
        ("In a statement on Tuesday, Boeing called for calm.", "Tuesday = 2019-04-23"),
        ("Speaking in Paris on Monday, he will urge calm.", "Monday = 2019-04-29"),
        ("On Monday, he vowed to stay.", "Monday = 2019-04-22"),
        ("The bank will cut rates on Tuesday.", "Tuesday = 2019-04-30"),
        ("The summit takes place in Vienna on Tuesday.", "Tuesday = 2019-04-30"),
        ("The club, founded in 1999, said on Monday it would close.", "Monday = 2019-04-22"),
        ("Three died over the weekend.", "the weekend = 2019-04-20..2019-04-21"),
        ("It will rain at the weekend.", "the weekend = 2019-04-27..2019-04-28"),
        ("He met Mr Trump last month in Rome.", "last month = 2019-03-01..2019-03-31"),
        ("The sale will run until Monday.", "Monday = 2019-04-29"),
    ],
)
def test_english(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Since March 2018, Kim has held four meetings.",
        "It happened on Thursday, 11 September 2001, he said.",
        "It happened on Thursday 25 April 2019, he said.",
        "It happened on Friday, April 25, he said.",
        "Kim arrived a day earlier.",
        "He left the following day, that day, the previous week.",
        "A Thursday was chosen. On Thursdays he sang. Every Monday he ran.",
        "Black Friday sales fell. On Good Friday he prayed. Bloody Sunday was remembered.",
        "He was called on Palm Sunday, Ash Wednesday and Super Tuesday.",
        "The Sunday Times said so. The Sun said so. He watched Friday Night Lights.",
        "USA TODAY said so. HE CAME YESTERDAY. THURSDAY WAS COLD.",
        "Theresa May said no. May said no. Confidence in May fell.",
        "The March on Washington was held. He led the march in silence.",
        "In today's world nothing lasted. Today, cities are large. It is used today.",
        "“We will decide tomorrow,” Putin replied.",
        '"I saw him yesterday," she said.',
        "“Yesterday” was a hit.",
        "He left a week ago Tuesday. A year ago today he fell.",
        "About two years ago he fell. It was 20 000 years ago, or 65 million years ago.",
        "In his last year he won. In the last week of April he won. The last month was hot.",
        "He agreed to meet on Tuesday.",
        "Macron had planned to speak on April 15, but a fire broke out.",
        "It will be held on April 20.",
        "The shop is open Monday to Friday. It ran Monday through Wednesday.",
        "He was elected in 1996. In February he resigned.",
        "The show featured Tuesday nights and Monday shows.",
        "It closed on Friday the 13th. It was 5 Monday-Friday jobs.",
        "Sat, Sun, Mar and second are no days.",
        "He sold it on Black Friday. He ate at Ruby Tuesday in London. He met Joe Friday. Man Friday came.",
        "He starred in Freaky Friday with Lohan. He played for Sheffield Wednesday. He told Fox News Sunday.",
        "He was in Casual Friday mood. They met in Paris Saturday Night Live.",
        "In 1999, police said, they met on Monday. In 1998 he told them that on Monday he fled.",
        "The Mail on Sunday published it. He left last Thursday week. He won on Thursday week.",
        "Monday was the storm. She said that Monday was fine.",
        "People shop at the weekend. He died over the weekend of the coup.",
        "He waited until Tuesday. He was jailed until Friday.",
        "The match on Monday was postponed. In the final on Sunday, Rome play Bonn, which was beaten.",
        "Last year in office was hard. He fell last week in May.",
        "Kim recalled Sept. 11 and September 11.",
        "",
    ],
)
def test_what_is_doubtful_in_english_is_left_alone(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El presidente llegó el jueves a Madrid.", "jueves = 2019-04-25"),
        ("es", "La reunión se celebrará el lunes.", "lunes = 2019-04-29"),
        ("es", "El pasado viernes dimitió.", "pasado viernes = 2019-04-19"),
        ("es", "Llegó hace dos días.", "hace dos días = 2019-04-24"),
        ("es", "La semana pasada murió.", "semana pasada = 2019-04-15..2019-04-21"),
        ("es", "El 3 de abril firmó el acuerdo.", "3 de abril = 2019-04-03"),
        ("es", "Ganó en febrero.", "febrero = 2019-02-01..2019-02-28"),
        ("es", "Llegó ayer.", "ayer = 2019-04-25"),
        ("de", "Er traf am Donnerstag in Wien ein.", "Donnerstag = 2019-04-25"),
        ("de", "Das Treffen wird am Montag stattfinden.", "Montag = 2019-04-29"),
        ("de", "Letzten Freitag kam er.", "Letzten Freitag = 2019-04-19"),
        ("de", "Er kam vor zwei Tagen.", "vor zwei Tagen = 2019-04-24"),
        ("de", "Er kam am 3. April.", "3. April = 2019-04-03"),
        ("de", "Er wurde im Februar gewählt.", "Februar = 2019-02-01..2019-02-28"),
        ("de", "Er sagte es gestern.", "gestern = 2019-04-25"),
        ("de", "Er siegte im vergangenen Jahr.", "vergangenen Jahr = 2018-01-01..2018-12-31"),
        ("ru", "Путин прибыл в четверг во Владивосток.", "четверг = 2019-04-25"),
        ("ru", "Встреча состоится в понедельник.", "понедельник = 2019-04-29"),
        ("ru", "В прошлую пятницу он уехал.", "прошлую пятницу = 2019-04-19"),
        ("ru", "Он уехал два дня назад.", "два дня назад = 2019-04-24"),
        ("ru", "Он сказал это вчера.", "вчера = 2019-04-25"),
        ("ru", "В феврале он победил.", "феврале = 2019-02-01..2019-02-28"),
        ("ru", "3 апреля он подписал указ.", "3 апреля = 2019-04-03"),
        (
            "ru",
            "Суд продлил арест до следующего понедельника.",
            "следующего понедельника = 2019-04-29",
        ),
        ("ru", "Сегодня суд приговорил его.", "Сегодня = 2019-04-26"),
        ("ru", "Президент сегодня подписал указ.", "сегодня = 2019-04-26"),
        ("ru", "Цены выросли в декабре.", "декабре = 2018-12-01..2018-12-31"),
        ("ru", "На прошлой неделе он умер.", "прошлой неделе = 2019-04-15..2019-04-21"),
        ("ar", "وصل الرئيس يوم الخميس إلى القاهرة.", "الخميس = 2019-04-25"),
        ("ar", "غادر قبل يومين.", "قبل يومين = 2019-04-24"),
        ("ar", "غادر قبل ثلاثة أيام.", "قبل ثلاثة أيام = 2019-04-23"),
        ("ar", "قال أمس إنه غادر.", "أمس = 2019-04-25"),
        ("ar", "فاز العام الماضي.", "العام الماضي = 2018-01-01..2018-12-31"),
        ("zh", "普京周四抵达海参崴。", "周四 = 2019-04-25"),
        ("zh", "上周五他辞职。", "上周五 = 2019-04-19"),
        ("zh", "他两天前离开。", "两天前 = 2019-04-24"),
        ("zh", "他十二天前离开。", "十二天前 = 2019-04-14"),
        ("zh", "他昨天表示同意。", "昨天 = 2019-04-25"),
        ("zh", "去年12月他当选。", "去年12月 = 2018-12-01..2018-12-31"),
        ("zh", "4月3日他签署协议。", "4月3日 = 2019-04-03"),
        ("zh", "上个月他来了。", "上个月 = 2019-03-01..2019-03-31"),
    ],
)
def test_other_languages(language, text, expected):
    assert told(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El Viernes Santo fue triste. Los viernes descansaba. Por la mañana llegó."),
        ("es", "Ganó en marzo de 2018. Nació hace unos diez años. Hoy en día es fácil."),
        ("de", "Jeden Freitag ging er. Der Schwarze Freitag kam. Am Morgen kam er."),
        ("de", "Er siegte im März 2018. Er starb vor etwa zehn Jahren. Heute ist es groß."),
        ("ru", "Сегодня это большой город. Сегодня мир изменился. На сегодня назначен матч."),
        ("ru", "Суд продлил арест до понедельника. Он ждал до пятницы."),
        ("ru", "Каждую пятницу он пел. Около десяти лет назад он умер."),
        ("ru", "Завод выбрасывал отходы в среду обитания. Он победил в марте 2018 года."),
        ("ar", "الجمعة العظيمة. فاز في مارس 2018. قبل عام 2018 فاز."),
        ("ar", "كل يوم خميس كان يغني."),
        ("zh", "每周五他唱歌。一周一次。黑色星期五。几十年前他来。今天的中国。上周日本宣布。"),
        ("zh", "2018年3月他当选。他声明年底不来。会议将于周一举行。二三十年前他来。"),
    ],
)
def test_what_is_doubtful_in_other_languages_is_left_alone(language, text):
    assert told(text, language) == []


def test_a_language_without_a_table_resolves_nothing():
    assert resolve("on Thursday", FRIDAY, "xx") == ()


def test_weekdays_in_a_row_must_follow_each_other():
    tuesday = date(2019, 4, 23)
    assert told("They met on Tuesday and Wednesday.", base=tuesday) == []
    assert len(told("They met on Tuesday and Wednesday.")) == 2


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (26, ["the weekend = 2019-04-20..2019-04-21"]),
        (27, []),
        (28, ["the weekend = 2019-04-27..2019-04-28"]),
        (29, ["the weekend = 2019-04-27..2019-04-28"]),
    ],
)
def test_the_weekend_is_the_nearest_that_is_over_or_ending(day, expected):
    assert told("He died over the weekend.", base=date(2019, 4, day)) == expected


def test_until_a_weekday_is_not_the_day_itself():
    assert told("Суд продлил арест до понедельника.", "ru", date(2024, 4, 1)) == []
    assert told("Он останется и будет ждать до понедельника.", "ru", date(2024, 4, 1)) == []


def test_a_weekday_that_contradicts_its_sentence_is_left_alone():
    assert told("He died this Sunday.", base=date(2019, 4, 22)) == []


WORDS = st.sampled_from(
    [
        "on",
        "Thursday",
        "last",
        "next",
        "week",
        "ago",
        "two",
        "3",
        "days",
        "May",
        "in",
        "March",
        "2018",
        "April",
        "25",
        ",",
        ".",
        "’s",
        "“",
        "”",
        "yesterday",
        "today",
        "\n\n",
        "will",
        "said",
        "el",
        "jueves",
        "hace",
        "días",
        "am",
        "Freitag",
        "vor",
        "zwei",
        "Tagen",
        "в",
        "четверг",
        "назад",
        "يوم",
        "الخميس",
        "قبل",
        "周四",
        "上周",
        "4月",
        "两天前",
        "İ",
        "2019-04-25",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))
RELATIVE = {Kind.WEEKDAY, Kind.AGO, Kind.PERIOD, Kind.TODAY, Kind.MONTH}
LANGUAGE = st.sampled_from(sorted(LANGUAGES))
DAYS = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(9999, 1, 1)]))


@given(TEXTS, DAYS, LANGUAGE)
def test_places_and_days_are_in_order_whatever_the_text(text, base, language):
    place = 0
    for found in resolve(text, base, language):
        assert place <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip()
        assert found.first <= found.last
        place = found.end


@given(st.lists(WORDS).map(" ".join), LANGUAGE)
@example("周四 in hace 2019-04-25", "zh")
@example("April on “ İ четверг jueves İ 两天前 2019-04-25", "en")
@example("дней 25 . 2018 25 week", "ru")
@example("вчера 25  2018", "ru")
@example("d Año próximo", "es")
@example("el fin \n de semana pasado", "es")
def test_looking_around_cues_finds_what_looking_everywhere_does(text, language):
    grammar = grammar_of(language)
    everywhere = [each for each in grammar.mentions(text) if each.kind in RELATIVE]
    around = [each for each in grammar.around_cues(text) if each.kind in RELATIVE]
    assert around == everywhere


@given(TEXTS, LANGUAGE)
@example("What of the second quarter of 2019 and 3/4/2019?", "en")
@example("三天前和2019年", "zh")
def test_what_is_passed_over_in_questions_is_no_date(text, language):
    grammar = grammar_of(language)
    assert list(grammar.of_question(text)) == list(grammar.mentions(text))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_numbers_apart_are_no_date(language):
    told = grammar_of(language).mentions("25 . 2018, 25  2018")
    assert {mention.day for mention in told} <= {None}


@given(TEXTS, LANGUAGE)
def test_a_paragraph_after_it_changes_nothing(text, language):
    longer = text + "\n\nThe sky is blue."
    assert resolve(longer, FRIDAY, language)[: len(resolve(text, FRIDAY, language))] == resolve(
        text, FRIDAY, language
    )


@given(st.integers(1, 999), st.dates(min_value=date(4, 1, 1)))
def test_n_days_ago_is_n_days_before(count, base):
    days = base - timedelta(days=count)
    (found,) = resolve(f"He left {count} days ago.", base, "en")
    assert found.first == found.last == days


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "piece",
    [
        "1", "12 ", "2019", "2019-", " ", "\n", "Thursday ", "Thursday", "the ", "last ", "a week ago ", "“", "4月",
        "周四", "May ", "25 April ", "в четверг ", "قبل ", "will said ", "1.", "Monday, 1", "'s ",
    ],
)  # fmt: skip
def test_hostile_text_ends(language, piece):
    resolve(piece * (100_000 // len(piece)), FRIDAY, language)
