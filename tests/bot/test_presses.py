"""Buttons: they keep nothing in the process, and behave when pressed twice, late, by others, or forged."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.links import question_payload
from bot.services import Services
from bot.telegram.app import build_application
from bot.telegram.buttons import LONGEST_DATA, Forgetting, Read, Setting, Turn, Voted, read_press
from retrieval.keys import article_key
from retrieval.types import Order, Span

QUESTION = "What did Putin say about Kim?"
RAIN = "In which city did it rain?"


@pytest.fixture
def rainy(archive_of):
    """Twelve articles of different days that all answer one question, each in its own words."""
    cities = [
        "Leeds",
        "York",
        "Hull",
        "Bath",
        "Ely",
        "Wells",
        "Ripon",
        "Truro",
        "Derby",
        "Exeter",
        "Lincoln",
        "Durham",
    ]
    ways = [
        "umbrellas",
        "rivers",
        "bridges",
        "farmers",
        "trains",
        "schools",
        "markets",
        "fairs",
        "museums",
        "ferries",
        "gardens",
        "cricket",
    ]
    files = []
    for number, (city, way) in enumerate(zip(cities, ways, strict=True), 1):
        body = (
            f"It rained in the city of {city} and the {way} there suffered {number * 3} days of it, "
            f"said {way} of {city}."
        )
        files += [
            f"a{number}.txt",
            f"Title: Rain over {city}\nDate: 2020-03-{number * 7 % 28 + 1:02}\n\n{body}\n",
        ]
    return archive_of(*files)


def headings(message):
    return [line for line in message.text.splitlines() if line.startswith("Rain over")]


async def press(talk, label, *, by=None, **more):
    """Press a button under the last message, and say what the press was answered with."""
    message = talk.fake.last(talk.chat)
    update = talk.fake.presses(message, label, by or talk.ada, **more)
    await talk.feed(update)
    (answer,) = talk.fake.queries.known[update["callback_query"]["id"]].answers
    return answer["text"]


async def test_more_shows_what_follows_in_one_order_without_repeats(talk_to, rainy):
    chat = await talk_to(rainy)
    first = await chat.says(RAIN)
    seen, pages = headings(first), [first.markup]
    while texts.MORE in chat.fake.last(chat.chat).labels:
        await press(chat, texts.MORE)
        seen += headings(chat.fake.last(chat.chat))
        pages.append(chat.fake.last(chat.chat).markup)
    assert len(chat.fake.sent(chat.chat)) == 1
    assert len(seen) == len(set(seen)) == 12
    for page in reversed(pages[:-1]):
        await press(chat, texts.BACK)
        assert chat.fake.last(chat.chat).markup == page
    assert texts.BACK not in chat.fake.last(chat.chat).labels
    assert seen == [source.heading for source in _ranked(rainy)]


def _ranked(archive):
    return [excerpt.source for excerpt in archive.ask(RAIN, limit=20).excerpts]


async def test_newest_first_and_back_to_the_best(talk_to, rainy):
    chat = await talk_to(rainy)
    best = (await chat.says(RAIN)).markup
    await press(chat, texts.SORT_NEWEST)
    message = chat.fake.last(chat.chat)
    days = [
        int(line.split()[0]) for line in message.text.splitlines() if line.endswith("March 2020")
    ]
    assert days == sorted(days, reverse=True)
    assert texts.SORT_BEST in message.labels
    await press(chat, texts.MORE)
    more = [
        int(line.split()[0])
        for line in chat.fake.last(chat.chat).text.splitlines()
        if line.endswith("March 2020")
    ]
    assert days + more == sorted(days + more, reverse=True)
    await press(chat, texts.SORT_BEST)
    assert chat.fake.last(chat.chat).markup == best


async def test_buttons_work_after_a_restart_and_on_another_replica(talk_to, seeds):
    first, second = await talk_to(seeds), await talk_to(seeds)
    answer = await first.says(QUESTION)
    await second.feed(second.fake.presses(answer, texts.MORE, first.ada))
    assert texts.BACK in first.fake.last(first.chat).labels


async def test_pressed_twice_fast(talk_to, rainy):
    chat = await talk_to(rainy)
    message = await chat.says(RAIN)
    presses = [chat.fake.presses(message, texts.MORE, chat.ada) for _ in range(3)]
    await asyncio.gather(*(chat.feed(press) for press in presses))
    assert texts.BACK in chat.fake.last(chat.chat).labels
    assert len(chat.fake.sent(chat.chat)) == 1
    assert all("not modified" in call.error for call in chat.fake.refused())


async def test_another_member_may_turn_the_page(chat):
    room, bob = chat.fake.supergroup(), chat.fake.user("Bob")
    await chat.feed(chat.fake.says(room, chat.ada, f"/ask {QUESTION}"))
    answer = chat.fake.last(room)
    await chat.feed(chat.fake.presses(answer, texts.MORE, bob))
    assert texts.BACK in chat.fake.last(room).labels
    assert ">> " in chat.fake.last(room).markup


async def test_when_the_question_is_gone_they_say_so_kindly(chat):
    await chat.says(QUESTION)
    asking = next(iter(chat.fake.chat(chat.chat).messages.values()))
    before = chat.fake.last(chat.chat).markup
    chat.fake.deletes(asking)
    for label in (texts.MORE, texts.SORT_NEWEST):
        assert await press(chat, label) == texts.QUESTION_GONE
    assert chat.fake.last(chat.chat).markup == before
    assert await press(chat, "👎") == texts.THANKS
    (miss,) = await chat.app.services.state.misses(10)
    assert miss.question == QUESTION, "the answer itself still says what was asked"


async def test_an_edited_question_is_read_as_it_is_now(chat):
    update = chat.fake.says(chat.chat, chat.ada, QUESTION)
    await chat.feed(update)
    await chat.feed(chat.fake.edits(update["message"], "What did Trump want in Hanoi?"))
    await press(chat, texts.SORT_NEWEST)
    assert "Hanoi" in chat.fake.last(chat.chat).text


async def test_a_press_that_overlaps_an_edit_does_not_bring_the_old_question_back(chat):
    for turn in range(5):
        update = chat.fake.says(chat.chat, chat.ada, QUESTION)
        await chat.feed(update)
        answer = chat.fake.last(chat.chat)
        press = chat.fake.presses(answer, texts.SORT_NEWEST, chat.ada)
        edit = chat.fake.edits(update["message"], "What did Trump want in Hanoi?")
        both = (press, edit) if turn % 2 else (edit, press)
        await asyncio.gather(*(chat.feed(one) for one in both))
        assert "Hanoi" in chat.fake.chat(chat.chat).messages[answer.id].text


async def test_a_message_that_telegram_no_longer_shows(chat):
    await chat.says(QUESTION)
    assert await press(chat, texts.MORE, inaccessible=True) == texts.ANSWER_TOO_OLD
    assert await press(chat, texts.READ, inaccessible=True) == texts.ANSWER_TOO_OLD


@pytest.mark.parametrize(
    "data",
    [
        "",
        "p",
        "p:zz:b:0",
        "p:00000000:x:0",
        "p:00000000:b:-1",
        "p:00000000:b:zzzzzzzzzz",
        "r:short:0:0:",
        f"r:{'x' * 12}:0:0:0",
        f"t:{'x' * 12}:zzzzzzzzz:zzzzzzzzz:zzzzzzzzz",
        "v:x",
        "s:q:1",
        "s:l:xx",
        "s:x:99",
        "s:m:2",
        "reload",
        "x" * 64,
        "🚀" * 16,
        "p:00000000:b:٣",
    ],
)
async def test_forged_data_does_no_harm(chat, data):
    before = (await chat.says(QUESTION)).markup
    told = await press(chat, data, forged=True)
    assert told in {texts.BUTTON_UNKNOWN, texts.ARTICLE_GONE}
    assert chat.fake.last(chat.chat).markup == before


async def test_a_forged_page_beyond_the_end(chat):
    before = (await chat.says(QUESTION)).markup
    generation = next(
        button["callback_data"]
        for button in chat.fake.last(chat.chat).buttons
        if button.get("callback_data", "").startswith("p:")
    ).split(":")[1]
    assert await press(chat, f"p:{generation}:b:zzzzzzzzz", forged=True) == ""
    assert chat.fake.last(chat.chat).markup == before


async def test_after_a_reload_it_begins_anew_and_says_so(talk_to, rainy, seeds):
    chat = await talk_to(rainy)
    services: Services = chat.app.services
    await chat.says(RAIN)
    await press(chat, texts.MORE)
    services.archive = seeds
    assert await press(chat, texts.MORE) == texts.ARTICLES_CHANGED
    assert "Rain over" not in chat.fake.last(chat.chat).text
    services.archive = rainy
    await press(chat, "👍")


async def test_a_press_that_waited_too_long_is_survived(chat):
    message = await chat.says(QUESTION)
    update = chat.fake.presses(message, texts.MORE, chat.ada)
    chat.fake.queries.lifetimes["callback"] = -1.0
    await chat.feed(update)
    assert texts.BACK in chat.fake.last(chat.chat).labels
    chat.fake.queries.known.clear()


async def test_a_press_whose_answer_is_lost_does_what_it_should(chat):
    await chat.says(QUESTION)
    chat.fake.faults.order("answerCallbackQuery", drop="after")
    update = chat.fake.presses(chat.fake.last(chat.chat), texts.MORE, chat.ada)
    await chat.feed(update)
    assert texts.BACK in chat.fake.last(chat.chat).labels


async def test_a_press_is_answered_before_the_work_is_done(chat):
    await chat.says(QUESTION)
    await press(chat, texts.SORT_NEWEST)
    methods = [call.method for call in chat.fake.calls]
    assert methods.index("answerCallbackQuery") < methods.index("editMessageText")


async def test_the_answer_stays_in_the_language_of_who_asked_whoever_presses(chat):
    room, ivan = chat.fake.supergroup(), chat.fake.user("Ivan", language_code="ru")
    await chat.feed(chat.fake.says(room, chat.ada, f"/ask {QUESTION}"))
    channel = chat.fake.channel()
    await chat.feed(chat.fake.posts(channel, f"/ask {QUESTION}"))
    for place in (room, channel):
        await chat.feed(chat.fake.presses(chat.fake.last(place), texts.MORE, ivan))
        assert texts.BACK in chat.fake.last(place).labels
        assert "26 April 2019" in chat.fake.last(place).text


async def test_a_question_from_a_link_is_named_on_every_page(chat):
    await chat.says(f"/start {question_payload(QUESTION)}")
    await press(chat, texts.SORT_NEWEST)
    assert chat.fake.last(chat.chat).text.startswith(texts.QUESTION_WAS.format(question=QUESTION))


async def test_votes_are_counted_once_a_person(chat):
    room, bob = chat.fake.supergroup(), chat.fake.user("Bob")
    await chat.feed(chat.fake.says(room, chat.ada, f"/ask {QUESTION}"))
    answer = chat.fake.last(room)

    async def vote(user, label):
        update = chat.fake.presses(answer, label, user)
        await chat.feed(update)
        return chat.fake.queries.known[update["callback_query"]["id"]].answers[0]["text"]

    assert await vote(chat.ada, "👍") == texts.THANKS
    assert await vote(chat.ada, "👍") == texts.COUNTED_ALREADY
    assert await vote(bob, "👍") == texts.THANKS
    assert await vote(chat.ada, "👎") == texts.THANKS
    totals = await chat.app.services.state.totals()
    assert (totals.up, totals.down) == (1, 1)


async def test_admins_see_what_was_unhelpful_and_what_was_not_found(talk_to, seeds, config):
    ada = 500_000_777
    config = config.model_copy(
        update={"access": config.access.model_copy(update={"admins": (ada,)})}
    )
    chat = await talk_to(seeds, config)
    assert (await chat.says("/misses")).text == texts.NOT_YOURS
    boss = chat.fake.user("Boss", id=ada)
    office = chat.fake.private(boss)
    await chat.feed(chat.fake.says(office, boss, "/misses"))
    assert chat.fake.last(office).text == texts.MISSES_NONE
    await chat.says("zyzzyva wuzzle?")
    await chat.says("Zyzzyva  wuzzle?")
    await chat.says(QUESTION)
    await press(chat, "👎")
    await chat.feed(chat.fake.says(office, boss, "/misses"))
    page = chat.fake.last(office)
    assert f"• {QUESTION} (not found: 0, unhelpful: 1)" in page.text
    assert "wuzzle? (not found: 2, unhelpful: 0)" in page.text
    assert page.text.splitlines()[1] == "Votes: 0 helpful, 1 unhelpful"


async def test_questions_are_not_kept_where_that_is_not_wanted(talk_to, seeds, config):
    config = config.model_copy(
        update={"state": config.state.model_copy(update={"keep_questions": False})}
    )
    chat = await talk_to(seeds, config)
    await chat.says("zyzzyva wuzzle?")
    await chat.says(QUESTION)
    await press(chat, "👎")
    assert await chat.app.services.state.misses(10) == []
    assert (await chat.app.services.state.totals()).down == 1


numbers = st.integers(0, 36**9 - 1)
spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 36**8), st.integers(0, 36**8)
)
presses = st.one_of(
    st.builds(
        Turn, st.text("0123456789abcdef", min_size=8, max_size=8), st.sampled_from(Order), numbers
    ),
    st.builds(
        Read, st.text(max_size=9).map(article_key), spans, st.none() | numbers, st.booleans()
    ),
    st.builds(Voted, st.booleans()),
    st.builds(Forgetting),
    st.builds(Setting, st.sampled_from("mxl"), st.sampled_from(["", "0", "1", "10", "de", "zh"])),
)


@given(presses)
def test_what_a_button_carries_fits_and_is_read_back(wanted):
    data = str(wanted)
    assert len(data.encode()) <= LONGEST_DATA
    assert read_press(data) == wanted


@given(st.text(max_size=70))
def test_any_data_is_read_without_harm(data):
    wanted = read_press(data)
    assert wanted is None or read_press(str(wanted)) == wanted


def test_the_application_can_be_built_twice_over_the_same_services(seeds, config, fake):
    assert build_application(Services(seeds, config)) is not build_application(
        Services(seeds, config)
    )
