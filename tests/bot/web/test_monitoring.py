"""Health, readiness and metrics over HTTP, as a monitor and Prometheus see them."""

import asyncio
import socket
from pathlib import Path

import pytest
from ports import free_port
from sqlalchemy.exc import OperationalError

from bot import texts
from bot.metrics import Metrics
from bot.reloading import Reloader
from bot.telegram.running import start
from bot.telegram.updates import ALLOWED_UPDATES
from bot.web.listening import ListenError
from retrieval.errors import CorpusError

QUESTION = "When did they meet?"
NONSENSE = "xylophone zeppelin quagmire"


async def bot_is_handed_updates() -> None:
    """By the test."""


def stage(name: str, part: str = "count") -> str:
    return f"dateline_stage_duration_seconds_{part}{{stage={name}}}"


async def test_a_running_bot_is_alive_and_ready(watched):
    async with watched.client.get(watched.monitor("/healthz")) as response:
        assert (response.status, await response.json()) == (200, {"alive": True})
    assert await watched.ready() == (200, {"ready": True, "reasons": []})
    assert (await watched.metrics())["dateline_ready"] == 1
    for path, status in (("/", 404), ("/metrics/x", 404)):
        async with watched.client.get(watched.monitor(path)) as response:
            assert response.status == status
    async with watched.client.post(watched.monitor("/readyz")) as response:
        assert response.status == 405


async def test_it_is_not_ready_before_it_takes_updates_nor_while_it_stops(watched, fake):
    await watched.app.stop()
    said = "the bot is stopping"
    assert await watched.ready() == (503, {"ready": False, "reasons": [said]})
    assert (await watched.metrics())["dateline_ready"] == 0


async def test_it_is_not_ready_before_it_runs(bot_of, seeds):
    bot = await bot_of(seeds, {"monitoring": {"port": free_port()}})
    status, body = await bot.ready()
    assert (status, body["reasons"]) == (503, ["the bot is not logged in to Telegram yet"])
    await start(bot.app, bot_is_handed_updates)
    assert (await bot.ready())[0] == 200


async def test_it_is_not_ready_without_its_state(watched):
    await watched.app.services.close()
    status, body = await watched.ready()
    assert (status, body["reasons"]) == (503, ["state.url: the database isn't open"])
    await watched.app.services.open()
    assert (await watched.ready())[0] == 200


async def test_a_state_that_hangs_is_asked_once_however_often_the_bot_is_looked_at(
    watched, monkeypatch
):
    asked, answers = [], asyncio.Event()

    async def hang() -> None:
        asked.append(1)
        await answers.wait()

    monkeypatch.setattr("bot.web.readiness.PATIENCE", 0.01)
    monkeypatch.setattr("bot.state.State.ping", lambda _: hang())
    seen = [await watched.ready(), await watched.ready()]
    assert [status for status, _ in seen] == [503, 503]
    assert "the database has not answered for" in seen[0][1]["reasons"][0]
    assert len(asked) == 1
    answers.set()
    await asyncio.sleep(0)
    assert (await watched.ready())[0] == 200


async def test_answers_by_outcome_and_how_long_each_stage_took(watched):
    assert "Thursday" in await watched.answers(QUESTION)
    await watched.answers(NONSENSE)
    counted = await watched.metrics()
    assert counted["dateline_answers_total{outcome=answer,way=message}"] == 1
    assert counted["dateline_answers_total{outcome=nothing,way=message}"] == 1
    assert counted["dateline_answers_total{outcome=weak,way=message}"] == 0
    assert counted["dateline_updates_total{kind=message}"] == 2
    for name in ("lane", "finding", "rendering", "sending", "whole"):
        assert counted[stage(name)] == 2
        assert counted[stage(name, "sum")] > 0
    parts = [stage(name, "sum") for name in ("finding", "rendering", "sending")]
    assert counted[stage("whole", "sum")] > sum(counted[part] for part in parts)
    assert counted["dateline_telegram_requests_total{method=sendMessage,result=ok}"] == 2
    assert counted["dateline_archive_articles"] == 1
    assert counted["dateline_archive_last_day_timestamp_seconds"] == 1_556_236_800  # 26 April 2019
    assert counted["process_resident_memory_bytes"] > 1_000_000
    assert watched.app.services.statistics.questions == 2, "/status counts the same"


