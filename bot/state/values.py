"""The values that the state takes and gives."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.state.digests import Digests


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """What a chat's admins have chosen; None is as the configuration says.

    Args:
        answer_mentions: whether mentions of the bot are answered, or commands only.
        excerpts: how many excerpts an answer has.
        language: the language that the bot speaks, as a code such as `de`.
    """

    answer_mentions: bool | None = None
    excerpts: int | None = None
    language: str | None = None


class Vote(StrEnum):
    """What somebody thinks of an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered.

    Args:
        answer_id: the message that answers it.
    """

    answer_id: int
    _digest: bytes = field(repr=False)
    _digests: Digests = field(repr=False)

    def same(self, question: str) -> bool:
        """Whether this is the question that was answered, but for white space."""
        return self._digests.question(question) == self._digest


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was not answered well.

    Args:
        question: in one of the wordings it was asked in; they differ in case and white space only.
        missed: how often nothing was found.
        unhelpful: how many people voted its answers down.
        last: when it last was either, in UTC.
    """

    question: str
    missed: int
    unhelpful: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Totals:
    """How answers were received.

    Args:
        up: votes that an answer was helpful.
        down: votes that it was not.
        missed: how often nothing was found.
    """

    up: int
    down: int
    missed: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """The questions of a day.

    Args:
        questions: all of them.
        answered: those that had an answer.
    """

    questions: int
    answered: int


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept about a person.

    Args:
        settings: 1 if they have chosen any, else 0.
        votes: of theirs.
        answers: to questions in their private chat, which are known.
    """

    settings: int
    votes: int
    answers: int

    @property
    def entries(self) -> int:
        """All together."""
        return self.settings + self.votes + self.answers


class Result(StrEnum):
    """What came of something that somebody wanted done."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    NOTHING = "nothing"
    """It was done, and changed nothing."""


@dataclass(frozen=True, slots=True)
class Audit:
    """A line of the audit log.

    Args:
        at: when, in UTC.
        who: the user id of one of the bot's admins; a label for somebody else, which is the same each time and no
            more; or `bot`.
        act: what they wanted, such as `reload`.
        detail: more of it, on one line.
        result: what came of it.
    """

    at: datetime
    who: str
    act: str
    detail: str
    result: Result


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept; None is for ever, and no time at all is not beyond the next cleaning.

    Args:
        answers: which message answers which question.
        misses: questions that found nothing, and the text of those voted on. The votes stay.
        audit: what admins did.
    """

    answers: timedelta | None = None
    misses: timedelta | None = None
    audit: timedelta | None = None
