"""The work that takes longer than an answer may: taken from the queue, done off the way, told of when it fails."""

from __future__ import annotations

import asyncio
import inspect
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol, runtime_checkable

import structlog

from bot.clock import Clock
from bot.metrics import Metrics
from bot.typing import MOMENT, Typing
from bot.wake import JOBS, Wakes
from core.errors import UserError
from storage.database import Database
from storage.faults import is_down
from storage.jobs import Job
from storage.outbox import Outgoing
from storage.work import Work

log = structlog.get_logger()

_POLL = 1.0
_MOST_ATTEMPTS = 5


class JobHandler(Protocol):
    """Does one kind of job. `timeout` is how many seconds `prepare` may take."""

    timeout: float

    def prepare(self, data: dict[str, Any]) -> Any:
        """Do what needs network and files, outside any transaction.

        A coroutine function runs on the event loop; an ordinary one, for what only computes, in a thread. A `UserError`
        is told to the person at once; anything else is tried again.
        """
        ...

    async def commit(self, work: Work, data: dict[str, Any], prepared: Any) -> bool | None:
        """Save the result and queue what is said about it, in the transaction that also ends the job.

        Returns `True` where nothing may be kept of what the job was about.
        """
        ...

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        """Tell the person that it came to nothing, in the transaction that ends the job."""
        ...


@runtime_checkable
class Announced(Protocol):
    """A kind of job somebody is waiting for, who is told that it takes a while where the wire cannot show it."""

    def under_way(self, data: dict[str, Any]) -> Outgoing:
        """Return what tells it."""
        ...


class _Overtaken(Exception):
    """Another worker has the job by now."""


