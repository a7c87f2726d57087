"""Reads `config.yaml` and the environment into one frozen, checked `Config`."""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError

from bot.complaints import explain
from bot.settings import (
    EXPECTED_ADDRESS,
    AccessSettings,
    AnswerSettings,
    ChannelSettings,
    GroupSettings,
    InlineSettings,
    LogSettings,
    MonitoringSettings,
    QuotaSettings,
    ReloadSettings,
    ShelfSettings,
    StateSettings,
    TelegramSettings,
    WebhookSettings,
)
from bot.strict_yaml import parse
from bot.web.checks import check_webhook
from retrieval.errors import ConfigError
from retrieval.settings import (
    IN_MEMORY,
    ArchiveSettings,
    CorpusSettings,
    RetrievalSettings,
    StrictModel,
)

DEFAULT_FILE = Path("config.yaml")
SECRETS_FILE = ".env"
TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105
TOKEN_FILE_VARIABLE = "TELEGRAM_BOT_TOKEN_FILE"  # noqa: S105
API_URL_VARIABLE = "TELEGRAM_API_URL"
WEBHOOK_SECRET_VARIABLE = "TELEGRAM_WEBHOOK_SECRET"  # noqa: S105

_IN_ENVIRONMENT = {
    "token": TOKEN_VARIABLE,
    "secret": WEBHOOK_SECRET_VARIABLE,
    "webhook_secret": WEBHOOK_SECRET_VARIABLE,
}
"""Keys that the file must not hold, and what to set instead."""

_NOT_IN_FILE = frozenset({"token", "webhook_secret"})
"""Fields of Config that come from the environment alone."""

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""Telegram takes shorter ones too, which could be guessed."""

_WEBHOOK_LABEL = b"dateline webhook secret"
"""Keeps what is made from the token for this apart from what may be made from it for other things."""

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+(/test)?")
_SQLITE_FILE = "sqlite:///"
_SQLITE_APART = ("sqlite:///:memory:", "sqlite:///file:")
"""What looks like a file's path and is none."""


