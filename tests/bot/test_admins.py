"""What only the bot's admins may do: each command, asked for by each who may not, and where."""

import pytest
from telegram import BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot import texts
from bot.language import LANGUAGES

SCOPES = 4
"""Menus in each language: private chats, groups, their admins, and the bot's own admin."""

BOSS = 500_000_777


@pytest.fixture
async def office(talk_to, seeds, config):
    access = config.access.model_copy(update={"admins": (BOSS,)})
    chat = await talk_to(seeds, config.model_copy(update={"access": access}))
    chat.boss = chat.fake.user("Boss", id=BOSS)
    chat.desk = chat.fake.private(chat.boss)
    return chat


@pytest.fixture
async def own(office):
    """The commands in the menu that only admins see."""
    await office.app.post_init(office.app)
    await office.fake.until(lambda: len(office.fake.menus.menus) == SCOPES * len(LANGUAGES))
    bot = office.app.bot
    everybody = await bot.get_my_commands(BotCommandScopeAllPrivateChats())
    admins = await bot.get_my_commands(BotCommandScopeChat(BOSS))
    commands = [one.command for one in admins if one not in everybody]
    assert "reload" in commands
    return commands


async def test_a_stranger_is_refused_each_of_them_and_it_is_noted(office, own, log):
    for command in own:
        assert (await office.says(f"/{command}")).text == texts.NOT_YOURS
        assert log.getvalue().count(f"command={command}") == 1


async def test_an_admin_may_each_of_them_in_private(office, own):
    for command in own:
        await office.feed(office.fake.says(office.desk, office.boss, f"/{command}"))
        told = office.fake.last(office.desk).text
        assert told not in {texts.NOT_YOURS, texts.WHO_ARE_YOU, texts.UNKNOWN_COMMAND}


async def test_others_may_not_in_a_group_whatever_they_are_there(office, own):
    room = office.fake.supergroup()
    office.fake.joins(room, office.ada, "creator")
    news = office.fake.channel()
    for command in own:
        text = f"/{command}@dateline_bot"
        await office.feed(office.fake.says(room, office.ada, text))
        assert office.fake.last(room).text == texts.NOT_YOURS
        for way in ({"anonymous": True}, {"sender_chat": news}):
            await office.feed(office.fake.says(room, None, text, **way))
            assert office.fake.last(room).text == texts.WHO_ARE_YOU
        count = len(office.fake.sent(room))
        helper = office.fake.user("Helper", is_bot=True)
        await office.feed(office.fake.says(room, helper, text))
        await office.feed(office.fake.says(room, office.ada, f"/{command}"))
        assert len(office.fake.sent(room)) == count, "bots, and commands that name no bot"


async def test_a_channel_may_nothing_and_it_is_noted(office, own, log):
    news = office.fake.channel()
    for command in own:
        await office.feed(office.fake.posts(news, f"/{command}"))
        assert log.getvalue().count(f"command={command}") == 1
    assert office.fake.sent(news) == []


async def test_in_groups_admins_are_shown_only_what_others_may_read(office):
    room = office.fake.supergroup()
    office.fake.joins(room, office.boss)
    await office.feed(office.fake.says(room, office.boss, "/misses@dateline_bot"))
    assert office.fake.last(room).text == texts.IN_PRIVATE_ONLY
