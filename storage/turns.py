"""The sender's lane to the database: straight on the driver, because it turns once for every message."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.delivery import (
    CLAIM,
    FINISH,
    FINISH_AND_CLAIM_POSTGRES,
    Claimed,
    Result,
    claim_values,
    claimed,
    positional,
    prepared,
    results_json,
)

_FINISH, _FINISH_NAMES = positional(FINISH["postgresql"])
_CLAIM, _CLAIM_NAMES = positional(CLAIM["postgresql"])
_BOTH, _BOTH_NAMES = positional(FINISH_AND_CLAIM_POSTGRES)
_TEXT_FINISH, _TEXT_CLAIM = prepared(FINISH), prepared(CLAIM)


class Turns:
    """Writes results back and claims the next rows: one round trip on PostgreSQL, two short ones on SQLite.

    On PostgreSQL a connection is kept for it until `close`; on SQLite the one writer is taken in turn like any other.
    """

    def __init__(self, engine: AsyncEngine, channel: str, lease: str) -> None:
        self._engine = engine
        self._channel = channel
        self._lease = lease
        self._driver = engine.dialect.driver
        self._kept: tuple[AsyncConnection, Any] | None = None

    async def turn(
        self, results: Sequence[Result], fence: int, most: int, busy: Collection[str], real: datetime
    ) -> list[Claimed]:
        """Write `results` back, then claim up to `most` rows, at most one per chat and none to a busy chat.

        After an error either, both or none may have happened; writing the same results again does no harm.
        """
        dialect = self._engine.dialect.name
        values = claim_values(self._channel, most, fence, busy, self._lease, real, dialect)
        if results:
            values["results"] = results_json(results, real, dialect)
        if self._driver == "asyncpg":
            return await self._on_asyncpg(values, most)
        if self._driver == "aiosqlite":
            return await self._on_aiosqlite(values, most)
        async with self._engine.begin() as connection:
            if results:
                await connection.execute(_TEXT_FINISH[dialect], values)
            return claimed(await connection.execute(_TEXT_CLAIM[dialect], values)) if most else []

    async def close(self) -> None:
        """Give the kept connection back."""
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept[0].close()

    async def _on_asyncpg(self, values: dict[str, Any], most: int) -> list[Claimed]:
        if "results" not in values:
            sql, names = _CLAIM, _CLAIM_NAMES
        else:
            sql, names = (_BOTH, _BOTH_NAMES) if most else (_FINISH, _FINISH_NAMES)
        if self._kept is None:
            connection = await self._engine.connect()
            self._kept = (connection, (await connection.get_raw_connection()).driver_connection)
        connection, driver = self._kept
        try:
            return claimed(await driver.fetch(sql, *(values[name] for name in names)))
        except BaseException:
            self._kept = None
            await connection.invalidate()
            await connection.close()
            raise

    async def _on_aiosqlite(self, values: dict[str, Any], most: int) -> list[Claimed]:
        async with self._engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            # each statement is a transaction of its own: a write takes its lock at once
            if "results" in values:
                await driver.execute_fetchall(_TEXT_FINISH["sqlite"].text, values)
            return claimed(await driver.execute_fetchall(_TEXT_CLAIM["sqlite"].text, values)) if most else []