class Config(StrictModel):
    """Every setting. The token is a secret: printing it shows asterisks."""

    telegram: TelegramSettings = TelegramSettings()
    webhook: WebhookSettings = WebhookSettings()
    monitoring: MonitoringSettings = MonitoringSettings()
    access: AccessSettings = AccessSettings()
    corpus: ShelfSettings = ShelfSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answers: AnswerSettings = AnswerSettings()
    groups: GroupSettings = GroupSettings()
    channels: ChannelSettings = ChannelSettings()
    inline: InlineSettings = InlineSettings()
    quota: QuotaSettings = QuotaSettings()
    state: StateSettings = StateSettings()
    reload: ReloadSettings = ReloadSettings()
    log: LogSettings = LogSettings()
    token: SecretStr | None = Field(default=None, exclude=True)
    webhook_secret: SecretStr | None = Field(default=None, exclude=True)

    @property
    def archive(self) -> ArchiveSettings:
        """What retrieval needs of it."""
        read = {name: getattr(self.corpus, name) for name in CorpusSettings.model_fields}
        return ArchiveSettings(corpus=CorpusSettings(**read), retrieval=self.retrieval)

    def require_token(self) -> str:
        """The bot's token.

        Raises:
            ConfigError: there is none.
        """
        if self.token is None:
            raise ConfigError(
                f"{TOKEN_VARIABLE} is not set; put it into the environment or into .env, or name a file "
                f"that holds it in {TOKEN_FILE_VARIABLE}"
            )
        return self.token.get_secret_value()

    def require_webhook_secret(self) -> str:
        """What proves that a request to the webhook comes from Telegram.

        Unless one is set it is made from the token: the same after a restart and in every replica, which must
        accept what Telegram still sends; and the token can't be found out from it.

        Raises:
            ConfigError: there is no token.
        """
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return hmac.new(self.require_token().encode(), _WEBHOOK_LABEL, hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log, besides the token."""
        if self.token is None and self.webhook_secret is None:
            return ()
        return (self.require_webhook_secret(),)


def default_file() -> Path | None:
    """The settings of the working folder; None if it has none."""
    return DEFAULT_FILE if DEFAULT_FILE.exists() else None


def load_config(
    file: Path | None = None,
    *,
    corpus: Path | None = None,
    index: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Read the settings.

    Args:
        file: a YAML file that holds what differs from the defaults. None takes `config.yaml` of the
            working folder if there is one. Paths in it are relative to its folder.
        corpus: goes before `corpus.path`; indexed in memory unless `index` is given too.
        index: goes before `retrieval.index`.
        environment: instead of `.env` and the process's own.

    Raises:
        ConfigError: one line for each thing that is wrong: file, key, value, what is expected.
    """
    file = file or default_file()
    values = {} if file is None else _read_yaml(file)
    name = f"no {DEFAULT_FILE} here" if file is None else str(file)
    for key, value in {"": values, **values}.items():
        for secret, variable in _IN_ENVIRONMENT.items():
            if isinstance(value, dict) and secret in value:
                place = f"{key}.{secret}".removeprefix(".")
                raise ConfigError(
                    f"{name}: {place}: belongs into the environment or .env as {variable}"
                )
    variables = _environment() if environment is None else environment
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        lines = explain(error, Config, hidden=_NOT_IN_FILE)
        raise ConfigError("\n".join(f"{name}: {line}" for line in lines)) from error
    config = _with_places(config, Path() if file is None else file.parent, corpus, index)
    _check_corpus(config.corpus.path, f"{name}: corpus.path" if corpus is None else "--corpus")
    config = _with_secrets(config, variables)
    if config.telegram.mode == "webhook":
        token = config.token.get_secret_value() if config.token else None
        try:
            check_webhook(config.webhook, config.telegram, token)
        except ConfigError as error:
            raise ConfigError(f"{name}: {error}") from error
    return config


def load_config_again(
    file: Path | None,
    *,
    corpus: Path | None = None,
    index: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Config:
    """Read the settings of a bot that runs, see `load_config`.

    A file that is gone or empty is one that was lost: to take the defaults instead would have no admins, and answer
    everybody whom the file kept out.

    Raises:
        ConfigError: it was lost, or something in it is wrong.
    """
    if file is not None and file.is_file() and not file.stat().st_size:
        raise ConfigError(f"{file}: is empty; put the settings back")
    return load_config(file, corpus=corpus, index=index, environment=environment)


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        values = parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{file}: no such file; name another with --config") from error
    except OSError as error:
        raise ConfigError(f"{file}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it can't be read"
        raise ConfigError(f"{file}{place}: not valid YAML: {problem}") from error
    except ValueError as error:
        # A value that looks like a date and is none, such as 2019-02-30.
        raise ConfigError(f"{file}: not valid YAML: {error}") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ConfigError(
            f"{file}: expected groups of settings such as `corpus:`, found {values!r}"
        )
    # A group whose settings are all commented out is a group of defaults.
    return {str(key): {} if value is None else value for key, value in values.items()}


def _environment() -> dict[str, str]:
    try:
        values = dotenv_values(SECRETS_FILE)
    except OSError as error:
        raise ConfigError(f"{SECRETS_FILE}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{SECRETS_FILE}: not UTF-8 text") from error
    from_file = {key: value for key, value in values.items() if value is not None}
    return {**from_file, **os.environ}


def _with_places(config: Config, base: Path, corpus: Path | None, index: str | None) -> Config:
    path = _below(base, config.corpus.path) if corpus is None else corpus
    if index is None:
        index = config.retrieval.index if corpus is None else IN_MEMORY
        if index != IN_MEMORY:
            index = str(_below(base, Path(index)))
    state = config.state.url
    if state.startswith(_SQLITE_FILE) and not state.startswith(_SQLITE_APART):
        file = _below(base, Path(state.removeprefix(_SQLITE_FILE)))
        state = f"{_SQLITE_FILE}{file}"
    corpus_places = {"path": path, "removed": _below(base, config.corpus.removed)}
    return config.model_copy(
        update={
            "corpus": config.corpus.model_copy(update=corpus_places),
            "retrieval": config.retrieval.model_copy(update={"index": index}),
            "state": config.state.model_copy(update={"url": state}),
            "webhook": config.webhook.model_copy(
                update={
                    key: _below(base, file)
                    for key in ("certificate", "private_key")
                    if (file := getattr(config.webhook, key)) is not None
                }
            ),
        }
    )


def _below(base: Path, path: Path) -> Path:
    """A path of the settings; `~` is the home folder."""
    return base / (Path.home().joinpath(*path.parts[1:]) if path.parts[:1] == ("~",) else path)


def _check_corpus(path: Path, place: str) -> None:
    if not path.exists():
        raise ConfigError(
            f"{place}: {path}: no such folder or file; expected the folder of articles"
        )


def _read_secret(file: Path) -> str:
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(
            f"{TOKEN_FILE_VARIABLE}: {file}: can't be read ({error.strerror})"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{TOKEN_FILE_VARIABLE}: {file}: not UTF-8 text") from error
    if not secret:
        raise ConfigError(f"{TOKEN_FILE_VARIABLE}: {file}: is empty; expected the bot's token")
    return secret


def _with_secrets(config: Config, variables: Mapping[str, str]) -> Config:
    update: dict[str, object] = {}
    name, token = TOKEN_VARIABLE, variables.get(TOKEN_VARIABLE, "").strip()
    if not token and (file := variables.get(TOKEN_FILE_VARIABLE, "").strip()):
        name, token = f"{TOKEN_FILE_VARIABLE}: {file}", _read_secret(Path(file))
    if token:
        if not _TOKEN.fullmatch(token):
            raise ConfigError(
                f"{name}: not a bot's token; expected what @BotFather gives out, 123456789:AA…"
            )
        update["token"] = SecretStr(token)
    if secret := variables.get(WEBHOOK_SECRET_VARIABLE, "").strip():
        if not _WEBHOOK_SECRET.fullmatch(secret):
            raise ConfigError(
                f"{WEBHOOK_SECRET_VARIABLE}: expected 16 to 256 letters, digits, _ and -"
            )
        update["webhook_secret"] = SecretStr(secret)
    if address := variables.get(API_URL_VARIABLE, "").strip():
        try:
            given = TelegramSettings(api_url=address)
        except ValidationError as error:
            raise ConfigError(
                f"{API_URL_VARIABLE}: {address!r}: expected {EXPECTED_ADDRESS}"
            ) from error
        update["telegram"] = config.telegram.model_copy(update={"api_url": given.api_url})
    return config.model_copy(update=update)
