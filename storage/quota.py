"""How many messages each channel has sent this month, where the platform counts them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import HANOI
from storage.schema import sent_counts

_VALUES: dict[str, Any] = {"channel": bindparam("name"), "month": bindparam("of"), "count": bindparam("more")}


def _add(dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    more = {"count": sent_counts.c.count + bindparam("more")}
    return (
        insert(sent_counts)
        .values(_VALUES)
        .on_conflict_do_update(index_elements=["channel", "month"], set_=more)
        .returning(sent_counts.c.count)
    )


_ADD = {dialect: _add(dialect) for dialect in ("postgresql", "sqlite")}
_USED = select(sent_counts.c.count).where(
    sent_counts.c.channel == bindparam("name"), sent_counts.c.month == bindparam("of")
)


class Quota:
    """Counts by the calendar month of the wall clock in Hà Nội; last month's count is simply another row."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._month = f"{real.astimezone(HANOI):%Y-%m}"

    async def add(self, channel: str, more: int = 1) -> int:
        """Count `more` messages and return how many the channel has sent this month, these included."""
        values = {"name": channel, "of": self._month, "more": more}
        row = (await self._connection.execute(_ADD[self._connection.dialect.name], values)).one()
        return int(row[0])

    async def used(self, channel: str) -> int:
        """Return how many messages the channel has sent this month."""
        found = await self._connection.scalar(_USED, {"name": channel, "of": self._month})
        return int(found or 0)
