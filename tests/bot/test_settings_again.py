"""/reload reads the settings again: those that are safe to change apply, the others are named."""

import asyncio
from functools import partial

import pytest
from newsrooms import BOSS, newsroom
from telegram import BotCommandScopeChat

from bot import texts
from bot.config import load_config_again
from bot.language import LANGUAGES

EVE = 500_000_888

SCOPES = 4
"""Menus in each language: private chats, groups, their admins, and the bot's own admin."""


@pytest.fixture
async def again(talk_to, config, tmp_path):
    """The bot with a file of settings, which `again.write` changes."""
    room = await newsroom(talk_to, config, tmp_path)
    file = tmp_path / "config.yaml"
    base = {
        "corpus": "{path: corpus, removed: removed}",
        "retrieval": "{index: ':memory:'}",
        "access": f"{{admins: [{BOSS}]}}",
        "quota": "{user: 0}",
        "telegram": "{paced: false}",
        "state": "{url: 'sqlite://'}",
    }

    def write(**groups):
        lines = (f"{group}: {values}\n" for group, values in (base | groups).items())
        file.write_text("".join(lines))

    environment = {"TELEGRAM_BOT_TOKEN": room.fake.token}
    room.write = write
    write()
    room.services.reread = partial(load_config_again, file, environment=environment)
    room.file = file
    return room


async def test_nothing_is_said_where_nothing_changed(again):
    told = (await again.says("/reload")).text
    assert told.startswith(texts.RELOADED_SAME)
    assert "ettings" not in told


async def test_what_is_safe_applies_at_once(again):
    again.write(
        answers="{excerpts: 1}",
        quota="{user: 1}",
        access=f"{{admins: [{BOSS}], blocked: [{again.talk.ada['id']}]}}",
    )
    told = (await again.says("/reload")).text
    applied = texts.SETTINGS_APPLIED.format(names="access.blocked, answers.excerpts, quota.user")
    assert applied in told
    ada = again.fake.private(again.talk.ada)
    await again.talk.feed(again.fake.says(ada, again.talk.ada, "Where did it rain?"))
    assert again.fake.sent(ada) == []
    assert (await again.says("Where did it rain?")).text.count("Rain ") == 1
    assert (await again.says("Where did it rain?")).text.startswith("That was a lot")


async def test_how_long_things_are_kept_applies_at_once(again):
    await again.says("Where is zyzzyva?")
    assert await again.services.state.misses(1)
    again.write(state="{url: 'sqlite://', keep_questions: false}")
    told = (await again.says("/reload")).text
    assert texts.SETTINGS_APPLIED.format(names="state.keep_questions") in told
    for _ in range(1_000):
        if not await again.services.state.misses(1):
            break
        await asyncio.sleep(0.01)
    await again.says("Where is wuzzle?")
    assert await again.services.state.misses(1) == []


async def test_what_is_not_waits_for_a_restart(again):
    again.write(telegram="{paced: true, language: de}", state="{url: 'sqlite:///x.sqlite3'}")
    told = (await again.says("/reload")).text
    assert texts.SETTINGS_APPLIED.format(names="telegram.language") in told
    assert texts.SETTINGS_WAITING.format(names="telegram.paced, state.url") in told
    assert again.services.config.telegram.language == "de"
    assert not again.services.config.telegram.paced


async def test_settings_that_are_wrong_change_nothing_and_the_articles_are_read(again):
    (again.corpus / "a1.txt").unlink()
    before = again.services.config
    again.write(answers="{excerpts: many}")
    told = (await again.says("/reload")).text
    assert told.startswith(texts.RELOADED)
    assert "removed: 1" in told
    assert "answers.excerpts: 'many': expected a whole number" in told
    assert again.services.config is before


async def test_a_file_that_was_lost_does_not_open_the_door(again):
    again.write(access=f"{{admins: [{BOSS}], allowed: [{BOSS}]}}")
    await again.says("/reload")
    before = again.services.config
    again.file.write_bytes(b"")
    assert "is empty; put the settings back" in (await again.says("/reload")).text
    again.file.unlink()
    assert "config.yaml: no such file" in (await again.says("/reload")).text
    again.file.write_text("access: [\n")
    assert "config.yaml:2: not valid YAML" in (await again.says("/reload")).text
    assert again.services.config is before


async def test_a_token_is_not_told(again):
    token = "987654321:AAAnotherTokenForTestsOnly_01234567"
    again.services.reread = lambda: again.services.config.model_copy(
        update={"token": type(again.config.token)(token)}
    )
    told = (await again.says("/reload")).text
    assert texts.SETTINGS_WAITING.format(names="token") in told
    assert token not in told


async def test_new_admins_get_their_menu_and_old_ones_lose_it(again):
    await again.app.post_init(again.app)
    bot = again.app.bot
    await again.fake.until(lambda: len(again.fake.menus.menus) == SCOPES * len(LANGUAGES))
    assert await bot.get_my_commands(BotCommandScopeChat(BOSS))
    again.write(access=f"{{admins: [{EVE}]}}")
    await again.says("/reload")
    assert await bot.get_my_commands(BotCommandScopeChat(EVE), "de")
    assert await bot.get_my_commands(BotCommandScopeChat(BOSS)) == ()
    assert (await again.says("/reload")).text == texts.NOT_YOURS
