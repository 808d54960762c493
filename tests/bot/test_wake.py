"""A wake reaches whoever waits, in this process and in another."""

from __future__ import annotations

import asyncio

from bot.wake import JOBS, Wakes
from storage.database import Database


async def test_a_wake_sets_the_event_of_its_channel(sqlite_database: Database) -> None:
    async with Wakes(sqlite_database) as wakes:
        telegram, jobs = wakes.event("telegram"), wakes.event(JOBS)
        wakes.wake("telegram")
        wakes.wake("nobody waits for this")
        assert telegram.is_set()
        assert not jobs.is_set()


async def _connected(wakes: Wakes) -> None:
    """Every event is set once when the connection is there."""
    async with asyncio.timeout(10):
        await wakes.event("probe").wait()


async def test_a_wake_crosses_processes(postgres_url: str) -> None:
    here, there = Database(postgres_url), Database(postgres_url)
    async with Wakes(here) as web, Wakes(there) as worker:
        for wakes in (web, worker):
            wakes.event("probe")  # before either has had time to connect
        for wakes in (web, worker):
            await _connected(wakes)
        telegram, jobs = worker.event("telegram"), worker.event(JOBS)
        for _ in range(50):
            web.wake("telegram")
        async with asyncio.timeout(5):
            await telegram.wait()
        assert not jobs.is_set()
        web.wake(JOBS)
        async with asyncio.timeout(5):
            await jobs.wait()
        telegram.clear()
        web.serving.add("telegram")
        web.wake("telegram")
        web.wake(JOBS)
        jobs.clear()
        async with asyncio.timeout(5):
            await jobs.wait()
        assert not telegram.is_set(), "who serves a channel here need not tell others"
    await here.close()
    await there.close()


async def test_a_lost_connection_is_made_anew(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with Wakes(database) as wakes:
        event = wakes.event("probe")
        await _connected(wakes)
        event.clear()
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
                " AND datname = current_database()"
            )
        async with asyncio.timeout(10):
            await event.wait()  # set at every new connection: something may have been missed
    await database.close()
