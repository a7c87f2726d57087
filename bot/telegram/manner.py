"""Decides how the bot speaks in a chat: language, length, layout, sound; by the chat's settings and its kind."""

from dataclasses import dataclass
from enum import Enum, auto

from telegram import Chat, User

from bot.config import Config
from bot.language import Texts, known_language
from bot.render import Layout
from bot.state import ChatOptions

GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})


class Buttons(Enum):
    """Which buttons stand under an answer."""

    ALL = auto()
    ALONE = auto()
    """Those that need no question: it goes away, and the answer is no reply to it."""
    LINKS = auto()
    """Links only, for a chat where the bot is no member and no message can be looked at."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak.

    Args:
        say: the language.
        excerpts: in an answer, at most.
        layout: of an answer.
        silent: without a notification.
        private: whether one person alone reads it.
        mentions: whether to answer to more than commands.
        link_previews: whether links may show a preview.
        buttons: under an answer.
    """

    say: Texts
    excerpts: int
    layout: Layout
    silent: bool
    private: bool
    mentions: bool
    link_previews: bool
    buttons: Buttons = Buttons.ALL


def manner(chat: Chat | None, user: User | None, options: ChatOptions, config: Config) -> Manner:
    """How to speak in a chat.

    Args:
        chat: where; None where it isn't known, as in an inline query.
        user: to whom; None where Telegram doesn't say.
        options: what the chat's admins, or the person in a private chat, chose.
        config: what holds where they chose nothing.
    """
    kind = Chat.PRIVATE if chat is None else chat.type
    language = (
        options.language
        or known_language(user.language_code if user is not None else None)
        or config.telegram.language
    )
    group, channel = kind in GROUPS, kind == Chat.CHANNEL
    chosen = options.answer_mentions
    mentions = (config.channels if channel else config.groups).mentions
    usual = (config.groups if group else config.answers).excerpts
    return Manner(
        say=Texts(language),
        excerpts=options.excerpts or usual,
        layout=Layout(folded=group),
        silent=channel,
        private=kind == Chat.PRIVATE,
        mentions=mentions if chosen is None else chosen,
        link_previews=config.answers.link_previews,
    )
