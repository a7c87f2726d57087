"""Sets the command menus: one for private chats, groups, their admins, and the bot's admins, in every language."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot import texts
from bot.language import ENGLISH, LANGUAGES, Texts
from bot.telegram.admins import AdminCommand
from bot.telegram.asked import ASK, HELP
from bot.telegram.chat_settings import SETTINGS

logger = structlog.get_logger("dateline.telegram")

Menu = Sequence[tuple[str, str]]
"""Commands and what they do."""

_ASK = (ASK, texts.COMMAND_ASK)
_HELP = (HELP, texts.COMMAND_HELP)
_SETTINGS = (SETTINGS, texts.COMMAND_SETTINGS)


def menus(
    admins: Sequence[int], commands: Iterable[AdminCommand]
) -> Iterator[tuple[BotCommandScope, Menu]]:
    """Every menu and who sees it.

    Args:
        admins: user ids of the bot's admins, who have a menu of their own.
        commands: what only they may do.
    """
    yield BotCommandScopeAllPrivateChats(), (_ASK, _SETTINGS, _HELP)
    yield BotCommandScopeAllGroupChats(), (_ASK,)
    yield (
        BotCommandScopeAllChatAdministrators(),
        (_ASK, (SETTINGS, texts.COMMAND_CHAT_SETTINGS)),
    )
    own = [(command.name, command.does) for command in commands]
    for admin in admins:
        yield BotCommandScopeChat(admin), (_ASK, _SETTINGS, *own, _HELP)


class Menus:
    """Sets the menus while the bot answers already: to ask for what is set takes a request for each of them.

    Args:
        bot: whose menus they are.
        wanted: every menu and who sees it.
    """

    def __init__(self, bot: Bot, wanted: Iterable[tuple[BotCommandScope, Menu]]) -> None:
        self._bot = bot
        self._wanted = wanted
        self._setting: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin; nobody has to wait for it."""
        self._setting = asyncio.create_task(self._set_all())

    async def stop(self) -> None:
        """Leave the rest to the next start."""
        if self._setting is not None:
            self._setting.cancel()
            with suppress(asyncio.CancelledError):
                await self._setting

    async def _set_all(self) -> None:
        # One after the other, so that answers need not wait behind dozens of requests.
        for scope, menu in self._wanted:
            for language in LANGUAGES:
                await _set(self._bot, scope, menu, language)


async def change_admins(
    bot: Bot, before: Sequence[int], now: Sequence[int], commands: Iterable[AdminCommand]
) -> None:
    """Give new admins their menu, and take it from those who are none any more.

    Args:
        bot: whose menus they are.
        before: user ids of those who were admins.
        now: user ids of those who are.
        commands: what only admins may do.
    """
    new = [admin for admin in now if admin not in before]
    own = [
        (scope, menu)
        for scope, menu in menus(new, commands)
        if isinstance(scope, BotCommandScopeChat)
    ]
    gone = [BotCommandScopeChat(admin) for admin in before if admin not in now]
    await asyncio.gather(
        *(_set(bot, scope, menu, language) for scope, menu in own for language in LANGUAGES),
        *(_delete(bot, scope, language) for scope in gone for language in LANGUAGES),
    )


async def _delete(bot: Bot, scope: BotCommandScope, language: str) -> None:
    try:
        await bot.delete_my_commands(scope, None if language == ENGLISH else language)
    except TelegramError as error:
        logger.warning("a command menu could not be deleted", error=error.message)


async def _set(bot: Bot, scope: BotCommandScope, menu: Menu, language: str) -> None:
    """Set a menu if it isn't as wanted; one that Telegram refuses is logged, and costs nothing else."""
    say = Texts(language)
    commands = tuple(BotCommand(name, say(description)) for name, description in menu)
    # English is what those see whose language has no menu of its own.
    code = None if language == ENGLISH else language
    try:
        if await bot.get_my_commands(scope, code) != commands:
            await bot.set_my_commands(commands, scope, code)
    except TelegramError as error:
        logger.warning(
            "the command menu could not be set",
            scope=scope.type,
            language=language,
            error=error.message,
        )
