"""What the buttons under a message carry: at most 64 bytes, and all that is needed to go on without any memory."""

import re
from dataclasses import dataclass

from bot.links import base36
from retrieval.keys import KEY_PATTERN
from retrieval.types import Order, Span

LONGEST_DATA = 64
"""Bytes, set by Telegram."""

GENERATION_LENGTH = 8
"""Characters of the archive's generation that tell whether it has been replaced since."""

NOTHING = "-"
"""The data of a button that only shows something."""

_NUMBER = "[0-9a-z]{1,9}"
_ORDERS = {"b": Order.BEST, "n": Order.NEWEST}
_LETTERS = {order: letter for letter, order in _ORDERS.items()}
_TURN = re.compile(rf"p:([0-9a-f]{{1,{GENERATION_LENGTH}}}):([bn]):({_NUMBER})")
_READ = re.compile(rf"([rt]):({KEY_PATTERN}):({_NUMBER}):({_NUMBER}):({_NUMBER})?")
_VOTE = re.compile(r"v:([ud])")
_FORGETTING = "f"
_LISTED = re.compile(rf"l:([0-9a-f]{{1,{GENERATION_LENGTH}}}):({_NUMBER})")
_REMOVE = re.compile(rf"x:({KEY_PATTERN}):([0-9a-f]{{8}})")
_KEEP = "k"
_AUDITED = re.compile(rf"a:({_NUMBER})")
_SETTING = re.compile(r"s:([a-z]):([a-z0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Turn:
    """Show another page of an answer, or the answer in another order.

    Args:
        generation: of the archive that answered, its first characters.
        order: what the excerpts are sorted by.
        skip: how many come before the page.
    """

    generation: str
    order: Order
    skip: int

    def __str__(self) -> str:
        """As a button carries it."""
        generation = self.generation[:GENERATION_LENGTH]
        return f"p:{generation}:{_LETTERS[self.order]}:{base36(self.skip)}"


@dataclass(frozen=True, slots=True)
class Read:
    """Show a page of an article.

    Args:
        key: of the article, see `retrieval.keys`.
        excerpt: the stretch of its text that is marked.
        page: its number from 0; None for the one where the excerpt begins.
        turn: whether the message that has the button is a page itself, and is to show the new one.
    """

    key: str
    excerpt: Span
    page: int | None = None
    turn: bool = False

    def __str__(self) -> str:
        """As a button carries it."""
        length = self.excerpt.end - self.excerpt.start
        page = "" if self.page is None else base36(self.page)
        kind = "t" if self.turn else "r"
        return f"{kind}:{self.key}:{base36(self.excerpt.start)}:{base36(length)}:{page}"


@dataclass(frozen=True, slots=True)
class Voted:
    """Say whether an answer was helpful."""

    helpful: bool

    def __str__(self) -> str:
        """As a button carries it."""
        return "v:u" if self.helpful else "v:d"


@dataclass(frozen=True, slots=True)
class Setting:
    """Change one of a chat's settings.

    Args:
        name: one letter.
        value: what it is set to; empty for the default.
    """

    name: str
    value: str

    def __str__(self) -> str:
        """As a button carries it."""
        return f"s:{self.name}:{self.value}"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Remove what is kept about whoever presses."""

    def __str__(self) -> str:
        """As a button carries it."""
        return _FORGETTING


@dataclass(frozen=True, slots=True)
class Listed:
    """Show another page of the list of articles.

    Args:
        generation: of the archive that was listed, its first characters.
        skip: how many articles come before the page.
    """

    generation: str
    skip: int

    def __str__(self) -> str:
        """As a button carries it."""
        return f"l:{self.generation[:GENERATION_LENGTH]}:{base36(self.skip)}"


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove an article.

    Args:
        key: of the article, see `retrieval.keys`.
        digest: of what it said when the button was made.
    """

    key: str
    digest: str

    def __str__(self) -> str:
        """As a button carries it."""
        return f"x:{self.key}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Keep:
    """Do not remove an article after all."""

    def __str__(self) -> str:
        """As a button carries it."""
        return _KEEP


@dataclass(frozen=True, slots=True)
class Audited:
    """Show another page of the audit log.

    Args:
        skip: how many lines come before the page.
    """

    skip: int

    def __str__(self) -> str:
        """As a button carries it."""
        return f"a:{base36(self.skip)}"


AdminPress = Listed | Remove | Keep | Audited
"""What only the bot's admins may press."""

Press = Turn | Read | Voted | Setting | Forgetting | AdminPress


def read_press(data: str) -> Press | None:
    """What a pressed button wants; None if it is none of ours, or of another version."""
    if match := _TURN.fullmatch(data):
        return Turn(match[1], _ORDERS[match[2]], int(match[3], 36))
    if match := _READ.fullmatch(data):
        start, length = int(match[3], 36), int(match[4], 36)
        page = None if match[5] is None else int(match[5], 36)
        return Read(match[2], Span(start, start + length), page, match[1] == "t")
    if match := _VOTE.fullmatch(data):
        return Voted(match[1] == "u")
    if match := _SETTING.fullmatch(data):
        return Setting(match[1], match[2])
    return Forgetting() if data == _FORGETTING else _read_admin_press(data)


def _read_admin_press(data: str) -> AdminPress | None:
    if match := _LISTED.fullmatch(data):
        return Listed(match[1], int(match[2], 36))
    if match := _REMOVE.fullmatch(data):
        return Remove(match[1], match[2])
    if match := _AUDITED.fullmatch(data):
        return Audited(int(match[1], 36))
    return Keep() if data == _KEEP else None
