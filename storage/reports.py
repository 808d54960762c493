"""What leadership asks for: one line per directive and lead unit, in columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import Deadline
from core.tasks import Kind, Progress, State, shown_title
from storage.progress import progress_of
from storage.schema import (
    OPEN,
    PROGRESS,
    Moment,
    assignment_versions,
    assignments,
    audit_entries,
    notices,
    tasks,
    units,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One directive as leadership counts it: by its lead unit, or by none (`unit_code` is `None`)."""

    task_id: int
    notice_id: int
    notice_number: str
    notice_year: int
    code: str
    title: str
    kind: Kind
    unit_id: int | None
    unit_code: str | None
    progress: Progress
    period: str = ""


@dataclass(frozen=True, slots=True)
class Unacknowledged:
    """A part nobody has said a word about since it was given."""

    unit_id: int
    unit_code: str
    code: str
    notice_id: int
    notice_number: str
    since: datetime


_UNACKNOWLEDGED = (
    select(
        assignments.c.unit_id,
        units.c.code,
        assignments.c.code,
        assignments.c.notice_id,
        notices.c.number,
        assignment_versions.c.at,
    )
    .join(notices, notices.c.id == assignments.c.notice_id)
    .join(units, units.c.id == assignments.c.unit_id)
    .join(
        assignment_versions,
        (assignment_versions.c.assignment_id == assignments.c.id) & (assignment_versions.c.version == 1),
    )
    .where(
        assignments.c.agency_id == bindparam("agency"),
        notices.c.replaced_by_id.is_(None),
        assignments.c.role.in_(("lead", "implementing")),
        assignments.c.kind == "tracked",
        assignments.c.state == "assigned",
        text(f"assignments.{OPEN}"),
    )
    .order_by(units.c.position, units.c.id, notices.c.id, assignments.c.task_id)
)
_LATE = (
    select(
        assignments.c.task_id,
        assignments.c.notice_id,
        notices.c.number,
        notices.c.year,
        assignments.c.code,
        assignments.c.title,
        tasks.c.restricted,
        assignments.c.kind,
        assignments.c.unit_id,
        units.c.code.label("unit_code"),
        assignments.c.state,
        assignments.c.due_on,
        assignments.c.due_time,
        assignments.c.due_basis,
        assignments.c.presented_on,
        assignments.c.completed_on,
        assignments.c.recorded_at,
        assignments.c.expected_on,
        assignments.c.note,
        assignments.c.mend_by,
        assignments.c.period,
    )
    .join(notices, notices.c.id == assignments.c.notice_id)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(units, units.c.id == assignments.c.unit_id)
    .where(
        assignments.c.agency_id == bindparam("agency"),
        assignments.c.due_on <= bindparam("until"),
        notices.c.replaced_by_id.is_(None),
        text(f"assignments.role = 'lead' AND assignments.{OPEN}"),
        assignments.c.kind == text("'tracked'"),
    )
    # by what the covering index holds; a notice's directives were written down in its order
    .order_by(assignments.c.due_on, assignments.c.notice_id, assignments.c.task_id, assignments.c.unit_id)
)
_LEADS = (
    select(
        tasks.c.id.label("task_id"),
        tasks.c.notice_id,
        notices.c.number,
        notices.c.year,
        tasks.c.code,
        tasks.c.title,
        tasks.c.restricted,
        tasks.c.kind,
        assignments.c.unit_id,
        units.c.code.label("unit_code"),
        assignments.c.period,
        *(assignments.c[name] for name in PROGRESS),
    )
    .join(notices, notices.c.id == tasks.c.notice_id)
    .outerjoin(assignments, (assignments.c.task_id == tasks.c.id) & (assignments.c.role == text("'lead'")))
    .outerjoin(units, units.c.id == assignments.c.unit_id)
    .where(
        tasks.c.agency_id == bindparam("agency"),
        notices.c.replaced_by_id.is_(None),
        tasks.c.kind != text("'untracked'"),
    )
    .order_by(notices.c.issued_on.desc().nulls_last(), notices.c.id.desc(), tasks.c.position, assignments.c.position)
)
_LEADS_OF_NOTICE = _LEADS.where(tasks.c.notice_id == bindparam("notice"))
_SAYS = ("done", "present", "reported", "progress", "blocked", "report", "record")
"""Acts by which a unit says how a part of its stands, or somebody does for it."""
_SAID_SINCE = (
    select(assignment_versions.c.assignment_id)
    .distinct()
    .join(audit_entries, audit_entries.c.id == assignment_versions.c.entry_id)
    .where(
        audit_entries.c.agency_id == bindparam("agency"),
        audit_entries.c.at >= bindparam("since", type_=Moment),
        audit_entries.c.act.in_(_SAYS),
        audit_entries.c.undone_by.is_(None),
    )
)


class Reports:
    """Reads lines for lists and totals; never an object graph."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def due_until(self, agency_id: int, day: date) -> list[Line]:
        """Return the open lead parts due on or before a day, earliest first."""
        rows = await self._connection.execute(_LATE, {"agency": agency_id, "until": day})
        return [_late(row) for row in rows]

    async def unacknowledged(self, agency_id: int) -> list[Unacknowledged]:
        """Return what units lead or carry out and have not acknowledged, by unit, in their notices' order."""
        rows = await self._connection.execute(_UNACKNOWLEDGED, {"agency": agency_id})
        return [Unacknowledged(*row) for row in rows]

    async def said_since(self, agency_id: int, since: datetime) -> set[int]:
        """Return the agency's parts of which somebody said since a moment how they stand, unless it was taken back."""
        rows = await self._connection.execute(_SAID_SINCE, {"agency": agency_id, "since": since})
        return set(rows.scalars())

    async def leads(self, agency_id: int, notice_id: int | None = None) -> list[Line]:
        """Return a line for every followed directive and lead unit, of one notice or of them all."""
        values: dict[str, Any] = {"agency": agency_id}
        statement = _LEADS
        if notice_id is not None:
            statement, values = _LEADS_OF_NOTICE, {**values, "notice": notice_id}
        return [_line(row) for row in await self._connection.execute(statement, values)]


def _line(row: Any) -> Line:
    progress = progress_of(row) if row.state is not None else Progress()
    return Line(
        row.task_id,
        row.notice_id,
        row.number,
        row.year,
        row.code,
        shown_title(row.title, restricted=row.restricted),
        Kind(row.kind),
        row.unit_id,
        row.unit_code,
        _shown(progress, restricted=row.restricted),
        row.period or "",
    )


def _shown(progress: Progress, *, restricted: bool) -> Progress:
    """Return progress without its unit's own words where the directive is restricted."""
    if not restricted or progress.note is None:
        return progress
    return replace(progress, note=shown_title(progress.note, restricted=True))


def _late(row: Any) -> Line:
    progress = Progress(
        State(row.state),
        Deadline(row.due_on, row.due_time, row.due_basis),
        note=row.note,
        expected_on=row.expected_on,
        presented_on=row.presented_on,
        completed_on=row.completed_on,
        recorded_at=row.recorded_at,
        mend_by=row.mend_by,
    )
    return Line(
        row.task_id,
        row.notice_id,
        row.number,
        row.year,
        row.code,
        shown_title(row.title, restricted=row.restricted),
        Kind(row.kind),
        row.unit_id,
        row.unit_code,
        _shown(progress, restricted=row.restricted),
        row.period or "",
    )
