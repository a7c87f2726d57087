"""The one door to what only the bot's admins may do: it knows them by their ids, refuses all others, and notes both."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import CallbackQuery, Message

from bot import texts
from bot.state import Result
from bot.telegram.asked import Command, is_own_word
from bot.telegram.buttons import AdminPress
from bot.telegram.desk import Desk
from bot.telegram.identity import asker_of
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.trail import Trail

logger = structlog.get_logger("dateline.admin")

Act = Callable[[Message, Command, Manner], Awaitable[None]]
"""Does what a command asks for, and tells the admin."""

OnPress = Callable[[CallbackQuery, Message, Any, Manner], Awaitable[None]]
"""Does what a button of an admin's asks for, and answers the query; the third is the `AdminPress`."""

OnFile = Callable[[Message, Manner], Awaitable[None]]
"""Takes a file of an admin's that came without a word."""


@dataclass(frozen=True, slots=True)
class AdminCommand:
    """A command for the bot's admins.

    Args:
        name: without the slash.
        does: what it does, for the command menu.
        act: does it.
        in_groups: whether it may also be given where others read along.
        notes_itself: whether it writes into the audit log itself, because what comes of it is known later.
    """

    name: str
    does: str
    act: Act
    in_groups: bool = False
    notes_itself: bool = False


class Admins:
    """Lets those named in access.admins do what the bot's commands for them offer, and nobody else.

    Being the admin of a group, writing in a group's or channel's name, or having a button to press is no leave; nor is
    a command that an admin only passes on: forwarded from somebody else, or made by an inline bot.

    Args:
        desk: knows the settings, and answers in chats.
        trail: the audit log.
        commands: those that there are.
        presses: what is done when a button is pressed, by the kind of press.
        on_file: takes files that came without a word.
    """

    def __init__(
        self,
        desk: Desk,
        trail: Trail,
        commands: Sequence[AdminCommand],
        presses: Mapping[type[AdminPress], OnPress],
        on_file: OnFile,
    ) -> None:
        self._desk = desk
        self._trail = trail
        self._presses = presses
        self._on_file = on_file
        self.commands = {command.name: command for command in commands}

    def has(self, command: Command | None) -> bool:
        """Whether a command is one for admins."""
        return command is not None and command.name in self.commands

    async def asked(self, message: Message, command: Command, how: Manner) -> None:
        """Do what a command asks for if it comes from an admin; anybody else is told so, as far as the quota lasts."""
        wanted, user = self.commands[command.name], message.from_user
        if message.sender_chat is not None or user is None:
            await self._refuse(message, wanted, texts.WHO_ARE_YOU, how)
        elif not self._desk.is_admin(user):
            await self._refuse(message, wanted, texts.NOT_YOURS, how)
        elif not is_own_word(message):
            await self._refuse(message, wanted, texts.NOT_YOUR_WORD, how)
        elif not how.private and not wanted.in_groups:
            await self._trail.note(user.id, wanted.name, command.rest, Result.NOTHING)
            await self._desk.tell(message, texts.IN_PRIVATE_ONLY, how)
        else:
            logger.info("an admin's command", command=wanted.name, by=user.id)
            if wanted.notes_itself:
                await wanted.act(message, command, how)
            else:
                async with self._trail.following(user.id, wanted.name, command.rest):
                    await wanted.act(message, command, how)

    async def pressed(
        self, query: CallbackQuery, message: Message, wanted: AdminPress, how: Manner
    ) -> None:
        """Do what a button asks for if an admin pressed it, in their private chat; anybody else is told so."""
        act = type(wanted).__name__.lower()
        if await self.may_press(query, act, how):
            if how.private:
                await self._presses[type(wanted)](query, message, wanted, how)
            else:
                await notice(query, how.say(texts.IN_PRIVATE_ONLY), alert=True)

    async def uncaptioned(self, message: Message, how: Manner) -> bool:
        """Take a file that came without a word if it is an admin's; whether it was taken."""
        taken = message.document is not None and self._desk.is_admin(message.from_user)
        if taken:
            await self._on_file(message, how)
        return taken

    async def refuse_post(self, message: Message, command: Command) -> None:
        """A channel's post can't be traced to anybody, and is not answered."""
        admitted = self._desk.services.quota.admit(None, message.chat_id).admitted
        await self._note_refused(command.name, message.chat_id, in_audit=admitted)

    async def may_press(self, query: CallbackQuery, act: str, how: Manner) -> bool:
        """Whether a button of an admin's is pressed by an admin; anybody else is told so, and the query is answered.

        Args:
            query: the press.
            act: what the button does, for the log.
            how: to speak.
        """
        if self._desk.is_admin(query.from_user):
            return True
        by = query.from_user.id
        admitted = self._desk.services.quota.admit(by, None).admitted
        await self._note_refused(act, by, in_audit=admitted)
        await notice(query, how.say(texts.NOT_YOURS), alert=True)
        return False

    async def _refuse(self, message: Message, wanted: AdminCommand, why: str, how: Manner) -> None:
        admitted = await self._desk.admit(message, how)
        by = asker_of(message) or message.chat_id
        await self._note_refused(wanted.name, by, in_audit=admitted)
        if admitted:
            await self._desk.tell(message, why, how)

    async def _note_refused(self, act: str, by: int, *, in_audit: bool) -> None:
        """Log it; into the audit log it comes as far as the quota lasts, or a stranger could fill that."""
        logger.warning("refused: only the bot's admins may do that", command=act, by=by)
        if in_audit:
            await self._trail.note(by, act, "", Result.REFUSED)
