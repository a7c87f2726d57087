"""Every log line about an update says which one it is, from its arrival to its answer."""

import json
import logging
from collections.abc import Callable

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.logs import set_up_logging
from bot.telegram.updates import ALLOWED_UPDATES, OTHER, kind_of, request_id


@pytest.fixture
def lines(log, fake) -> Callable[[], list[dict]]:
    """What was logged, line by line."""
    set_up_logging("info", fake.token, log, as_json=True)
    return lambda: [json.loads(line) for line in log.getvalue().splitlines()]


async def handle(chat, *updates):
    """Let the application take updates from its queue, as it does from Telegram."""
    await chat.app.start()
    for raw in updates:
        chat.app.update_queue.put_nowait(Update.de_json(raw, chat.app.bot))
    await chat.app.update_queue.join()
    await chat.app.stop()


async def test_lines_of_an_update_carry_its_id_and_kind(chat, fake, lines):
    said = fake.says(chat.chat, chat.ada, "When did they meet?")
    typed = fake.asks_inline(chat.ada, "summit")
    fake.faults.order("answerInlineQuery", status=403)
    await handle(chat, said, typed)
    by_event = {line["event"]: line for line in lines()}
    answered, refused = by_event["answered"], by_event["not allowed to write there"]
    assert (int(answered["request"], 36), answered["update"]) == (said["update_id"], "message")
    assert (int(refused["request"], 36), refused["update"]) == (typed["update_id"], "inline_query")
    assert len(answered["request"]) == 6


async def test_also_in_a_thread_from_the_libraries_and_in_a_failure(
    chat, fake, lines, monkeypatch
):
    def fail(*_: object) -> None:
        structlog.get_logger("dateline").warning("in a thread")
        logging.getLogger("somebody.elses").warning("in a library")
        raise RuntimeError("no")

    monkeypatch.setattr("bot.telegram.desk.render", fail)
    said = fake.says(chat.chat, chat.ada, "When did they meet?")
    await handle(chat, said)
    told = {line["event"]: line for line in lines()}
    for event in ("in a thread", "in a library", "an update failed"):
        assert int(told[event]["request"], 36) == said["update_id"]


async def test_lines_of_updates_side_by_side_are_not_mixed_up(chat, fake, lines):
    people = [fake.user() for _ in range(5)]
    updates = [fake.says(fake.private(one), one, "When did they meet?") for one in people]
    await handle(chat, *updates)
    ids = [int(line["request"], 36) for line in lines() if line["event"] == "answered"]
    assert sorted(ids) == [update["update_id"] for update in updates]


async def test_nothing_else_carries_one(chat, fake, lines):
    await handle(chat, fake.says(chat.chat, chat.ada, "When did they meet?"))
    structlog.get_logger("dateline").info("afterwards")
    assert "request" not in lines()[-1]
    assert structlog.contextvars.get_contextvars() == {}


@given(st.integers(0, 2**53))
def test_an_id_can_be_read_back(number):
    text = request_id(Update(number))
    assert int(text, 36) == number
    assert text == text.lower()


def test_every_kind_has_its_name(fake):
    assert kind_of(Update(1)) == OTHER
    assert request_id(object()) is None
    ada = fake.user()
    kinds = [fake.says(fake.private(ada), ada, "x"), fake.asks_inline(ada, "x")]
    assert [kind_of(Update.de_json(raw, None)) for raw in kinds] == ["message", "inline_query"]
    assert set(ALLOWED_UPDATES) < set(Update.ALL_TYPES)
