"""Tasks given outside any notice: the document that holds them, and their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import today
from core.drafts import DraftTask
from core.giving import CODE, Source, numbered
from core.papers import GIVEN
from storage.follow_up import FollowUp
from storage.notices import Notice, Notices
from storage.schema import assignment_versions, assignments, audit_entries, notices, tasks, units

_LOCK = select(units.c.id).where(units.c.id == bindparam("agency")).with_for_update(key_share=True)
_NUMBERED = select(tasks.c.code).where(tasks.c.agency_id == bindparam("agency"), tasks.c.code.like(f"{CODE}%"))
_LAST = select(func.coalesce(func.max(tasks.c.position), 0)).where(tasks.c.notice_id == bindparam("notice"))


_GIVEN_BY = (
    select(audit_entries.c.person_id)
    .join(assignment_versions, assignment_versions.c.entry_id == audit_entries.c.id)
    .join(assignments, assignments.c.id == assignment_versions.c.assignment_id)
    .where(
        assignments.c.task_id == bindparam("task"), assignment_versions.c.version == 1, audit_entries.c.act == "new",
    )
    .limit(1)
)  # fmt: skip


class GivenTasks:
    """Puts tasks that no notice holds under follow-up, each under a number of its own: V1, V2 …"""

    def __init__(self, connection: AsyncConnection, papers: Notices, follow_up: FollowUp, now: datetime) -> None:
        self._connection = connection
        self._papers = papers
        self._follow_up = follow_up
        self._now = now

    async def place(self, agency_id: int, agency_code: str, source: Source | None, *, by: int) -> tuple[Notice, str]:
        """Return the paper a task comes from, begun where it is new, and the code that is the task's until the commit."""
        # two who give at the same moment get two numbers
        await self._connection.execute(_LOCK, {"agency": agency_id})
        notice = await self._document(agency_id, agency_code, source, by)
        codes = await self._connection.execute(_NUMBERED, {"agency": agency_id})
        return notice, numbered(codes.scalars())

    async def give(self, notice: Notice, task: DraftTask, unit_ids: Mapping[str, int], *, entry_id: int | None) -> None:
        """Write the task down under its paper, with a part for every unit it names."""
        last = (await self._connection.execute(_LAST, {"notice": notice.id})).scalar_one()
        await self._follow_up.add(notice.agency_id, notice.id, int(last) + 1, task, unit_ids, entry_id)

    async def by(self, task_id: int) -> int | None:
        """Return who gave a task; `None` for what a notice holds."""
        return (await self._connection.execute(_GIVEN_BY, {"task": task_id})).scalar()

    async def _document(self, agency_id: int, agency_code: str, source: Source | None, by: int) -> Notice:
        """Return the paper the task comes from, or the agency's own document of the year; begun where there is none."""
        paper = source or Source(f"{GIVEN}/{agency_code}")
        day: date = paper.issued_on or today(self._now)
        found = await self._papers.find(agency_id, paper.number, day.year)
        if found:
            return found[0]
        if (instead := await self._papers.in_place_of(agency_id, paper.number, day.year)) is not None:
            return instead
        row = {
            "agency_id": agency_id,
            "number": paper.number,
            "year": day.year,
            "issued_on": paper.issued_on,
            "issuer": paper.issuer,
            "title": "",
            "followed_at": self._now,
            "followed_by": by,
            "kind": "given",
        }
        new = insert(notices).values(row).returning(notices.c.id)
        notice_id = int((await self._connection.execute(new)).scalar_one())
        return Notice(notice_id, agency_id, paper.number, day.year, paper.issued_on, "")
