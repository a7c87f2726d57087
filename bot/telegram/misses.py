"""The list of /misses: what was asked in vain or found unhelpful, for those in access.admins; all of it as a file."""

import csv
import io

from telegram import Message

from bot import texts
from bot.language import in_short
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Miss, State, Totals
from bot.telegram.asked import Command
from bot.telegram.desk import Desk
from bot.telegram.manner import Manner
from bot.telegram.tolerated import tolerated

MISSES = "misses"
FILE = "file"

FILE_NAME = "misses.csv"
COLUMNS = ("question", "not found", "unhelpful", "last day")

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; a question is none."""

AT_ONCE = 1_000
"""Questions read from the state at once for the file."""

SHOWN = 20
"""Questions in the list; a message holds about as many."""


class Misses:
    """Shows admins what went unanswered.

    Args:
        desk: knows the state.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, message: Message, command: Command, how: Manner) -> None:
        """Reply with the list; for `/misses file`, with a file of all that is kept."""
        with tolerated("what was missed could not be read"):
            state = self._desk.services.state
            if command.rest.lower() == FILE and (misses := await _all(state)):
                await message.reply_document(io.BytesIO(_table(misses)), filename=FILE_NAME)
                return
            page = _page(await state.misses(SHOWN), await state.totals(), how)
            await self._desk.tell(message, page, how)
            return
        await self._desk.tell(message, texts.FAILED, how)


async def _all(state: State) -> list[Miss]:
    found: list[Miss] = []
    while len(more := await state.misses(AT_ONCE, len(found))) == AT_ONCE:
        found += more
    return found + more


def _table(misses: list[Miss]) -> bytes:
    """As CSV, with the mark at its head by which spreadsheets know UTF-8."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for miss in misses:
        question = " ".join(miss.question.split())
        # An apostrophe keeps a spreadsheet from calculating.
        safe = f"'{question}" if question.startswith(FORMULAS) else question
        table.writerow((safe, miss.missed, miss.unhelpful, miss.last.date().isoformat()))
    return text.getvalue().encode("utf-8-sig", "replace")


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
    writer.write(f"\n\n{say(texts.MISSES_FILE)}")
    return writer.finish()
