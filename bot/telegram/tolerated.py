"""Lets the bot go on where its state fails: answers are worth more than what is remembered of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.state import StateError

logger = structlog.get_logger("dateline.state")


@contextmanager
def tolerated(what: str) -> Iterator[list[StateError]]:
    """Log a failure of the state, and go on behind the block.

    Args:
        what: could not be done.

    Yields:
        The failure, once there is one.
    """
    trouble: list[StateError] = []
    try:
        yield trouble
    except StateError as error:
        trouble.append(error)
        logger.error(what, error=str(error))  # noqa: TRY400 - the message says where and why
