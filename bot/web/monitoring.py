"""Health and metrics over HTTP: `/healthz`, `/readyz` and `/metrics`."""

from http import HTTPStatus

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.aiohttp import make_aiohttp_handler

from bot.web.readiness import Readiness


def monitoring(readiness: Readiness, registry: CollectorRegistry) -> web.Application:
    """What is served to those who watch the bot.

    Args:
        readiness: whether it can answer.
        registry: what is counted.
    """

    async def health(_: web.Request) -> web.Response:
        # That this is answered at all says that the event loop turns.
        return web.json_response({"alive": True})

    async def ready(_: web.Request) -> web.Response:
        reasons = await readiness.reasons()
        status = HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK
        return web.json_response({"ready": not reasons, "reasons": reasons}, status=status)

    write_out = make_aiohttp_handler(registry)

    async def metrics(request: web.Request) -> web.StreamResponse:
        await readiness.reasons()  # Whether it is ready is one of the metrics.
        return await write_out(request)

    app = web.Application()
    app.router.add_get("/healthz", health)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", metrics)
    return app
