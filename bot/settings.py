"""The settings of the front ends; every key stands in `config.yaml` with a comment."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PositiveInt

from bot.language import ENGLISH, LANGUAGES
from bot.state import Retention
from retrieval.settings import CorpusSettings, StrictModel

MOST_EXCERPTS = 10

MOST_DAYS = 36_500
"""A hundred years; more is meant to be for ever, which is written as 0."""

EXPECTED_ADDRESS = "an address beginning with http:// or https://"

HIGHEST_PORT = 65_535

_URL_PATH = re.compile(r"/[A-Za-z0-9/._~-]*")
_WEB_ADDRESS = re.compile(r"https?://[^/\s]+\S*$")


def _web_address(value: str) -> str:
    if not _WEB_ADDRESS.match(value):
        raise ValueError(EXPECTED_ADDRESS)
    return value.rstrip("/")


def _url_path(value: str) -> str:
    if not _URL_PATH.fullmatch(value):
        raise ValueError(
            "a path of an address, such as /telegram, of letters, digits and / . _ ~ -"
        )
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)}")
    return value


def _state_url(value: str) -> str:
    if not re.match(r"[a-z][a-z0-9+]*://", value):
        raise ValueError("the address of a database, such as sqlite:///var/state.sqlite3")
    return value


def _days(count: int) -> timedelta | None:
    return timedelta(days=count) if count else None


class TelegramSettings(StrictModel):
    """How to reach Telegram, and how to behave there."""

    api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    language: Annotated[str, AfterValidator(_language)] = ENGLISH
    oldest_minutes: int = Field(default=10, ge=1, le=1_440)
    paced: bool = True


class WebhookSettings(StrictModel):
    """Where Telegram delivers updates, where `telegram.mode` is webhook."""

    url: Annotated[str, AfterValidator(_web_address)] | None = None
    path: Annotated[str, AfterValidator(_url_path)] = "/telegram"
    listen: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8443, ge=1, le=HIGHEST_PORT)
    certificate: Path | None = Field(default=None, strict=False)
    private_key: Path | None = Field(default=None, strict=False)
    self_signed: bool = True
    max_connections: int = Field(default=40, ge=1, le=100)

    @property
    def address(self) -> str:
        """The whole address, as Telegram is told it."""
        return f"{self.url or ''}{self.path}"


class MonitoringSettings(StrictModel):
    """Where health and metrics are served; port 0 is nowhere."""

    port: int = Field(default=0, ge=0, le=HIGHEST_PORT)
    listen: str = Field(default="127.0.0.1", min_length=1)


class AccessSettings(StrictModel):
    """Who may do what."""

    admins: tuple[PositiveInt, ...] = Field(default=(), strict=False)
    where: Literal["everywhere", "private", "groups"] = "everywhere"
    allowed: tuple[int, ...] = Field(default=(), strict=False)
    blocked: tuple[int, ...] = Field(default=(), strict=False)

    def is_admin(self, user_id: int | None) -> bool:
        """Whether somebody may administer the bot. Who is blocked may not, so that one line stops an account."""
        return user_id in self.admins and user_id not in self.blocked


class ShelfSettings(CorpusSettings):
    """The articles, and how they may be changed while the bot runs."""

    watch: bool = False
    removed: Path = Field(default=Path("var/removed"), strict=False)


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
    """Where chats' settings and votes are kept, and what else is how long; 0 days are for ever."""

    url: Annotated[str, AfterValidator(_state_url)] = "sqlite:///var/state.sqlite3"
    keep_questions: bool = True
    keep_answers_days: int = Field(default=3, ge=0, le=MOST_DAYS)
    keep_misses_days: int = Field(default=180, ge=0, le=MOST_DAYS)
    keep_audit_days: int = Field(default=730, ge=0, le=MOST_DAYS)

    @property
    def retention(self) -> Retention:
        """How long things are kept. Questions that are not to be kept any more go at once."""
        return Retention(
            answers=_days(self.keep_answers_days),
            misses=_days(self.keep_misses_days) if self.keep_questions else timedelta(),
            audit=_days(self.keep_audit_days),
        )


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
