"""What happens when an update or the polling fails: a log line, and a word to the person who asked."""

import structlog
from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError

from bot import texts
from bot.telegram.desk import Desk
from bot.telegram.lasting import Lasting
from bot.telegram.notices import notice
from bot.telegram.pacing import NotSentError
from bot.telegram.reasons import reason_of
from bot.telegram.types import Context

RIVAL = "another process uses the same token: stop one of the two"

GIVEN_UP = "given_up"
"""What NotSentError is called where errors are counted."""

logger = structlog.get_logger("dateline.telegram")


class Failures:
    """Says what failed.

    Args:
        desk: knows the bot's settings.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rival, self._silence = Lasting(), Lasting()

    async def on_error(self, update: object, context: Context) -> None:
        """Log what failed, and tell the person who asked if that is still possible."""
        error = context.error
        reason = GIVEN_UP if isinstance(error, NotSentError) else reason_of(error)
        self._desk.services.metrics.failed(reason)
        if isinstance(error, Forbidden):
            logger.info("not allowed to write there", error=str(error))
        elif isinstance(error, NotSentError):
            logger.warning("an answer was given up", error=str(error))
        elif isinstance(error, Conflict):
            self._note_rival(error)
        elif isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            # python-telegram-bot makes a refused request a kind of network error.
            since = self._silence.happens()
            if since is not None or update is not None:
                logger.warning("Telegram could not be reached", error=str(error), **(since or {}))
        else:
            logger.error("an update failed", exc_info=error)
            self._desk.services.statistics.failed(f"{type(error).__name__}: {error}")
            if isinstance(update, Update):
                await self._tell(update)

    def _note_rival(self, error: Conflict) -> None:
        """Telegram gives each update to one of two processes, so that both seem to answer now and then."""
        since = self._rival.happens()
        if since is not None:
            logger.error(RIVAL, error=error.message, **since)
            self._desk.services.statistics.failed(RIVAL)

    async def _tell(self, update: Update) -> None:
        query, chat = update.callback_query, update.effective_chat
        asking = update.message or update.channel_post
        if chat is None:
            return
        how = await self._desk.manner(chat, update.effective_user)
        try:
            if query is not None:
                await notice(query, how.say(texts.FAILED), alert=True)
            elif asking is not None:
                await self._desk.tell(asking, texts.FAILED, how)
        except TelegramError as second:
            logger.warning("the failure could not be told", error=str(second))
