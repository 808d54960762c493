"""What units handed in: kept for good, withdrawn by an undo but never deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.submissions import Submission
from storage.schema import submissions

_ADD = insert(submissions).values(
    {c: bindparam(c) for c in ("assignment_id", "entry_id", "document", "document_on", "text", "recorded_at")}
)
_OF_PART = (
    select(
        submissions.c.document,
        submissions.c.document_on,
        submissions.c.recorded_at,
        submissions.c.text,
        submissions.c.withdrawn_at,
    )
    .where(submissions.c.assignment_id == bindparam("part"))
    .order_by(submissions.c.id)
)
_WITHDRAW = update(submissions).where(submissions.c.entry_id == bindparam("entry")).values(withdrawn_at=bindparam("at"))


class Submissions:
    """Keeps every result of every part."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def add(self, part_id: int, submission: Submission, entry_id: int | None) -> None:
        """Keep what was handed in."""
        values = {
            "assignment_id": part_id,
            "entry_id": entry_id,
            "document": submission.document,
            "document_on": submission.dated,
            "text": submission.text,
            "recorded_at": submission.recorded_at,
        }
        await self._connection.execute(_ADD, values)

    async def of_part(self, part_id: int) -> list[Submission]:
        """Return what was handed in for a part, oldest first, withdrawn ones too."""
        return [Submission(*row) for row in await self._connection.execute(_OF_PART, {"part": part_id})]

    async def withdraw(self, entry_id: int) -> None:
        """Mark what an undone act handed in as taken back."""
        await self._connection.execute(_WITHDRAW, {"entry": entry_id, "at": self._now})
