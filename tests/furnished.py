"""Furnishing an empty database for a test: done once in a process, afterwards its rows are written back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Table, insert, select, text

from storage.database import Database
from storage.schema import metadata

_KEPT: dict[str, list[tuple[Table, list[dict[str, Any]]]]] = {}


async def furnish(database: Database, name: str, build: Callable[[], Awaitable[object]]) -> None:
    """Fill the database as `build` does, which only the first call of this name runs."""
    if name not in _KEPT:
        await build()
        async with database.engine.connect() as connection:
            every = [(table, await connection.execute(select(table))) for table in metadata.tables.values()]
            kept = [(table, [dict(row._mapping) for row in rows]) for table, rows in every]
        _KEPT[name] = [(table, rows) for table, rows in kept if rows]
        return
    postgres = database.engine.dialect.name == "postgresql"
    async with database.engine.begin() as connection:
        await connection.execute(
            text("SET LOCAL session_replication_role = replica" if postgres else "PRAGMA defer_foreign_keys = ON")
        )
        for table, rows in _KEPT[name]:
            await connection.execute(insert(table), rows)
            if postgres and "id" in table.c and table.c.id.autoincrement:
                moved = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
                await connection.execute(text(moved))
