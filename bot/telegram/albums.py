"""Puts together the messages of an album, which Telegram hands over one by one and in any order."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from telegram import Message

QUIET = 1.0
"""Seconds without a further message after which an album is taken to be whole; its messages come at once."""

ALBUMS_KEPT = 100
"""Albums that are remembered; those from long ago are forgotten first."""

Place = tuple[int, str]
"""The chat of an album, and Telegram's name for it."""


@dataclass(slots=True)
class _Album:
    parts: dict[int, Message] = field(default_factory=dict)
    asked: bool = False
    whole: bool = False


class Albums:
    """The albums of late; nothing of them is needed after a restart."""

    def __init__(self) -> None:
        self._albums: OrderedDict[Place, _Album] = OrderedDict()

    def put(self, message: Message) -> bool:
        """Remember a message of an album.

        Returns:
            Whether it comes late, when the others have been handed out.
        """
        album = self._album(message)
        if not album.whole:
            album.parts[message.message_id] = message
        return album.whole

    def begins_with(self, message: Message) -> bool:
        """Whether a message is the first of its album, and the only one so far."""
        return [*self._album(message).parts] == [message.message_id]

    async def unasked(self, message: Message) -> bool:
        """Whether nobody has asked for the album of a message, once no more of it comes."""
        album = self._album(message)
        await _no_more_of(album)
        return not album.asked

    def ask(self, message: Message) -> bool:
        """Ask for the album of a message.

        Returns:
            Whether nobody did before.
        """
        album = self._album(message)
        first, album.asked = not album.asked, True
        return first

    async def whole(self, message: Message) -> list[Message]:
        """The messages of an album that has been asked for, once no more come."""
        album = self._album(message)
        await _no_more_of(album)
        album.whole = True
        parts = [part for _, part in sorted(album.parts.items())]
        album.parts.clear()
        return parts

    def _album(self, message: Message) -> _Album:
        place = message.chat_id, message.media_group_id or ""
        album = self._albums.setdefault(place, _Album())
        self._albums.move_to_end(place)
        if len(self._albums) > ALBUMS_KEPT:
            self._albums.popitem(last=False)
        return album


async def _no_more_of(album: _Album) -> None:
    seen = 0
    while len(album.parts) > seen:
        seen = len(album.parts)
        await asyncio.sleep(QUIET)
