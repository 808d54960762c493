"""What is under follow-up is corrected or replaced: nothing done is lost, and every part keeps its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.comparing import Changed, Difference
from core.deadlines import Deadline
from core.draft_json import tasks_from_json, tasks_to_json
from core.drafts import DraftNotice, DraftTask
from core.periods import latest
from core.tasks import Kind, Part, PartRole, Progress, State
from storage.follow_up import FollowUp, parts_wanted, task_columns
from storage.schema import assignment_versions, assignments, metadata, notices, tasks
from storage.tasks import Parts

_TASKS = (
    select(tasks)
    .where(tasks.c.notice_id == bindparam("notice"), tasks.c.successor_id.is_(None))
    .order_by(tasks.c.position)
)
_UNPLACED = (
    select(tasks.c.id).where(tasks.c.notice_id == bindparam("notice"), tasks.c.position < 0).order_by(tasks.c.id)
)
_AS_READ = select(notices.c.as_read).where(notices.c.id == bindparam("notice"))
_HANGING = tuple(
    column
    for table in metadata.sorted_tables
    if table is not assignment_versions
    for column in table.c
    if any(key.column is assignments.c.id for key in column.foreign_keys)
)
"""What hangs on a part beside its versions, and goes with it to its successor."""


class Amendments:
    """Reads a notice under follow-up as a draft, and writes down what an approved draft changes in it."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._follow_up = FollowUp(connection, now)
        self._parts = Parts(connection, now)

    async def standing(self, notice_id: int) -> tuple[DraftTask, ...]:
        """Return a notice's directives as they are followed now, in its order; `follows` are their own ids."""
        read = {task.code: task for task in await self.as_read(notice_id)}
        parts: dict[int, list[Part]] = {}
        everyone = latest(await self._parts.of_notice(notice_id))
        for part in everyone:
            if part.progress.state is not State.DROPPED:
                parts.setdefault(part.task_id, []).append(part)
        let_go = {part.task_id for part in everyone} - set(parts)
        rows = await self._connection.execute(_TASKS, {"notice": notice_id})
        return tuple(_draft(row, parts.get(row.id, ()), read.get(row.code)) for row in rows if row.id not in let_go)

    async def as_read(self, notice_id: int) -> tuple[DraftTask, ...]:
        """Return the directives as the notice's text was last read, none where that was not kept."""
        kept = (await self._connection.execute(_AS_READ, {"notice": notice_id})).scalar_one_or_none()
        return tasks_from_json(kept or ())

    async def amend(
        self, draft: DraftNotice, changes: Difference, unit_ids: Mapping[str, int], *, agency_id: int, entry_id: int
    ) -> None:
        """Write a difference into the notice itself: a directive that is missing is let go, what was done to it stays."""
        notice_id = _amended(draft)
        for one in changes.changed:
            await self._change(one, unit_ids, agency_id=agency_id, notice_id=notice_id, entry_id=entry_id)
        await self._let_go([task.follows for task in changes.missing if task.follows is not None], entry_id)
        await self._connection.execute(update(tasks).where(tasks.c.notice_id == notice_id).values(position=-tasks.c.id))
        place = 0
        for place, task in enumerate(draft.tasks, 1):
            if task.follows is None:
                await self._follow_up.add(agency_id, notice_id, place, task, unit_ids, entry_id)
            else:
                await self._connection.execute(update(tasks).where(tasks.c.id == task.follows).values(position=place))
        left = await self._connection.execute(_UNPLACED, {"notice": notice_id})
        for after, task_id in enumerate(left.scalars().all(), place + 1):
            await self._connection.execute(update(tasks).where(tasks.c.id == task_id).values(position=after))
        await self._keep_reading(notice_id, draft)

    async def replace(
        self, draft: DraftNotice, unit_ids: Mapping[str, int], *, agency_id: int, by: int | None, entry_id: int
    ) -> int:
        """Follow a notice in the place of another, whose parts go over as they stand; return the new notice's id.

        The old parts end there, so that a report as of an earlier moment still finds them as they were.
        """
        old_id = _amended(draft)
        old: dict[int, list[Part]] = {}
        for part in await self._parts.of_notice(old_id):
            old.setdefault(part.task_id, []).append(part)
        new_id = await self._follow_up.begin(agency_id, draft, by=by)
        before = {task.follows: task for task in draft.amends.before} if draft.amends is not None else {}
        for place, task in enumerate(draft.tasks, 1):
            origin = before.get(task.follows) if task.follows is not None else None
            task_id = await self._follow_up.add_task(agency_id, new_id, place, task)
            held = {part.unit_code: part for part in old.get(task.follows or 0, ())}
            for order, (unit, role) in enumerate(parts_wanted(task, unit_ids)):
                part_id = await self._follow_up.add_part(
                    agency_id, new_id, task_id, order, task, unit_ids[unit], role, entry_id,
                    carried=_carried(held.get(unit), origin, task),
                )  # fmt: skip
                if unit in held:
                    await self._hand_over(held[unit].id, part_id)
            if task.follows is not None:
                mine = tasks.c.id == task.follows
                await self._connection.execute(
                    update(tasks).where(mine | (tasks.c.successor_id == task.follows)).values(successor_id=task_id)
                )
        followed = {task.follows for task in draft.tasks}
        for task_id, parts in old.items():
            for part in parts:
                # what was done to a directive that is not taken over stands; all else ends here
                if part.progress.is_open or task_id in followed:
                    await self._drop(part, entry_id)
        await self._connection.execute(update(notices).where(notices.c.id == old_id).values(replaced_by_id=new_id))
        return new_id

    async def _change(
        self, one: Changed, unit_ids: Mapping[str, int], *, agency_id: int, notice_id: int, entry_id: int
    ) -> None:
        task, task_id = one.after, one.after.follows
        if task_id is None:
            return
        was = task_columns(one.before)
        new = {name: value for name, value in task_columns(task).items() if value != was[name]}
        if new:
            await self._connection.execute(update(tasks).where(tasks.c.id == task_id).values(new))
        called = {"code": task.code, "title": task.title, "kind": task.kind.value}
        await self._connection.execute(update(assignments).where(assignments.c.task_id == task_id).values(called))
        held = {part.unit_code: part for part in await self._parts.of_task(task_id)}
        wanted = dict(parts_wanted(task, unit_ids)) if _moves_units(one) else {}
        for order, (unit, role) in enumerate(wanted.items()):
            if (part := held.get(unit)) is None:
                await self._follow_up.add_part(
                    agency_id, notice_id, task_id, order, task, unit_ids[unit], role, entry_id
                )
                continue
            await self._connection.execute(
                update(assignments).where(assignments.c.id == part.id).values(role=role.value, position=order)
            )
        for unit, part in held.items():
            if _moves_units(one) and unit not in wanted:
                await self._drop(part, entry_id)
                continue
            progress = part.progress
            if unit in wanted and progress.state is State.DROPPED:
                progress = replace(progress, state=State.ASSIGNED)
            if "due" in one.what:
                progress = _dated(progress, task)
            if progress != part.progress:
                await self._parts.save(part, progress, entry_id)

    async def _let_go(self, task_ids: Iterable[int], entry_id: int) -> None:
        for task_id in task_ids:
            parts = await self._parts.of_task(task_id)
            for part in parts:
                if part.progress.is_open:
                    await self._drop(part, entry_id)
            if not parts:
                # nobody has a part in it that could be let go
                await self._connection.execute(
                    update(tasks).where(tasks.c.id == task_id).values(kind=Kind.UNTRACKED.value)
                )

    async def _drop(self, part: Part, entry_id: int) -> None:
        if part.progress.state is not State.DROPPED:
            await self._parts.save(part, replace(part.progress, state=State.DROPPED), entry_id)

    async def _hand_over(self, old_part: int, new_part: int) -> None:
        for column in _HANGING:
            await self._connection.execute(
                update(column.table).where(column == old_part).values({column.name: new_part})
            )

    async def _keep_reading(self, notice_id: int, draft: DraftNotice) -> None:
        kept = tasks_to_json(draft.read)
        mine = update(notices).where(notices.c.id == notice_id)
        await self._connection.execute(mine.values(as_read=kept))
        if draft.amends is not None and draft.amends.kind == "again":
            # tasks were given under its number before the notice itself was handed in
            whole = {
                "kind": "notice", "title": draft.title, "issuer": draft.issuer, "issued_on": draft.issued_on,
                "signed_by": draft.signed_by, "file_ref": draft.file_ref,
            }  # fmt: skip
            await self._connection.execute(mine.where(notices.c.kind == "given").values(whole))


