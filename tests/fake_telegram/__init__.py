"""A Telegram for tests that refuses as Telegram refuses, in process and over loopback HTTP.

In process, with real handlers and real serialisation:

    fake = FakeTelegram()
    builder = ApplicationBuilder().token(fake.token).request(FakeRequest(fake))
    app = builder.get_updates_request(FakeRequest(fake)).build()
    ada = fake.user("Ada")
    chat = fake.private(ada)
    async with app:
        await feed(app, fake.says(chat, ada, "/ask what happened in April?"))
        assert fake.last(chat).markup == "..."
        await feed(app, fake.presses(fake.last(chat), "More", ada))
    fake.check()

Over HTTP, for a bot in a process of its own:

    async with FakeServer(fake) as server:
        ...  # start it with fake.token, server.base_url, server.base_file_url
        fake.says(chat, ada, "/ask what happened in April?")
        await fake.until(lambda: fake.sent(chat))

The verbs that play the users: `people`, `speaking`, `asking`, `membership`. The Bot API's methods:
`account`, `sending`, `editing`, `answering`, `rooms`, `polling`.
"""

from .chats import GENERAL, Chat
from .errors import ConnectionLostError, RefusalError
from .fake import FakeTelegram
from .markup import render
from .messages import Message
from .people import ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE_ACCOUNT
from .request import FakeRequest, feed
from .server import FakeServer
from .types import Call, FakeClock, Upload

__all__ = [
    "ANONYMOUS_ADMIN",
    "CHANNEL_BOT",
    "GENERAL",
    "SERVICE_ACCOUNT",
    "Call",
    "Chat",
    "ConnectionLostError",
    "FakeClock",
    "FakeRequest",
    "FakeServer",
    "FakeTelegram",
    "Message",
    "RefusalError",
    "Upload",
    "feed",
    "render",
]
