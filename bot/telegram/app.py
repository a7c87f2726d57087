"""Wires the Telegram front end: services in, a python-telegram-bot application out."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import structlog
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest

from bot import texts
from bot.changing import Changing
from bot.reloading import Reloader
from bot.services import Services
from bot.telegram.add import ADD, Add
from bot.telegram.admins import AdminCommand, Admins
from bot.telegram.alarms import tell_admins
from bot.telegram.articles import ARTICLES, Articles
from bot.telegram.audit import AUDIT, AuditPages
from bot.telegram.background import Background
from bot.telegram.budgets import PUBLISHED, UNLIMITED
from bot.telegram.buttons import Audited, Keep, Listed, Remove
from bot.telegram.channels import Channels
from bot.telegram.chat_settings import ChatSettings
from bot.telegram.connection import PatientApplication, PollingRequest, unknown_token
from bot.telegram.delivery import Webhook
from bot.telegram.desk import Desk
from bot.telegram.door import BEFORE_ALL, Door
from bot.telegram.edits import Edits
from bot.telegram.failures import Failures
from bot.telegram.forget import Forget
from bot.telegram.groups import Groups
from bot.telegram.guests import Guests
from bot.telegram.inline import Inline
from bot.telegram.lanes import Lanes
from bot.telegram.menus import Menus, change_admins, menus
from bot.telegram.misses import MISSES, Misses
from bot.telegram.pacing import Pacing
from bot.telegram.presses import Presses
from bot.telegram.private import PrivateChat
from bot.telegram.reload import RELOAD, Reload
from bot.telegram.remove import REMOVE, Removal
from bot.telegram.running import run
from bot.telegram.status import STATUS, Status
from bot.telegram.trail import Trail
from bot.telegram.transport import Transport
from bot.telegram.types import AnyApplication
from bot.telegram.undo import UNDO, Undo
from bot.telegram.updates import ALLOWED_UPDATES

if TYPE_CHECKING:
    from bot.telegram.monitor import Monitor
    from bot.watching import OnFailure, Watch

logger = structlog.get_logger("dateline.telegram")


def build_application(
    services: Services, request: BaseRequest | None = None, polling: BaseRequest | None = None
) -> PatientApplication:
    """Put an application together.

    Args:
        services: archive and settings; the settings must hold a token.
        request: sends the calls, instead of HTTP.
        polling: fetches the updates; `request` unless given.

    Raises:
        ConfigError: there is no token.
    """
    config = services.config
    monitor = _monitor(services)
    lanes = Lanes(metrics=services.metrics)
    pacing = Pacing(PUBLISHED if config.telegram.paced else UNLIMITED, services.metrics)
    builder = (
        ApplicationBuilder()
        .application_class(PatientApplication, {"services": services, "pacing": pacing})
        .token(config.require_token())
        .base_url(f"{config.telegram.api_url}/bot")
        .base_file_url(f"{config.telegram.api_url}/file/bot")
        .concurrent_updates(lanes)
        .rate_limiter(pacing)
        .job_queue(None)
        .request(request or Transport())
        .get_updates_request(polling or request or Transport())
    )
    desk = Desk(services)
    reloader, background = Reloader(services), Background(services.statistics)
    changing = Changing(services, reloader)

    async def admins_changed(before: Sequence[int], now: Sequence[int]) -> None:
        await change_admins(application.bot, before, now, admins.commands.values())

    trail = Trail(services)
    reload = Reload(services, reloader, background, trail, admins_changed)
    add = Add(desk, changing, background, trail)
    removal = Removal(desk, changing, background, trail)
    undo = Undo(changing, background, trail)
    articles, audit = Articles(desk), AuditPages(desk)
    admins = Admins(
        desk,
        trail,
        [
            AdminCommand(ARTICLES, texts.COMMAND_ARTICLES, articles.asked),
            AdminCommand(ADD, texts.COMMAND_ADD, add.asked, notes_itself=True),
            AdminCommand(REMOVE, texts.COMMAND_REMOVE, removal.asked, notes_itself=True),
            AdminCommand(UNDO, texts.COMMAND_UNDO, undo.asked, notes_itself=True),
            AdminCommand(
                RELOAD, texts.COMMAND_RELOAD, reload.asked, in_groups=True, notes_itself=True
            ),
            AdminCommand(MISSES, texts.COMMAND_MISSES, Misses(desk).show),
            AdminCommand(STATUS, texts.COMMAND_STATUS, Status(desk).show),
            AdminCommand(AUDIT, texts.COMMAND_AUDIT, audit.asked),
        ],
        {
            Listed: articles.pressed,
            Remove: removal.pressed,
            Keep: removal.pressed,
            Audited: audit.pressed,
        },
        add.uncaptioned,
    )

    async def watch_failed(reason: str) -> None:
        await tell_admins(application.bot, services.config, texts.WATCH_FAILED, reason=reason)

    watch = _watch(services, reloader, changing, watch_failed)

    async def greet(application: AnyApplication) -> None:
        reload.listen()
        if watch is not None:
            watch.start()
        setting.begin()
        held = services.archive.articles
        logger.info("ready", bot=application.bot.username, articles=held)

    async def stop(_: AnyApplication) -> None:
        await setting.stop()
        if watch is not None:
            await watch.stop()
        await background.stop()

    application = cast("PatientApplication", builder.post_init(greet).post_stop(stop).build())
    setting = Menus(application.bot, menus(config.access.admins, admins.commands.values()))
    if config.telegram.mode == "webhook":
        application.updater = Webhook(application, config, services.metrics)
    _add_handlers(application, desk, admins)
    if monitor is not None:
        monitor.watch(application, lanes, pacing)
    return application


def _add_handlers(application: AnyApplication, desk: Desk, admins: Admins) -> None:
    door = Door(desk.services)
    application.add_handlers(door.handlers(), group=BEFORE_ALL)
    settings, forget = ChatSettings(desk), Forget(desk)
    for front in (
        PrivateChat(desk, settings, forget, admins),
        Groups(desk, settings, admins),
        Channels(desk, settings, admins),
        Edits(desk),
        Presses(desk, settings, forget, admins),
        Inline(desk),
        Guests(desk),
    ):
        application.add_handlers(front.handlers())
    application.add_error_handler(Failures(desk).on_error)


def _monitor(services: Services) -> "Monitor | None":
    """Have everything counted, where the settings name a port at which it is asked for."""
    if not services.config.monitoring.port:
        return None
    # With an HTTP server and the library of Prometheus, for which others should not wait.
    from bot.telegram.monitor import Monitor  # noqa: PLC0415

    return Monitor(services)


def _watch(
    services: Services, reloader: Reloader, changing: Changing, on_failure: "OnFailure"
) -> "Watch | None":
    if not services.config.corpus.watch:
        return None
    # With what asks the system for changes, for which others should not wait.
    from bot.watching import Watch  # noqa: PLC0415

    return Watch(services, reloader, changing, on_failure)


async def _start_updates(application: PatientApplication) -> None:
    updater = application.updater
    if isinstance(updater, Webhook):
        await updater.start_webhook()
    elif updater is not None:
        await updater.start_polling(
            allowed_updates=ALLOWED_UPDATES,
            bootstrap_retries=-1,
            error_callback=partial(_polling_failed, application),
        )


def _polling_failed(application: PatientApplication, error: TelegramError) -> None:
    application.create_task(application.process_error(error=error, update=None))


def serve(services: Services) -> None:
    """Answer until SIGTERM or Ctrl-C; Telegram unreachable at the start is waited for.

    Raises:
        ConfigError: there is no token, Telegram does not know it, or it does not take the webhook.
        ListenError: a port can't be listened on.
        StateError: the state can't be opened.
    """
    telegram = services.config.telegram
    logger.info("connecting", api_url=telegram.api_url, mode=telegram.mode)
    polling = PollingRequest()
    application = polling.application = build_application(services, polling=polling)
    asyncio.run(run(application, partial(_start_updates, application)))
    updater = application.updater
    if polling.revoked or (isinstance(updater, Webhook) and updater.revoked):
        raise unknown_token(application.bot)
    logger.info("stopped")
