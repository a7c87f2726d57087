"""Decides who is let in: whom the bot answers at all, and which groups and channels it leaves."""

import structlog
from telegram import Chat, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler

from bot.services import Services
from bot.settings import AccessSettings
from bot.telegram.notices import notice
from bot.telegram.types import Context, Handlers

logger = structlog.get_logger("dateline.access")

BEFORE_ALL = -1
"""The group of handlers that is tried before the others."""


class Door:
    """Stops updates of those who are not to be answered.

    Args:
        services: whose settings say who is.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> Handlers:
        """To be tried before all others."""
        return [TypeHandler(Update, self.check)]

    async def check(self, update: Update, context: Context) -> None:
        """Let an update pass, or stop it.

        Raises:
            telegram.ext.ApplicationHandlerStop: it is stopped.
        """
        chat, user = update.effective_chat, update.effective_user
        sender = update.effective_sender
        ids = {one.id for one in (chat, user, sender) if one is not None}
        # In a chat where it is called as a guest, the bot is no member.
        member = update.guest_message is None
        room = chat if member and chat is not None and chat.type != Chat.PRIVATE else None
        if room is not None and not self._may_stay(room.id):
            await self._leave(room, context)
        elif room is not None:
            if ids.isdisjoint(self._access.blocked) and update.my_chat_member is None:
                return
        elif self._may_ask(user.id if user is not None else None, ids):
            return
        if update.callback_query is not None:
            await notice(update.callback_query)
        raise ApplicationHandlerStop

    @property
    def _access(self) -> AccessSettings:
        return self._services.config.access

    def _may_stay(self, chat_id: int) -> bool:
        access = self._access
        allowed = not access.allowed or chat_id in access.allowed
        return access.where != "private" and allowed and chat_id not in access.blocked

    def _may_ask(self, user_id: int | None, ids: set[int]) -> bool:
        """Whether somebody is answered in a private chat, inline or as a guest.

        The bot's admins are, whatever is allowed; nobody is who is blocked.
        """
        access = self._access
        if not ids.isdisjoint(access.blocked):
            return False
        allowed = not access.allowed or user_id in access.allowed
        return access.is_admin(user_id) or (access.where != "groups" and allowed)

    async def _leave(self, chat: Chat, context: Context) -> None:
        try:
            await context.bot.leave_chat(chat.id)
        except TelegramError as error:
            logger.info("a chat could not be left", chat=chat.id, error=error.message)
        else:
            logger.info("left a chat that is not allowed", chat=chat.id)
