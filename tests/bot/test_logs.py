"""No way of logging gets the token past the formatter."""

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from datetime import datetime, timedelta

import httpx
import pytest
import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.logs import REDACTED, redact, set_up_logging

TOKEN = "123456789:AAFakeTelegramTokenForTestsOnly_0123"
SECRET = TOKEN.partition(":")[2]

pytestmark = pytest.mark.usefixtures("clean_logging")


class Stream(io.StringIO):
    """What was logged, once it is sure to be clean."""

    def lines(self) -> list[str]:
        text = self.getvalue()
        assert SECRET not in text
        return text.splitlines()


@pytest.fixture
def stream() -> Stream:
    stream = Stream()
    set_up_logging("debug", TOKEN, stream)
    return stream


def fails() -> None:
    raise RuntimeError(f"in {TOKEN}")


def said(text: str) -> list[str]:
    return [line for line in text.splitlines() if REDACTED in line]


def test_messages_arguments_fields_and_names(stream):
    logger = logging.getLogger("any")
    logger.info("plain %s", TOKEN)
    logger.debug(f"in an address https://api.telegram.org/bot{TOKEN}/getMe")  # noqa: G004
    logger.info({"token": TOKEN})
    logger.info("quoted %s", TOKEN.replace(":", "%3A"))
    logger.info("quoted %s", TOKEN.replace(":", "%3a"))
    logging.getLogger(f"named.{TOKEN}").warning("x")
    structlog.get_logger("ours").info("event", url=f"/bot{TOKEN}/x", nested={"deep": [TOKEN]})
    structlog.get_logger("ours").warning(f"event {TOKEN}")
    assert len(said(stream.getvalue())) == len(stream.lines()) == 8


def test_tracebacks_and_their_causes_and_notes(stream):
    logger = logging.getLogger("any")
    try:
        try:
            fails()
        except RuntimeError as error:
            error.add_note(f"noted {TOKEN}")
            raise ValueError(TOKEN) from error
    except ValueError:
        logger.exception("failed")
        structlog.get_logger("ours").exception("failed")
    assert len(said(stream.getvalue())) == 6
    assert "Traceback (most recent call last):" in stream.lines()


def test_a_line_that_cannot_be_written_out(stream, capsys):
    set_up_logging("info", TOKEN, stream)  # once more, without the handlers that pytest adds
    logging.getLogger("any").info("%d", TOKEN)
    logging.getLogger("any").info("%s %d", TOKEN, TOKEN)
    assert len(stream.lines()) == 2
    assert all("could not be logged" in line for line in stream.lines())
    assert SECRET not in capsys.readouterr().err


def test_warnings(stream):
    warnings.warn(f"beware of {TOKEN}", UserWarning, stacklevel=1)
    assert any("beware of [token]" in line for line in stream.lines())


def test_warnings_for_programmers_are_shown_only_when_debugging():
    stream = Stream()
    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.simplefilter("ignore", DeprecationWarning)
        set_up_logging("info", TOKEN, stream)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        assert stream.lines() == []
        set_up_logging("debug", TOKEN, stream)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        assert len(stream.lines()) >= 1


def test_uncaught_errors_of_the_main_thread_of_others_and_of_nobody(stream, capsys):
    class Dying:
        def __del__(self) -> None:
            fails()

    try:
        fails()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    dying = Dying()
    del dying
    assert len([line for line in stream.lines() if "[critical ]" in line]) == 3
    assert len(said(stream.getvalue())) == 3
    assert SECRET not in capsys.readouterr().err


def test_asyncio_while_debugging(stream):
    async def slow(_token: str) -> None:
        asyncio.get_running_loop().slow_callback_duration = 0.0
        asyncio.get_running_loop().call_soon(fails)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(slow(TOKEN), debug=True)
    assert any("Exception in callback" in line for line in stream.lines())
    assert said(stream.getvalue())


def refuse(request: httpx.Request) -> httpx.Response:
    return httpx.Response(401, json={"ok": False, "description": f"Unauthorized {request.url}"})


def flood(request: httpx.Request) -> httpx.Response:
    parameters = {"retry_after": 3}
    told = {"ok": False, "description": f"Slow {request.url}", "parameters": parameters}
    return httpx.Response(429, json=told)


def gibberish(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=f"<html>{request.url}</html>")


def broken(request: httpx.Request) -> httpx.Response:
    return httpx.Response(502, text=f"<html>{request.url}</html>")


def slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout(f"timed out: {request.url}", request=request)


def gone(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError(f"no way to {request.url}", request=request)


@pytest.mark.parametrize("way", [refuse, flood, gibberish, broken, slow, gone])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_every_way_in_which_a_request_fails(stream, way):
    transport = httpx.MockTransport(way)
    bot = Bot(TOKEN, request=HTTPXRequest(httpx_kwargs={"transport": transport}))
    try:
        await bot.initialize()
    except TelegramError:
        logging.getLogger("any").exception("%r failed", bot)
    await bot.request.shutdown()
    assert any("Bot[token=[token]] failed" in line for line in stream.lines())
    assert len(said(stream.getvalue())) > 1


async def test_what_the_libraries_say_of_a_request(stream):
    async with httpx.AsyncClient(transport=httpx.MockTransport(refuse)) as client:
        await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert any(f"bot{REDACTED}/getMe" in line for line in stream.lines())
    logging.getLogger("any").info("%r", Bot(TOKEN))
    logging.getLogger("any").info("%s", InvalidToken(f"The token `{TOKEN}` was rejected."))
    assert len(said(stream.getvalue())) >= 3


@pytest.mark.parametrize("level", ["info", "warning", "error"])
async def test_requests_are_not_told_unless_debugging(level):
    stream = Stream()
    set_up_logging(level, TOKEN, stream)
    logging.getLogger("httpx").info("HTTP Request: %s", TOKEN)
    logging.getLogger("httpcore.http11").debug("send_request_headers %s", TOKEN)
    assert stream.lines() == []


def test_a_level_is_a_level():
    stream = Stream()
    set_up_logging("warning", None, stream)
    structlog.get_logger("ours").info("quiet")
    structlog.get_logger("ours").warning("loud", why="because")
    (line,) = stream.lines()
    assert "loud" in line
    assert "why=because" in line
    assert "[ours]" in line


def test_tokens_of_others_are_taken_out_by_their_shape_and_little_else():
    assert (
        redact("the bot 987654321:AAHyelloThisIsSomebodyElses_Token-0", None) == "the bot [token]"
    )
    for harmless in ("12:34:56", "id 987654321: no such user", "a:b", "sha 12345:deadbeef"):
        assert redact(harmless, TOKEN) == harmless


def test_one_json_object_a_line_without_the_token(clean_logging):
    stream = Stream()
    set_up_logging("info", TOKEN, stream, as_json=True)
    structlog.get_logger("ours").info("answered", outcome="answer", url=f"/bot{TOKEN}/x")
    logging.getLogger("theirs").warning("plain %s", TOKEN)
    try:
        fails()
    except RuntimeError:
        logging.getLogger("theirs").exception("it failed")
    ours, theirs, failed = map(json.loads, stream.lines())
    assert (ours["event"], ours["outcome"], ours["level"]) == ("answered", "answer", "info")
    assert datetime.fromisoformat(ours["timestamp"]).utcoffset() == timedelta(0)
    assert theirs["event"] == f"plain {REDACTED}"
    assert "RuntimeError" in failed["exception"]
