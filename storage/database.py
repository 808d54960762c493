"""Engines and transactions: PostgreSQL with a pool, SQLite with one FIFO writer and its own readers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.transactions import Transactions
from storage.work import Work

_BUSY_MS = 15_000


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Database:
    """Opens units of work on one database.

    On SQLite every writing unit of work takes the one writer connection in turn (BEGIN IMMEDIATE), so nothing but SQL
    may be awaited inside it; readers see the last commit. On PostgreSQL both come from one pool.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.engine = _sqlite(url, writer=True, pool_size=1)
            self.reader = _sqlite(url, writer=False, pool_size=4)
        else:
            self.engine = create_async_engine(
                url,
                pool_size=pool_size,
                max_overflow=pool_size,
                pool_pre_ping=False,
                json_serializer=_dumps,
                hide_parameters=True,
                connect_args={"statement_cache_size": 512} if parsed.get_driver_name() == "asyncpg" else {},
            )
            self.reader = self.engine
        # half of what the pool may grow to is left for readers, and for what keeps a connection of its own
        self._transactions = Transactions(self.engine, pool_size) if parsed.get_driver_name() == "asyncpg" else None

    @asynccontextmanager
    async def work(self, now: datetime, *, real: datetime | None = None) -> AsyncIterator[Work]:
        """Open one transaction; leaving the block commits it, an exception rolls it back.

        `now` is business time; `real` is the wall clock and defaults to it being read here.
        """
        transactions = self.engine.begin() if self._transactions is None else self._transactions.open()
        async with transactions as connection:
            yield Work(connection, now, real or datetime.now(UTC))

    @asynccontextmanager
    async def read(self, now: datetime) -> AsyncIterator[Work]:
        """Open a transaction that only reads."""
        async with self.reader.connect() as connection:
            yield Work(connection, now, datetime.now(UTC))

    async def close(self) -> None:
        """Close every connection."""
        if self._transactions is not None:
            await self._transactions.close()
        await self.engine.dispose()
        if self.reader is not self.engine:
            await self.reader.dispose()


def _sqlite(url: str, *, writer: bool, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=60,
        json_serializer=_dumps,
        hide_parameters=True,
        connect_args={"isolation_level": None, "timeout": _BUSY_MS / 1000},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine
