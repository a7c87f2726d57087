"""Updates brought by Telegram: who is let in, what is taken, and what is said when Telegram can't bring them."""

import asyncio
import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest
import trustme
from fake_telegram import FakeServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ports import free_port
from telegram import Bot as PlainBot

from bot.metrics import Metrics
from bot.telegram.delivery import Webhook
from bot.telegram.running import start
from bot.telegram.updates import ALLOWED_UPDATES
from bot.web.listening import ListenError
from bot.web.receiving import LARGEST_UPDATE, SECRET_HEADER, receiver
from retrieval.errors import ConfigError

QUESTION = "When did they meet?"


def webhook(port: int | None = None, **more: Any) -> dict[str, dict[str, Any]]:
    port = port or free_port()
    group = {"url": f"http://127.0.0.1:{port}", "port": port, **more}
    return {"telegram": {"mode": "webhook", "paced": False}, "webhook": group}


@pytest.fixture
async def hooked(bot_of, seeds):
    """A running bot that takes updates by webhook, and counts."""
    bot = await bot_of(seeds, {**webhook(), "monitoring": {"port": free_port()}})
    await start(bot.app, bot.app.updater.start_webhook)
    return bot


async def post(bot: Any, body: bytes, secret: str | None = "", **more: Any) -> int:
    """The status that a request is answered with; it has the right secret unless another is given."""
    given = bot.config.require_webhook_secret() if secret == "" else secret
    headers = {} if given is None else {SECRET_HEADER: given}
    async with bot.client.post(
        more.pop("url", bot.hook), data=io.BytesIO(body), headers=headers
    ) as response:
        return response.status


def body_of(update: dict[str, Any]) -> bytes:
    return json.dumps(update).encode()


async def test_telegram_is_told_where_to_bring_what(hooked, fake):
    (call,) = fake.called("setWebhook")
    assert call.params["url"] == hooked.hook
    assert call.params["allowed_updates"] == ALLOWED_UPDATES
    assert call.params["max_connections"] == 40
    assert call.params["secret_token"] == hooked.config.require_webhook_secret()
    assert not call.params.get("drop_pending_updates")
    assert "certificate" not in call.params
    assert fake.token.partition(":")[2] not in json.dumps(call.params)


async def test_an_update_is_confirmed_at_once_and_answered(hooked, fake):
    update = fake.says(hooked.chat, hooked.ada, QUESTION)
    assert await post(hooked, body_of(update)) == 200
    await hooked.app.update_queue.join()
    assert "Thursday" in fake.last(hooked.chat).text
    assert (await hooked.metrics())["dateline_webhook_requests_total{status=200}"] == 1


@pytest.mark.parametrize("secret", [None, "wrong", "x" * 64, "ключ", "\udcff\udcfe"])
async def test_nobody_else_is_let_in(hooked, fake, secret, log):
    update = fake.says(hooked.chat, hooked.ada, QUESTION)
    assert await post(hooked, body_of(update), secret) == 403
    await hooked.app.update_queue.join()
    assert fake.sent(hooked.chat) == []
    assert "a request without the secret was refused" in log.getvalue()
    assert (await hooked.metrics())["dateline_webhook_requests_total{status=403}"] == 1


async def test_other_places_and_other_ways(hooked):
    async with hooked.client.get(hooked.hook) as response:
        assert response.status == 405
    for path in ("", "/", "/telegram/", "/telegram/x", "/metrics", "/healthz"):
        url = hooked.config.webhook.url + path
        assert await post(hooked, b"{}", url=url) == 404
    counted = await hooked.metrics()
    assert counted["dateline_webhook_requests_total{status=404}"] == 6
    assert counted["dateline_webhook_requests_total{status=405}"] == 1


async def test_a_request_that_is_too_large(hooked):
    assert await post(hooked, b" " * (LARGEST_UPDATE + 1)) == 413
    assert await post(hooked, b" " * (LARGEST_UPDATE + 1), "wrong") == 403


