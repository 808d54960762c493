"""How parts stood: every version that was written of them, with the act that made it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.tasks import Progress
from storage.progress import progress_of
from storage.schema import PROGRESS, assignment_versions

_CHANGED_BY = (
    select(assignment_versions.c.assignment_id, assignment_versions.c.version)
    .where(assignment_versions.c.entry_id == bindparam("entry"))
    .order_by(assignment_versions.c.version)
)
_VERSION = select(*(assignment_versions.c[name] for name in PROGRESS)).where(
    assignment_versions.c.assignment_id == bindparam("part"), assignment_versions.c.version == bindparam("version")
)
_HISTORY = (
    select(assignment_versions.c.version, assignment_versions.c.at, *(assignment_versions.c[n] for n in PROGRESS))
    .where(assignment_versions.c.assignment_id == bindparam("part"))
    .order_by(assignment_versions.c.version)
)


class Versions:
    """Reads the versions of parts; `Parts.save` writes them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def made_by(self, entry_id: int) -> list[tuple[int, int]]:
        """Return the part and the version each act of this audit entry made."""
        rows = await self._connection.execute(_CHANGED_BY, {"entry": entry_id})
        return [(row.assignment_id, row.version) for row in rows]

    async def at(self, part_id: int, version: int) -> Progress:
        """Return how the part stood at a version."""
        row = (await self._connection.execute(_VERSION, {"part": part_id, "version": version})).one()
        return progress_of(row)

    async def of_part(self, part_id: int) -> list[tuple[int, datetime, Progress]]:
        """Return every version with its business time, oldest first."""
        rows = await self._connection.execute(_HISTORY, {"part": part_id})
        return [(row.version, row.at, progress_of(row)) for row in rows]
