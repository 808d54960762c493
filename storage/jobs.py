"""Work that takes longer than an answer may: rows any worker can take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import jobs

_READY = (
    select(jobs.c.id)
    .where(
        jobs.c.status == "open",
        jobs.c.run_at <= bindparam("at"),
        or_(jobs.c.held_until.is_(None), jobs.c.held_until < bindparam("at")),
    )
    .order_by(jobs.c.run_at, jobs.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_HOLD = (
    update(jobs)
    .where(jobs.c.id.in_(_READY.scalar_subquery()))
    .values(held_by=bindparam("who"), held_until=bindparam("until"), attempts=jobs.c.attempts + 1)
    .returning(jobs.c.id, jobs.c.kind, jobs.c.data, jobs.c.attempts)
)
_END = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"), jobs.c.status == "open")
    .values(status=bindparam("new_status"), error=bindparam("new_error"), held_until=None)
)
_LATER = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"))
    .values(run_at=bindparam("later"), error=bindparam("new_error"), held_until=None)
)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that is being done; `attempts` counts this one."""

    id: int
    kind: str
    data: dict[str, Any]
    attempts: int


class Jobs:
    """Queues, holds and ends jobs. A job's effects and its end commit together."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def add(self, kind: str, data: dict[str, Any]) -> None:
        """Queue a job for any worker."""
        values = {"kind": kind, "data": data, "status": "open", "run_at": self._real, "created_at": self._real}
        await self._connection.execute(insert(jobs).values(values))

    async def hold(self, worker: str, length: timedelta, most: int = 1) -> list[Job]:
        """Take up to `most` jobs that are ready, for `length`; after that another worker may."""
        values = {"at": self._real, "who": worker, "until": self._real + length, "most": most}
        return [Job(*row) for row in await self._connection.execute(_HOLD, values)]

    async def end(self, job: Job, error: str | None = None) -> bool:
        """End the job; `False` if somebody else already did, and then nothing else of this work may commit."""
        values = {"job": job.id, "new_status": "failed" if error else "done", "new_error": error}
        return (await self._connection.execute(_END, values)).rowcount == 1

    async def retry(self, job: Job, after: timedelta, error: str) -> None:
        """Let the job be tried again after a while."""
        values = {"job": job.id, "later": self._real + after, "new_error": error}
        await self._connection.execute(_LATER, values)
