"""The few statements that nearly every message needs: compiled once, and on asyncpg handed to the driver itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from sqlalchemy import Delete, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What asyncpg raises."""


class Prepared:
    """A statement that returns rows, its parameters named.

    SQLAlchemy's own way to the driver costs three times what the driver does. It is taken all the same on SQLite, and
    where no transaction has begun yet, for it is SQLAlchemy that begins and ends them.
    """

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows, with columns by name and in order; raises what SQLAlchemy raises."""
        driver = _driver_in_transaction(connection)
        if driver is None:
            return (await connection.execute(self._statement, values)).all()
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = _compile(self._statement, connection.dialect)
        try:
            rows: list[Any] = await driver.fetch(compiled.sql, *compiled.arguments(values), record_class=_Row)
        except DRIVER_ERRORS as error:
            if driver.is_closed():
                await connection.invalidate(error)
            raise database_error(compiled.sql, error, driver) from error
        return rows


def driver_of(connection: AsyncConnection) -> Any:
    """Return asyncpg's connection under SQLAlchemy's."""
    below = connection.sync_connection
    return below.connection.driver_connection if below is not None else None


def database_error(sql: str, error: Exception, driver: Any) -> DBAPIError:
    """Return what SQLAlchemy would raise for an error of asyncpg's."""
    return DBAPIError(sql, None, error, connection_invalidated=driver.is_closed())


class _Row(asyncpg.Record):  # type: ignore[misc]  # the driver is not typed
    """A row whose columns are attributes too, as SQLAlchemy's are."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The text with $1, $2 … and for each of these a name, a value where none is given, and what prepares it."""

    sql: str
    parameters: tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the values in the order of the text."""
        found = []
        for name, default, prepare in self.parameters:
            value = values.get(name, default)
            found.append(value if prepare is None else prepare(value))
        return found


def _driver_in_transaction(connection: AsyncConnection) -> Any:
    """Return asyncpg's connection where SQLAlchemy has begun a transaction on it, else `None`."""
    if connection.dialect.driver != "asyncpg":
        return None
    driver = driver_of(connection)
    return driver if driver is not None and driver.is_in_transaction() else None


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    # a list that stands in the statement must be spelled out, which asks for a value of every other parameter
    spelled = compiled.construct_expanded_state({bind.key: None for bind in compiled.bind_names if bind.required})
    prepare = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
    }
    names = spelled.positiontup or []
    return _Compiled(spelled.statement, tuple((name, spelled.parameters[name], prepare.get(name)) for name in names))
