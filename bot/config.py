"""Reads `config.yaml` and the environment into one frozen, checked `Config`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from dotenv import dotenv_values
from pydantic import AfterValidator, Field, PositiveInt, SecretStr, ValidationError

from retrieval.errors import ConfigError
from retrieval.settings import (
    IN_MEMORY,
    ArchiveSettings,
    CorpusSettings,
    RetrievalSettings,
    StrictModel,
)

DEFAULT_FILE = Path("config.yaml")
TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105
API_URL_VARIABLE = "TELEGRAM_API_URL"
MOST_EXCERPTS = 10


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("an address beginning with http:// or https://")
    return value.rstrip("/")


class TelegramSettings(StrictModel):
    """How to reach Telegram."""

    api_url: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"


class AccessSettings(StrictModel):
    """Who may do what."""

    admins: tuple[PositiveInt, ...] = Field(default=(), strict=False)


class AnswerSettings(StrictModel):
    """What an answer looks like."""

    excerpts: int = Field(default=3, ge=1, le=MOST_EXCERPTS)


class LogSettings(StrictModel):
    """What is logged."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(StrictModel):
    """Every setting. The token is a secret: printing it shows asterisks."""

    telegram: TelegramSettings = TelegramSettings()
    access: AccessSettings = AccessSettings()
    corpus: CorpusSettings = CorpusSettings()
    retrieval: RetrievalSettings = RetrievalSettings()
    answers: AnswerSettings = AnswerSettings()
    log: LogSettings = LogSettings()
    token: SecretStr | None = Field(default=None, exclude=True)

    @property
    def archive(self) -> ArchiveSettings:
        """What retrieval needs of it."""
        return ArchiveSettings(corpus=self.corpus, retrieval=self.retrieval)


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
    if file is None and DEFAULT_FILE.exists():
        file = DEFAULT_FILE
    values = {} if file is None else _read_yaml(file)
    name = DEFAULT_FILE.name if file is None else str(file)
    if "token" in values:
        raise ConfigError(
            f"{name}: token: belongs into the environment or .env as {TOKEN_VARIABLE}, not here"
        )
    variables = _environment() if environment is None else environment
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{name}: {line}" for line in _explain(error))) from error
    config = _with_places(config, Path() if file is None else file.parent, corpus, index)
    _check_corpus(config, name if corpus is None else "--corpus")
    return _with_secrets(config, variables)


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
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
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ConfigError(
            f"{file}: expected groups of settings such as `corpus:`, found {values!r}"
        )
    # A group whose settings are all commented out is a group of defaults.
    return {str(key): {} if value is None else value for key, value in values.items()}


def _environment() -> dict[str, str]:
    from_file = {key: value for key, value in dotenv_values(".env").items() if value is not None}
    return {**from_file, **os.environ}


def _with_places(config: Config, base: Path, corpus: Path | None, index: str | None) -> Config:
    path = base / config.corpus.path if corpus is None else corpus
    if index is None:
        index = config.retrieval.index if corpus is None else IN_MEMORY
        if index != IN_MEMORY:
            index = str(base / index)
    return config.model_copy(
        update={
            "corpus": config.corpus.model_copy(update={"path": path}),
            "retrieval": config.retrieval.model_copy(update={"index": index}),
        }
    )


def _check_corpus(config: Config, name: str) -> None:
    path = config.corpus.path
    if not path.exists():
        place = name if name.startswith("--") else f"{name}: corpus.path"
        raise ConfigError(
            f"{place}: {path}: no such folder or file; expected the folder of articles"
        )


def _with_secrets(config: Config, variables: Mapping[str, str]) -> Config:
    update: dict[str, object] = {}
    token = variables.get(TOKEN_VARIABLE, "").strip()
    if token:
        update["token"] = SecretStr(token)
    if address := variables.get(API_URL_VARIABLE, "").strip():
        try:
            update["telegram"] = TelegramSettings(api_url=address)
        except ValidationError as error:
            raise ConfigError(
                f"{API_URL_VARIABLE}: {address}: expected an address beginning with http:// or https://"
            ) from error
    return config.model_copy(update=update)


def _explain(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            group = _group(problem["loc"][:-1])
            expected = f"unknown key; expected one of {', '.join(group)}"
        else:
            expected = f"{problem['input']!r}: {_plain(problem['msg'])}"
        lines.append(f"{key}: {expected}")
    return lines


def _group(location: tuple[int | str, ...]) -> list[str]:
    model: type[StrictModel] = Config
    for part in location:
        annotation = model.model_fields[str(part)].annotation
        if isinstance(annotation, type) and issubclass(annotation, StrictModel):
            model = annotation
    return [name for name in model.model_fields if name != "token"]


def _plain(message: str) -> str:
    message = message.removeprefix("Value error, ")
    message = message.removeprefix("Input should be ")
    return f"expected {message}" if not message.startswith("expected") else message
