"""`python -m bot check --telegram` over HTTP: what it says of the bot, and of what is in the way."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fake_telegram import FakeServer, FakeTelegram

from bot import console_texts
from bot.cli import main
from bot.telegram.reach import ADVICE, UnreachableError, reach

ROOT = Path(__file__).parents[2]
STRANGER = "987654321:AAThisTokenIsKnownToNobody_0123456789"

pytestmark = pytest.mark.usefixtures("clean_logging")


@pytest.fixture
async def server(fake: FakeTelegram) -> AsyncIterator[FakeServer]:
    async with FakeServer(fake) as server:
        yield server
    fake.check()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with settings that log everything."""
    monkeypatch.chdir(tmp_path)
    settings = f"corpus: {{path: {ROOT}/seeds}}\nlog: {{level: debug}}\n"
    (tmp_path / "config.yaml").write_text(settings)
    return tmp_path


async def check(token: str | None, api_url: str) -> Result:
    """Run the command beside the server."""
    variables = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": api_url}
    result = await asyncio.to_thread(
        CliRunner().invoke, main, ["check", "--telegram"], env=variables
    )
    logging.getLogger().handlers.clear()
    if token is not None:
        assert token.partition(":")[2] not in result.output
    return result


async def test_all_is_well(fake, server, elsewhere):
    fake.privacy = False
    result = await check(fake.token, server.url)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:1] == [console_texts.SETTINGS_GOOD]
    assert lines[2].startswith(f"telegram: @dateline_bot at {server.url}, in ")
    assert lines[3:] == [
        console_texts.JOINS_GROUPS,
        console_texts.READS_GROUPS,
        console_texts.INLINE,
        console_texts.GUEST,
        "waiting: 0 updates",
    ]


async def test_what_the_bot_may_not_do_comes_with_whom_to_ask(fake, server, elsewhere):
    fake.abilities = {
        "can_join_groups": False,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
    }
    ada = fake.user("Ada")
    fake.says(fake.private(ada), ada, "Anybody there?")
    result = await check(fake.token, server.url)
    assert result.exit_code == 0, "the bot works all the same"
    told = result.stdout.splitlines()[3:]
    assert len([line for line in told if "@BotFather" in line]) == 4
    for command in ("/setjoingroups", "/setprivacy", "/setinline", "guest mode"):
        assert any(command in line for line in told)
    assert told[-1] == "waiting: 1 update"


async def test_a_webhook_that_would_be_lost_is_told_without_its_secret_path(
    fake, server, elsewhere
):
    fake.updates.webhook = {
        "url": "https://old.example.org/hook-s3cret",
        "last_error_date": 1,
        "last_error_message": "Connection refused",
    }
    result = await check(fake.token, server.url)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [
        console_texts.webhook_elsewhere("old.example.org"),
        "webhook: the last attempt failed: Connection refused",
    ]
    assert "s3cret" not in result.stdout
    assert fake.called("deleteWebhook") == [], "looking changes nothing"


async def test_no_token(server, elsewhere):
    result = await check(None, server.url)
    assert result.exit_code == 2
    assert result.stdout.startswith("settings: good\ncorpus: "), "the rest is checked all the same"
    assert "dateline: TELEGRAM_BOT_TOKEN is not set" in result.stderr


async def test_a_token_that_telegram_does_not_know(server, elsewhere):
    result = await check(STRANGER, server.url)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"dateline: TELEGRAM_BOT_TOKEN: {server.url} does not know this token; "
        "@BotFather gives out new ones"
    )


async def test_nobody_listens_there(fake, elsewhere):
    result = await check(fake.token, "http://127.0.0.1:9")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        f"dateline: http://127.0.0.1:9: no connection to 127.0.0.1:9: Connection refused; {ADVICE}"
    )


async def test_another_server_answers_there(fake, server, elsewhere):
    fake.faults.order("getMe", status=502)
    result = await check(fake.token, server.url)
    assert result.exit_code == 2
    assert "Bad Gateway; check the address" in result.stderr.splitlines()[-1]


async def test_somebody_listens_and_says_nothing(fake):
    async def listen(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silent.wait()
        writer.close()

    silent = asyncio.Event()
    async with await asyncio.start_server(listen, "127.0.0.1") as listening:
        port = listening.sockets[0].getsockname()[1]
        with pytest.raises(UnreachableError, match=r"no answer within 0\.05 seconds; check"):
            await reach(fake.token, f"http://127.0.0.1:{port}", patience=0.05)
        silent.set()
