"""Private chats: any text is a question, and a few commands."""

import asyncio

import structlog
from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot import texts
from bot.pages import ask_usage_page, help_page
from bot.render import render
from bot.richtext import plain
from bot.services import Services
from bot.telegram.replies import reply

logger = structlog.get_logger("dateline.private")

Context = ContextTypes.DEFAULT_TYPE

FRESH_PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
"""New messages only: without it, PTB's handlers also fire on edits, channel posts and guest messages."""


class PrivateChat:
    """Answers one person."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """In the order in which they are to be tried."""
        return [
            CommandHandler(["start", "help"], self.help, filters=FRESH_PRIVATE),
            CommandHandler("ask", self.ask, filters=FRESH_PRIVATE),
            MessageHandler(FRESH_PRIVATE & filters.COMMAND, self.unknown_command),
            MessageHandler(FRESH_PRIVATE & (filters.TEXT | filters.CAPTION), self.question),
            MessageHandler(FRESH_PRIVATE & ~filters.StatusUpdate.ALL, self.not_text),
        ]

    async def help(self, update: Update, _: Context) -> None:
        """What the bot does, what it holds, and two questions to try."""
        page = await asyncio.to_thread(help_page, self._services.archive)
        await reply(_message(update), page)

    async def ask(self, update: Update, _: Context) -> None:
        """`/ask QUESTION`."""
        question = _after_command(_message(update).text or "")
        if question:
            await self._answer(update, question)
        else:
            page = await asyncio.to_thread(ask_usage_page, self._services.archive)
            await reply(_message(update), page)

    async def question(self, update: Update, _: Context) -> None:
        """Any text, or the caption of a picture."""
        message = _message(update)
        # Telegram's commands count in texts only; whoever writes one under a picture means it all the same.
        caption = message.caption or ""
        question = message.text or (_after_command(caption) if caption[:1] == "/" else caption)
        await self._answer(update, question)

    async def unknown_command(self, update: Update, _: Context) -> None:
        """A command that isn't ours."""
        await reply(_message(update), plain(texts.UNKNOWN_COMMAND))

    async def not_text(self, update: Update, _: Context) -> None:
        """A sticker, a voice message and the like."""
        await reply(_message(update), plain(texts.NOT_TEXT))

    async def _answer(self, update: Update, question: str) -> None:
        answer = await asyncio.to_thread(self._services.ask, question)
        logger.info(
            "answered",
            outcome=answer.outcome.value,
            confidence=round(answer.confidence, 2),
            milliseconds=round(answer.milliseconds, 1),
        )
        await reply(_message(update), render(answer))


def _message(update: Update) -> Message:
    message = update.effective_message
    if message is None:
        raise TypeError(f"update {update.update_id} carries no message")
    return message


def _after_command(text: str) -> str:
    _, *rest = text.split(maxsplit=1)
    return rest[0] if rest else ""