class JobRunner:
    """Takes jobs and does them, `workers` at a time; any number of processes may.

    A job whose worker dies is taken up by another after `hold`; after five failures the person is told.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, JobHandler],
        *,
        wakes: Wakes,
        worker_id: str | None = None,
        workers: int = 2,
        metrics: Metrics | None = None,
        typing: Typing | None = None,
        hold: timedelta = timedelta(seconds=30),
        first_retry: timedelta = timedelta(seconds=2),
        moment: float = MOMENT,
    ) -> None:
        self._database = database
        self._clock = clock
        self._handlers = handlers
        self._worker_id = worker_id or secrets.token_hex(8)
        self._wakes = wakes
        self._workers = workers
        self._typing = typing or Typing({})
        self._ended = (metrics or Metrics()).jobs
        self._hold = hold
        self._first_retry = first_retry
        self._moment = moment
        self._stopping = False
        self._stir = wakes.event(JOBS)

    async def run(self) -> None:
        """Do jobs until `stop` is called; those under way are ended first."""
        self._wakes.serving.add(JOBS)
        running: set[asyncio.Task[None]] = set()
        try:
            while not self._stopping:
                free = self._workers - len(running)
                jobs = await self._take(free) if free else []
                for job in jobs:
                    task = asyncio.create_task(self._do(job), name=f"job {job.id}")
                    running.add(task)
                    task.add_done_callback(running.discard)
                    task.add_done_callback(lambda _task: self._stir.set())
                if not jobs or len(running) >= self._workers:
                    await self._rest()
        finally:
            self._wakes.serving.discard(JOBS)
            if running:
                await asyncio.wait(running)

    def stop(self) -> None:
        """Let `run` end."""
        self._stopping = True
        self._stir.set()

    async def _take(self, most: int) -> list[Job]:
        try:
            # looking costs a reader only; the one writer of SQLite is asked when there is something
            async with self._database.read(self._clock.now()) as work:
                if not await work.jobs.ready():
                    return []
            async with self._database.work(self._clock.now()) as work:
                return await work.jobs.hold(self._worker_id, self._hold, most)
        except Exception as error:
            log.warning("no jobs taken", action="jobs_disturbed", exc_info=error)
            await asyncio.sleep(_POLL)
            return []

    async def _rest(self) -> None:
        timer = asyncio.get_running_loop().call_later(_POLL, self._stir.set)
        await self._stir.wait()
        timer.cancel()
        self._stir.clear()

    async def _do(self, job: Job) -> None:
        done = asyncio.Event()
        heartbeat = asyncio.create_task(self._keep(job, done))
        try:
            await self._attempt(job)
        except _Overtaken:
            log.warning("job overtaken", action="job_overtaken", job=job.id, kind=job.kind)
        except UserError as error:
            await self._give_up(job, error)
        except Exception as error:
            log.exception("job failed", action="job_failed", job=job.id, kind=job.kind, attempt=job.attempts)
            await self._failed(job, error)
        finally:
            done.set()
            await heartbeat

    async def _attempt(self, job: Job) -> None:
        if job.attempts > _MOST_ATTEMPTS:
            raise RuntimeError("every worker that tried it died")
        handler = self._handlers[job.kind]
        async with self._typing.shown(job.data), self._announced(job, handler), asyncio.timeout(handler.timeout):
            if inspect.iscoroutinefunction(handler.prepare):
                prepared = await handler.prepare(job.data)
            else:
                prepared = await asyncio.to_thread(handler.prepare, job.data)
        async with self._database.work(self._clock.now()) as work:
            forget = bool(await handler.commit(work, job.data, prepared))
            if not await work.jobs.end(job, forget=forget):
                raise _Overtaken
        self._ended.labels(job.kind, "done").inc()

    @asynccontextmanager
    async def _announced(self, job: Job, handler: JobHandler) -> AsyncIterator[None]:
        """Say once that the work within is under way, where it takes longer than a moment and the wire shows nothing."""
        if not isinstance(handler, Announced) or self._typing.can(job.data):
            yield
            return
        telling = asyncio.create_task(self._tell(replace(handler.under_way(job.data), key=f"under-way:{job.id}")))
        try:
            yield
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)

    async def _tell(self, row: Outgoing) -> None:
        await asyncio.sleep(self._moment)
        try:
            async with self._database.work(self._clock.now()) as work:
                await work.outbox.say_once(row)
            self._wakes.wake(row.channel)
        except Exception as error:
            log.warning("not said that it is under way", action="jobs_disturbed", exc_info=error)

    async def _failed(self, job: Job, error: Exception) -> None:
        """Let the job be tried again later, longer each time, until it was tried often enough."""
        if job.attempts >= _MOST_ATTEMPTS:
            await self._give_up(job, error)
            return
        try:
            async with self._database.work(self._clock.now()) as work:
                await work.jobs.retry(job, self._first_retry * 2 ** (job.attempts - 1), repr(error)[:2000])
        except Exception as problem:
            log.warning("job left to be taken up", action="jobs_disturbed", job=job.id, exc_info=problem)

    async def _give_up(self, job: Job, error: Exception) -> None:
        """End the job and tell the person; where that fails too, end it all the same."""
        for handler in (self._handlers.get(job.kind), None):
            try:
                async with self._database.work(self._clock.now()) as work:
                    if await work.jobs.end(job, repr(error)[:2000]) and handler is not None:
                        await handler.give_up(work, job.data, error)
            except Exception as problem:
                log.exception("job not given up", action="alarm", job=job.id, kind=job.kind)
                if is_down(problem):
                    return  # its hold runs out, and it is taken up again
            else:
                self._ended.labels(job.kind, "failed").inc()
                return

    async def _keep(self, job: Job, done: asyncio.Event) -> None:
        """Hold on to the job while it is being done."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._hold.total_seconds() / 3):
                    await done.wait()
                return
            try:
                async with self._database.work(self._clock.now()) as work:
                    if not await work.jobs.keep(job, self._hold):
                        return
            except Exception as error:
                log.warning("job not held", action="jobs_disturbed", job=job.id, exc_info=error)
