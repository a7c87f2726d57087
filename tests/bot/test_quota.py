"""The quota: so many questions of one person and in one chat, and one polite notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import texts
from bot.quota import Quota
from bot.settings import QuotaSettings

QUESTION = "When did they meet?"


@pytest.fixture
def limited(config):
    quota = QuotaSettings(minutes=10, user=3, chat=5)
    return config.model_copy(update={"quota": quota})


async def test_one_too_many_gets_one_notice_with_the_time(talk_to, seeds, limited):
    chat = await talk_to(seeds, limited)
    for _ in range(3):
        assert (await chat.says(QUESTION)).text.startswith("Kim")
    notice = await chat.says(QUESTION)
    assert notice.text.startswith(texts.TOO_MANY.partition("{")[0])
    (moment,) = [one for one in notice.entities if one["type"] == "date_time"]
    assert 500 < moment["unix_time"] - chat.fake.now <= 600
    for _ in range(3):
        assert await chat.replies(chat.fake.says(chat.chat, chat.ada, QUESTION)) == []
    assert "one article" in (await chat.says("/help")).text


async def test_a_group_has_a_quota_of_its_own(talk_to, seeds, limited):
    chat = await talk_to(seeds, limited)
    room = chat.fake.supergroup()
    for number in range(8):
        user = chat.fake.user(f"Member {number}")
        await chat.feed(chat.fake.says(room, user, f"/ask {QUESTION}"))
    *answers, notice = chat.fake.sent(room)
    assert len(answers) == 5
    assert "\n" not in notice.text
    assert (await chat.says(QUESTION)).text.startswith("Kim")


async def test_presses_count_and_are_told_so(talk_to, seeds, limited):
    chat = await talk_to(seeds, limited)
    await chat.says("What did Putin say about Kim?")
    said = []
    for label in (texts.SORT_NEWEST, texts.SORT_BEST, texts.SORT_NEWEST):
        update = chat.fake.presses(chat.fake.last(chat.chat), label, chat.ada)
        await chat.feed(update)
        said.append(chat.fake.queries.known[update["callback_query"]["id"]].answers[0]["text"])
    assert said == ["", "", texts.TOO_MANY_PRESSES]


async def test_a_guest_is_told_once(talk_to, seeds, limited):
    chat = await talk_to(seeds, limited)
    room = chat.fake.supergroup("Strangers", bot_status="left")
    for _ in range(6):
        text = f"@dateline_bot {QUESTION}"
        await chat.feed(chat.fake.mentions_as_guest(room, chat.ada, text))
    *answers, notice = chat.fake.sent(room)
    assert len(answers) == 3
    assert notice.text.startswith(texts.TOO_MANY.partition("{")[0])


async def test_anonymous_admins_of_two_groups_are_not_one_person(talk_to, seeds, limited):
    chat = await talk_to(seeds, limited)
    for room in (chat.fake.supergroup(), chat.fake.supergroup()):
        for _ in range(3):
            update = chat.fake.says(room, None, f"/ask {QUESTION}", anonymous=True)
            await chat.feed(update)
        assert [one.text.startswith("Kim") for one in chat.fake.sent(room)] == [True] * 3


async def test_what_is_no_question_counts_too(talk_to, seeds, limited):
    chat = await talk_to(seeds, limited)
    room = chat.fake.supergroup()
    for text in ("/ask", "/settings", "/ask", "/ask", "/settings"):
        await chat.feed(chat.fake.says(room, chat.ada, text))
    assert len(chat.fake.sent(room)) == 4


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.floats(0, 300)), max_size=80))
def test_nobody_gets_more_than_the_quota_in_any_window(asks):
    now = [0.0]
    quota = Quota(QuotaSettings(minutes=5, user=4, chat=6), lambda: now[0])
    admitted = {}
    for user, chat, wait in asks:
        now[0] += wait
        verdict = quota.admit(user, chat)
        for key, limit in ((("user", user), 4), (("chat", chat), 6)):
            times = [time for time in admitted.get(key, []) if time > now[0] - 300]
            if verdict.admitted:
                assert len(times) < limit
                admitted[key] = [*times, now[0]]
        assert verdict.admitted or 0 < verdict.seconds <= 300 + 1e-6


def test_no_limit():
    quota = Quota(QuotaSettings(user=0, chat=0))
    assert all(quota.admit(1, 2).admitted for _ in range(1_000))


def test_the_notice_comes_once_a_window_and_admission_again():
    now = [0.0]
    quota = Quota(QuotaSettings(minutes=1, user=1), lambda: now[0])
    assert quota.admit(1, None).admitted
    assert [quota.admit(1, None).first for _ in range(3)] == [True, False, False]
    now[0] = 60.0
    assert quota.admit(1, None).admitted
    assert quota.admit(1, None).first
