"""What returns: each unit's latest period, and the next one begun."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import Deadline, today
from core.periods import Period, period_after, period_from
from core.tasks import Part, Progress, State
from storage.progress import columns_of
from storage.schema import RETURNS, assignment_versions, assignments, notices, tasks
from storage.tasks import Parts

_later = assignments.alias("later")
_LATEST = (
    select(assignments.c.id, tasks.c.recurrence)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(notices, notices.c.id == assignments.c.notice_id)
    .where(
        text(RETURNS),
        tasks.c.kind == text("'tracked'"),
        tasks.c.successor_id.is_(None),
        notices.c.replaced_by_id.is_(None),
        assignments.c.state.not_in(("dropped", "paused")),
        # who cooperates reports nothing: one part is enough for all periods
        assignments.c.role != text("'cooperating'"),
        ~select(_later.c.id)
        .where(
            _later.c.task_id == assignments.c.task_id,
            _later.c.unit_id == assignments.c.unit_id,
            _later.c.id > assignments.c.id,
        )
        .exists(),
    )
    .order_by(assignments.c.id)
)
_TAKEN = select(assignments.c.period).where(
    assignments.c.task_id == bindparam("task"), assignments.c.unit_id == bindparam("unit")
)
_DATE = update(assignments).where(assignments.c.id == bindparam("part"))


@dataclass(frozen=True, slots=True)
class Returning:
    """A unit's latest part of what returns, and how often it does."""

    part: Part
    recurrence: dict[str, Any]


class Periods:
    """Finds what returns and begins its periods, each a part of its own."""

    def __init__(self, connection: AsyncConnection, parts: Parts, now: datetime) -> None:
        self._connection = connection
        self._parts = parts
        self._now = now

    async def latest(self, task_id: int | None = None) -> list[Returning]:
        """Return the latest period of every unit's part of what returns, everywhere or of one directive, those let go left out."""
        statement = _LATEST if task_id is None else _LATEST.where(assignments.c.task_id == task_id)
        recurrences = {row.id: row.recurrence for row in await self._connection.execute(statement)}
        parts = await self._parts.by_ids(list(recurrences))
        return [Returning(part, recurrences[part.id]) for part in sorted(parts, key=lambda part: part.id)]

    async def let_go(self, one: Returning, period: Period, entry_id: int) -> None:
        """Let a unit go from this period on: what it did in those before stands."""
        (begun,) = await self._parts.by_ids([await self.begin(one.part, period, entry_id)])
        await self._parts.save(begun, replace(begun.progress, state=State.DROPPED), entry_id)

    async def begin(self, part: Part, period: Period, entry_id: int) -> int:
        """Give the unit its part of a period that is free, and return its id; whom the last was handed to goes on with it."""
        due = Deadline(period.due, part.progress.due.at if part.progress.due is not None else None)
        columns = columns_of(Progress(due=due, handed_to=part.progress.handed_to))
        row = (
            select(
                assignments.c.agency_id, assignments.c.notice_id, assignments.c.task_id, assignments.c.unit_id,
                assignments.c.role, assignments.c.position, assignments.c.code, assignments.c.title, assignments.c.kind,
            ).where(assignments.c.id == part.id)
        )  # fmt: skip
        values = dict((await self._connection.execute(row)).mappings().one())
        values |= {"period": period.key, "original_due_on": period.due, **columns}
        new = insert(assignments).values(values).returning(assignments.c.id)
        part_id = int((await self._connection.execute(new)).scalar_one())
        version = {"assignment_id": part_id, "version": 1, "entry_id": entry_id, "at": self._now, **columns}
        await self._connection.execute(insert(assignment_versions).values(version))
        return part_id

    async def date(self, part: Part, period: Period, entry_id: int) -> None:
        """Give a part that stood without a date the one of its first period."""
        await self._parts.save(part, replace(part.progress, due=Deadline(period.due)), entry_id)
        await self._connection.execute(_DATE.values(original_due_on=period.due), {"part": part.id})

    async def following(self, one: Returning) -> Period:
        """Return the period that comes after a part's, the first of which the unit has no part yet."""
        due = one.part.original_due or (one.part.progress.due.on if one.part.progress.due is not None else None)
        day = today(self._now)
        period = period_after(one.recurrence, due, day) if due is not None else period_from(one.recurrence, day)
        values = {"task": one.part.task_id, "unit": one.part.unit_id}
        taken = set((await self._connection.execute(_TAKEN, values)).scalars())
        while period.key in taken:
            period = period_after(one.recurrence, period.due, period.due)
        return period

    def has_ended(self, part: Part) -> bool:
        """Tell whether the next period is to begin: this one's day has passed, or it was finished before today."""
        day = today(self._now)
        first = part.original_due or (part.progress.due.on if part.progress.due is not None else None)
        finished = not part.progress.is_open and part.progress.recorded_at is not None
        return (first is not None and first < day) or (finished and today(part.progress.recorded_at or self._now) < day)
