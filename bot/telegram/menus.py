"""Sets the command menus: one for private chats, groups, their admins, and the bot's admins, in every language."""

import asyncio
from collections.abc import Iterator, Sequence

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

logger = structlog.get_logger("dateline.telegram")

ASK = ("ask", texts.COMMAND_ASK)
HELP = ("help", texts.COMMAND_HELP)
SETTINGS = ("settings", texts.COMMAND_SETTINGS)
CHAT_SETTINGS = ("settings", texts.COMMAND_CHAT_SETTINGS)
MISSES = ("misses", texts.COMMAND_MISSES)

Menu = Sequence[tuple[str, str]]


def menus(admins: Sequence[int]) -> Iterator[tuple[BotCommandScope, Menu]]:
    """Every menu and who sees it.

    Args:
        admins: user ids of the bot's admins, who have a menu of their own.
    """
    yield BotCommandScopeAllPrivateChats(), (ASK, SETTINGS, HELP)
    yield BotCommandScopeAllGroupChats(), (ASK,)
    yield BotCommandScopeAllChatAdministrators(), (ASK, CHAT_SETTINGS)
    for admin in admins:
        yield BotCommandScopeChat(admin), (ASK, SETTINGS, MISSES, HELP)


async def set_menus(bot: Bot, admins: Sequence[int]) -> None:
    """Set all menus; one that Telegram refuses is logged, and costs nothing else."""
    await asyncio.gather(
        *(
            _set(bot, scope, menu, language)
            for scope, menu in menus(admins)
            for language in LANGUAGES
        )
    )


async def _set(bot: Bot, scope: BotCommandScope, menu: Menu, language: str) -> None:
    say = Texts(language)
    commands = [BotCommand(name, say(description)) for name, description in menu]
    # English is what those see whose language has no menu of its own.
    code = None if language == ENGLISH else language
    try:
        await bot.set_my_commands(commands, scope=scope, language_code=code)
    except TelegramError as error:
        logger.warning(
            "the command menu could not be set",
            scope=scope.type,
            language=language,
            error=error.message,
        )
