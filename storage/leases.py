"""Leases: one holder at a time, taken over when it stops renewing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Interval, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import leases

# who holds a lease is judged by one clock: the server's where there is one, so that hosts need not agree on the time
_NOW: dict[str, ColumnElement[datetime]] = {
    "postgresql": func.clock_timestamp(type_=leases.c.until.type),
    "sqlite": bindparam("at", type_=leases.c.until.type),
}
_UNTIL: dict[str, ColumnElement[datetime]] = {
    "postgresql": _NOW["postgresql"] + bindparam("length", type_=Interval()),
    "sqlite": bindparam("new_until", type_=leases.c.until.type),
}


def _take(dialect: str) -> Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    now, until = _NOW[dialect], _UNTIL[dialect]
    new = {"name": bindparam("lease"), "holder": bindparam("who"), "until": until, "fence": 1}
    return (
        insert(leases)
        .values(new)
        .on_conflict_do_update(
            index_elements=["name"],
            # a new holder gets a new fence, so that what the old one left half done can be told apart
            set_={"holder": bindparam("who"), "until": until, "fence": leases.c.fence + 1},
            where=or_(leases.c.holder == bindparam("who"), leases.c.until <= now),
        )
        .returning(leases.c.fence, leases.c.until)
    )


_IS_HELD = and_(
    leases.c.name == bindparam("lease"), leases.c.holder == bindparam("who"), leases.c.fence == bindparam("held_fence")
)
_TAKE = {dialect: _take(dialect) for dialect in _NOW}
# one that ran out but was taken by nobody is still ours
_RENEW = {
    dialect: update(leases).where(_IS_HELD).values(until=until).returning(leases.c.fence, leases.c.until)
    for dialect, until in _UNTIL.items()
}
_GIVE_UP = {dialect: update(leases).where(_IS_HELD).values(until=now, holder="") for dialect, now in _NOW.items()}


_HELD = {
    dialect: select(leases.c.name).where(
        leases.c.name.like(bindparam("pattern")), leases.c.until > now, leases.c.holder != ""
    )
    for dialect, now in _NOW.items()
}


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that is held: `fence` rises with every change of holder."""

    name: str
    holder: str
    fence: int
    until: datetime


class Leases:
    """Takes, renews and gives up leases by the wall clock: the server's on PostgreSQL, the machine's on SQLite."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def take(self, name: str, holder: str, length: timedelta, held: Lease | None = None) -> Lease | None:
        """Take the lease, or renew the one that is `held`; `None` while somebody else holds it."""
        dialect = self._connection.dialect.name
        values = {"lease": name, "who": holder, **self._times(dialect, length)}
        if held is None:
            row = (await self._connection.execute(_TAKE[dialect], values)).one_or_none()
        else:
            row = (await self._connection.execute(_RENEW[dialect], {**values, "held_fence": held.fence})).one_or_none()
        return Lease(name, holder, row.fence, row.until) if row is not None else None

    async def held(self, beginning: str) -> list[str]:
        """Return the names that begin like this of the leases somebody holds now."""
        dialect = self._connection.dialect.name
        at = {} if dialect == "postgresql" else {"at": self._real}
        found = await self._connection.execute(_HELD[dialect], {"pattern": f"{beginning}%", **at})
        return sorted(found.scalars())

    async def give_up(self, lease: Lease) -> None:
        """Let the next one have it at once."""
        dialect = self._connection.dialect.name
        values = {"lease": lease.name, "who": lease.holder, "held_fence": lease.fence}
        at = {} if dialect == "postgresql" else {"at": self._real}
        await self._connection.execute(_GIVE_UP[dialect], {**values, **at})

    def _times(self, dialect: str, length: timedelta) -> dict[str, Any]:
        if dialect == "postgresql":
            return {"length": length}
        return {"at": self._real, "new_until": self._real + length}
