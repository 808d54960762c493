"""Waking whoever waits for work: at once inside a process, by a notification between processes on PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import asyncpg
import structlog

from storage.database import Database

log = structlog.get_logger()

JOBS = "jobs"
"""The name under which jobs are waited for; every other name is a channel's."""

_OUTBOX_TOPIC, _JOBS_TOPIC = "dondoc_outbox", "dondoc_jobs"
_DEBOUNCE = 0.02
_PING = 30.0
_LONGEST = 10.0
_AGAIN = 1.0


class Wakes:
    """One event per channel, and one for jobs.

    As a context on PostgreSQL it also listens to other processes and notifies them when nobody here serves a channel.
    Losing that connection only costs time: those who wait look for themselves each second.
    """

    def __init__(self, database: Database) -> None:
        self.serving: set[str] = set()
        self._database = database
        self._events: dict[str, asyncio.Event] = {}
        self._unsaid: set[str] = set()
        self._say = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def event(self, channel: str) -> asyncio.Event:
        """Return the event that is set when there may be something to do for the channel."""
        return self._events.setdefault(channel, asyncio.Event())

    def wake(self, channel: str) -> None:
        """Tell whoever serves the channel, in this process or another; call it after the commit."""
        if (event := self._events.get(channel)) is not None:
            event.set()
        if self._task is not None and channel not in self.serving:
            self._unsaid.add(channel)
            self._say.set()

    async def __aenter__(self) -> Self:
        if self._database.engine.dialect.driver == "asyncpg":
            self._task = asyncio.create_task(self._stay_connected(), name="wakes")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _stay_connected(self) -> None:
        address = self._database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            try:
                connection = await asyncpg.connect(address, timeout=_LONGEST)
                try:
                    await self._converse(connection)
                finally:
                    connection.terminate()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("no notifications between processes", action="wakes_lost", error=type(error).__name__)
            await asyncio.sleep(_AGAIN)

    async def _converse(self, connection: asyncpg.Connection[Any]) -> None:
        for topic in (_OUTBOX_TOPIC, _JOBS_TOPIC):
            await connection.add_listener(topic, self._hear)
        connection.add_termination_listener(lambda _connection: self._say.set())
        for event in self._events.values():  # something may have been said while nobody listened
            event.set()
        while not connection.is_closed():
            unsaid, self._unsaid = self._unsaid, set()
            for channel in unsaid:
                topic = _JOBS_TOPIC if channel == JOBS else _OUTBOX_TOPIC
                await connection.execute("SELECT pg_notify($1, $2)", topic, channel, timeout=_LONGEST)
            await asyncio.sleep(_DEBOUNCE)
            try:
                async with asyncio.timeout(_PING):
                    await self._say.wait()
            except TimeoutError:
                await connection.execute("SELECT 1", timeout=_LONGEST)
            self._say.clear()

    def _hear(self, _connection: object, _pid: int, topic: str, payload: object) -> None:
        event = self._events.get(JOBS if topic == _JOBS_TOPIC else str(payload))
        if event is not None:
            event.set()
