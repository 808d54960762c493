"""Work that takes longer than an answer may: rows any worker can take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import jobs

_IS_OPEN = text("jobs.status = 'open'")
# PostgreSQL may run a subquery of an UPDATE twice; a CTE that locks runs once
_READY = (
    select(jobs.c.id)
    .where(
        _IS_OPEN,
        jobs.c.run_at <= bindparam("at"),
        or_(jobs.c.held_until.is_(None), jobs.c.held_until < bindparam("at")),
    )
    .order_by(jobs.c.run_at, jobs.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("ready")
)
_ANY = select(
    exists().where(
        _IS_OPEN,
        jobs.c.run_at <= bindparam("at"),
        or_(jobs.c.held_until.is_(None), jobs.c.held_until < bindparam("at")),
    )
)
_HOLD = (
    update(jobs)
    .where(jobs.c.id.in_(select(_READY.c.id)))
    .values(held_by=bindparam("who"), held_until=bindparam("until"), attempts=jobs.c.attempts + 1)
    .returning(jobs.c.id, jobs.c.kind, jobs.c.data, jobs.c.attempts)
)
# the number of the attempt is the fence: a worker that was slow has no say over one that took the job after it
_IS_MINE = and_(jobs.c.id == bindparam("job"), jobs.c.attempts == bindparam("attempt"), _IS_OPEN)
_KEEP = update(jobs).where(_IS_MINE).values(held_until=bindparam("until"))
_END = (
    update(jobs)
    .where(_IS_MINE)
    .values(
        status=bindparam("new_status"),
        error=bindparam("new_error"),
        held_until=None,
        data=bindparam("new_data", type_=jobs.c.data.type),
    )
)
_OF_ALBUM = (
    select(jobs.c.id, jobs.c.data, jobs.c.attempts, jobs.c.status)
    .where(
        jobs.c.kind == bindparam("kind"),
        jobs.c.created_at > bindparam("since"),
        jobs.c.data["album"].as_string() == bindparam("album"),
    )
    .order_by(jobs.c.id.desc())
    .limit(1)
    .with_for_update()
)
_ADD_TO = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"))
    .values(data=bindparam("new_data", type_=jobs.c.data.type), run_at=bindparam("later"))
)
_LATER = update(jobs).where(_IS_MINE).values(run_at=bindparam("later"), error=bindparam("new_error"), held_until=None)

_ALBUM = timedelta(minutes=5)
_MOST_OF_ALBUM = 40


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

    async def add(self, kind: str, data: dict[str, Any], *, after: timedelta = timedelta()) -> None:
        """Queue a job for any worker, to be taken no sooner than `after` from now."""
        values = {"kind": kind, "data": data, "status": "open", "run_at": self._real + after, "created_at": self._real}
        await self._connection.execute(insert(jobs).values(values))

    async def add_to_album(self, kind: str, album: str, ref: Any, *, after: timedelta, alone: bool = False) -> None:
        """Give the album's job one more file; where it was taken already, queue another with all of them, or this one `alone`.

        Nothing happens where the album has no job of the last minutes.
        """
        given = {"kind": kind, "album": album, "since": self._real - _ALBUM}
        found = (await self._connection.execute(_OF_ALBUM, given)).one_or_none()
        if found is None or len(found.data.get("more", ())) >= _MOST_OF_ALBUM:
            return
        data = {**found.data, "more": [*found.data.get("more", ()), ref]}
        if found.status == "open" and not found.attempts:
            values = {"job": found.id, "new_data": data, "later": self._real + after}
            await self._connection.execute(_ADD_TO, values)
        elif alone:
            await self.add(kind, {**found.data, "files": [ref], "more": []}, after=after)
        else:
            await self.add(kind, data, after=after)

    async def ready(self) -> bool:
        """Tell whether there is a job to take."""
        return bool((await self._connection.execute(_ANY, {"at": self._real})).scalar_one())

    async def hold(self, worker: str, length: timedelta, most: int = 1) -> list[Job]:
        """Take up to `most` jobs that are ready, for `length`; after that another worker may."""
        values = {"at": self._real, "who": worker, "until": self._real + length, "most": most}
        return [Job(*row) for row in await self._connection.execute(_HOLD, values)]

    async def keep(self, job: Job, length: timedelta) -> bool:
        """Hold the job for another while; `False` if another worker has it."""
        values = {"job": job.id, "attempt": job.attempts, "until": self._real + length}
        return (await self._connection.execute(_KEEP, values)).rowcount == 1

    async def end(self, job: Job, error: str | None = None, *, forget: bool = False) -> bool:
        """End the job, whose pasted words go; `False` if another worker has it, and then nothing else may commit.

        With `forget` nothing is kept of what it was about.
        """
        status = "failed" if error else "done"
        data = {} if forget else {name: value for name, value in job.data.items() if name != "text"}
        values = {"job": job.id, "attempt": job.attempts, "new_status": status, "new_error": error, "new_data": data}
        return (await self._connection.execute(_END, values)).rowcount == 1

    async def retry(self, job: Job, after: timedelta, error: str) -> None:
        """Let the job be tried again after a while."""
        values = {"job": job.id, "attempt": job.attempts, "later": self._real + after, "new_error": error}
        await self._connection.execute(_LATER, values)
