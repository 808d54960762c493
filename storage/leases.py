"""Leases: one holder at a time, taken over when it stops renewing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import leases

_FREE = {"name": bindparam("lease"), "holder": "", "until": bindparam("start"), "fence": 0}
_MAKE = {
    "postgresql": postgresql.insert(leases).values(_FREE).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(leases).values(_FREE).on_conflict_do_nothing(),
}
_TAKE = (
    update(leases)
    .where(
        leases.c.name == bindparam("lease"),
        or_(leases.c.holder == bindparam("who"), leases.c.until <= bindparam("at")),
    )
    .values(
        holder=bindparam("who"),
        until=bindparam("new_until"),
        # a new holder gets a new fence, so that what the old one left half done can be told apart
        fence=leases.c.fence + bindparam("step"),
    )
    .returning(leases.c.fence)
)
_GIVE_UP = (
    update(leases)
    .where(leases.c.name == bindparam("lease"), leases.c.holder == bindparam("who"))
    .values(until=bindparam("at"), holder="")
)


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that is held: `fence` rises with every change of holder."""

    name: str
    holder: str
    fence: int
    until: datetime


class Leases:
    """Takes, renews and gives up leases by the wall clock."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def take(self, name: str, holder: str, length: timedelta, held: Lease | None = None) -> Lease | None:
        """Take or renew the lease; `None` while somebody else holds it."""
        if held is None:
            start = {"lease": name, "start": self._real - timedelta(days=1)}
            await self._connection.execute(_MAKE[self._connection.dialect.name], start)
        until = self._real + length
        values = {"lease": name, "who": holder, "at": self._real, "new_until": until, "step": 0 if held else 1}
        fence = (await self._connection.execute(_TAKE, values)).scalar_one_or_none()
        if fence is None or (held is not None and fence != held.fence):
            return None
        return Lease(name, holder, fence, until)

    async def give_up(self, lease: Lease) -> None:
        """Let the next one have it at once."""
        await self._connection.execute(_GIVE_UP, {"lease": lease.name, "who": lease.holder, "at": self._real})
