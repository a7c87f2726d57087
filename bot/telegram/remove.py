"""/remove: an admin names an article, sees which it is, confirms by a button, and it is taken out."""

import asyncio
from functools import partial

import structlog
from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from bot import texts
from bot.changing import ArticleChangedError, Changing, article_digest
from bot.language import Texts, in_short
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Result
from bot.telegram.articles import short_id
from bot.telegram.asked import Command
from bot.telegram.background import Background
from bot.telegram.buttons import Keep, Remove
from bot.telegram.desk import Desk
from bot.telegram.identity import asker_of
from bot.telegram.manner import Manner
from bot.telegram.notices import notice
from bot.telegram.progress import Progress
from bot.telegram.replies import Ready, replace, reply
from bot.telegram.trail import Trail
from retrieval.archive import Archive
from retrieval.errors import DatelineError
from retrieval.keys import article_key
from retrieval.reading.places import Standing
from retrieval.reading.wording import shown

logger = structlog.get_logger("dateline.corpus")

REMOVE = "remove"
KEEP = "keep"


class Removal:
    """Removes articles.

    Args:
        desk: knows the archive, and answers in chats.
        changing: changes the corpus.
        background: where that goes on.
        trail: the audit log.
    """

    def __init__(
        self, desk: Desk, changing: Changing, background: Background, trail: Trail
    ) -> None:
        self._desk = desk
        self._changing = changing
        self._background = background
        self._trail = trail
        self._decided: set[tuple[int, int]] = set()
        """Messages whose buttons have been pressed: a press that comes late changes nothing."""

    async def asked(self, message: Message, command: Command, how: Manner) -> None:
        """`/remove ID`: show the article, with a button that removes it."""
        await self._trail.note(asker_of(message), REMOVE, command.rest, Result.NOTHING)
        if not command.rest:
            await self._desk.tell(message, texts.REMOVE_USAGE, how)
            return
        archive = self._desk.services.archive
        key = await asyncio.to_thread(_key, archive, command.rest)
        if key is None:
            await self._desk.tell(message, texts.REMOVE_UNKNOWN, how)
        else:
            sorry = partial(self._desk.tell, message, texts.FAILED, how)
            self._background.start(self._show(message, key, how), sorry)

    async def _show(self, message: Message, key: str, how: Manner) -> None:
        try:
            found = await self._changing.find(key)
        except DatelineError as error:
            await self._desk.tell(message, plain(str(error)), how)
            return
        if found is None:
            await self._desk.tell(message, texts.REMOVE_NOT_ON_DISK, how)
            return
        wanted = Remove(key, article_digest(found.standing.article))
        row = [
            InlineKeyboardButton(how.say(texts.REMOVE_YES), callback_data=str(wanted)),
            InlineKeyboardButton(how.say(texts.REMOVE_NO), callback_data=str(Keep())),
        ]
        page = _page(found.standing, how)
        await reply(message, Ready(page, InlineKeyboardMarkup([row]), silent=how.silent))

    async def pressed(
        self, query: CallbackQuery, message: Message, wanted: Remove | Keep, how: Manner
    ) -> None:
        """Remove the article, or keep it."""
        await notice(query)
        place = message.chat_id, message.message_id
        if place in self._decided:
            return
        self._decided.add(place)
        kept = isinstance(wanted, Keep)
        try:
            page = plain(how.say(texts.REMOVE_KEPT if kept else texts.RELOADING))
            await replace(message, Ready(page))
        except TelegramError:
            # The buttons still stand there.
            self._decided.discard(place)
            raise
        by = query.from_user.id
        if isinstance(wanted, Keep):
            await self._trail.note(by, REMOVE, KEEP, Result.NOTHING)
            return
        progress = Progress(message, how.say)
        self._background.start(self._remove(wanted, by, progress, how.say), progress.fail)

    async def _remove(self, wanted: Remove, by: int, progress: Progress, say: Texts) -> None:
        try:
            async with self._trail.following(by, REMOVE, wanted.key) as deed:
                act = await self._changing.remove(wanted.key, wanted.digest, progress.on)
                deed.came_to(Result.DONE, f"{shown(act.name)} {in_short(act.title)}")
        except ArticleChangedError:
            page = plain(say(texts.REMOVE_CHANGED))
        except DatelineError as error:
            page = plain(say(texts.RELOAD_FAILED, reason=str(error)))
        else:
            logger.info("an article was removed", file=shown(act.name), line=act.line, by=by)
            writer = Writer()
            writer.write(say(texts.REMOVED), Style.BOLD)
            writer.write(f"\n{in_short(act.title)}\n\n{say(texts.UNDO_HOW)}")
            page = writer.finish()
        await progress.end(page)


def _key(archive: Archive, named: str) -> str | None:
    """The key of an article that is called by its key or its id; None if there is none."""
    for key in (named, article_key(named)):
        if archive.article(key) is not None:
            return key
    return None


def _page(found: Standing, how: Manner) -> RichText:
    say, source = how.say, found.article.source
    place = found.name if found.line is None else f"{found.name}:{found.line}"
    writer = Writer()
    writer.write(f"{say(texts.REMOVE_ASK)}\n\n")
    writer.write(in_short(source.heading), Style.BOLD)
    writer.write(f"\n{say.short_day(source.date)}\n")
    writer.write(f"{say(texts.ARTICLE_ID, id=short_id(source))}\n")
    writer.write(say(texts.REMOVE_FILE, file=shown(place)))
    return writer.finish()
