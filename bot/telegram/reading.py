"""Shows an article page by page, in a private chat."""

import asyncio

from telegram import Message

from bot import texts
from bot.links import ReadLink
from bot.reader import ReadingPage, reading_page
from bot.richtext import plain
from bot.services import Services
from bot.telegram.buttons import Read
from bot.telegram.keyboards import reading_keyboard
from bot.telegram.manner import Manner
from bot.telegram.replies import Ready, replace, reply


async def send_page(services: Services, message: Message, link: ReadLink, how: Manner) -> None:
    """Reply with the page of an article where the excerpt begins."""
    wanted = Read(link.key, link.excerpt)
    page = await asyncio.to_thread(_page, services, wanted, how)
    await reply(message, _ready(page, wanted, how))


async def turn_page(services: Services, message: Message, wanted: Read, how: Manner) -> None:
    """Put another page in the place of the one that a message shows."""
    page = await asyncio.to_thread(_page, services, wanted, how)
    await replace(message, _ready(page, wanted, how))


def _page(services: Services, wanted: Read, how: Manner) -> ReadingPage | None:
    article = services.archive.article(wanted.key)
    if article is None:
        return None
    return reading_page(article, wanted.excerpt, how.say, wanted.page)


def _ready(page: ReadingPage | None, wanted: Read, how: Manner) -> Ready:
    if page is None:
        return Ready(plain(how.say(texts.ARTICLE_GONE)))
    return Ready(page.text, reading_keyboard(page, wanted), link_previews=how.link_previews)
