"""The first tables: what chats chose, which message answers which question, votes, and what was not found."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make them."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "meta",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
    op.create_table(
        "options",
        sa.Column("chat", sa.LargeBinary, primary_key=True),
        sa.Column("answer_mentions", sa.Boolean),
        sa.Column("excerpts", sa.Integer),
        sa.Column("language", sa.String),
        sa.Column("at", moment, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("chat", sa.LargeBinary, primary_key=True),
        sa.Column("question_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("answer_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("at", moment, nullable=False, index=True),
    )
    op.create_table(
        "feedback",
        sa.Column("chat", sa.LargeBinary, primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.LargeBinary, primary_key=True),
        sa.Column("vote", sa.String, nullable=False),
        sa.Column("topic", sa.LargeBinary),
        sa.Column("question", sa.String),
        sa.Column("at", moment, nullable=False),
    )
    op.create_table(
        "missed",
        sa.Column("topic", sa.LargeBinary, primary_key=True),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
    )