async def test_a_page_that_is_turned_is_no_answer_but_is_measured(watched, fake):
    await watched.answers("Kim")
    more = next(label for label in fake.last(watched.chat).labels if "More" in label)
    await watched.receives(fake.presses(fake.last(watched.chat), more, watched.ada))
    counted = await watched.metrics()
    assert counted["dateline_answers_total{outcome=answer,way=message}"] == 1
    assert counted["dateline_updates_total{kind=callback_query}"] == 1
    assert counted[stage("finding")] == counted[stage("whole")] == 2


async def test_inline_queries_are_counted_apart(watched, fake):
    await watched.receives(
        fake.asks_inline(watched.ada, "summit"), fake.asks_inline(watched.ada, "")
    )
    counted = await watched.metrics()
    assert counted["dateline_answers_total{outcome=answer,way=inline}"] == 1
    assert counted["dateline_answers_total{outcome=answer,way=message}"] == 0
    assert counted["dateline_updates_total{kind=inline_query}"] == 2
    assert counted["dateline_telegram_requests_total{method=answerInlineQuery,result=ok}"] == 2


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_what_telegram_refuses(watched, fake):
    fake.faults.order("sendMessage", retry_after=1)
    fake.faults.order("sendMessage", status=403)
    await watched.receives(fake.says(watched.chat, watched.ada, QUESTION))
    counted = await watched.metrics()
    requests = "dateline_telegram_requests_total{{method=sendMessage,result={}}}"
    assert counted[requests.format("rate_limited")] == 1
    assert counted[requests.format("forbidden")] == 1
    assert counted["dateline_telegram_rate_limits_total"] == 1
    assert counted["dateline_update_failures_total{reason=forbidden}"] == 1
    assert counted["dateline_update_failures_total{reason=internal}"] == 0
    assert counted[stage("whole")] == 0, "nobody got that answer"


async def test_an_error_of_our_own(watched, fake, monkeypatch):
    monkeypatch.setattr("bot.telegram.desk.render", lambda *_: 1 / 0)
    assert await watched.answers(QUESTION) == texts.FAILED
    assert (await watched.metrics())["dateline_update_failures_total{reason=internal}"] == 1


async def test_what_is_handled_waits_and_is_held_back(watched, fake, monkeypatch):
    """One request hangs at Telegram: a message is handled, and two of its chat wait."""
    goes_on = asyncio.Event()
    send = type(watched.app.bot.request).do_request

    async def hang(self: object, *arguments: object, **named: object) -> tuple[int, bytes]:
        await goes_on.wait()
        return await send(self, *arguments, **named)

    monkeypatch.setattr(type(watched.app.bot.request), "do_request", hang)
    updates = [fake.says(watched.chat, watched.ada, QUESTION) for _ in range(3)]
    receiving = asyncio.create_task(watched.receives(*updates))
    counted: dict[str, float] = {}
    async with asyncio.timeout(5):
        while counted.get("dateline_updates_waiting") != 2:
            counted = await watched.metrics()
    assert counted["dateline_updates_in_progress"] == 1
    second = asyncio.create_task(watched.app.bot.send_message(watched.chat.id, "behind it"))
    async with asyncio.timeout(5):
        while counted["dateline_telegram_requests_held_back"] != 1:
            counted = await watched.metrics()
    goes_on.set()
    await asyncio.gather(receiving, second)
    counted = await watched.metrics()
    waiting = ("updates_waiting", "updates_in_progress", "telegram_requests_held_back")
    assert [counted[f"dateline_{name}"] for name in waiting] == [0, 0, 0]


