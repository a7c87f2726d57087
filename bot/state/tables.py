"""The tables of the state, for any database that SQLAlchemy knows; chats and people stand in them as hashes only."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

SCHEMA_VERSION = 2
"""Goes up by one whenever the tables change, with a migration in `bot/state/migrations/versions`."""


class UtcTime(TypeDecorator[datetime]):
    """A moment. SQLite keeps no time zone: what comes back from it is in UTC as it went in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """On its way in."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """On its way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""The schema's version and the salt."""

options = Table(
    "options",
    metadata,
    Column("chat", LargeBinary, primary_key=True),
    Column("answer_mentions", Boolean),
    Column("excerpts", Integer),
    Column("language", String),
    Column("at", UtcTime, nullable=False),
)
"""What chats have chosen."""

answers = Table(
    "answers",
    metadata,
    Column("chat", LargeBinary, primary_key=True),
    Column("question_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer_id", BigInteger, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)
"""Which message answers which question, and the hash of the question."""

feedback = Table(
    "feedback",
    metadata,
    Column("chat", LargeBinary, primary_key=True),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", LargeBinary, primary_key=True),
    Column("vote", String, nullable=False),
    Column("topic", LargeBinary),
    Column("question", String),
    Column("at", UtcTime, nullable=False),
)
"""A person's vote on an answer. Without a topic where questions are not kept."""

missed = Table(
    "missed",
    metadata,
    Column("topic", LargeBinary, primary_key=True),
    Column("question", String, nullable=False),
    Column("times", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""A question that nothing was found for, in its latest wording, and how often."""

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("who", String, nullable=False),
    Column("act", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("result", String, nullable=False),
)
"""What admins did, and others tried to."""

daily = Table(
    "daily",
    metadata,
    Column("day", Date, primary_key=True),
    Column("questions", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
)
"""How many questions there were on a day (of UTC), and how many of them were answered."""
