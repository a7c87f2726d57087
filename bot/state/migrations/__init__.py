"""Brings a database of an earlier Dateline up to date; `versions` holds one step for each version of the tables.

Alembic runs them (`bot.state.migrating`), from `env.py`. A step is frozen: it names tables as they were then, and
never imports `bot.state.tables`.
"""
