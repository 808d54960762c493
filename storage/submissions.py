"""What units handed in: kept for good, withdrawn by an undo but never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.submissions import Evidence, Submission
from storage.schema import audit_entries, submission_files, submissions

_ADD = (
    insert(submissions)
    .values(
        {
            c: bindparam(c)
            for c in ("assignment_id", "entry_id", "document", "document_on", "text", "recorded_at", "album")
        }
    )
    .returning(submissions.c.id)
)
_OF_ENTRY = select(submissions.c.id).where(
    submissions.c.entry_id == bindparam("entry"), submissions.c.assignment_id == bindparam("part")
)
_OF_ALBUM = (
    select(submissions.c.id)
    .join(audit_entries, audit_entries.c.id == submissions.c.entry_id)
    .where(submissions.c.album == bindparam("album"), audit_entries.c.person_id == bindparam("person"))
)
_ADD_FILE = insert(submission_files)
_FILES_OF_PART = (
    select(submission_files.c.ref, submission_files.c.name, submission_files.c.mime, submission_files.c.size)
    .join(submissions, submissions.c.id == submission_files.c.submission_id)
    .where(submissions.c.assignment_id == bindparam("part"), submissions.c.withdrawn_at.is_(None))
    .order_by(submission_files.c.id)
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

    async def add(self, part_id: int, submission: Submission, entry_id: int | None, *, album: str | None = None) -> int:
        """Keep what was handed in and return its id, which files are added to: later pictures of the album too."""
        values = {
            "assignment_id": part_id,
            "entry_id": entry_id,
            "document": submission.document,
            "document_on": submission.dated,
            "text": submission.text,
            "recorded_at": submission.recorded_at,
            "album": album,
        }
        return int((await self._connection.execute(_ADD, values)).scalar_one())

    async def add_files(self, submission_id: int, files: Sequence[Evidence]) -> None:
        """Keep which files belong to what was handed in."""
        rows = [
            {"submission_id": submission_id, "ref": one.ref, "name": one.name, "mime": one.mime, "size": one.size}
            for one in files
        ]
        if rows:
            await self._connection.execute(_ADD_FILE, rows)

    async def of_entry(self, entry_id: int | None, part_id: int) -> list[int]:
        """Return the ids of what one act handed in for a part."""
        values = {"entry": entry_id, "part": part_id}
        return list((await self._connection.execute(_OF_ENTRY, values)).scalars())

    async def of_album(self, person_id: int, album: str) -> list[int]:
        """Return the ids of what somebody handed in with an album."""
        values = {"person": person_id, "album": album}
        return list((await self._connection.execute(_OF_ALBUM, values)).scalars())

    async def files_of_part(self, part_id: int) -> list[Evidence]:
        """Return the files handed in for a part, oldest first, without those that were taken back."""
        return [Evidence(*row) for row in await self._connection.execute(_FILES_OF_PART, {"part": part_id})]

    async def of_part(self, part_id: int) -> list[Submission]:
        """Return what was handed in for a part, oldest first, withdrawn ones too."""
        return [Submission(*row) for row in await self._connection.execute(_OF_PART, {"part": part_id})]

    async def restore(self, entry_id: int) -> None:
        """Let what an act handed in count again, its withdrawal being taken back."""
        await self._connection.execute(_WITHDRAW, {"entry": entry_id, "at": None})

    async def withdraw(self, entry_id: int) -> None:
        """Mark what an undone act handed in as taken back."""
        await self._connection.execute(_WITHDRAW, {"entry": entry_id, "at": self._now})
