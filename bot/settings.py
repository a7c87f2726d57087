"""The settings of the front ends; every key stands in `config.yaml` with a comment."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PositiveInt

from bot.language import ENGLISH, LANGUAGES
from retrieval.settings import StrictModel

MOST_EXCERPTS = 10

EXPECTED_ADDRESS = "an address beginning with http:// or https://"

_WEB_ADDRESS = re.compile(r"https?://[^/\s]+\S*$")


def _web_address(value: str) -> str:
    if not _WEB_ADDRESS.match(value):
        raise ValueError(EXPECTED_ADDRESS)
    return value.rstrip("/")


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)}")
    return value


def _state_url(value: str) -> str:
    if not re.match(r"[a-z][a-z0-9+]*://", value):
        raise ValueError("the address of a database, such as sqlite:///var/state.sqlite3")
    return value


class TelegramSettings(StrictModel):
    """How to reach Telegram, and how to behave there."""

    api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    language: Annotated[str, AfterValidator(_language)] = ENGLISH
    oldest_minutes: int = Field(default=10, ge=1, le=1_440)
    paced: bool = True


class AccessSettings(StrictModel):
    """Who may do what."""

    admins: tuple[PositiveInt, ...] = Field(default=(), strict=False)
    where: Literal["everywhere", "private", "groups"] = "everywhere"
    allowed: tuple[int, ...] = Field(default=(), strict=False)
    blocked: tuple[int, ...] = Field(default=(), strict=False)


class AnswerSettings(StrictModel):
    """What an answer looks like."""

    excerpts: int = Field(default=3, ge=1, le=MOST_EXCERPTS)
    words: int = Field(default=90, ge=20, le=150)
    link_previews: bool = False


class GroupSettings(StrictModel):
    """How the bot behaves in groups, unless a group's admins say otherwise."""

    mentions: bool = True
    excerpts: int = Field(default=2, ge=1, le=MOST_EXCERPTS)


class ChannelSettings(StrictModel):
    """How the bot behaves in channels."""

    mentions: bool = False
    asking_post: Literal["keep", "edit", "delete"] = "keep"


class InlineSettings(StrictModel):
    """How the bot behaves where it is called by `@bot question`."""

    cache_seconds: int = Field(default=300, ge=0, le=86_400)


class QuotaSettings(StrictModel):
    """How many questions are answered in so many minutes; 0 is no limit."""

    minutes: int = Field(default=10, ge=1, le=1_440)
    user: int = Field(default=60, ge=0)
    chat: int = Field(default=180, ge=0)


class StateSettings(StrictModel):
    """Where chats' settings and votes are kept."""

    url: Annotated[str, AfterValidator(_state_url)] = "sqlite:///var/state.sqlite3"
    keep_questions: bool = True


class ReloadSettings(StrictModel):
    """How careful a reload is."""

    most_lost_percent: int = Field(default=50, ge=0, le=100)

    @property
    def most_lost(self) -> float:
        """As a share, 0 to 1."""
        return self.most_lost_percent / 100


class LogSettings(StrictModel):
    """What is logged."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"
