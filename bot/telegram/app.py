"""Wires the Telegram front end: services in, a python-telegram-bot application out."""

import structlog
from telegram import Update
from telegram.ext import ApplicationBuilder
from telegram.request import BaseRequest

from bot import texts
from bot.reloading import Reloader
from bot.services import Services
from bot.telegram.admins import AdminCommand, Admins
from bot.telegram.budgets import PUBLISHED, UNLIMITED
from bot.telegram.channels import Channels
from bot.telegram.chat_settings import ChatSettings
from bot.telegram.connection import PatientApplication, PollingRequest, unknown_token
from bot.telegram.desk import Desk
from bot.telegram.door import BEFORE_ALL, Door
from bot.telegram.edits import Edits
from bot.telegram.failures import Failures
from bot.telegram.forget import Forget
from bot.telegram.groups import Groups
from bot.telegram.guests import Guests
from bot.telegram.inline import Inline
from bot.telegram.lanes import Lanes
from bot.telegram.menus import set_menus
from bot.telegram.misses import MISSES, Misses
from bot.telegram.pacing import Pacing
from bot.telegram.presses import Presses
from bot.telegram.private import PrivateChat
from bot.telegram.reload import RELOAD, Reload
from bot.telegram.status import STATUS, Status
from bot.telegram.transport import Transport
from bot.telegram.types import AnyApplication

logger = structlog.get_logger("dateline.telegram")

ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.MY_CHAT_MEMBER,
]
"""Named, because leaving it out keeps whatever was set before."""


def build_application(
    services: Services, request: BaseRequest | None = None, polling: BaseRequest | None = None
) -> AnyApplication:
    """Put an application together.

    Args:
        services: archive and settings; the settings must hold a token.
        request: sends the calls, instead of HTTP.
        polling: fetches the updates; `request` unless given.

    Raises:
        ConfigError: there is no token.
    """
    config = services.config
    pacing = Pacing(PUBLISHED if config.telegram.paced else UNLIMITED)
    builder = (
        ApplicationBuilder()
        .application_class(PatientApplication, {"services": services, "pacing": pacing})
        .token(config.require_token())
        .base_url(f"{config.telegram.api_url}/bot")
        .base_file_url(f"{config.telegram.api_url}/file/bot")
        .concurrent_updates(Lanes())
        .rate_limiter(pacing)
        .job_queue(None)
        .request(request or Transport())
        .get_updates_request(polling or request or Transport())
    )
    desk = Desk(services)
    reload = Reload(Reloader(services))
    admins = Admins(
        desk,
        [
            AdminCommand(MISSES, texts.COMMAND_MISSES, Misses(desk).show),
            AdminCommand(STATUS, texts.COMMAND_STATUS, Status(desk).show),
            AdminCommand(RELOAD, texts.COMMAND_RELOAD, reload.asked, in_groups=True),
        ],
    )

    async def greet(application: AnyApplication) -> None:
        reload.listen()
        await set_menus(application.bot, config.access.admins, admins.commands.values())
        articles = services.archive.articles
        logger.info("ready", bot=application.bot.username, articles=articles)

    async def stop(_: AnyApplication) -> None:
        await reload.stop()

    application: AnyApplication = builder.post_init(greet).post_stop(stop).build()
    _add_handlers(application, desk, admins)
    return application


def _add_handlers(application: AnyApplication, desk: Desk, admins: Admins) -> None:
    door = Door(desk.services.config.access)
    application.add_handlers(door.handlers(), group=BEFORE_ALL)
    settings, forget = ChatSettings(desk), Forget(desk)
    for front in (
        PrivateChat(desk, settings, forget, admins),
        Groups(desk, settings, admins),
        Channels(desk, settings, admins),
        Edits(desk),
        Presses(desk, settings, forget),
        Inline(desk),
        Guests(desk),
    ):
        application.add_handlers(front.handlers())
    application.add_error_handler(Failures(desk).on_error)


def run_polling(services: Services) -> None:
    """Answer until SIGTERM or Ctrl-C; Telegram unreachable at the start is waited for.

    Raises:
        ConfigError: there is no token, or Telegram does not know it.
        StateError: the state can't be opened.
    """
    logger.info("connecting", api_url=services.config.telegram.api_url)
    polling = PollingRequest()
    application = polling.application = build_application(services, polling=polling)
    application.run_polling(allowed_updates=ALLOWED_UPDATES, bootstrap_retries=-1)
    if polling.revoked:
        raise unknown_token(application.bot)
    logger.info("stopped")
