"""Keeps chats' options, with those of the chats that ask just now in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, LargeBinary, bindparam, delete, func, select

from bot.state.database import Database
from bot.state.digests import Digests, storable
from bot.state.tables import options
from bot.state.together import Together
from bot.state.values import ChatOptions

OPTIONS_KEPT = timedelta(seconds=30)
"""How long options are taken from memory, and so how late another process's change may be seen."""

CHATS_KEPT = 10_000
"""Chats whose options are in memory at most; some 3 MB."""

_CHOICES = ("answer_mentions", "excerpts", "language")
_THIS_CHAT = options.c.chat == bindparam("this_chat")
_FIND = select(options.c.chat, *(options.c[name] for name in _CHOICES)).where(
    options.c.chat.in_(bindparam("chats", expanding=True))
)
_FORGET = delete(options).where(_THIS_CHAT)


@dataclass(frozen=True, slots=True)
class _Kept:
    options: ChatOptions
    at: datetime


class Options:
    """The options of every chat.

    Args:
        database: where they are kept.
        digests: hash the chats.
        now: the time, in UTC.
    """

    def __init__(self, database: Database, digests: Digests, now: Callable[[], datetime]) -> None:
        self._database = database
        self._digests = digests
        self._now = now
        self._kept: dict[int, _Kept] = {}
        self._changes = 0
        self._reading = Together(self._read, "state: options")
        insert = database.insert(options)
        new = insert.excluded
        self._set = insert.on_conflict_do_update(
            index_elements=[options.c.chat],
            set_={name: new[name] for name in (*_CHOICES, "at")},
        )
        theirs = select(
            bindparam("new_chat", type_=LargeBinary),
            *(options.c[name] for name in (*_CHOICES, "at")),
        ).where(_THIS_CHAT)
        self._move = insert.from_select(["chat", *_CHOICES, "at"], theirs).on_conflict_do_update(
            index_elements=[options.c.chat],
            set_={name: func.coalesce(options.c[name], new[name]) for name in _CHOICES},
        )

    async def get(self, chat_id: int) -> ChatOptions:
        """What a chat has chosen, as it is or was `OPTIONS_KEPT` ago."""
        now = self._now()
        kept = self._kept.get(chat_id)
        # A clock that was put back must not make options last.
        if kept is not None and timedelta() <= now - kept.at < OPTIONS_KEPT:
            return kept.options
        return await self._reading.do(chat_id)

    async def _read(self, chats: Sequence[int]) -> list[ChatOptions]:
        changes, now = self._changes, self._now()
        digests = {self._digests.chat(chat_id): chat_id for chat_id in chats}
        wanted = {"chats": list(digests)}
        rows = await self._database.read(
            lambda connection: connection.execute(_FIND, wanted).all()
        )
        chosen = {digests[digest]: ChatOptions(*choices) for digest, *choices in rows}
        found = {chat_id: chosen.get(chat_id, ChatOptions()) for chat_id in chats}
        if changes == self._changes:
            for chat_id in chats:
                self._keep(chat_id, found[chat_id], now)
        return [found[chat_id] for chat_id in chats]

    async def set(self, chat_id: int, chosen: ChatOptions) -> None:
        """Keep what a chat has chosen."""
        row = {
            "chat": self._digests.chat(chat_id),
            "answer_mentions": chosen.answer_mentions,
            "excerpts": chosen.excerpts,
            "language": None if chosen.language is None else storable(chosen.language),
            "at": self._now(),
        }
        await self._change(lambda connection: connection.execute(self._set, row), chat_id)

    async def move(self, old_id: int, new_id: int) -> None:
        """Give a chat's options to another; what the other has chosen already stays."""
        if old_id == new_id:
            return
        old, new = self._digests.chat(old_id), self._digests.chat(new_id)

        def work(connection: Connection) -> None:
            connection.execute(self._move, {"this_chat": old, "new_chat": new})
            connection.execute(_FORGET, {"this_chat": old})

        await self._change(work, old_id, new_id)

    def forget(self, chat_id: int) -> None:
        """Take a chat's options from the database the next time: they have changed there."""
        self._changes += 1  # what is being read now may be old
        self._kept.pop(chat_id, None)

    async def _change(self, work: Callable[[Connection], object], *chat_ids: int) -> None:
        try:
            await self._database.write(work)
        finally:
            for chat_id in chat_ids:
                self.forget(chat_id)

    def _keep(self, chat_id: int, found: ChatOptions, now: datetime) -> None:
        self._kept.pop(chat_id, None)
        if len(self._kept) >= CHATS_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[chat_id] = _Kept(found, now)
