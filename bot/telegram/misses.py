"""The list of /misses: what was asked in vain or found unhelpful, for those in access.admins."""

from telegram import Message

from bot import texts
from bot.language import in_short
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Miss, Totals
from bot.telegram.asked import Command
from bot.telegram.desk import Desk
from bot.telegram.manner import Manner
from bot.telegram.tolerated import tolerated

MISSES = "misses"

SHOWN = 20
"""Questions in the list; a message holds about as many."""


class Misses:
    """Shows admins what went unanswered.

    Args:
        desk: knows the state.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, message: Message, _: Command, how: Manner) -> None:
        """Reply with the list."""
        with tolerated("what was missed could not be read"):
            state = self._desk.services.state
            page = _page(await state.misses(SHOWN), await state.totals(), how)
            await self._desk.tell(message, page, how)
            return
        await self._desk.tell(message, texts.FAILED, how)


def _page(misses: list[Miss], totals: Totals, how: Manner) -> RichText:
    say = how.say
    if not misses:
        return plain(say(texts.MISSES_NONE))
    writer = Writer()
    writer.write(say(texts.MISSES_TITLE), Style.BOLD)
    votes = say(texts.MISSES_TOTALS, up=say.number(totals.up), down=say.number(totals.down))
    writer.write(f"\n{votes}\n")
    for miss in misses:
        line = say(
            texts.MISSES_LINE,
            question=in_short(miss.question),
            missed=say.number(miss.missed),
            unhelpful=say.number(miss.unhelpful),
        )
        writer.write(f"\n• {line}")
    return writer.finish()
