"""Lets the bot's requests go no faster than Telegram takes them, those to one chat in the order in which they came."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial

import structlog
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.metrics import Metrics
from bot.telegram.budgets import MARGIN, NEVER, PUBLISHED, Budget, Budgets, Window
from bot.telegram.reasons import OK, reason_of

logger = structlog.get_logger("dateline.telegram")

RETRIES = 3
"""How often a request is sent again that Telegram refused for coming too soon."""

GRACE = 5.0
"""Seconds for which waiting requests may hold up a bot that is told to stop."""

SEVERAL = 3
"""So many chats refused at about the same time mean that the bot as a whole is too fast."""

SAME_TIME = 1.0
"""Seconds within which refusals count as several at the same time."""

CANCELLED = "cancelled"
"""What is counted as the result of a request that was called off while it was under way."""

Key = int | str
Result = bool | dict[str, object] | list[dict[str, object]]


class NotSentError(TelegramError):
    """A request was given up because the bot is stopping; nothing of it reached Telegram."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(
            message
            or "not sent: the bot is stopping, and Telegram's limits would have held this back for more than"
            f" {GRACE:g} seconds; ask again when it is back"
        )


class _Chat:
    """Whose turn it is in a chat (or with an inline message), and from when on it may send."""

    def __init__(self, key: Key | None, budgets: list[Budget | None]) -> None:
        self.key = key
        self.windows = [Window(budget) for budget in budgets if budget is not None]
        self.turn = asyncio.Lock()
        self.requests = 0
        self.paused_until = NEVER

    def open_at(self) -> float:
        return max([self.paused_until, *(window.open_at() for window in self.windows)])

    def empty_at(self) -> float:
        return max([self.paused_until, *(window.empty_at() for window in self.windows)])


