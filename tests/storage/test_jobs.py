"""A job is held by one worker at a time and ended once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage.database import Database
from storage.jobs import Job
from storage.schema import jobs

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
HOLD = timedelta(seconds=30)


async def add(database: Database, *kinds: str) -> None:
    async with database.work(NOW) as work:
        for kind in kinds:
            await work.jobs.add(kind, {"of": kind})


async def hold(database: Database, later: timedelta = timedelta(), most: int = 1) -> list[Job]:
    async with database.work(NOW, real=datetime.now(UTC) + later) as work:
        return await work.jobs.hold("me", HOLD, most)


async def test_a_job_is_held_by_one(database: Database) -> None:
    await add(database, "a", "b")
    held = await asyncio.gather(*(hold(database) for _ in range(4)))
    assert sorted(job.kind for found in held for job in found) == ["a", "b"]
    async with database.read(NOW) as work:
        assert not await work.jobs.ready()


async def test_no_more_are_held_than_asked_for(database: Database) -> None:
    await add(database, *"abcde")
    assert [job.kind for job in await hold(database, most=3)] == ["a", "b", "c"]
    async with database.read(NOW) as work:
        assert await work.jobs.ready()


async def test_a_hold_runs_out_unless_it_is_kept(database: Database) -> None:
    await add(database, "a")
    (job,) = await hold(database)
    async with database.work(NOW, real=datetime.now(UTC) + timedelta(seconds=20)) as work:
        assert await work.jobs.keep(job, HOLD)
    assert await hold(database, timedelta(seconds=40)) == []
    (again,) = await hold(database, timedelta(seconds=60))
    assert (again.id, again.attempts, again.data) == (job.id, 2, {"of": "a"})
    async with database.work(NOW) as work:
        assert not await work.jobs.keep(job, HOLD)


async def test_one_who_was_slow_has_no_say(database: Database) -> None:
    await add(database, "a")
    (slow,) = await hold(database)
    (quick,) = await hold(database, timedelta(seconds=60))
    async with database.work(NOW) as work:
        await work.jobs.retry(slow, timedelta(), "slow")
        assert not await work.jobs.end(slow)
    assert await hold(database) == [], "the retry of the slow one freed nothing"
    async with database.work(NOW) as work:
        assert await work.jobs.end(quick)
        assert not await work.jobs.end(quick)


async def test_a_retry_waits(database: Database) -> None:
    await add(database, "a")
    (job,) = await hold(database)
    async with database.work(NOW) as work:
        await work.jobs.retry(job, timedelta(seconds=9), "not now")
    assert await hold(database) == []
    assert len(await hold(database, timedelta(seconds=10))) == 1


async def test_an_ended_job_says_how(database: Database) -> None:
    await add(database, "a", "b")
    good, bad = await hold(database, most=2)
    async with database.work(NOW) as work:
        await work.jobs.end(good)
        await work.jobs.end(bad, "broken")
        found = await work.connection.execute(select(jobs.c.status, jobs.c.error).order_by(jobs.c.id))
    assert [tuple(row) for row in found] == [("done", None), ("failed", "broken")]
