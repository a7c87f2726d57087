"""/audit: who did what that only admins may do, and who tried to, the latest first."""

from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot import texts
from bot.language import moment
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Audit, Result
from bot.telegram.asked import Command
from bot.telegram.buttons import Audited
from bot.telegram.desk import Desk
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.replies import Ready, replace, reply
from bot.telegram.tolerated import tolerated

AUDIT = "audit"

SHOWN = 10
"""Lines on a page; ten of the longest fit into a message."""

_RESULTS = {
    Result.DONE: texts.AUDIT_DONE,
    Result.REFUSED: texts.AUDIT_REFUSED,
    Result.FAILED: texts.AUDIT_FAILED,
    Result.NOTHING: texts.AUDIT_NOTHING,
}


class AuditPages:
    """Shows the audit log page by page.

    Args:
        desk: knows the state.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def asked(self, message: Message, _: Command, how: Manner) -> None:
        """Reply with the first page."""
        with tolerated("the audit log could not be read"):
            await reply(message, await self._page(0, how))
            return
        await self._desk.tell(message, texts.FAILED, how)

    async def pressed(
        self, query: CallbackQuery, message: Message, wanted: Audited, how: Manner
    ) -> None:
        """Show another page."""
        with tolerated("the audit log could not be read") as trouble:
            page = await self._page(wanted.skip, how)
        if trouble:
            await notice(query, how.say(texts.FAILED), alert=True)
            return
        await notice(query)
        await replace(message, page)

    async def _page(self, skip: int, how: Manner) -> Ready:
        # One more than is shown, to tell whether there is one.
        lines = await self._desk.services.state.audits(SHOWN + 1, skip)
        row = []
        if skip:
            row.append(_button(texts.BACK, skip - SHOWN, how))
        if len(lines) > SHOWN:
            row.append(_button(texts.MORE, skip + SHOWN, how))
        keyboard = InlineKeyboardMarkup([row]) if row else None
        return Ready(_written(lines[:SHOWN], how), keyboard, silent=how.silent)


def _button(label: str, skip: int, how: Manner) -> InlineKeyboardButton:
    return InlineKeyboardButton(how.say(label), callback_data=str(Audited(max(0, skip))))


def _written(lines: Sequence[Audit], how: Manner) -> RichText:
    say = how.say
    if not lines:
        return plain(say(texts.AUDIT_EMPTY))
    writer = Writer()
    writer.write(say(texts.AUDIT_TITLE), Style.BOLD)
    for line in lines:
        writer.write("\n• ")
        writer.write(moment(line.at), Style.TIME, at=line.at)
        writer.write(f" {line.who} ")
        writer.write(f"{line.act} {line.detail}".strip(), Style.CODE)
        writer.write(f" {say(_RESULTS[line.result])}")
    return writer.finish()
