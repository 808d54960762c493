"""Transactions on PostgreSQL at the driver's own price: connections are kept, and BEGIN and COMMIT go straight to them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.prepared import DRIVER_ERRORS, database_error, driver_of

_PATIENCE = 30.0


class Transactions:
    """Up to `most` transactions at a time, each alone on a connection that is kept for the next one.

    Only for asyncpg: SQLAlchemy spends on beginning, ending and handing out connections twice what the statements cost.
    """

    def __init__(self, engine: AsyncEngine, most: int) -> None:
        # SQLAlchemy must neither begin nor end what is begun and ended here
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._places = asyncio.Semaphore(most)
        self._kept: list[tuple[AsyncConnection, Any]] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncConnection]:
        """Begin one; leaving the block commits it, an exception rolls it back.

        Raises what SQLAlchemy raises, and `TimeoutError` where no place becomes free within half a minute.
        """
        await self._take_place()
        try:
            connection, driver = await self._connection()
            try:
                await _tell(driver, "BEGIN")
                yield connection
                await _tell(driver, "COMMIT")
            except BaseException:
                await _give_back(connection, driver)
                raise
            self._kept.append((connection, driver))
        finally:
            self._places.release()

    async def close(self) -> None:
        """Give every kept connection back to the engine's pool."""
        kept, self._kept = self._kept, []
        for connection, _ in kept:
            await connection.close()

    async def _take_place(self) -> None:
        if self._places.locked():
            async with asyncio.timeout(_PATIENCE):
                await self._places.acquire()
        else:
            await self._places.acquire()

    async def _connection(self) -> tuple[AsyncConnection, Any]:
        while self._kept:
            connection, driver = self._kept.pop()
            if not driver.is_closed():
                return connection, driver
            await connection.invalidate()
            await connection.close()
        connection = await self._engine.connect()
        return connection, driver_of(connection)


async def _tell(driver: Any, command: str) -> None:
    try:
        await driver.execute(command)
    except DRIVER_ERRORS as error:
        raise database_error(command, error, driver) from error


async def _give_back(connection: AsyncConnection, driver: Any) -> None:
    """Roll back, or throw the connection away where even that fails; the pool gets no open transaction."""
    try:
        await driver.execute("ROLLBACK")
    except BaseException as error:
        await connection.invalidate()
        if not isinstance(error, DRIVER_ERRORS):
            raise
    finally:
        await connection.close()
