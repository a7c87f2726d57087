"""`python -m fake_telegram` lets a person talk to a bot."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

TESTS = Path(__file__).parent


async def test_typed_lines_are_messages_and_answers_are_printed():
    command = [sys.executable, "-m", "fake_telegram", "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, cwd=TESTS, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    async with asyncio.timeout(10):
        token = (await process.stdout.readline()).split()[1].decode()
        base_url = (await process.stdout.readline()).split()[2].decode()
        async with Bot(token, base_url) as bot:
            process.stdin.write(b"what happened?\n")
            (update,) = await bot.get_updates(timeout=5)
            assert update.message is not None
            assert update.message.text == "what happened?"
            button = InlineKeyboardButton("More", callback_data="more:2")
            keyboard = InlineKeyboardMarkup.from_button(button)
            await update.message.reply_text("It began.", reply_markup=keyboard)
            printed = await process.stdout.readuntil(b"['More']\n")
            assert b"It began." in printed
            process.stdin.write(b"!Less\n")
            assert b"no button 'Less'" in await process.stdout.readline()
            process.stdin.write(b"!More\n")
            (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=5)
            assert update.callback_query is not None
            assert update.callback_query.data == "more:2"
        process.stdin.close()
        assert await process.wait() == 0
