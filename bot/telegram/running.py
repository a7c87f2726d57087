"""Runs an application from logging in to the end: what was taken is answered, whatever the moment of the signal.

python-telegram-bot's own way ends the event loop from within a signal handler; where that meets the end of a step of
the start, stopping fails, and with it what was being answered.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram.connection import PatientApplication
from bot.telegram.pacing import seconds_of

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGABRT)

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds before Telegram is tried again where it was out of reach; each time half as long again."""

GROWTH = 1.5

Step = Callable[[], Awaitable[object]]


async def run(application: PatientApplication, start_updates: Step) -> None:
    """Start, answer until a signal comes or `stop_running` is called, and stop.

    A second Ctrl-C breaks the stopping off.

    Args:
        application: what is run.
        start_updates: has updates come, once the application is logged in.

    Raises:
        DatelineError: it can't start.
    """
    loop, stopping = asyncio.get_running_loop(), application.told_to_stop
    for number in STOP_SIGNALS:
        with suppress(NotImplementedError):  # on Windows, where Ctrl-C cancels this coroutine
            loop.add_signal_handler(number, stopping.set)
    starting = asyncio.create_task(start(application, start_updates), name="start")
    waiting = asyncio.create_task(stopping.wait(), name="run")
    try:
        await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            await waiting
    finally:
        with suppress(NotImplementedError):
            loop.remove_signal_handler(signal.SIGINT)
        for task in (starting, waiting):
            task.cancel()
        await asyncio.gather(starting, waiting, return_exceptions=True)
        await stop(application)


async def start(application: PatientApplication, start_updates: Step) -> None:
    """Log in and have updates come; from then on the bot is ready.

    Args:
        application: what is started.
        start_updates: has updates come. By then the application handles them: none is taken that would be lost.

    Raises:
        DatelineError: it can't start.
    """
    await until_reached(application.initialize)
    if application.post_init is not None:
        await application.post_init(application)
    await application.start()
    await start_updates()
    application.readiness.started = True


async def stop(application: PatientApplication) -> None:
    """Have no more updates come, finish those that came, and log out."""
    if application.updater is not None and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
        if application.post_stop is not None:
            await application.post_stop(application)
    await application.shutdown()


async def until_reached(step: Step) -> None:
    """Do a step that asks Telegram, and again where that is out of reach; it has said so itself.

    Raises:
        telegram.error.InvalidToken: Telegram doesn't know the token.
        DatelineError: whatever the step raises.
    """
    wait = FIRST_WAIT
    while True:
        try:
            await step()
        except InvalidToken:
            raise
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except TelegramError:
            await asyncio.sleep(wait)
            wait = min(GROWTH * wait, LONGEST_WAIT)
        else:
            return
