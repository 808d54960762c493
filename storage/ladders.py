"""The ladders the office set: for the agency, one notice or one directive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.reminders.ladder import DEFAULT, Ladder
from core.tasks import Part
from storage.schema import ladders


@dataclass(frozen=True, slots=True)
class Ladders:
    """Every ladder that was set, by what it is for; the narrowest counts."""

    by_id: Mapping[int, Ladder]
    agencies: Mapping[int, int]
    notices: Mapping[int, int]
    tasks: Mapping[int, int]

    def of(self, part: Part) -> Ladder:
        """Return the ladder of a part: its directive's, its notice's, its agency's, or the usual one."""
        return self.at(part.agency_id, part.notice_id, part.task_id)

    def at(self, agency_id: int, notice_id: int | None, task_id: int | None) -> Ladder:
        """Return the ladder that counts for an agency, one of its notices or one directive."""
        found = self.tasks.get(task_id or 0) or self.notices.get(notice_id or 0) or self.agencies.get(agency_id)
        return self.by_id[found or 0]


class LadderStore:
    """Keeps ladders."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._known: Ladders | None = None

    async def all(self) -> Ladders:
        """Return every ladder of the installation; number 0 is the usual one. A transaction reads them once."""
        if self._known is None:
            self._known = await self._read()
        return self._known

    async def _read(self) -> Ladders:
        columns = (ladders.c.id, ladders.c.agency_id, ladders.c.notice_id, ladders.c.task_id, ladders.c.rules)
        made: dict[int, Ladder] = {0: DEFAULT}
        agencies: dict[int, int] = {}
        notices: dict[int, int] = {}
        tasks: dict[int, int] = {}
        for row in await self._connection.execute(select(*columns).order_by(ladders.c.id)):
            made[row.id] = Ladder.from_json(row.rules)
            if row.task_id is not None:
                tasks[row.task_id] = row.id
            elif row.notice_id is not None:
                notices[row.notice_id] = row.id
            else:
                agencies[row.agency_id] = row.id
        return Ladders(made, agencies, notices, tasks)

    async def set(
        self, ladder: Ladder | None, agency_id: int, *, notice_id: int | None = None, task_id: int | None = None
    ) -> None:
        """Set the ladder of an agency, a notice or a directive; `None` takes away what was set."""
        self._known = None
        scope = f"task:{task_id}" if task_id else f"notice:{notice_id}" if notice_id else f"agency:{agency_id}"
        await self._connection.execute(delete(ladders).where(ladders.c.scope == scope))
        if ladder is not None:
            values: dict[str, Any] = {
                "agency_id": agency_id,
                "notice_id": notice_id,
                "task_id": task_id,
                "scope": scope,
                "rules": ladder.to_json(),
                "set_at": self._now,
            }
            await self._connection.execute(insert(ladders).values(values))
