"""Starting and stopping: whatever the moment at which the bot is told to stop, it comes to a good end."""

import asyncio
import os
import signal

import pytest
from fake_telegram import FakeRequest, FakeTelegram

from bot.services import Services
from bot.telegram.app import build_application
from bot.telegram.running import run

QUESTION = "When did they meet?"


class Stopping(FakeRequest):
    """Tells the bot to stop while one of its requests is under way, or just behind it."""

    def __init__(self, fake: FakeTelegram, at: int, *, behind: bool):
        super().__init__(fake)
        self.at, self.behind = at, behind
        self.requests = 0
        self.app = None

    async def do_request(self, *arguments: object, **named: object) -> tuple[int, bytes]:
        self.requests += 1
        here = self.requests == self.at
        if here and not self.behind:
            self.app.stop_running()
        answer = await super().do_request(*arguments, **named)
        if here and self.behind:
            self.app.stop_running()
        return answer


@pytest.fixture
def running(fake, config, seeds):
    """`running(request)`: the application, and the coroutine that runs it."""

    def prepare(request):
        app = build_application(Services(seeds, config), request)
        request.app = app

        async def poll() -> None:
            await app.updater.start_polling(timeout=0)

        return app, run(app, poll)

    return prepare


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("at", [1, 2, 3, 5, 20, 21, 22, 23, 24, 25])
async def test_told_to_stop_at_any_request(running, fake, log, at, behind):
    ada = fake.user()
    chat = fake.private(ada)
    fake.says(chat, ada, QUESTION)
    app, work = running(Stopping(fake, at, behind=behind))
    async with asyncio.timeout(10):
        await work
    assert not app.running
    assert not app.updater.running
    assert len(fake.sent(chat)) + len(fake.updates.queue) == 1, (
        "it is answered, or Telegram has it"
    )
    assert "error" not in log.getvalue()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not others, "nothing runs on"


async def test_a_signal_is_heard_while_telegram_is_out_of_reach(running, fake, log):
    fake.faults.order("getMe", drop="before", times=1_000)
    _, work = running(Stopping(fake, 0, behind=False))
    task = asyncio.create_task(work)
    await fake.until(lambda: fake.called("getMe"))
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await task
    assert "Telegram could not be reached; trying again" in log.getvalue()


async def test_telegram_is_tried_again_until_it_answers(running, fake, monkeypatch):
    monkeypatch.setattr("bot.telegram.running.FIRST_WAIT", 0.001)
    fake.faults.order("getMe", status=502, times=3)
    _, work = running(Stopping(fake, 5, behind=True))
    async with asyncio.timeout(10):
        await work
    assert len(fake.called("getMe")) == 4
