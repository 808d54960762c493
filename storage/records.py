"""What the office recorded on a unit's behalf and nobody has taken back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit import Entry
from storage.schema import assignment_versions, audit_entries

_LATEST = (
    select(audit_entries.c.id, audit_entries.c.act, audit_entries.c.subject, audit_entries.c.at, audit_entries.c.person_id)
    .join(assignment_versions, assignment_versions.c.entry_id == audit_entries.c.id)
    .where(
        assignment_versions.c.assignment_id == bindparam("part"),
        audit_entries.c.act == "record",
        audit_entries.c.undone_by.is_(None),
    )
    .order_by(assignment_versions.c.version.desc())
    .limit(1)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act of the office's on a unit's behalf, and who did it."""

    entry: Entry
    person_id: int | None


class Records:
    """Finds what was recorded on a unit's behalf."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def latest(self, part_id: int) -> Recorded | None:
        """Return the last record of a part that still stands."""
        row = (await self._connection.execute(_LATEST, {"part": part_id})).one_or_none()
        return Recorded(Entry(row.id, row.act, row.subject, row.at), row.person_id) if row is not None else None
