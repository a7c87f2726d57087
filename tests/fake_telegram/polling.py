"""getUpdates and the webhook's settings: how updates leave for the bot."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .errors import TWO_POLLERS, WEBHOOK_ACTIVE, RefusalError, bad_request
from .methods import method
from .params import Params
from .types import Json, Upload
from .world import World

if TYPE_CHECKING:
    from .fake import FakeTelegram

LONGEST_POLL = 50
WEBHOOK_PORTS = {80, 88, 443, 8443}


@method("getUpdates")
def get_updates(world: World, params: Params) -> list[Json]:
    """What is waiting now; the front ends do the waiting, in `answer`."""
    if world.updates.webhook["url"]:
        raise RefusalError(409, WEBHOOK_ACTIVE)
    params.integer("timeout")
    world.updates.allow(params.json("allowed_updates", "allowed updates"))
    world.updates.confirm(params.integer("offset"))
    return world.updates.page(params.integer("limit", 100))


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    """Back to getUpdates."""
    world.updates.webhook = {"url": ""}
    if params.flag("drop_pending_updates"):
        world.updates.queue.clear()
    return True


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    """Remember where updates are to go, and the secret that proves them ours."""
    url, secret = params.text("url"), params.text("secret_token")
    certificate = params.upload("certificate")
    if url:
        _check_url(world, url)
        _check_secret(secret)
        _check_certificate(certificate)
    world.updates.allow(params.json("allowed_updates", "allowed updates"))
    if params.flag("drop_pending_updates"):
        world.updates.queue.clear()
    world.updates.webhook = {
        "url": url,
        "secret_token": secret,
        "max_connections": min(max(params.integer("max_connections", 40), 1), 100),
        "ip_address": params.text("ip_address"),
        "has_custom_certificate": certificate is not None,
    }
    world.updates.wake()
    return True


def _check_url(world: World, url: str) -> None:
    """Telegram's own servers want HTTPS on one of four ports; a local server takes what it is given."""
    if world.local:
        return
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _check_secret(secret: str) -> None:
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")


def _check_certificate(certificate: Upload | str | None) -> None:
    """A certificate must be uploaded; the key must stay at home."""
    if certificate is None:
        return
    if not isinstance(certificate, Upload):
        raise bad_request("certificate must be uploaded as a file")
    if not certificate.content.startswith(b"-----BEGIN CERTIFICATE-----"):
        raise bad_request("bad webhook: Failed to set custom certificate file")
    if b"PRIVATE KEY" in certificate.content:
        raise AssertionError("the private key was sent to Telegram")


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:
    """The webhook's settings, without the secret."""
    shown = {k: v for k, v in world.updates.webhook.items() if k != "secret_token" and v != ""}
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.queue),
        "allowed_updates": world.updates.allowed,
        **shown,
    }


async def answer(fake: FakeTelegram, name: str, params: Json) -> tuple[int, Json]:
    """Answer a request, holding a long poll until something comes or its timeout passes.

    A second getUpdates ends the first with a conflict, as it does in Telegram.
    """
    if name.lower() != "getupdates":
        return fake.handle(name, params)
    updates = fake.updates
    updates.poller += 1
    mine = updates.poller
    updates.wake()
    status, body = fake.handle(name, params)
    call = fake.calls[-1]
    wait = min(max(0, Params(params).integer("timeout")), LONGEST_POLL)
    woken = asyncio.Event()
    updates.listeners.append(woken.set)
    try:
        async with asyncio.timeout(wait):
            while status == 200 and not body["result"]:
                await woken.wait()
                woken.clear()
                if updates.poller != mine:
                    refusal = RefusalError(409, TWO_POLLERS)
                    call.status, call.error = refusal.code, refusal.description
                    return refusal.code, refusal.body()
                call.result = updates.page(Params(params).integer("limit", 100))
                body = {"ok": True, "result": call.result}
    except TimeoutError:
        pass
    finally:
        updates.listeners.remove(woken.set)
    return status, body
