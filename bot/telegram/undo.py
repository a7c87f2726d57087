"""/undo: an admin takes back the last change of the articles, however it was made, and then the one before."""

import structlog
from telegram import Message

from bot import texts
from bot.changing import Changing
from bot.corpus.journal import Act, Kind
from bot.language import Texts, in_short
from bot.richtext import RichText, Style, Writer, plain
from bot.state import Result
from bot.telegram.asked import Command
from bot.telegram.background import Background
from bot.telegram.identity import asker_of
from bot.telegram.manner import Manner
from bot.telegram.progress import Progress
from bot.telegram.replies import Ready, reply
from bot.telegram.trail import Trail
from retrieval.errors import DatelineError
from retrieval.reading.wording import shown

logger = structlog.get_logger("dateline.corpus")

UNDO = "undo"
SKIP = "skip"

_SAID = {
    Kind.ADD: texts.UNDONE_ADD,
    Kind.REPLACE: texts.UNDONE_REPLACE,
    Kind.REMOVE: texts.UNDONE_REMOVE,
}


class Undo:
    """Takes changes back.

    Args:
        changing: changes the corpus.
        background: where that goes on.
        trail: the audit log.
    """

    def __init__(self, changing: Changing, background: Background, trail: Trail) -> None:
        self._changing = changing
        self._background = background
        self._trail = trail

    async def asked(self, message: Message, command: Command, how: Manner) -> None:
        """`/undo`, or `/undo skip` where a change can't be taken back."""
        told = await reply(message, Ready(plain(how.say(texts.UNDOING)), silent=how.silent))
        skip = command.rest.lower() == SKIP
        by = asker_of(message)
        progress = Progress(told, how.say)
        self._background.start(self._undo(progress, how.say, by, skip=skip), progress.fail)

    async def _undo(self, progress: Progress, say: Texts, by: int | None, *, skip: bool) -> None:
        try:
            async with (
                self._changing.in_order,
                self._trail.following(by, UNDO, SKIP if skip else "") as deed,
            ):
                acts, unread = await self._changing.undo(progress.on, skip=skip)
                names = ", ".join(f"{act.kind.value} {shown(act.name)}" for act in acts)
                deed.came_to(Result.DONE if acts else Result.NOTHING, f"{names} {unread}".strip())
        except DatelineError as error:
            await progress.end(plain(say(texts.UNDO_FAILED, reason=str(error))))
            return
        for act in acts:
            logger.info("a change was taken back", kind=act.kind.value, file=shown(act.name))
        if skip and acts:
            page = plain(say(texts.UNDO_SKIPPED))
        else:
            page = _page(acts, unread, say) if acts else plain(say(texts.UNDO_NOTHING))
        await progress.end(page)


def _page(acts: list[Act], unread: str, say: Texts) -> RichText:
    writer = Writer()
    writer.write(say(texts.UNDONE), Style.BOLD)
    for act in acts:
        writer.write(
            f"\n• {say(_SAID[act.kind], file=shown(act.name), title=in_short(act.title))}"
        )
    if unread:
        writer.write(f"\n\n{say(texts.UNDONE_UNREAD, reason=unread)}")
    return writer.finish()
