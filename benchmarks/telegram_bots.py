"""The two bots that `benchmarks.telegram` compares, each in a process of its own: ours, and one with nothing to do.

The bare one is python-telegram-bot as it comes, with the fastest of its settings.
"""

import asyncio
import signal
import socket
from pathlib import Path

import click
from aiohttp import web
from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.config import Config, load_config
from bot.logs import set_up_logging
from bot.services import Services
from bot.telegram.app import serve
from bot.telegram.types import AnyApplication, Context
from bot.telegram.updates import ALLOWED_UPDATES
from retrieval.archive import Archive

CONSTANT_TEXT = (
    "The meeting of the two leaders in the port on the Pacific lasted nearly five hours. "
) * 12
"""As long as an answer of ours is in the median."""

AT_ONCE = 32
"""Updates of the bare bot at the same time, and its connections. With 16 and 64 it is about as fast; with
python-telegram-bot's 256 connections 200 users of a webhook get half as many answers: httpx looks through them all."""


@click.command()
@click.argument("kind", type=click.Choice(["ours", "bare"]))
@click.argument("mode", type=click.Choice(["polling", "webhook"]))
@click.argument("settings", type=click.Path(path_type=Path))
def main(kind: str, mode: str, settings: Path) -> None:
    """Be a bot until SIGTERM."""
    config = load_config(settings)
    set_up_logging(config.log.level, config.require_token())
    if kind == "bare":
        application = _bare(config)
        if mode == "polling":
            application.run_polling(allowed_updates=ALLOWED_UPDATES)
        else:
            asyncio.run(_serve(application))
    else:
        config = config if mode == "polling" else _with_webhook(config)
        serve(Services(Archive.load(config.archive), config))


def _with_webhook(config: Config) -> Config:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    webhook = {"url": f"http://127.0.0.1:{port}", "port": port}
    return config.model_copy(
        update={
            "telegram": config.telegram.model_copy(update={"mode": "webhook"}),
            "webhook": config.webhook.model_copy(update=webhook),
        }
    )


def _bare(config: Config) -> AnyApplication:
    builder = (
        ApplicationBuilder()
        .token(config.require_token())
        .base_url(f"{config.telegram.api_url}/bot")
        .concurrent_updates(AT_ONCE)
        .connection_pool_size(AT_ONCE)
        .job_queue(None)
    )
    application: AnyApplication = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _say_the_same))
    return application


async def _say_the_same(update: Update, _: Context) -> None:
    if update.message is not None:
        await update.message.reply_text(CONSTANT_TEXT)


async def _serve(application: AnyApplication) -> None:
    """Take updates from a webhook."""
    updates = application.update_queue

    async def take(request: web.Request) -> web.Response:
        await updates.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    receiver = web.Application()
    receiver.router.add_post("/", take)
    runner = web.AppRunner(receiver, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with application:
        await application.start()
        host, port = runner.addresses[0][:2]
        await application.bot.set_webhook(
            f"http://{host}:{port}/", allowed_updates=ALLOWED_UPDATES
        )
        await ended.wait()
        await runner.cleanup()
        await application.stop()


if __name__ == "__main__":
    main()
