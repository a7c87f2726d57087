"""Takes updates that Telegram brings, and nobody else: each goes on to be handled, and is confirmed at once."""

import hmac
import json
from collections.abc import Callable
from http import HTTPStatus

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from telegram import Bot, Update

from bot.metrics import Metrics

logger = structlog.get_logger("dateline.webhook")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
"""In which Telegram sends what `setWebhook` gave it."""

LARGEST_UPDATE = 1_048_576
"""Bytes of a request; an update with a long message and all its entities has some ten thousand."""


def receiver(
    path: str, secret: str, bot: Bot, take: Callable[[Update], None], metrics: Metrics
) -> web.Application:
    """The webhook.

    Args:
        path: where it is.
        secret: what Telegram sends with each request.
        bot: whose updates they are.
        take: is given each update.
        metrics: are told of each request.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        # Compared as bytes: a header may hold anything, and compare_digest takes no text but ASCII.
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            logger.warning("a request without the secret was refused")
            raise web.HTTPForbidden
        update = _read(await request.read(), bot)
        if update is None:
            raise web.HTTPBadRequest
        take(update)
        return web.Response()

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        status = int(HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            response = await handler(request)
            status = response.status
        except web.HTTPException as refusal:
            status = refusal.status
            raise
        finally:
            metrics.delivered(status)
        return response

    app = web.Application(client_max_size=LARGEST_UPDATE, middlewares=[count])
    app.router.add_post(path, receive)
    return app


def _read(body: bytes, bot: Bot) -> Update | None:
    """The update that a body holds; what is none is logged, without what people wrote."""
    try:
        data = json.loads(body)
        # python-telegram-bot takes whatever it is given for an id.
        if isinstance(data, dict) and type(data.get("update_id")) is int:
            return Update.de_json(data, bot)
        problem = "it is no update"
    except (ValueError, RecursionError) as error:
        problem = f"it is no JSON ({type(error).__name__})"
    except (TypeError, KeyError, AttributeError) as error:
        problem = f"it is not as the Bot API says ({type(error).__name__})"
    logger.error("an update could not be read", problem=problem, bytes=len(body))
    return None
