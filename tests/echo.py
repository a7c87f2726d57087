"""A bot that says again what it was told, paced as Dateline is, on virtual time; and what Telegram saw of it."""

import asyncio
import os
import random
from bisect import bisect_left
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from fake_telegram import Chat, FakeRequest, FakeTelegram
from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from virtual_clock import VirtualClock, deliver

from bot.telegram.budgets import PUBLISHED, Budgets
from bot.telegram.lanes import Lanes
from bot.telegram.pacing import Pacing

UNPACED = {"getMe", "getChat", "answerCallbackQuery", "answerInlineQuery"}


class SlowRequest(FakeRequest):
    """A line on which no request takes as long as the one before."""

    def __init__(self, fake: FakeTelegram, slowest: float, seed: int = 0):
        super().__init__(fake)
        self.slowest = slowest
        self.random = random.Random(seed)

    async def do_request(self, *args, **named):
        await asyncio.sleep(self.random.uniform(0, self.slowest))
        answer = await super().do_request(*args, **named)
        await asyncio.sleep(self.random.uniform(0, self.slowest))
        return answer


@dataclass
class Echo:
    """A bot that says again what it was told, and the people who write to it."""

    fake: FakeTelegram
    pacing: Pacing
    app: Application
    clock: VirtualClock
    asked: dict[int, list[str]] = field(default_factory=dict)
    """By chat, in order."""
    work: list[asyncio.Task[None]] = field(default_factory=list)
    errors: list[Exception | None] = field(default_factory=list)

    @property
    def bot(self):
        return self.app.bot

    def private(self) -> Chat:
        return self.fake.private(self.fake.user())

    def ask(self, chat: Chat) -> asyncio.Task[None]:
        texts = self.asked.setdefault(chat.id, [])
        texts.append(f"question {len(texts)} in {chat.id}")
        if chat.type == "channel":
            update = self.fake.posts(chat, texts[-1])
        else:
            update = self.fake.says(chat, self.fake.user(), texts[-1])
        (task,) = deliver(self.app, update)
        self.work.append(task)
        return task

    def answers(self, chat: Chat | int) -> list[str]:
        return [message.text for message in self.fake.sent(chat)]

    def at(self, chat: Chat) -> list[float]:
        """Seconds after the beginning at which something was sent to a chat."""
        return [when - self.clock.start for when in times(self.fake, chat.id)]

    async def done(self) -> None:
        await asyncio.gather(*self.work)
        assert {chat: self.answers(chat) for chat in self.asked} == self.asked
        assert self.errors == self.fake.refused() == []


def times(fake: FakeTelegram, chat: int | None = None) -> list[float]:
    """When the paced requests came to Telegram, by chat or all."""
    return [
        call.at
        for call in fake.calls
        if call.method not in UNPACED and chat in {None, call.params.get("chat_id")}
    ]


def most(moments: list[float], seconds: float) -> int:
    """How many of them lie within any such time, its end excluded."""
    ordered = sorted(moments)
    return max(
        (bisect_left(ordered, when + seconds) - n for n, when in enumerate(ordered)), default=0
    )


def check_budgets(fake: FakeTelegram, budgets: Budgets = PUBLISHED) -> None:
    assert budgets.overall is not None
    assert budgets.chat is not None
    assert budgets.group is not None
    assert most(times(fake), budgets.overall.seconds) <= budgets.overall.count
    for chat in fake.chats.values():
        assert most(times(fake, chat.id), budgets.chat.seconds) <= budgets.chat.count
        if chat.id < 0:
            assert most(times(fake, chat.id), budgets.group.seconds) <= budgets.group.count


@asynccontextmanager
async def echo(
    budgets: Budgets = PUBLISHED, *, floods: bool = True, slowest: float = 0.0, seed: int = 0
) -> AsyncIterator[Echo]:
    clock, pacing = VirtualClock(), Pacing(budgets)
    fake = FakeTelegram(clock=clock, floods=floods, privacy=False)
    request = SlowRequest(fake, slowest, seed) if slowest else FakeRequest(fake)
    app = (
        ApplicationBuilder()
        .token(fake.token)
        .request(request)
        .get_updates_request(FakeRequest(fake))
        .rate_limiter(pacing)
        .concurrent_updates(Lanes(clock.utc))
        .job_queue(None)
        .build()
    )

    async def again(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.effective_message.reply_text(update.effective_message.text)

    async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("pressed")

    bot = Echo(fake, pacing, app, clock)

    async def failed(_: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        bot.errors.append(context.error)

    app.add_handler(MessageHandler(filters.TEXT, again))
    app.add_handler(CallbackQueryHandler(pressed))
    app.add_error_handler(failed)
    # Without it, PTB warns of its own future whenever Telegram asks for patience.
    with patch.dict(os.environ, {"PTB_TIMEDELTA": "1"}):
        async with app:
            yield bot
    fake.check()