def _amended(draft: DraftNotice) -> int:
    if draft.amends is None:
        raise ValueError("a draft that amends nothing")
    return draft.amends.notice_id


def _moves_units(one: Changed) -> bool:
    return "units" in one.what or "kind" in one.what


def _dated(progress: Progress, task: DraftTask) -> Progress:
    """Return the progress with the date that is printed now; nothing finished in time becomes late by it."""
    due = Deadline(task.due, task.due_time, task.due_basis) if task.due and task.kind is Kind.TRACKED else None
    if not progress.is_open and due is not None and progress.due is not None and due.on < progress.due.on:
        return progress
    return replace(progress, due=due)


def _carried(part: Part | None, origin: DraftTask | None, task: DraftTask) -> tuple[Progress, Any] | None:
    """Return how a unit's part goes over into the new notice: its progress, and its first deadline."""
    if part is None or part.progress.state is State.DROPPED or origin is None:
        return None
    same = (origin.due, origin.due_time, origin.due_basis, origin.kind) == (
        task.due, task.due_time, task.due_basis, task.kind,
    )  # fmt: skip
    return (part.progress if same else _dated(part.progress, task)), part.original_due


def _draft(row: Any, parts: Sequence[Part], read: DraftTask | None) -> DraftTask:
    by_role = {role: tuple(part.unit_code for part in parts if part.role is role) for role in PartRole}
    everyone = read is not None and read.all_units and not read.units and not by_role[PartRole.LEAD]
    lead = next((part for part in parts if part.role is PartRole.LEAD), parts[0] if parts else None)
    # the day of a period is no date the directive has
    returns = row.recurrence is not None
    due = lead.progress.due if lead is not None and not returns else None
    return DraftTask(
        code=row.code,
        text=row.text,
        title=row.title,
        kind=Kind(row.kind),
        kind_reason=row.kind_reason,
        lead=by_role[PartRole.LEAD],
        implementing=() if everyone else by_role[PartRole.IMPLEMENTING],
        cooperating=by_role[PartRole.COOPERATING],
        all_units=everyone,
        deadline_text=row.deadline_text,
        due=due.on if due else None,
        due_time=due.at if due else None,
        due_basis=due.basis if due else None,
        suggested=row.suggested_on,
        recurrence=row.recurrence,
        product=row.product,
        needs_document=row.needs_document,
        by_superior=row.by_superior,
        refers_to=read.refers_to if read is not None else (),
        warnings=read.warnings if read is not None else (),
        unknown_units=read.unknown_units if read is not None else (),
        follows=row.id,
        restricted=row.restricted,
    )
