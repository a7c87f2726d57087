"""Tells the bot's admins, each in private, what they should know though nobody has asked."""

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.config import Config
from bot.language import Texts
from bot.richtext import plain
from bot.telegram.message import to_message

logger = structlog.get_logger("dateline.telegram")


async def tell_admins(bot: Bot, config: Config, sentence: str, **values: object) -> None:
    """Write to every admin; one who can't be written to costs nothing else.

    Args:
        bot: who writes.
        config: names the admins, and the language.
        sentence: of `bot.texts`.
        **values: what is filled in.
    """
    text, entities = to_message(plain(Texts(config.telegram.language)(sentence, **values)))
    for admin in filter(config.access.is_admin, config.access.admins):
        try:
            await bot.send_message(admin, text, entities=entities)
        except TelegramError as error:
            logger.warning("an admin could not be told", admin=admin, error=error.message)
