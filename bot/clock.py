"""Business time, which may be pretended, and the metronome that lets it be acted on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Self

import structlog
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import IntegrityError

from bot.metrics import Metrics
from storage.clock import Anchor
from storage.database import Database

log = structlog.get_logger()

EVERY = 20.0
"""How many seconds lie between two ticks."""
_BY_HAND = "by hand"


class Clock:
    """Tells business time: real time, or the time that goes on from an anchor kept in the database."""

    def __init__(self, anchor: Anchor | None = None) -> None:
        self.anchor = anchor

    def real(self) -> datetime:
        """Return the wall clock, in UTC."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """Return business time, in UTC."""
        return self.anchor.at(self.real()) if self.anchor is not None else self.real()

    async def load(self, database: Database, setting: str | None) -> None:
        """Begin as the setting CLOCK_START says, an ISO moment with its offset; raises ValueError where it is not one.

        A new setting anchors business time, the same one continues it, across restarts and in other processes. None
        ends a time that an earlier setting pretended, but not one that was moved by hand where there was no setting.
        Only for what serves (run, web, worker, demo): a single command calls `refresh`, or it might end the pretence
        of the others.
        """
        wanted = None if setting is None else _moment(setting)
        for last in (False, True):
            try:
                async with database.work(self.now(), real=self.real()) as work:
                    anchor = await work.clock.anchor()
                    if wanted is None:
                        if anchor is not None and anchor.setting != _BY_HAND:
                            await work.clock.clear_anchor()
                            anchor = None
                    elif anchor is None or anchor.setting != wanted.isoformat():
                        anchor = await work.clock.set_anchor(wanted.isoformat(), wanted, first=anchor is None)
            except IntegrityError:  # another process was anchoring it at the same moment
                if last:
                    raise
                continue
            self.anchor = anchor
            break
        if self.anchor is not None:
            log.warning("business time is pretended", action="clock_pretended", now=self.now().isoformat())

    async def refresh(self, database: Database) -> None:
        """Follow what another process may have done to the anchor."""
        async with database.read(self.now()) as work:
            self.anchor = await work.clock.anchor()

    async def follow(self, database: Database, every: float = 3.0) -> None:
        """Refresh each few seconds, for as long as it is let."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.refresh(database)
            except Exception as error:
                log.warning("clock not refreshed", action="clock_unknown", exc_info=error)

    async def move_to(self, database: Database, moment: datetime) -> None:
        """Move business time forward to `moment`; raises ValueError if that lies behind."""
        async with database.work(self.now(), real=self.real()) as work:
            anchor = await work.clock.anchor()
            now = anchor.at(work.real) if anchor is not None else work.real
            if moment < now:
                raise ValueError(f"business time only goes forward: it is {now.isoformat()}")
            setting = anchor.setting if anchor is not None else _BY_HAND
            anchor = await work.clock.set_anchor(setting, moment.astimezone(UTC))
        self.anchor = anchor


class Metronome:
    """While entered, calls `tick` at once and every so often, one at a time; an error in it never stops it."""

    def __init__(
        self,
        clock: Clock,
        tick: Callable[[], Awaitable[None]],
        *,
        every: float = EVERY,
        metrics: Metrics | None = None,
    ) -> None:
        self._clock = clock
        self._tick = tick
        self._every = every
        self._metrics = metrics or Metrics()
        self._one_at_a_time = asyncio.Lock()
        # what is due lies in the database: a late or double tick does no harm, so none may be skipped for being late
        self._scheduler = AsyncIOScheduler(
            jobstores={"default": MemoryJobStore()},
            timezone="Asia/Ho_Chi_Minh",
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )

    async def __aenter__(self) -> Self:
        self._scheduler.add_job(
            self._beat, IntervalTrigger(seconds=self._every), id="tick", next_run_time=datetime.now(UTC)
        )
        self._scheduler.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._scheduler.pause()
        # cancelling a tick would tear its transaction: it is let end first
        async with self._one_at_a_time:
            self._scheduler.shutdown(wait=False)

    async def tick_now(self) -> None:
        """Tick at once; an error is raised to the caller."""
        async with self._one_at_a_time:
            await self._tick()
            self._metrics.ticks.inc()

    async def _beat(self) -> None:
        try:
            await self.tick_now()
        except Exception:
            self._metrics.tick_failures.inc()
            log.exception("tick failed", action="alarm")


def _moment(setting: str) -> datetime:
    moment = datetime.fromisoformat(setting)
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset, such as +07:00")
    return moment.astimezone(UTC)
