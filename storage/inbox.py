"""Events that were seen: the uniqueness that makes a redelivery stop."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.prepared import Prepared
from storage.schema import accounts, inbox, incidents, rejected_updates

KEPT = timedelta(days=7)

_VALUES: dict[str, Any] = {
    "channel": bindparam("channel"),
    "event_id": bindparam("event_id"),
    "received_at": bindparam("at"),
}
_FIRST = {
    "postgresql": postgresql.insert(inbox).values(_VALUES).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(inbox).values(_VALUES).on_conflict_do_nothing(),
}
# SQLite's one writer is lock enough
_SENDER = (
    select(accounts.c.id)
    .where(accounts.c.channel == bindparam("channel"), accounts.c.external_id == bindparam("sender"))
    .with_for_update()
    .scalar_subquery()
)
_ADMIT = {
    "postgresql": Prepared(_FIRST["postgresql"].returning(_SENDER)),
    "sqlite": Prepared(_FIRST["sqlite"].returning(inbox.c.event_id)),
}
_SEEN = select(inbox.c.event_id).where(
    inbox.c.channel == bindparam("channel"), inbox.c.event_id == bindparam("event_id")
)
_FORGET = delete(inbox).where(inbox.c.received_at < bindparam("before"))


class Inbox:
    """Remembers event ids for a week, because Telegram restarts its numbering after one."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def first_time(self, channel: str, event_id: str) -> bool:
        """Record the event and tell whether it is new; a concurrent twin waits for the first to commit."""
        statement = _FIRST[self._connection.dialect.name]
        result = await self._connection.execute(statement, {"channel": channel, "event_id": event_id, "at": self._real})
        return result.rowcount == 1

    async def admit(self, channel: str, event_id: str, sender: str) -> bool:
        """Do the same, and keep the sender's account, if there is one, locked until the end: their events act in turn.

        What is read of them from now on is what their last event left behind.
        """
        values = {"channel": channel, "event_id": event_id, "sender": sender, "at": self._real}
        return bool(await _ADMIT[self._connection.dialect.name].rows(self._connection, values))

    async def seen(self, channel: str, event_id: str) -> bool:
        """Tell whether the event was taken before."""
        return (await self._connection.execute(_SEEN, {"channel": channel, "event_id": event_id})).first() is not None

    async def reject(self, channel: str, raw: str, error: str) -> None:
        """Keep an update that could not be understood, for a person to look at."""
        values = {"channel": channel, "raw": raw, "error": error, "received_at": self._real}
        await self._connection.execute(insert(rejected_updates).values(values))

    async def incident(self, number: str, channel: str, event_id: str, error: str) -> None:
        """Record an unexpected failure under the number its apology names."""
        values = {"number": number, "channel": channel, "event_id": event_id, "error": error, "at": self._real}
        await self._connection.execute(insert(incidents).values(values))

    async def forget_old(self) -> int:
        """Drop events older than a week and return how many there were."""
        result = await self._connection.execute(_FORGET, {"before": self._real - KEPT})
        return result.rowcount
