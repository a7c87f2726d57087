"""When something fails: the person hears of it once, the operator reads of it, and the bot lives on."""

import asyncio
import logging

import pytest
from telegram import Update
from telegram.error import Conflict, NetworkError

from bot import texts
from retrieval.archive import Archive
from retrieval.errors import IndexStorageError
from retrieval.types import Answer

QUESTION = "When did they meet?"


class Damaged(Archive):
    """An archive whose index broke after it was opened."""

    def ask(self, text: str, limit: int = 3, *arguments: object, **named: object) -> Answer:
        raise IndexStorageError(f"the index is damaged; asked for {limit}")


async def test_a_broken_index_is_told_once_and_logged(talk_to, seeds, log):
    chat = await talk_to(Damaged(seeds._snapshot))
    for text in (QUESTION, f"/ask {QUESTION}"):
        assert (await chat.says(text)).text == texts.FAILED
    assert log.getvalue().count("an update failed") == 2
    assert "IndexStorageError: the index is damaged; asked for 3" in log.getvalue()


async def test_a_refused_answer_is_told_once_and_logged(chat, log):
    chat.fake.faults.order("sendMessage", status=400)
    assert (await chat.says(QUESTION)).text == texts.FAILED
    assert "an update failed" in log.getvalue()
    assert "BadRequest" in log.getvalue()
    assert (await chat.says(QUESTION)).text.startswith("Kim, Putin")


async def test_a_failure_that_cannot_be_told_either_ends_there(chat, log):
    chat.fake.faults.order("sendMessage", status=400, times=2)
    assert await chat.replies(chat.fake.says(chat.chat, chat.ada, QUESTION)) == []
    assert "the failure could not be told" in log.getvalue()
    assert len(chat.fake.called("sendMessage")) == 2


async def test_being_blocked_is_nothing_to_be_alarmed_about(chat, log):
    asked = chat.fake.says(chat.chat, chat.ada, QUESTION)
    chat.fake.blocks(chat.ada)
    assert await chat.replies(asked) == []
    assert "not allowed to write there" in log.getvalue()
    assert "error" not in log.getvalue().replace("error=", "")
    assert "Traceback" not in log.getvalue()


async def test_a_flood_is_waited_for_and_answered(chat, log, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, PTB warns of its own future
    chat.fake.faults.order("sendMessage", retry_after=1)
    assert (await chat.says(QUESTION)).text.startswith("Kim, Putin")
    assert "Traceback" not in log.getvalue()


@pytest.mark.parametrize("fault", [{"status": 502}, {"status": 500}, {"drop": "before"}], ids=str)
async def test_a_connection_that_breaks_is_tried_again(chat, log, fault, monkeypatch):
    monkeypatch.setattr("bot.telegram.replies.WAITS", (0.0, 0.0))
    chat.fake.faults.order("sendMessage", **fault)
    assert (await chat.says(QUESTION)).text.startswith("Kim, Putin")
    assert len(chat.fake.called("sendMessage")) == 2


async def test_a_telegram_out_of_reach_is_given_up_in_the_end(chat, log, monkeypatch):
    monkeypatch.setattr("bot.telegram.replies.WAITS", (0.0, 0.0))
    chat.fake.faults.order("sendMessage", status=502, times=3)
    assert await chat.replies(chat.fake.says(chat.chat, chat.ada, QUESTION)) == []
    assert "Telegram could not be reached" in log.getvalue()
    assert "Traceback" not in log.getvalue()
    assert len(chat.fake.called("sendMessage")) == 3


async def test_a_second_bot_with_the_same_token_is_explained(chat, log):
    await chat.app.process_error(None, Conflict("terminated by other getUpdates request"))
    assert "another process uses the same token: stop one of the two" in log.getvalue()
    assert "Traceback" not in log.getvalue()


async def test_trouble_with_polling_that_lasts_is_told_now_and_then(chat, log, monkeypatch):
    clock = 1_000.0
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "time", lambda: clock)
    for trouble, told in (
        (Conflict("terminated by other getUpdates request"), "another process uses the same"),
        (NetworkError("no connection to api.telegram.org:443: Connection refused"), "be reached"),
    ):
        log.truncate(0)
        for _ in range(60):
            await chat.app.process_error(None, trouble)
            clock += 30.0
        lines = [line for line in log.getvalue().splitlines() if told in line]
        assert [line.partition("times=")[2][:2] for line in lines] == ["", "21", "41"]
        assert "minutes=10" in lines[1]
        clock += 3_600.0
        await chat.app.process_error(None, trouble)
        assert "times=" not in log.getvalue().splitlines()[-1], "it was over, and is news again"
    assert len(chat.app.services.statistics.failures) == 3


async def test_every_answer_that_could_not_be_sent_is_told(chat, log):
    await chat.app.process_error(None, NetworkError("gone"))
    ada = chat.fake.says(chat.chat, chat.ada, QUESTION)
    update = Update.de_json(ada, chat.app.bot)
    await chat.app.process_error(update, NetworkError("gone"))
    await chat.app.process_error(None, NetworkError("gone"))
    assert log.getvalue().count("Telegram could not be reached") == 2


async def test_questions_are_not_logged(chat, log):
    await chat.says("What did Kim eat in zyzzyva?")
    assert "outcome=" in log.getvalue()
    assert "zyzzyva" not in log.getvalue()
    assert str(chat.ada["id"]) not in log.getvalue()


def test_nothing_of_the_set_up_is_left_behind():
    assert all(type(one).__name__ != "StreamHandler" for one in logging.getLogger().handlers)
