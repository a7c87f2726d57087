"""Whatever the articles hold, Telegram takes every answer, page and inline result, and drops nothing in silence."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from fake_telegram import FakeRequest, FakeTelegram, feed
from fake_telegram.utf16 import length
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.config import load_config
from bot.language import LANGUAGES
from bot.services import Services
from bot.telegram.app import build_application
from retrieval.archive import Archive

PIECES = [
    *("Kim", "Putin", "met", "on Thursday", "last week", "in Leeds.", "He said:", "“so be it”"),
    *(
        "<b>bold</b>",
        "&amp;",
        "[x](y)",
        "*_`~|",
        "/ask",
        "@dateline_bot",
        "#tag",
        "https://a.example/b?c=d",
    ),
    *("🚀", "👩‍👩‍👧‍👦", "🇰🇵🇷🇺", "👍🏽", "e\u0301" * 3, "x" * 300, "ß", "İstanbul", "\n\n", "\n"),
    *("金正恩和普京在周四会面。", "التقى كيم وبوتين يوم الخميس.", "क्षत्रिय", "กำลัง", "한국어"),
    *("\u202eright\u202c", "\u2068odd", "\u200b"),
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=250).map(
    " ".join
)
# To shrink a failure takes minutes, as every example is a corpus of its own.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
titles = st.lists(st.sampled_from(PIECES), max_size=40).map(
    lambda pieces: " ".join(pieces).replace("\n", " ")
)
articles = st.lists(st.tuples(titles, texts), min_size=1, max_size=5)
questions = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=40).map(
    " ".join
)


def archive_of(drawn, opening="Kim met Putin."):
    """An archive of drawn articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (title, text) in enumerate(drawn):
            clean = text.encode("utf-8", "replace").decode().replace("\0", "")
            clean_title = title.replace("\0", "")
            body = f"Title: {clean_title}\nDate: 2020-02-{number + 1:02}\n\n{opening} {clean}\n"
            (folder / f"a{number}.txt").write_text(body, encoding="utf-8")
        config = load_config(None, corpus=folder, environment={})
        return Archive.load(config.archive)


async def everything_asked(archive, config, question, language):
    """Ask in every kind of chat, press every button, and return the Telegram it happened in."""
    fake = FakeTelegram()
    fake.privacy = False
    app = build_application(Services(archive, config), FakeRequest(fake))
    async with app:
        ada = fake.user("Ada", language_code=language)
        room, channel, other = fake.supergroup(), fake.channel(), fake.group(bot_status="left")
        chat = fake.private(ada)
        for text in ("Kim Putin met", question):
            asked = text[:4_000] or "Kim"
            await feed(app, fake.says(chat, ada, asked), fake.says(room, ada, f"/ask {asked}"))
            await feed(app, fake.posts(channel, f"/ask {asked}"))
            await feed(app, fake.mentions_as_guest(other, ada, f"@dateline_bot {asked}"))
            await feed(app, fake.asks_inline(ada, asked[:200]))
            await feed(app, fake.says(room, ada, "and then?", reply_to=fake.last(room)))
        await feed(app, fake.asks_inline(ada, ""))
        for place in (chat, room, channel):
            for message in fake.sent(place):
                for button in message.buttons:
                    if "callback_data" in button:
                        await feed(
                            app, fake.presses(message, button["callback_data"], ada, forged=True)
                        )
        for message in fake.sent(chat):
            for button in message.buttons:
                if button["text"] == "▶":
                    await feed(
                        app, fake.presses(message, button["callback_data"], ada, forged=True)
                    )
    return fake


@given(articles, questions, st.sampled_from(LANGUAGES))
@settings(max_examples=20, phases=UNSHRUNK)
def test_every_answer_is_taken_whole(base, drawn, question, language):
    question = question.encode("utf-8", "replace").decode()
    fake = asyncio.run(everything_asked(archive_of(drawn), base, question, language))
    refused = [call for call in fake.refused() if "not modified" not in str(call.error)]
    assert [(call.method, call.error) for call in refused] == []
    assert fake.warnings == []
    fake.check()
    for call in fake.calls:
        assert length(call.params.get("text", "")) <= 4_096
        assert len(call.params.get("entities") or []) <= 100


@pytest.fixture(scope="module")
def base():
    """Settings for any archive."""
    config = load_config(
        None, corpus=Path(__file__), environment={"TELEGRAM_BOT_TOKEN": FakeTelegram().token}
    )
    telegram = config.telegram.model_copy(update={"paced": False})
    state = config.state.model_copy(update={"url": "sqlite://"})
    quota = config.quota.model_copy(update={"user": 0, "chat": 0})
    return config.model_copy(update={"telegram": telegram, "state": state, "quota": quota})