BROKEN = [
    b"",
    b"{",
    b"\xff\xfe\x00",
    b"null",
    b"[]",
    b"7",
    b"{}",
    b'{"update_id": "1"}',
    b'{"update_id": true}',
    b'{"update_id": 1, "message": 7}',
    b'{"update_id": 1, "message": {"text": "borscht"}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
async def test_what_is_no_update_is_refused_and_told_without_what_it_says(hooked, body, log):
    assert await post(hooked, body) == 400
    assert "an update could not be read" in log.getvalue()
    assert "borscht" not in log.getvalue()
    assert await post(hooked, body_of({"update_id": 5})) == 200, "it goes on taking others"


values = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["update_id", "message", "chat", "from", "id", "text", "date", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


async def test_whatever_comes_is_taken_or_refused(fake, aiohttp_client_of):
    taken: list[object] = []
    bot = PlainBot(fake.token)
    client = await aiohttp_client_of(receiver("/hook", "s" * 16, bot, taken.append, Metrics()))

    async def try_it(body: bytes) -> None:
        before = len(taken)
        async with client.post("/hook", data=body, headers={SECRET_HEADER: "s" * 16}) as answer:
            assert answer.status in {200, 400}
            assert len(taken) - before == (answer.status == 200)

    loop = asyncio.get_running_loop()

    @settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(values.map(json.dumps).map(str.encode) | st.binary(max_size=30))
    def all_of_them(body: bytes) -> None:
        asyncio.run_coroutine_threadsafe(try_it(body), loop).result(10)

    await asyncio.to_thread(all_of_them)


async def test_the_secret_is_the_same_after_a_restart_and_gives_the_token_away_to_nobody(config):
    secret = config.require_webhook_secret()
    assert secret == config.model_copy().require_webhook_secret()
    assert len(secret) == 64
    assert secret not in repr(config)
    other = config.model_copy(update={"token": type(config.token)("1:" + "A" * 35)})
    assert other.require_webhook_secret() != secret


async def test_a_port_that_is_taken(bot_of, seeds, fake):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bot = await bot_of(seeds, webhook(taken.getsockname()[1]))
        with pytest.raises(ListenError, match=r"^webhook\.port, webhook\.listen: can't listen on"):
            await bot.app.updater.start_webhook()
    assert fake.called("setWebhook") == [], "nothing is brought where nobody listens"


async def test_an_address_that_telegram_does_not_take(bot_of, seeds, fake):
    bot = await bot_of(seeds, webhook())
    fake.local = False
    with pytest.raises(ConfigError) as refused:
        await bot.app.updater.start_webhook()
    assert str(refused.value) == (
        f"webhook.url: {bot.hook}: Telegram does not take it: "
        "Bad webhook: an https url must be provided for webhook"
    )
    assert not bot.app.updater.running


async def test_a_telegram_out_of_reach_is_told_again(bot_of, seeds, fake, log, monkeypatch):
    monkeypatch.setattr("bot.telegram.running.FIRST_WAIT", 0.01)
    bot = await bot_of(seeds, webhook())
    fake.faults.order("setWebhook", status=502, times=2)
    await bot.app.updater.start_webhook()
    assert len(fake.called("setWebhook")) == 3
    assert log.getvalue().count("the webhook could not be set; trying again") == 2


async def test_a_token_that_is_revoked_while_the_webhook_is_set(bot_of, seeds, fake):
    bot = await bot_of(seeds, webhook())
    fake.faults.order("setWebhook", status=401)
    with pytest.raises(ConfigError, match="does not know this token"):
        await bot.app.updater.start_webhook()
    assert not bot.app.updater.running


async def test_stopping_leaves_the_webhook_set_and_takes_no_more(hooked, fake):
    await hooked.app.updater.stop()
    assert fake.updates.webhook["url"] == hooked.hook
    assert fake.called("deleteWebhook") == []
    with pytest.raises(OSError, match="Cannot connect"):
        await post(hooked, b"{}")


@pytest.fixture
async def watching(bot_of, seeds, fake, log):
    """A bot that looks all the time whether updates still come to it."""
    bot = await bot_of(seeds, webhook())
    bot.app.updater = Webhook(bot.app, bot.config, Metrics(), look_every=0.01)
    bot.log = log
    await start(bot.app, bot.app.updater.start_webhook)
    return bot


async def test_a_webhook_that_another_process_took_away_is_set_again(watching, fake):
    fake.handle("deleteWebhook", {})
    await fake.until(lambda: fake.updates.webhook["url"])
    assert fake.updates.webhook["url"] == watching.hook
    assert "another process uses the same token" in watching.log.getvalue()


async def test_what_telegram_complains_of_is_told_once(watching, fake):
    complaint = {"last_error_date": 1_790_000_000, "last_error_message": "SSL error {certificate}"}
    fake.updates.webhook |= complaint
    fake.says(watching.chat, watching.ada, QUESTION)
    await fake.until(lambda: "Telegram could not bring an update" in watching.log.getvalue())
    seen = len(fake.called("getWebhookInfo"))
    await fake.until(lambda: len(fake.called("getWebhookInfo")) > seen + 3)
    assert watching.log.getvalue().count("SSL error {certificate}") == 1
    assert watching.app.updater.pending == 1


async def test_a_revoked_token_ends_the_bot(watching, fake):
    fake.faults.order("getWebhookInfo", status=502)
    fake.faults.order("getWebhookInfo", status=401)
    async with asyncio.timeout(5):
        await watching.app.told_to_stop.wait()
    assert watching.app.updater.revoked
    assert "the webhook could not be looked at" in watching.log.getvalue()


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, Path]:
    """One of our own making, and its key."""
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    files = {name: tmp_path / f"{name}.pem" for name in ("certificate", "private_key")}
    issued.cert_chain_pems[0].write_to_path(files["certificate"])
    issued.private_key_pem.write_to_path(files["private_key"])
    return files


@pytest.mark.parametrize("self_signed", [True, False])
async def test_https_with_a_certificate_of_our_own(bot_of, seeds, certificate, fake, self_signed):
    port = free_port()
    group = {"url": f"https://127.0.0.1:{port}", "self_signed": self_signed, **certificate}
    bot = await bot_of(seeds, webhook(port, **group))
    await start(bot.app, bot.app.updater.start_webhook)
    async with FakeServer(fake):
        fake.says(bot.chat, bot.ada, QUESTION)
        await fake.until(lambda: fake.sent(bot.chat))
    assert fake.updates.webhook["has_custom_certificate"] is self_signed


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"certificate": Path("no/where.pem")}, "can't be read \\(No such file or directory\\)"),
        ({"swap": True}, "not a certificate and its key in PEM"),
    ],
)
async def test_a_certificate_that_cannot_be_used(bot_of, seeds, certificate, change, reason):
    if change.pop("swap", False):
        change["certificate"] = certificate["private_key"]
    with pytest.raises(
        ConfigError, match=f"^webhook.certificate, webhook.private_key: .*{reason}"
    ):
        await bot_of(seeds, webhook(**{**certificate, **change}))
