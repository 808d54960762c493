"""A job's effects and its end commit together, once, however its worker fares."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.clock import Clock
from bot.jobs import JobRunner
from bot.metrics import Metrics
from bot.typing import Typing
from bot.wake import JOBS, Wakes
from core.errors import NothingOpen
from core.messages import Message
from storage.database import Database
from storage.outbox import Outgoing, Urgency
from storage.schema import jobs
from storage.work import Work
from tests.bot.scripted import NOW, ScriptedChannel, rows, until


class Doubling:
    """Doubles a number, as often as it takes."""

    timeout = 5.0

    def __init__(self, *failures: Exception, delay: float = 0.0) -> None:
        self.failures = list(failures)
        self.delay = delay
        self.prepared = 0
        self.gave_up: list[Exception] = []

    async def prepare(self, data: dict[str, Any]) -> int:
        self.prepared += 1
        await asyncio.sleep(self.delay)
        if self.failures:
            raise self.failures.pop(0)
        return int(data["number"]) * 2

    async def commit(self, work: Work, data: dict[str, Any], prepared: int) -> None:
        await work.outbox.say([Outgoing("telegram", "a", Urgency.REPLY, Message((str(prepared),)))])

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        self.gave_up.append(error)
        await work.outbox.say([Outgoing("telegram", "a", Urgency.REPLY, Message(("sorry",)))])


def make_runner(database: Database, handler: Any, **options: Any) -> JobRunner:
    options.setdefault("wakes", Wakes(database))
    options.setdefault("first_retry", timedelta(milliseconds=1))
    return JobRunner(database, Clock(), {"double": handler}, **options)


@asynccontextmanager
async def running(*runners: JobRunner):
    tasks = [asyncio.create_task(runner.run()) for runner in runners]
    try:
        yield
    finally:
        for runner in runners:
            runner.stop()
        async with asyncio.timeout(20):
            await asyncio.gather(*tasks)


async def add(database: Database, number: int, kind: str = "double") -> None:
    async with database.work(NOW) as work:
        await work.jobs.add(kind, {"number": number})


async def job_statuses(database: Database) -> list[str]:
    async with database.read(NOW) as work:
        return list((await work.connection.execute(select(jobs.c.status).order_by(jobs.c.id))).scalars())


async def said(database: Database) -> list[str]:
    return [row.content["lines"][0] for row in await rows(database)]


async def ended(database: Database) -> bool:
    return "open" not in await job_statuses(database)


async def test_jobs_are_done_once_by_however_many(database: Database) -> None:
    for number in range(8):
        await add(database, number)
    handler = Doubling(delay=0.005)
    async with running(*(make_runner(database, handler) for _ in range(3))):
        await until(lambda: ended(database))
    assert sorted(await said(database), key=int) == [str(2 * number) for number in range(8)]
    assert handler.prepared == 8


async def test_a_wake_starts_a_job_at_once(sqlite_database: Database) -> None:
    wakes, handler = Wakes(sqlite_database), Doubling()
    async with running(make_runner(sqlite_database, handler, wakes=wakes)):
        await asyncio.sleep(0.1)
        await add(sqlite_database, 1)
        wakes.wake(JOBS)
        await until(lambda: handler.prepared, 0.5)


async def test_a_failure_is_tried_again(database: Database) -> None:
    await add(database, 4)
    handler = Doubling(OSError("network"), ValueError("odd"))
    async with running(make_runner(database, handler)):
        await until(lambda: ended(database))
    assert await said(database) == ["8"]
    assert handler.gave_up == []


async def test_after_five_failures_the_person_is_told(database: Database) -> None:
    await add(database, 4)
    metrics = Metrics()
    handler = Doubling(*(OSError(str(number)) for number in range(9)))
    async with running(make_runner(database, handler, metrics=metrics)):
        await until(lambda: ended(database))
    assert handler.prepared == 5
    assert [str(error) for error in handler.gave_up] == ["4"]
    assert await said(database) == ["sorry"]
    assert await job_statuses(database) == ["failed"]
    assert metrics.registry.get_sample_value("dondoc_jobs_total", {"kind": "double", "result": "failed"}) == 1


async def test_a_persons_mistake_is_told_at_once(sqlite_database: Database) -> None:
    await add(sqlite_database, 4)
    handler = Doubling(NothingOpen())
    async with running(make_runner(sqlite_database, handler)):
        await until(lambda: ended(sqlite_database))
    assert handler.prepared == 1
    assert await said(sqlite_database) == ["sorry"]


async def test_one_that_takes_too_long_is_stopped(sqlite_database: Database) -> None:
    await add(sqlite_database, 4)
    handler = Doubling(delay=60)
    handler.timeout = 0.02
    async with running(make_runner(sqlite_database, handler)):
        await until(lambda: ended(sqlite_database))
    assert isinstance(handler.gave_up[0], TimeoutError)


async def test_what_only_computes_runs_beside_the_loop(sqlite_database: Database) -> None:
    class Computing(Doubling):
        def prepare(self, data: dict[str, Any]) -> int:
            self.thread = threading.current_thread()
            return 7

    await add(sqlite_database, 1)
    handler = Computing()
    async with running(make_runner(sqlite_database, handler)):
        await until(lambda: ended(sqlite_database))
    assert handler.thread is not threading.current_thread()
    assert await said(sqlite_database) == ["7"]


class Awaited(Doubling):
    """A job somebody waits for."""

    def under_way(self, data: dict[str, Any]) -> Outgoing:
        return Outgoing("telegram", "a", Urgency.REPLY, Message(("looking",)))


async def test_who_waits_long_is_told_once_however_often_it_is_tried(database: Database) -> None:
    await add(database, 21)
    async with running(make_runner(database, Awaited(OSError("lost"), delay=0.5), moment=0.02)):
        await until(lambda: ended(database))
    assert await said(database) == ["looking", "42"]


async def test_quick_work_is_not_announced(sqlite_database: Database) -> None:
    await add(sqlite_database, 21)
    async with running(make_runner(sqlite_database, Awaited(), moment=5.0)):
        await until(lambda: ended(sqlite_database))
    assert await said(sqlite_database) == ["42"]


async def test_where_the_wire_shows_it_nothing_is_said(sqlite_database: Database) -> None:
    wire = ScriptedChannel()
    wire.can = replace(wire.can, typing=True)
    async with sqlite_database.work(NOW) as work:
        await work.jobs.add("double", {"number": 21, "channel": "telegram", "chat": "a"})
    shown = Typing({"telegram": wire}, moment=5.0)
    async with running(make_runner(sqlite_database, Awaited(delay=0.2), moment=0.02, typing=shown)):
        await until(lambda: ended(sqlite_database))
    assert await said(sqlite_database) == ["42"]


async def test_a_job_whose_worker_died_is_taken_up(database: Database) -> None:
    await add(database, 4)
    async with database.work(NOW) as work:
        assert len(await work.jobs.hold("the dead", timedelta(seconds=0.3))) == 1
    async with running(make_runner(database, Doubling())):
        await until(lambda: ended(database))
    assert await said(database) == ["8"]


async def test_a_job_that_killed_every_worker_is_not_tried_again(sqlite_database: Database) -> None:
    await add(sqlite_database, 4)
    for _ in range(5):
        async with sqlite_database.work(NOW) as work:
            assert len(await work.jobs.hold("the dead", timedelta(seconds=-1))) == 1
    handler = Doubling()
    async with running(make_runner(sqlite_database, handler)):
        await until(lambda: ended(sqlite_database))
    assert handler.prepared == 0
    assert await said(sqlite_database) == ["sorry"]


async def test_long_work_is_held_on_to(database: Database) -> None:
    await add(database, 4)
    handler = Doubling(delay=0.8)
    options = {"hold": timedelta(seconds=0.3)}
    async with running(make_runner(database, handler, **options), make_runner(database, handler, **options)):
        await until(lambda: ended(database))
    assert handler.prepared == 1
    assert await said(database) == ["8"]


async def test_one_that_was_overtaken_commits_nothing(database: Database) -> None:
    await add(database, 4)
    gate = asyncio.Event()

    class Slow(Doubling):
        async def prepare(self, data: dict[str, Any]) -> int:
            self.prepared += 1
            await gate.wait()
            return 1

    slow = Slow()
    async with running(make_runner(database, slow, hold=timedelta(seconds=9))):
        await until(lambda: slow.prepared)
        async with database.work(NOW, real=Clock().real() + timedelta(seconds=10)) as work:
            (job,) = await work.jobs.hold("another", timedelta(seconds=9))
            assert await work.jobs.end(job)
        gate.set()
    assert await said(database) == []
    assert await job_statuses(database) == ["done"]


async def test_a_job_nobody_knows_ends_in_failure(sqlite_database: Database) -> None:
    await add(sqlite_database, 4, kind="unheard of")
    async with running(make_runner(sqlite_database, Doubling())):
        await until(lambda: ended(sqlite_database))
    assert await job_statuses(sqlite_database) == ["failed"]


async def test_telling_that_fails_ends_the_job_all_the_same(sqlite_database: Database) -> None:
    class Mute(Doubling):
        async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
            raise ZeroDivisionError

    await add(sqlite_database, 4)
    async with running(make_runner(sqlite_database, Mute(NothingOpen()))):
        await until(lambda: ended(sqlite_database))
    assert await job_statuses(sqlite_database) == ["failed"]
