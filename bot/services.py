"""What every front end is given: the archive, the settings, and what the bot remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.config import Config
from bot.last_load import Cause, Load
from bot.metrics import Metrics, Way
from bot.quota import Quota
from bot.state import StateError
from bot.statistics import Statistics
from retrieval.archive import Archive
from retrieval.types import Answer

if TYPE_CHECKING:
    from bot.state import State


@dataclass(slots=True)
class Services:
    """What the bot stands on; one for the whole process.

    Args:
        archive: the articles. Replaced as a whole, in one assignment, when the corpus is read again.
        config: the settings. Replaced as a whole, too, when their file is read again.
        reread: reads the settings again; None where they came from no file.

    Attributes:
        metrics: are told of everything that is counted; whoever serves them puts others here.
    """

    archive: Archive
    config: Config
    reread: Callable[[], Config] | None = None
    loaded: Load = field(init=False)
    """How the archive that answers came to be."""
    last_load: Load = field(init=False)
    """The last reading of the corpus, whether or not it succeeded."""
    quota: Quota = field(init=False)
    statistics: Statistics = field(init=False, default_factory=Statistics)
    metrics: Metrics = field(init=False, default_factory=Metrics)
    _state: "State | None" = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.quota = Quota(self.config.quota)
        self.loaded = self.last_load = Load(Cause.START, datetime.now(UTC))

    @property
    def state(self) -> "State":
        """What is remembered of chats and answers.

        Raises:
            StateError: it isn't open.
        """
        if self._state is None:
            raise StateError("state.url: the database isn't open")
        return self._state

    @property
    def state_failures(self) -> int:
        """How often the state could not be read or written since the start."""
        return 0 if self._state is None else self._state.failures

    async def open(self) -> None:
        """Open the state, and go on counting where it stands.

        Raises:
            StateError: it can't be opened.
        """
        if self._state is not None:
            return
        # The terminal never opens it, and should not wait for SQLAlchemy.
        from bot.state import State  # noqa: PLC0415

        kept = self.config.state
        state = await State.open(kept.url, retention=kept.retention, named=self._is_admin)
        try:
            await self.statistics.resume(state)
        except BaseException:
            await state.close()
            raise
        self._state = state

    async def change(self, config: Config) -> None:
        """Follow other settings from now on."""
        before, self.config = self.config, config
        self.quota.settings = config.quota
        if self._state is not None and config.state.retention != before.state.retention:
            await self._state.keep(config.state.retention)

    async def close(self) -> None:
        """Write what is still to be written, and close the state."""
        if self._state is not None:
            state, self._state = self._state, None
            await state.close()

    def _is_admin(self, user_id: int) -> bool:
        return user_id in self.config.access.admins

    def answered(self, answer: Answer) -> None:
        """Count the answer to a question in a message."""
        self.statistics.asked(answer.milliseconds, answered=answer.answered)
        self.metrics.answered(answer.outcome, Way.MESSAGE)

    def ask(self, question: str) -> Answer:
        """Ask the archive as it is now, for as many excerpts, and as long, as the settings say."""
        answers = self.config.answers
        return self.archive.ask(question, limit=answers.excerpts, words=answers.words)