@pytest.fixture
async def changing(bot_of, archive_of, config, tmp_path: Path):
    """A running bot over a folder that the test may change."""
    archive = archive_of("a.txt", "Title: Rain\nDate: 2020-01-01\n\nIt rained in Leeds.\n")
    corpus = {"path": tmp_path / "corpus"}
    port = {"port": free_port()}
    bot = await bot_of(
        archive, {"monitoring": port, "corpus": corpus, "retrieval": {"index": ":memory:"}}
    )
    await start(bot.app, bot_is_handed_updates)
    bot.corpus = tmp_path / "corpus"
    return bot


async def test_reloads_by_what_became_of_them(changing):
    reloader = Reloader(changing.app.services)
    await reloader.reload(lambda _: None)
    (changing.corpus / "b.txt").write_text("Title: Sun\nDate: 2020-02-02\n\nThe sun shone.\n")
    await reloader.reload(lambda _: None)
    counted = await changing.metrics()
    loaded = counted["dateline_last_reload_success_timestamp_seconds"]
    assert counted["dateline_last_reload_successful"] == 1
    assert counted["dateline_archive_articles"] == 2
    for file in changing.corpus.iterdir():
        file.unlink()
    with pytest.raises(CorpusError):
        await reloader.reload(lambda _: None)
    counted = await changing.metrics()
    results = ("changed", "unchanged", "refused", "failed")
    assert [counted[f"dateline_reloads_total{{result={one}}}"] for one in results] == [1, 1, 1, 0]
    assert counted["dateline_reload_duration_seconds_count"] == 3
    assert counted["dateline_last_reload_successful"] == 0
    assert counted["dateline_last_reload_success_timestamp_seconds"] == loaded
    assert counted["dateline_archive_articles"] == 2, "the old one stays"


async def test_failures_of_the_state_are_counted(watched, monkeypatch, log):
    def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, OSError("disk on fire"))

    monkeypatch.setattr("sqlalchemy.ext.asyncio.AsyncConnection.run_sync", fail)
    assert "Thursday" in await watched.answers(QUESTION)
    status, body = await watched.ready()
    assert status == 503
    assert "disk on fire" in body["reasons"][0]
    assert (await watched.metrics())["dateline_state_failures_total"] >= 2


async def test_no_name_number_or_word_of_anybody_is_in_the_metrics(watched, fake):
    await watched.answers("Did Koo Kab-woo say anything?")
    group = fake.group("Secret newsroom")
    await watched.receives(fake.says(group, watched.ada, f"@{fake.me['username']} summit"))
    await watched.metrics()
    for private in ("Koo", "Secret", "Ada", str(watched.ada["id"]), str(watched.chat.id)):
        assert private not in watched.text
    kinds = {name for name in await watched.metrics() if name.startswith("dateline_updates_total")}
    assert len(kinds) == len(ALLOWED_UPDATES) + 1


async def test_nothing_is_served_or_counted_unless_a_port_is_named(bot_of, seeds):
    bot = await bot_of(seeds, {})
    assert bot.app.monitor is None
    assert type(bot.app.services.metrics) is Metrics


async def test_a_port_that_is_taken(bot_of, seeds):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ListenError) as refused:
            await bot_of(seeds, {"monitoring": {"port": port}})
    assert str(refused.value) == (
        f"monitoring.port, monitoring.listen: can't listen on 127.0.0.1, port {port} "
        "(Address already in use); stop what uses it, or choose another"
    )


async def test_an_address_that_is_none_of_this_machine(bot_of, seeds):
    with pytest.raises(ListenError, match=r"can't listen on 192\.0\.2\.1, port"):
        await bot_of(seeds, {"monitoring": {"port": free_port(), "listen": "192.0.2.1"}})
