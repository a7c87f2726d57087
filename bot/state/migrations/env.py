"""What Alembic runs to migrate: in the transaction and on the connection that `bot.state.migrating` gives it."""

from alembic import context

from bot.state.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes few things of a table; Alembic copies it instead
)
context.run_migrations()
