"""`python -m bot run` asks Telegram for updates, and Telegram makes trouble."""

import json
import signal

from bot.language import ENGLISH, LANGUAGES
from bot.telegram.updates import ALLOWED_UPDATES

QUESTION = "When did they meet?"
SCOPES = 3
"""Menus in each language, where there is no admin."""

STRANGER = "987654321:AAThisTokenIsKnownToNobody_0123456789"


async def test_it_answers_sets_its_menu_and_stops_on_sigterm(start, fake):
    ada = fake.user()
    chat = fake.private(ada)
    early = fake.says(chat, ada, QUESTION)
    async with start() as bot:
        (answer,) = await fake.until(lambda: fake.sent(chat), 10)
        assert "Thursday _[25 Apr 2019]_" in answer.markup
        await fake.until(lambda: len(fake.menus.menus) == SCOPES * len(LANGUAGES), 10)
        assert await bot.ends(signal.SIGTERM) == 0
    menus = {
        (json.loads(scope)["type"], language): [command["command"] for command in menu]
        for (scope, language), menu in fake.menus.menus.items()
    }
    for language in ("", *(code for code in LANGUAGES if code != ENGLISH)):
        assert menus["all_private_chats", language] == ["ask", "settings", "help"]
        assert menus["all_group_chats", language] == ["ask"]
        assert menus["all_chat_administrators", language] == ["ask", "settings"]
    assert fake.called("getUpdates")[0].params["allowed_updates"] == ALLOWED_UPDATES
    assert fake.updates.queue == [], f"{early['update_id']} was not confirmed"
    assert "Traceback" not in bot.log
    assert "ready" in bot.log
    fake.calls.clear()
    async with start() as bot:
        await fake.until(lambda: len(fake.called("getMyCommands")) == SCOPES * len(LANGUAGES), 10)
        assert await bot.ends(signal.SIGTERM) == 0
    assert fake.called("setMyCommands") == [], "they are as they should be already"


async def test_it_survives_trouble_and_no_line_of_any_log_holds_the_token(start, fake):
    ada = fake.user()
    chat = fake.private(ada)
    faults = fake.faults
    faults.order("getMe", drop="before")
    faults.order("setMyCommands", status=404)
    faults.order("getUpdates", status=502)
    async with start("debug", PYTHONASYNCIODEBUG="1", PYTHONWARNINGS="default") as bot:
        await fake.until(lambda: len(fake.called("getUpdates")) > 1, 20)
        faults.order("sendMessage", drop="before")
        fake.says(chat, ada, QUESTION)
        await fake.until(lambda: len(fake.sent(chat)) == 1, 10)
        calls = len(fake.called("sendMessage"))
        for status, expected in ((400, 2), (401, 2), (403, 1), (404, 2)):
            faults.order("sendMessage", status=status, times=expected)
            fake.says(chat, ada, QUESTION)
            calls += expected
            await fake.until(lambda wanted=calls: len(fake.called("sendMessage")) == wanted, 10)
        fake.says(chat, ada, "What did they eat?")
        await fake.until(lambda: "borscht" in fake.last(chat).text, 10)
        assert await bot.ends(signal.SIGINT) == 0
    assert fake.token.partition(":")[2] not in bot.log
    assert "bot[token]/" in bot.log, "requests are told when debugging, without the token"
    for told in (
        "the command menu could not be set",
        "Telegram could not be reached; trying again",
        "Telegram could not be reached  ",
        "an update failed",
        "the failure could not be told",
        "not allowed to write there",
    ):
        assert told in bot.log


async def test_a_token_that_telegram_does_not_know(start, server):
    async with start(TELEGRAM_BOT_TOKEN=STRANGER) as bot:
        assert await bot.ends() == 2
    connecting, refused = bot.log.splitlines()
    assert "connecting" in connecting
    assert refused == (
        f"dateline: TELEGRAM_BOT_TOKEN: {server.url} does not know this token; "
        "@BotFather gives out new ones"
    )


async def test_a_telegram_that_does_not_answer_is_waited_for_and_can_be_given_up(start):
    async with start(TELEGRAM_API_URL="http://127.0.0.1:9") as bot:
        await bot.writes("Telegram could not be reached; trying again")
        assert await bot.ends(signal.SIGINT) == 0
    assert [line.split()[-2] for line in bot.log.splitlines()] == ["stopped"]


async def test_a_token_that_is_revoked_ends_the_bot(start, fake):
    async with start() as bot:
        await fake.until(lambda: fake.called("getUpdates"), 10)
        revoked, fake.token = fake.token, STRANGER
        fake.handle("getUpdates", {})
        ada = fake.user()
        fake.says(fake.private(ada), ada, QUESTION)
        assert await bot.ends() == 2
    assert "does not know this token" in bot.log.splitlines()[-1]
    assert "uncaught" not in bot.log
    assert revoked.partition(":")[2] not in bot.log
