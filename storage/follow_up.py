"""How notices come under follow-up: their directives, and a part for every unit these name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import Deadline, today
from core.draft_json import tasks_to_json
from core.drafts import DraftNotice, DraftTask
from core.periods import period_from
from core.tasks import Kind, PartRole, Progress, State
from storage.notices import Notice, Task
from storage.progress import columns_of
from storage.schema import assignment_versions, assignments, notices, tasks


class FollowUp:
    """Writes down notices, their directives, and what each unit has to do of one."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def follow(
        self,
        agency_id: int,
        draft: DraftNotice,
        unit_ids: Mapping[str, int],
        *,
        by: int | None,
        entry_id: int | None,
    ) -> int:
        """Put a settled draft under follow-up: its directives, and a part for every unit it names.

        `unit_ids` maps the roster's codes, in order; a directive for all units gives each of them a part. Returns the
        notice's id.
        """
        notice_id = await self.begin(agency_id, draft, by=by)
        for position, task in enumerate(draft.tasks, 1):
            await self.add(agency_id, notice_id, position, task, unit_ids, entry_id)
        return notice_id

    async def begin(self, agency_id: int, draft: DraftNotice, *, by: int | None) -> int:
        """Write down a notice without its directives, and return its id."""
        row = {
            "agency_id": agency_id,
            "number": draft.number,
            "year": (draft.issued_on or self._now).year,
            "issued_on": draft.issued_on,
            "issuer": draft.issuer,
            "title": draft.title,
            "signed_by": draft.signed_by,
            "file_ref": draft.file_ref,
            "followed_at": self._now,
            "followed_by": by,
            "as_read": tasks_to_json(draft.read) or None,
        }
        new = insert(notices).values(row).returning(notices.c.id)
        return int((await self._connection.execute(new)).scalar_one())

    async def add(
        self,
        agency_id: int,
        notice_id: int,
        position: int,
        task: DraftTask,
        unit_ids: Mapping[str, int],
        entry_id: int | None,
    ) -> None:
        """Add a directive with a part for every unit it names."""
        task_id = await self.add_task(agency_id, notice_id, position, task)
        for order, (unit, role) in enumerate(parts_wanted(task, unit_ids)):
            await self.add_part(agency_id, notice_id, task_id, order, task, unit_ids[unit], role, entry_id)

    async def add_task(self, agency_id: int, notice_id: int, position: int, task: DraftTask) -> int:
        """Add a directive nobody has a part in yet, and return its id."""
        row = {
            "agency_id": agency_id,
            "notice_id": notice_id,
            "position": position,
            **task_columns(task),
        }
        return int((await self._connection.execute(insert(tasks).values(row).returning(tasks.c.id))).scalar_one())

    async def add_part(
        self,
        agency_id: int,
        notice_id: int,
        task_id: int,
        order: int,
        task: DraftTask,
        unit_id: int,
        role: PartRole,
        entry_id: int | None,
        *,
        carried: tuple[Progress, date | None] | None = None,
    ) -> int:
        """Give a unit its part, new or `carried` over with its first deadline, and return its id."""
        due = Deadline(task.due, task.due_time, task.due_basis) if task.due and task.kind is Kind.TRACKED else None
        period = ""
        if due is None and task.recurrence is not None and task.kind is Kind.TRACKED and carried is None:
            first = period_from(task.recurrence, today(self._now))
            period, due = first.key, Deadline(first.due, task.due_time)
        progress, original = carried or (Progress(State.ASSIGNED, due), due.on if due else None)
        columns = columns_of(progress)
        row = {
            "agency_id": agency_id,
            "notice_id": notice_id,
            "task_id": task_id,
            "unit_id": unit_id,
            "role": role.value,
            "period": period,
            "position": order,
            "code": task.code,
            "title": task.title,
            "kind": task.kind.value,
            "original_due_on": original,
        }
        new = insert(assignments).values({**row, **columns}).returning(assignments.c.id)
        part_id = int((await self._connection.execute(new)).scalar_one())
        version = {"assignment_id": part_id, "version": 1, "entry_id": entry_id, "at": self._now, **columns}
        await self._connection.execute(insert(assignment_versions).values(version))
        return part_id

    async def give(
        self, notice: Notice, task: Task, unit_id: int, role: PartRole, due: Deadline | None, entry_id: int
    ) -> None:
        """Give a unit a part of a directive that it has none of yet."""
        draft = DraftTask(task.code, task.text, task.title, task.kind)
        if due is not None:
            draft = replace(draft, due=due.on, due_time=due.at, due_basis=due.basis)
        await self.add_part(notice.agency_id, notice.id, task.id, 0, draft, unit_id, role, entry_id)


def task_columns(task: DraftTask) -> dict[str, Any]:
    """Return a directive as the columns it is kept in."""
    return {
        "code": task.code,
        "text": task.text,
        "title": task.title,
        "kind": task.kind.value,
        "kind_reason": task.kind_reason,
        "product": task.product,
        "needs_document": task.needs_document,
        "deadline_text": task.deadline_text,
        "suggested_on": task.suggested,
        "recurrence": task.recurrence,
        "by_superior": task.by_superior,
        "restricted": task.restricted,
    }


def parts_wanted(task: DraftTask, unit_ids: Mapping[str, int]) -> list[tuple[str, PartRole]]:
    """Return the units that get a part of a directive, each with what it is to it; `unit_ids` are all there are."""
    if task.kind is Kind.UNTRACKED:
        return []
    named = [(unit, PartRole.LEAD) for unit in task.lead]
    named += [(unit, PartRole.IMPLEMENTING) for unit in task.implementing]
    named += [(unit, PartRole.COOPERATING) for unit in task.cooperating]
    if task.all_units and not named:
        named = [(unit, PartRole.IMPLEMENTING) for unit in unit_ids]
    first: dict[str, PartRole] = {}
    for unit, role in named:
        first.setdefault(unit, role)
    return list(first.items())
