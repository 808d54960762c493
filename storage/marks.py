"""Moments and places to be remembered by name: the last tick, since when a channel is out of reach, how far tidying got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import marks

TICK = "tick"
"""When a worker last planned what was due, by the wall clock."""
TIDIED = "tidied"
"""Up to which row old messages have lost their words."""
_VALUES: dict[str, Any] = {"name": bindparam("mark"), "at": bindparam("moment"), "number": bindparam("value")}


def _set(dialect: str, *, first: bool) -> Any:
    made = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(marks).values(_VALUES)
    if first:
        return made.on_conflict_do_nothing()
    new: dict[str, Any] = {"at": bindparam("moment"), "number": bindparam("value")}
    return made.on_conflict_do_update(index_elements=["name"], set_=new)


_SET = {(dialect, first): _set(dialect, first=first) for dialect in ("postgresql", "sqlite") for first in (False, True)}
_GET = select(marks.c.at, marks.c.number).where(marks.c.name == bindparam("mark"))
_BEGINNING = select(marks.c.at, marks.c.number).where(marks.c.name.like(bindparam("pattern"))).order_by(marks.c.number)
_CLEAR = delete(marks).where(marks.c.name == bindparam("mark"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of the wall clock and, where one was given, a number."""

    at: datetime
    number: int | None


def out_of_reach(channel: str) -> str:
    """Return the name under which it is kept since when a channel is out of reach."""
    return f"out of reach:{channel}"


def paused(lease: str) -> str:
    """Return the name under which it is kept until when a messenger told us to be quiet."""
    return f"paused:{lease}"


class Marks:
    """Sets, reads and clears marks."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def set(self, name: str, at: datetime, number: int | None = None, *, first: bool = False) -> None:
        """Set a mark; `first`: only where it is not set yet."""
        statement = _SET[self._connection.dialect.name, first]
        await self._connection.execute(statement, {"mark": name, "moment": at, "value": number})

    async def get(self, name: str) -> Mark | None:
        """Return a mark, if it is set."""
        row = (await self._connection.execute(_GET, {"mark": name})).one_or_none()
        return Mark(*row) if row is not None else None

    async def beginning(self, name: str) -> list[Mark]:
        """Return the marks whose names begin like this, by their numbers."""
        return [Mark(*row) for row in await self._connection.execute(_BEGINNING, {"pattern": f"{name}%"})]

    async def clear(self, name: str) -> None:
        """Forget a mark."""
        await self._connection.execute(_CLEAR, {"mark": name})