class Pacing(BaseRateLimiter[None]):
    """For `ApplicationBuilder.rate_limiter`; it serves one bot on one event loop.

    A chat sends one request at a time. It first waits for its own budgets, and only then, in line with the
    other chats that may send, for the overall one: a chat that waits is in nobody's way.

    Args:
        budgets: how many requests Telegram takes.
        metrics: are told of every request.
    """

    def __init__(self, budgets: Budgets = PUBLISHED, metrics: Metrics | None = None) -> None:
        self._budgets = budgets
        self._metrics = metrics or Metrics()
        self._overall = asyncio.Semaphore(budgets.overall.count) if budgets.overall else None
        self._chats: dict[Key, _Chat] = {}
        self._waiting: dict[_Chat, asyncio.Timeout] = {}
        self._refusals: deque[tuple[float, Key]] = deque()
        self._paused_until = NEVER
        self._give_up_at: float | None = None
        self._held_back = 0

    @property
    def held_back(self) -> int:
        """How many requests wait for their time to come."""
        return self._held_back

    @property
    def chats(self) -> int:
        """How many chats are remembered: those with a request, and those of the last period."""
        return len(self._chats)

    async def initialize(self) -> None:
        """Begin, or begin again after `close`."""
        self._give_up_at = None

    async def shutdown(self) -> None:
        """Let nothing wait any longer than `close` does."""
        self.close()

    def close(self) -> None:
        """Let requests wait for `GRACE` seconds more at most, from now on; call it when the bot is told to stop.

        Those that would have to wait longer fail with NotSentError, at once where that can be told.
        """
        if self._give_up_at is not None:
            return
        now = asyncio.get_running_loop().time()
        self._give_up_at = now + GRACE
        for chat, patience in self._waiting.items():
            patience.reschedule(now if chat.open_at() > self._give_up_at else self._give_up_at)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[object, object, Result]],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        endpoint: str,
        data: dict[str, object],
        rate_limit_args: None,  # noqa: ARG002 - python-telegram-bot's signature
    ) -> Result:
        """Make a request when its time has come.

        Raises:
            NotSentError: the bot is stopping, and the time would come too late.
            telegram.error.RetryAfter: Telegram refused it for coming too soon, again and again.
            telegram.error.TelegramError: whatever else the request raises.
        """
        chat = self._chat(endpoint, data)
        request = partial(self._measured, endpoint, partial(callback, *args, **kwargs))
        chat.requests += 1
        self._held_back += 1
        try:
            async with chat.turn:
                return await self._send(chat, request)
        finally:
            self._held_back -= 1
            chat.requests -= 1
            self._forget(chat)

    def _chat(self, endpoint: str, data: dict[str, object]) -> _Chat:
        """Where a request belongs; what isn't counted belongs to a chat of its own, which nobody knows.

        Reading is free, and so are answers to queries, which Telegram waits for. Everything else in a chat
        is counted, be it a message or not: Telegram doesn't say what isn't.
        """
        chat_id, inline_id = data.get("chat_id"), data.get("inline_message_id")
        if endpoint.startswith("get") or (chat_id is None and inline_id is None):
            return _Chat(None, [])
        key = f"inline {inline_id}" if chat_id is None else _chat_key(chat_id)
        if key not in self._chats:
            budgets = [] if chat_id is None else [self._budgets.chat]
            if chat_id is not None and (isinstance(key, str) or key < 0):
                budgets.append(self._budgets.group)
            self._chats[key] = _Chat(key, budgets)
        return self._chats[key]

    async def _send(self, chat: _Chat, request: Callable[[], Awaitable[Result]]) -> Result:
        retries = RETRIES
        while True:
            await self._admit(chat)
            self._held_back -= 1
            try:
                return await request()
            except RetryAfter as error:
                self._pause(chat, seconds_of(error))
                if not retries:
                    raise
                retries -= 1
            finally:
                self._held_back += 1
                self._count(chat)

    async def _measured(self, method: str, request: Callable[[], Awaitable[Result]]) -> Result:
        began, result = time.perf_counter(), CANCELLED
        try:
            answer = await request()
            result = OK
        except TelegramError as error:
            result = reason_of(error)
            raise
        finally:
            self._metrics.requested(method, result, time.perf_counter() - began)
        return answer

    async def _admit(self, chat: _Chat) -> None:
        """Wait until a request of this chat may go; its place in the overall budget is then taken."""
        if self._give_up_at is not None and chat.open_at() > self._give_up_at:
            raise NotSentError
        try:
            async with asyncio.timeout_at(self._give_up_at) as patience:
                self._waiting[chat] = patience
                await _sleep_until(chat.open_at)
                if self._overall is None or chat.key is None:
                    return
                await self._overall.acquire()
                try:
                    await _sleep_until(lambda: self._paused_until)
                except BaseException:
                    self._overall.release()
                    raise
        except TimeoutError:
            raise NotSentError from None
        finally:
            self._waiting.pop(chat, None)

    def _count(self, chat: _Chat) -> None:
        """A request is over: from now on it counts for one period."""
        loop = asyncio.get_running_loop()
        for window in chat.windows:
            window.add(loop.time())
        if (
            self._overall is not None
            and self._budgets.overall is not None
            and chat.key is not None
        ):
            loop.call_later(self._budgets.overall.seconds + MARGIN, self._overall.release)

    def _pause(self, chat: _Chat, seconds: float) -> None:
        self._metrics.rate_limited(seconds)
        now = asyncio.get_running_loop().time()
        chat.paused_until = now + seconds + MARGIN
        if chat.key is not None:
            self._refusals.append((now, chat.key))
        while self._refusals and self._refusals[0][0] < now - SAME_TIME:
            self._refusals.popleft()
        everyone = len({key for _, key in self._refusals}) >= SEVERAL
        if everyone:
            self._paused_until = max(self._paused_until, chat.paused_until)
        logger.warning("Telegram wants us to wait", seconds=seconds, everyone=everyone)

    def _forget(self, chat: _Chat, empty_at: float | None = None) -> None:
        """Drop a chat that has no request, now or as soon as nothing of it counts any more."""
        if chat.key is None or chat.requests or self._chats.get(chat.key) is not chat:
            return
        loop = asyncio.get_running_loop()
        if chat.empty_at() <= (loop.time() if empty_at is None else empty_at):
            del self._chats[chat.key]
        elif empty_at is None:
            loop.call_at(chat.empty_at(), self._forget, chat, chat.empty_at())


def _chat_key(chat_id: object) -> Key:
    """A chat's number, or the @name of a group or channel."""
    text = str(chat_id)
    try:
        return int(text)
    except ValueError:
        return text.lower()


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants the bot to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def _sleep_until(when: Callable[[], float]) -> None:
    loop = asyncio.get_running_loop()
    while (wait := when() - loop.time()) > 0:  # noqa: ASYNC110
        await asyncio.sleep(wait)  # and look again: it may have been put off meanwhile
