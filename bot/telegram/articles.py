"""/articles: an admin sees which articles there are, the newest first, page by page, each with its ID."""

import asyncio
import re

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot import texts
from bot.language import in_short
from bot.richtext import Style, Writer
from bot.telegram.asked import Command
from bot.telegram.buttons import GENERATION_LENGTH, Listed
from bot.telegram.desk import Desk
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.replies import Ready, replace, reply
from retrieval.archive import Archive
from retrieval.keys import article_key
from retrieval.types import Source

ARTICLES = "articles"

SHOWN = 10
"""Articles on a page; with long titles they still fit into a message."""

_TYPEABLE = re.compile(r"[\w.-]{1,40}", re.ASCII)


def short_id(source: Source) -> str:
    """What to call an article by: its own id if that is easily typed, else its key."""
    return source.id if _TYPEABLE.fullmatch(source.id) else article_key(source.id)


class Articles:
    """Lists the articles.

    Args:
        desk: knows the archive.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def asked(self, message: Message, _: Command, how: Manner) -> None:
        """Reply with the first page."""
        archive = self._desk.services.archive
        await reply(message, await asyncio.to_thread(_page, archive, 0, how))

    async def pressed(
        self, query: CallbackQuery, message: Message, wanted: Listed, how: Manner
    ) -> None:
        """Show another page; where the articles have changed meanwhile, the first."""
        archive = self._desk.services.archive
        changed = wanted.generation != archive.generation[:GENERATION_LENGTH]
        await notice(query, how.say(texts.ARTICLES_CHANGED) if changed else None)
        skip = 0 if changed or wanted.skip >= archive.articles else wanted.skip
        await replace(message, await asyncio.to_thread(_page, archive, skip, how))


def _page(archive: Archive, skip: int, how: Manner) -> Ready:
    say = how.say
    sources = archive.listing(SHOWN, skip)
    held = say.holding(archive.articles, archive.first_day, archive.last_day)
    writer = Writer()
    writer.write(say(texts.HOLDING, articles=held))
    if archive.articles > SHOWN:
        place = {
            "first": say.number(skip + 1),
            "last": say.number(skip + len(sources)),
            "count": say.number(archive.articles),
        }
        writer.write(f"\n{say(texts.ARTICLES_PLACE, **place)}")
    for source in sources:
        writer.write("\n\n")
        writer.write(in_short(source.heading), Style.BOLD)
        writer.write(f"\n{say.short_day(source.date)}\n")
        before, _, after = say(texts.ARTICLE_ID, id="\0").partition("\0")
        writer.write(before)
        writer.write(short_id(source), Style.CODE)
        writer.write(after)
    return Ready(writer.finish(), _keyboard(archive, skip, how), silent=how.silent)


def _keyboard(archive: Archive, skip: int, how: Manner) -> InlineKeyboardMarkup | None:
    def to(label: str, place: int) -> InlineKeyboardButton:
        there = Listed(archive.generation, max(0, place))
        return InlineKeyboardButton(how.say(label), callback_data=str(there))

    row = []
    if skip:
        row.append(to(texts.ARTICLES_NEWER, skip - SHOWN))
    if skip + SHOWN < archive.articles:
        row.append(to(texts.ARTICLES_OLDER, skip + SHOWN))
    return InlineKeyboardMarkup([row]) if row else None
