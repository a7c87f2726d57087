"""What every front end is given: the archive and the settings."""

from dataclasses import dataclass

from bot.config import Config
from retrieval.archive import Archive
from retrieval.types import Answer


@dataclass(slots=True)
class Services:
    """What the bot stands on; one for the whole process.

    Args:
        archive: the articles. Replaced as a whole, in one assignment, when the corpus is read again.
        config: the settings.
    """

    archive: Archive
    config: Config

    def ask(self, question: str) -> Answer:
        """Ask the archive as it is now, for as many excerpts, and as long, as the settings say."""
        answers = self.config.answers
        return self.archive.ask(question, limit=answers.excerpts, words=answers.words)
