"""What the bot tells of its work while it works; here it is forgotten, `bot.web.prometheus` counts it."""

from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum

from retrieval.types import Outcome


class Stage(StrEnum):
    """A part of the way from a question to its answer."""

    LANE = "lane"
    """Waiting until earlier updates of the same chat are done."""
    FINDING = "finding"
    """Asking the archive."""
    RENDERING = "rendering"
    """Writing the answer out."""
    SENDING = "sending"
    """Handing it to Telegram, with the waiting for Telegram's limits."""
    WHOLE = "whole"
    """From the update, when it reached this process, to the answer that Telegram has taken."""


class Way(StrEnum):
    """How a question was put."""

    MESSAGE = "message"
    """In a message or a post."""
    INLINE = "inline"
    """Typed after the bot's name, in any chat; Telegram asks again at every few letters."""


class Reloaded(StrEnum):
    """What became of a reload."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    """By the corpus: it can't be read, or too much of it is gone."""
    FAILED = "failed"
    """The index could not be built, or the bot was stopped meanwhile."""


_UNMEASURED = nullcontext()


class Metrics:
    """Is told what happens, from any thread, and forgets it.

    Whatever is given as a name comes from a short list: each is a series of its own where it is counted.
    """

    def received(self, kind: str) -> None:
        """An update came; `kind` as `bot.telegram.updates.kind_of` says."""

    def failed(self, reason: str) -> None:
        """Handling an update failed."""

    def answered(self, outcome: Outcome, way: Way) -> None:
        """A question was answered, be it by a no; further pages of an answer are no answers."""

    def took(self, stage: Stage, seconds: float) -> None:
        """A stage of an answer is over."""

    def stage(self, stage: Stage) -> AbstractContextManager[object]:  # noqa: ARG002 - a subclass uses it
        """Measures a stage: `with metrics.stage(Stage.FINDING): …`."""
        return _UNMEASURED

    def reloaded(self, result: Reloaded, seconds: float) -> None:
        """A reload is over."""

    def requested(self, method: str, result: str, seconds: float) -> None:
        """A request to Telegram is over.

        Args:
            method: the Bot API's name for it.
            result: `ok`, or what went wrong.
            seconds: without the waiting for Telegram's limits.
        """

    def polled(self, result: str) -> None:
        """A request for updates is over, which Telegram keeps open until there are some."""

    def rate_limited(self, seconds: float) -> None:
        """Telegram refused a request for coming too soon, and named so many seconds to wait."""

    def delivered(self, status: int) -> None:
        """The webhook answered a request, by Telegram or somebody else, with this HTTP status."""
