"""Units' parts of directives: found for somebody who may act on them, and saved with every version kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, Row, bindparam, exists, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import today
from core.errors import ChangedMeanwhile
from core.people import Actor
from core.periods import current
from core.tasks import Kind, Part, PartRole, Progress, shown_title
from storage.acting import units_acted_for
from storage.audit import ADDED, Audit, NewEntry
from storage.people import held
from storage.prepared import Prepared
from storage.progress import columns_of, progress_of
from storage.schema import OPEN, PROGRESS, Moment, assignment_versions, assignments, memberships, notices, tasks, units

_PROGRESS = [assignments.c[name] for name in PROGRESS]
_PART = (
    select(
        assignments.c.id,
        assignments.c.task_id,
        assignments.c.agency_id,
        assignments.c.notice_id,
        notices.c.number,
        notices.c.year,
        assignments.c.code,
        assignments.c.title,
        assignments.c.kind,
        tasks.c.needs_document,
        tasks.c.product,
        tasks.c.deadline_text,
        tasks.c.restricted,
        assignments.c.unit_id,
        units.c.code.label("unit_code"),
        assignments.c.role,
        assignments.c.version,
        assignments.c.original_due_on,
        assignments.c.period,
        tasks.c.successor_id,
        notices.c.replaced_by_id,
        *_PROGRESS,
    )
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(notices, notices.c.id == assignments.c.notice_id)
    .join(units, units.c.id == assignments.c.unit_id)
)
_IS_OPEN = text("assignments." + OPEN)
_ORDER = (notices.c.issued_on.desc().nulls_last(), notices.c.id.desc(), tasks.c.position, assignments.c.position,
          assignments.c.id)  # fmt: skip


_IS_HELD = (
    select(memberships.c.id)
    .where(memberships.c.person_id == assignments.c.handed_to, memberships.c.unit_id == assignments.c.unit_id, *held())
    .exists()
)


def _of_person(statement: Any, *which: Any) -> Any:
    """Select the parts a person acts on: of the units they act for, and what was handed to them in their own unit."""
    acted_for = units_acted_for().subquery("acted_for")
    mine = (
        select(assignments.c.id)
        .join(acted_for, acted_for.c.unit_id == assignments.c.unit_id)
        .where(*which)
        .union(select(assignments.c.id).where(assignments.c.handed_to == bindparam("person"), _IS_HELD, *which))
    )
    return statement.where(assignments.c.id.in_(mine)).order_by(*_ORDER)


_OWN_BY_CODE = Prepared(_of_person(_PART, assignments.c.code == bindparam("code")))
_OWN_OPEN = _of_person(_PART, _IS_OPEN, assignments.c.kind != "untracked")
_BY_CODE = (
    _PART.where(tasks.c.agency_id == bindparam("agency"), tasks.c.code == bindparam("code")).order_by(*_ORDER)
)  # fmt: skip
_OF_NOTICE = _PART.where(tasks.c.notice_id == bindparam("notice")).order_by(*_ORDER)
_OF_TASK = _PART.where(assignments.c.task_id == bindparam("task")).order_by(*_ORDER)
_OF_TASKS = _PART.where(assignments.c.task_id.in_(bindparam("tasks", expanding=True))).order_by(*_ORDER)
_OF_UNITS_DUE = _PART.where(
    _IS_OPEN,
    assignments.c.kind == "tracked",
    assignments.c.unit_id.in_(bindparam("units", expanding=True)),
    or_(assignments.c.due_on <= bindparam("until"), assignments.c.present_by <= bindparam("until")),
).order_by(assignments.c.due_on, *_ORDER)
_OPEN_OF_UNITS = _PART.where(
    _IS_OPEN, assignments.c.kind != text("'untracked'"), assignments.c.unit_id.in_(bindparam("units", expanding=True))
).order_by(*_ORDER)
_OF_HOLDERS_DUE = _PART.where(
    _IS_OPEN,
    _IS_HELD,
    assignments.c.kind == "tracked",
    assignments.c.handed_to.in_(bindparam("people", expanding=True)),
    or_(assignments.c.due_on <= bindparam("until"), assignments.c.present_by <= bindparam("until")),
).order_by(assignments.c.due_on, *_ORDER)
_CHANGED_SINCE = _PART.where(
    assignments.c.unit_id == bindparam("unit"),
    exists().where(
        assignment_versions.c.assignment_id == assignments.c.id,
        assignment_versions.c.at >= bindparam("since", type_=Moment),
    ),
).order_by(*_ORDER)
_BY_IDS = _PART.where(assignments.c.id.in_(bindparam("ids", expanding=True))).order_by(*_ORDER)

_NEW = {name: bindparam(f"new_{name}", type_=assignments.c[name].type) for name in PROGRESS}
_SAVE = (
    update(assignments)
    .where(assignments.c.id == bindparam("part"), assignments.c.version == bindparam("was"))
    .values(
        version=assignments.c.version + 1,
        # the first date a part is given is its original one, however late it comes, and no later one changes it
        original_due_on=func.coalesce(assignments.c.original_due_on, _NEW["due_on"]),
        **_NEW,
    )
)
_UNDATE = update(assignments).where(assignments.c.id == bindparam("part")).values(original_due_on=None)
_KEEP = insert(assignment_versions).values(
    assignment_id=bindparam("part"),
    version=bindparam("is"),
    entry_id=bindparam("entry"),
    at=bindparam("at"),
    **{name: bindparam(f"new_{name}") for name in PROGRESS},
)
# one journey for all of an act, where the database can
_saved, _entry = _SAVE.returning(assignments).cte("saved"), ADDED.cte("entry")


def _keeping(entry_id: Any, *others: CTE) -> Prepared:
    kept = select(
        _saved.c.id,
        _saved.c.version,
        entry_id,
        bindparam("at", type_=assignment_versions.c.at.type),
        *(_saved.c[name] for name in PROGRESS),
    ).select_from(_saved, *others)
    columns = ["assignment_id", "version", "entry_id", "at", *PROGRESS]
    new = insert(assignment_versions).from_select(columns, kept).add_cte(_saved, *others)
    return Prepared(new.returning(assignment_versions.c.entry_id))


_SAVE_AND_KEEP = _keeping(bindparam("entry", type_=assignment_versions.c.entry_id.type))
_RECORD = _keeping(_entry.c.id, _entry)


def _part(row: Row[Any]) -> Part:
    return Part(
        row.id,
        row.task_id,
        row.agency_id,
        row.notice_id,
        row.number,
        row.year,
        row.code,
        shown_title(row.title, restricted=row.restricted),
        Kind(row.kind),
        row.needs_document,
        row.unit_id,
        row.unit_code,
        PartRole(row.role),
        row.version,
        progress_of(row),
        row.original_due_on,
        None if row.restricted else row.product,
        row.deadline_text,
        row.successor_id,
        row.replaced_by_id is not None,
        restricted=row.restricted,
        period=row.period,
    )


class Parts:
    """Finds parts through verbs that check whose they are, and saves them with their version."""

    def __init__(self, connection: AsyncConnection, now: Any) -> None:
        self._connection = connection
        self._now = now
        self.changed: set[int] = set()
        """The parts written in this unit of work."""

    async def _all(self, statement: Any, **values: Any) -> list[Part]:
        return [_part(row) for row in await self._connection.execute(statement, values)]

    async def own_by_code(self, actor: Actor, code: str) -> list[Part]:
        """Return the parts with this code that the actor acts on, newest notice first, closed ones too, past periods apart."""
        values = {"person": actor.person_id, "code": code, "day": today(self._now)}
        parts = [_part(row) for row in await _OWN_BY_CODE.rows(self._connection, values)]
        return current(await self._gone_on(parts, {part.unit_id for part in parts}))

    async def own_open(self, actor: Actor) -> list[Part]:
        """Return every open part the actor acts on, newest notice first."""
        return await self._all(_OWN_OPEN, person=actor.person_id, day=today(self._now))

    async def by_code(self, agency_id: int, code: str) -> list[Part]:
        """Return the parts of every unit of the agency with this code, newest notice first."""
        return current(await self._gone_on(await self._all(_BY_CODE, agency=agency_id, code=code)))

    async def _gone_on(self, parts: list[Part], unit_ids: Collection[int] | None = None) -> list[Part]:
        """Return the parts with those of a replaced notice's directives in the place where these go on."""
        origins = {part.successor_id: part for part in parts if part.successor_id is not None}
        if not origins:
            return parts
        found = [part for part in parts if part.successor_id is None]
        for part in await self._all(_OF_TASKS, tasks=list(origins)):
            origin = origins[part.task_id]
            if unit_ids is None or part.unit_id in unit_ids:
                there = next((one for one in found if one.id == part.id), None)
                if there is not None:
                    found.remove(there)
                found.append(replace(part, former=(origin.notice_number, origin.notice_year)))
        return found

    async def of_notice(self, notice_id: int) -> list[Part]:
        """Return every part of a notice in its own order."""
        return await self._all(_OF_NOTICE, notice=notice_id)

    async def of_task(self, task_id: int) -> list[Part]:
        """Return every unit's part of one directive."""
        return await self._all(_OF_TASK, task=task_id)

    async def due_of_units(self, unit_ids: Sequence[int], until: date) -> list[Part]:
        """Return the open parts of these units that are due, or to be presented, on or before a day, earliest first."""
        return await self._all(_OF_UNITS_DUE, units=list(unit_ids), until=until) if unit_ids else []

    async def due_of_holders(self, person_ids: Sequence[int], until: date) -> list[Part]:
        """Return the open parts handed to these people of their units, due, or to be presented, on or before a day, earliest first."""
        if not person_ids:
            return []
        return await self._all(_OF_HOLDERS_DUE, people=list(person_ids), day=today(self._now), until=until)

    async def open_of_units(self, unit_ids: Sequence[int]) -> list[Part]:
        """Return every open part of these units, undated and standing ones too, newest notice first."""
        return await self._all(_OPEN_OF_UNITS, units=list(unit_ids)) if unit_ids else []

    async def changed_since(self, unit_id: int, since: datetime) -> list[Part]:
        """Return the parts of a unit of which something was written down since a moment, closed ones too."""
        return await self._all(_CHANGED_SINCE, unit=unit_id, since=since)

    async def by_ids(self, ids: Sequence[int]) -> list[Part]:
        """Return these parts as they are now."""
        return await self._all(_BY_IDS, ids=list(ids)) if ids else []

    async def record(self, part: Part, progress: Progress, entry: NewEntry) -> int:
        """Write an act down together with the progress it made, and return its id; raises `ChangedMeanwhile`."""
        if self._connection.dialect.name != "postgresql":
            entry_id = await Audit(self._connection, self._now).write(entry)
            await self.save(part, progress, entry_id)
            return entry_id
        self.changed.add(part.id)
        values = {"part": part.id, "was": part.version, **columns_of(progress, "new_"), **entry.columns(self._now)}
        recorded = await _RECORD.rows(self._connection, values)
        if not recorded:
            raise ChangedMeanwhile(part.code)
        return int(recorded[0].entry_id)

    async def save(self, part: Part, progress: Progress, entry_id: int | None) -> None:
        """Write the new progress and keep it as a version; raises `ChangedMeanwhile` if somebody was faster."""
        self.changed.add(part.id)
        values = {"part": part.id, "was": part.version, **columns_of(progress, "new_")}
        kept = {"is": part.version + 1, "entry": entry_id, "at": self._now}
        if self._connection.dialect.name == "postgresql":
            saved = len(await _SAVE_AND_KEEP.rows(self._connection, {**values, **kept}))
        elif saved := (await self._connection.execute(_SAVE, values)).rowcount:
            await self._connection.execute(_KEEP, {**values, **kept})
        if saved != 1:
            raise ChangedMeanwhile(part.code)

    async def undate(self, part: Part) -> None:
        """Leave a part without an original date again, the act that gave it being taken back."""
        await self._connection.execute(_UNDATE, {"part": part.id})

    async def codes_of_agency(self, agency_id: int) -> list[str]:
        """Return every code of the agency's newest notice, in its order."""
        of_notices = (notices.c.agency_id == agency_id, notices.c.kind == "notice")
        newest = select(func.max(notices.c.id)).where(*of_notices).scalar_subquery()
        statement = select(tasks.c.code).where(tasks.c.notice_id == newest).order_by(tasks.c.position)
        return list((await self._connection.execute(statement)).scalars())
