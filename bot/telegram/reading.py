"""Makes a page of an article ready to be sent, for a private chat."""

import asyncio

from bot.reader import reading_page
from bot.telegram.buttons import Read
from bot.telegram.keyboards import reading_keyboard
from bot.telegram.manner import Manner
from bot.telegram.replies import Ready
from retrieval.archive import Archive


async def page_of(archive: Archive, wanted: Read, how: Manner) -> Ready | None:
    """The page that is wanted, with buttons to the others; None if there is no such article (any more)."""

    def work() -> Ready | None:
        article = archive.article(wanted.key)
        if article is None:
            return None
        page = reading_page(article, wanted.excerpt, how.say, wanted.page)
        keyboard = reading_keyboard(page, wanted)
        return Ready(page.text, keyboard, link_previews=how.link_previews)

    return await asyncio.to_thread(work)
