"""What a tick costs: a million directives on PostgreSQL, against the bare statement and against a job for each."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import text

from core.deadlines import HANOI
from core.workdays import WorkCalendar
from handlers.reminders import tick
from storage.database import Database
from storage.migrate import migrate
from tests.postgres import PostgresServer

DAY = date(2023, 7, 5)
"""A Wednesday: no step of the weekly summary."""
MORNING = datetime(2023, 7, 5, 7, 30, tzinfo=HANOI)
AGENCIES, UNITS, TASKS = 100, 3_000, 1_000_000
JOBS = 10_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds, medians of the rounds in turn; `grown` is megabytes of memory the tick took."""

    bare: float
    tick: float
    again: float
    idle: float
    jobs: float
    queued: int
    grown: float


_FILL = (
    f"""INSERT INTO units (id, agency_id, kind, code, name, aliases, settings)
        SELECT n, n, 'agency', 'A' || n, 'A', '[]', '{{}}' FROM generate_series(1, {AGENCIES}) AS n""",
    f"""INSERT INTO units (id, agency_id, parent_id, kind, code, name, aliases, settings)
        SELECT {AGENCIES} + n, 1 + n % {AGENCIES}, 1 + n % {AGENCIES}, 'division', 'U' || n, 'U', '[]', '{{}}'
        FROM generate_series(1, {UNITS}) AS n""",
    f"""INSERT INTO people (id, agency_id, key, title)
        SELECT n, 1 + n % {AGENCIES}, 'p' || n, 'Head' FROM generate_series(1, {UNITS}) AS n""",
    f"""INSERT INTO memberships (person_id, unit_id, role)
        SELECT n, {AGENCIES} + n, 'head' FROM generate_series(1, {UNITS}) AS n""",
    f"""INSERT INTO accounts (channel, external_id, chat, person_id, linked_at)
        SELECT 'telegram', 'p' || n, 'p' || n, n, now() FROM generate_series(1, {UNITS}) AS n""",
    f"""INSERT INTO notices (id, agency_id, number, year, issuer, title, followed_at)
        SELECT n, 1 + n % {AGENCIES}, n || '/TB', 2023, 'S', 'T', now() FROM generate_series(1, 10000) AS n""",
    f"""INSERT INTO tasks (id, agency_id, notice_id, position, code, text, title, kind, needs_document, by_superior)
        SELECT n, 1 + n % {AGENCIES}, 1 + n % 10000, n, '3.' || n % 40, 't', 't', 'tracked', false, false
        FROM generate_series(1, {TASKS}) AS n""",
    # one in ten is open, one in ten of these stands on a step: three working days ahead, today or one behind
    f"""INSERT INTO assignments (id, agency_id, notice_id, task_id, unit_id, role, code, title, kind, state, due_on)
        SELECT n, 1 + n % {AGENCIES}, 1 + n % 10000, n, {AGENCIES} + 1 + (n / 100) % {UNITS}, 'lead', '3.' || n % 40, 't', 'tracked',
            CASE WHEN n % 10 = 0 THEN 'assigned' ELSE 'done' END,
            CASE WHEN n % 100 = 0 THEN DATE '{DAY}' ELSE DATE '{DAY}' + 30 + n % 200 END
        FROM generate_series(1, {TASKS}) AS n""",
    "ANALYZE",
)
_BARE = text(f"""INSERT INTO bare (key, task_id, unit_id, at)
    SELECT 'due:' || id || '\\:{DAY}', id, unit_id, now() FROM assignments
    WHERE state NOT IN ('done', 'dropped') AND kind = 'tracked' AND role <> 'cooperating' AND due_on = DATE '{DAY}'
    ON CONFLICT (key) DO NOTHING""")


async def run(server: PostgresServer, rounds: int = 5) -> Figures:
    """Measure each in turn, `rounds` times."""
    database = Database(server.create_database("reminders"))
    await migrate(database)
    await _do(database, *_FILL, "CREATE TABLE bare (key text UNIQUE, task_id bigint, unit_id bigint, at timestamptz)")
    took: dict[str, list[float]] = {name: [] for name in ("bare", "tick", "again", "idle")}
    queued, grown = 0, 0.0
    gc.collect()
    gc.freeze()  # as the program does once it serves (bot/cli/serve.py)
    for _ in range(rounds):
        await _do(
            database, "TRUNCATE bare", "TRUNCATE outbox CASCADE", "TRUNCATE plan_marks, planned_days", "CHECKPOINT"
        )
        took["bare"].append(await _timed(lambda: _bare(database)))
        before = psutil.Process().memory_info().rss
        took["tick"].append(await _timed(lambda: _tick(database, MORNING)))
        grown = max(grown, (psutil.Process().memory_info().rss - before) / 2**20)
        async with database.read(MORNING) as work:
            queued = (await work.connection.execute(text("SELECT count(*) FROM outbox"))).scalar_one()
        for _ in range(5):
            took["idle"].append(await _timed(lambda: _tick(database, MORNING + timedelta(minutes=5))))
        # the whole plan once more, as after a clock set back: every key is there already
        await _do(database, "TRUNCATE plan_marks, planned_days")
        took["again"].append(await _timed(lambda: _tick(database, MORNING)))
    with TemporaryDirectory() as folder:
        jobs = await asyncio.to_thread(_jobs, f"sqlite:///{folder}/jobs.db")
    await database.close()
    middle = {name: median(times) for name, times in took.items()}
    return Figures(middle["bare"], middle["tick"], middle["again"], middle["idle"], jobs, queued, grown)


async def _do(database: Database, *statements: str) -> None:
    for statement in statements:
        async with database.engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).exec_driver_sql(statement)


async def _bare(database: Database) -> None:
    async with database.work(MORNING) as work:
        await work.connection.execute(_BARE)


async def _tick(database: Database, now: datetime) -> None:
    async with database.work(now) as work:
        await tick(work, WorkCalendar(), told=False)


async def _timed(body: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await body()
    return (time.perf_counter() - began) * 1000


def _nothing() -> None:
    """Stand for what a job would do."""


def _jobs(url: str) -> float:
    """Return how long the usual way takes: a job for each directive due, in a database of its own.

    On SQLite, because nothing here speaks to PostgreSQL but asyncpg, which the scheduler's store cannot use.
    """
    store = SQLAlchemyJobStore(url=url)
    scheduler = BackgroundScheduler(jobstores={"default": store})
    scheduler.start(paused=True)
    began = time.perf_counter()
    for number in range(JOBS):
        scheduler.add_job(_nothing, "date", run_date=MORNING + timedelta(days=9999), id=str(number))
    took = (time.perf_counter() - began) * 1000
    scheduler.shutdown(wait=False)
    return took


def table(found: Figures) -> str:
    """Return the figures and the ratios they are judged by."""
    return "\n".join([
        f"one tick over {TASKS:,} directives, {TASKS // 10:,} open, {JOBS:,} due: {found.queued:,} messages queued",
        f"  bare INSERT … SELECT … ON CONFLICT  {found.bare:8.1f} ms",
        f"  tick                                {found.tick:8.1f} ms   {found.tick / found.bare:.2f}x the bare statement (at most 3)",
        f"  the whole plan again                {found.again:8.1f} ms   {found.again / found.tick:.2f}x the first",
        f"  a tick with nothing to do           {found.idle:8.1f} ms   (at most 5)",
        f"  a scheduler's job for each          {found.jobs:8.1f} ms   {found.jobs / found.tick:.0f}x the tick (at least 20)",
        f"  memory                              {found.grown:8.1f} MB",
    ])  # fmt: skip
