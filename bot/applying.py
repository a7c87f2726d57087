"""Reads the settings again while the bot runs: those that are safe to change apply, the others are named."""

from dataclasses import dataclass

import structlog

from bot.config import Config
from bot.logs import set_level
from bot.services import Services
from retrieval.errors import ConfigError
from retrieval.settings import StrictModel

logger = structlog.get_logger("dateline.settings")

GROUPS = frozenset({"access", "answers", "groups", "channels", "inline", "quota", "reload"})
"""Groups of settings that are looked at anew each time they are needed."""

KEYS = frozenset(
    {
        "corpus.language",
        "corpus.max_file_megabytes",
        "log.level",
        "telegram.language",
        "telegram.oldest_minutes",
    }
)
"""Single settings of which that is true."""

KEEPING = "state.keep_"
"""Begins the settings that say what is kept, and how long."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of reading the settings again.

    Args:
        changed: settings that have another value from now on, as `group.key`.
        waiting: settings that will have one after a restart.
        error: why they could not be read; empty if they could.
    """

    changed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    error: str = ""


async def apply_settings(services: Services) -> Applied:
    """Read the settings again; where they can't be read, all stays as it is.

    Args:
        services: whose settings they are.
    """
    if services.reread is None:
        return Applied()
    try:
        wanted = services.reread()
    except ConfigError as error:
        logger.error("the settings could not be read again", error=str(error))  # noqa: TRY400 - it says why
        return Applied(error=str(error))
    old = services.config
    different = _different(old, wanted)
    changed = tuple(key for key in different if _is_safe(key))
    waiting = tuple(key for key in different if not _is_safe(key))
    if changed:
        await services.change(_with(old, wanted, changed))
    if "log.level" in changed:
        set_level(services.config.log.level)
    if different:
        logger.info("the settings were read again", changed=changed, waiting_for_restart=waiting)
    return Applied(changed, waiting)


def _is_safe(key: str) -> bool:
    return key.partition(".")[0] in GROUPS or key in KEYS or key.startswith(KEEPING)


def _different(old: Config, new: Config) -> list[str]:
    """The settings in which two differ."""
    keys: list[str] = []
    for group in Config.model_fields:
        before, now = getattr(old, group), getattr(new, group)
        if before == now:
            continue
        if not isinstance(before, StrictModel):
            # A secret.
            keys.append(group)
        else:
            names = type(before).model_fields
            keys += [
                f"{group}.{name}" for name in names if getattr(before, name) != getattr(now, name)
            ]
    return keys


def _with(old: Config, new: Config, keys: tuple[str, ...]) -> Config:
    """Settings with some values of others."""
    update: dict[str, object] = {}
    for group in {key.partition(".")[0] for key in keys}:
        names = [key.partition(".")[2] for key in keys if key.partition(".")[0] == group]
        values = {name: getattr(getattr(new, group), name) for name in names}
        update[group] = getattr(old, group).model_copy(update=values)
    return old.model_copy(update=update)
