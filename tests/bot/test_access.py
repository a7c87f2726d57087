"""Who is let in, and which groups the bot leaves."""

import pytest

from bot import texts
from bot.telegram.alarms import tell_admins

QUESTION = "When did they meet?"
ADA = 500_000_111


@pytest.fixture
def with_access(talk_to, seeds, config):
    """`await with_access(allowed=(…))`: a bot with these lists, and Ada, whose id is known."""

    async def build(**access):
        config_ = config.model_copy(update={"access": config.access.model_copy(update=access)})
        chat = await talk_to(seeds, config_)
        chat.ada = chat.fake.user("Ada", id=ADA)
        chat.chat = chat.fake.private(chat.ada)
        return chat

    return build


async def answers(talk, place, update):
    before = len(talk.fake.sent(place))
    await talk.feed(update)
    return talk.fake.sent(place)[before:]


async def test_only_the_allowed_are_answered(with_access):
    chat = await with_access(allowed=(ADA,))
    bob = chat.fake.user("Bob")
    assert (await chat.says(QUESTION)).text.startswith("Kim")
    room = chat.fake.private(bob)
    assert await answers(chat, room, chat.fake.says(room, bob, QUESTION)) == []
    inline = chat.fake.asks_inline(bob, QUESTION)
    await chat.feed(inline)
    assert chat.fake.queries.known[inline["inline_query"]["id"]].answers == []


@pytest.mark.parametrize("access", [{"allowed": (ADA,)}, {"where": "private"}, {"blocked": None}])
async def test_a_group_that_is_not_allowed_is_left(with_access, fake, access):
    room = fake.supergroup()
    access = {key: (room.id,) if value is None else value for key, value in access.items()}
    chat = await with_access(**access)
    chat.fake.joins(room, chat.ada)
    assert await answers(chat, room, chat.fake.says(room, chat.ada, f"/ask {QUESTION}")) == []
    assert room.bot_status == "left"


async def test_it_leaves_as_soon_as_it_is_added(with_access):
    chat = await with_access(where="private")
    room = chat.fake.supergroup()
    await chat.feed(chat.fake.adds(room, chat.ada))
    assert room.bot_status == "left"


async def test_an_allowed_group_is_answered_whoever_asks(with_access, fake):
    room = fake.supergroup()
    chat = await with_access(allowed=(room.id,))
    bob = chat.fake.user("Bob")
    chat.fake.joins(room, bob)
    (answer,) = await answers(chat, room, chat.fake.says(room, bob, f"/ask {QUESTION}"))
    assert "Kim, Putin" in answer.text
    assert await chat.replies(chat.fake.says(chat.chat, chat.ada, QUESTION)) == []


async def test_the_blocked_are_not_answered_anywhere(with_access):
    chat = await with_access(blocked=(ADA,))
    room = chat.fake.supergroup()
    assert await chat.replies(chat.fake.says(chat.chat, chat.ada, QUESTION)) == []
    assert await answers(chat, room, chat.fake.says(room, chat.ada, f"/ask {QUESTION}")) == []
    assert room.bot_status == "member"
    bob = chat.fake.user("Bob")
    (answer,) = await answers(chat, room, chat.fake.says(room, bob, f"/ask {QUESTION}"))
    await chat.feed(chat.fake.presses(answer, "👎", bob))
    await chat.feed(chat.fake.presses(answer, "👍", chat.ada))
    totals = await chat.app.services.state.totals()
    assert (totals.up, totals.down) == (0, 1)


async def test_groups_only_and_its_admins_in_private_all_the_same(with_access):
    chat = await with_access(where="groups")
    assert await chat.replies(chat.fake.says(chat.chat, chat.ada, QUESTION)) == []
    room = chat.fake.supergroup()
    assert len(await answers(chat, room, chat.fake.says(room, chat.ada, f"/ask {QUESTION}"))) == 1
    chat = await with_access(where="groups", admins=(ADA,))
    assert (await chat.says(QUESTION)).text.startswith("Kim")


async def test_a_blocked_admin_is_not_answered_either(with_access):
    chat = await with_access(admins=(ADA,), blocked=(ADA,))
    room = chat.fake.supergroup()
    chat.fake.joins(room, chat.ada)
    for text in (QUESTION, "/status", "/reload"):
        assert await chat.replies(chat.fake.says(chat.chat, chat.ada, text)) == []
    assert await answers(chat, room, chat.fake.says(room, chat.ada, "/reload@dateline_bot")) == []
    await tell_admins(chat.app.bot, chat.app.services.config, texts.FAILED)
    assert chat.fake.sent(chat.chat) == []


async def test_a_channel_that_is_blocked_is_left_and_one_that_is_not_is_answered(
    with_access, fake
):
    channel, other = fake.channel(), fake.channel()
    chat = await with_access(blocked=(channel.id,))
    assert await answers(chat, channel, chat.fake.posts(channel, f"/ask {QUESTION}")) == []
    assert channel.bot_status == "left"
    assert len(await answers(chat, other, chat.fake.posts(other, f"/ask {QUESTION}"))) == 1
