"""Brings a database up to date, and says whether it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

_LOCK = 718_2023  # any constant: two releases must not migrate at once
# who waits for a table keeps everybody waiting who comes after, so a release had rather fail and be tried again
_WAIT_FOR_TABLES = "10s"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


async def migrate(database: Database) -> None:
    """Bring the schema up to date; safe to run twice and from two processes at once.

    Raises where a table stays locked by others for ten seconds; nothing is changed then.
    """

    def upgrade(connection: Connection) -> None:
        command.upgrade(_config(connection), "head")

    async with database.engine.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            await connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT_FOR_TABLES}'"))
        await connection.run_sync(upgrade)


@cache
def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


async def is_current(database: Database) -> bool:
    """Tell whether the schema is the one this program was written for."""
    head = _head()

    def current(connection: Connection) -> bool:
        return MigrationContext.configure(connection).get_current_revision() == head

    async with database.engine.connect() as connection:
        return await connection.run_sync(current)
