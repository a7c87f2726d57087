"""Sets up logging, for people or as JSON, with the bot's token and other secrets taken out of every line."""

import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import Processor

_TOKEN_SHAPE = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
REDACTED = "[token]"
REDACTED_SECRET = "[secret]"  # noqa: S105 - what stands in its place


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Formats a record whole, traceback included, and takes out whatever is or looks like a bot token."""

    def __init__(
        self, token: str | None, secrets: Sequence[str], *, colors: bool, as_json: bool
    ) -> None:
        readable = [
            structlog.dev.ConsoleRenderer(
                colors=colors, exception_formatter=structlog.dev.plain_traceback
            )
        ]
        super().__init__(
            foreign_pre_chain=_enrich(as_json=as_json),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *(_AS_JSON if as_json else readable),
            ],
        )
        self._token = token
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line without the token."""
        try:
            line = super().format(record)
        except Exception as error:  # noqa: BLE001 - logging's own way out prints the arguments as they are
            line = f"{record.name}: {record.msg!r} could not be logged: {error!r}"
        for secret in self._secrets:
            line = line.replace(secret, REDACTED_SECRET)
        return redact(line, self._token)


_AS_JSON: list[Processor] = [
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]


def _enrich(*, as_json: bool) -> list[Processor]:
    """What every line gets. People read the clock on their wall; what is collected comes from many of them."""
    form = "iso" if as_json else "%Y-%m-%d %H:%M:%S"
    return [
        # Which update is being handled.
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(form, utc=as_json),
    ]


def redact(text: str, token: str | None = None) -> str:
    """Replace a token, and anything of its shape, by a placeholder."""
    if token:
        text = text.replace(token, REDACTED)
    return _TOKEN_SHAPE.sub(REDACTED, text)


def set_up_logging(
    level: str,
    token: str | None = None,
    stream: TextIO | None = None,
    *,
    as_json: bool = False,
    secrets: Sequence[str] = (),
) -> None:
    """Send every log line, warning and uncaught exception through the redacting formatter.

    Args:
        level: debug, info, warning or error.
        token: what must not appear.
        stream: standard error unless given.
        as_json: one JSON object a line, rather than text for people.
        secrets: what else must not appear.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        RedactingFormatter(token, secrets, colors=_in_colors(stream), as_json=as_json)
    )
    root = logging.getLogger()
    root.handlers = [handler]
    set_level(level)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_enrich(as_json=as_json),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )

    sys.excepthook = lambda _kind, error, _traceback: _log_uncaught(error)
    threading.excepthook = lambda thrown: _log_uncaught(thrown.exc_value)
    sys.unraisablehook = lambda thrown: _log_uncaught(thrown.exc_value)


def _in_colors(stream: TextIO) -> bool:
    """Whether colours can be seen and are wanted (https://no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()


def set_level(level: str) -> None:
    """Log from a level on: debug, info, warning or error."""
    root = logging.getLogger()
    root.setLevel(level.upper())
    # httpx tells every request at INFO, with the token in its address.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    if level == "debug":
        logging.getLogger("httpx").setLevel(logging.DEBUG)
    # Its "Application started" stands beside our own "ready".
    logging.getLogger("telegram.ext.Application").setLevel(max(logging.WARNING, root.level))
    # What came of a change on the disk is logged by `bot.reloading`.
    logging.getLogger("watchfiles").setLevel(max(logging.WARNING, root.level))
    # It tells what it is about to do; what came of it is logged by `bot.state.migrating`.
    logging.getLogger("alembic").setLevel(max(logging.WARNING, root.level))
    # aiosqlite tells every statement at DEBUG, with the questions in it.
    logging.getLogger("aiosqlite").setLevel(max(logging.INFO, root.level))
    if level == "debug":
        warnings.simplefilter("default")


def _log_uncaught(error: BaseException | None) -> None:
    logging.getLogger("dateline").critical("uncaught", exc_info=error)
