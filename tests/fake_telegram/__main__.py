"""A Telegram to try a bot by hand: `PYTHONPATH=tests python -m fake_telegram --port 8081`.

Lines typed here are messages of one user; what the bot says is printed, buttons below it. A line
like `!More` presses the button More under the bot's last message.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from .chats import Chat
from .fake import FakeTelegram
from .server import FakeServer
from .types import Json


async def talk(fake: FakeTelegram, chat: Chat, user: Json) -> None:
    """Turn typed lines into updates until the input ends."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        text = line.strip()
        if text.startswith("!") and (sent := fake.sent(chat)):
            try:
                fake.presses(sent[-1], text[1:], user)
            except LookupError as missing:
                say(str(missing))
        elif text:
            fake.says(chat, user, text)


async def show(fake: FakeTelegram, chat: Chat) -> None:
    """Print what the bot sends and edits."""
    shown: dict[int, str] = {}
    while True:
        await asyncio.sleep(0.1)
        for message in fake.sent(chat):
            written = f"{message.markup}\n{message.labels or ''}"
            if shown.get(message.id) != written:
                shown[message.id] = written
                say(f"\n--- {message.id}\n{written}")


async def serve(port: int) -> None:
    """Serve until the input ends."""
    fake = FakeTelegram()
    user = fake.user("You", username="you")
    chat = fake.private(user)
    async with FakeServer(fake, port=port) as server:
        say(f"token    {fake.token}\nbase url {server.base_url}")
        showing = asyncio.create_task(show(fake, chat))
        await talk(fake, chat, user)
        showing.cancel()


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Read the port and serve."""
    parser = argparse.ArgumentParser(prog="fake_telegram", description="A Telegram on loopback.")
    parser.add_argument("--port", type=int, default=8081)
    asyncio.run(serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
