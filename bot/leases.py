"""Holding a lease: taken when it is free, renewed while we live, given up when we go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from types import TracebackType
from typing import Self

import structlog

from storage.database import Database
from storage.leases import Lease

log = structlog.get_logger()

LENGTH = timedelta(seconds=10)


class Holder:
    """Keeps trying to hold one lease for as long as its context is open.

    `holder_id` must be new at every start of the process. `on_change` is called when `held` changes.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        holder_id: str,
        *,
        length: timedelta = LENGTH,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.name = name
        self.held: Lease | None = None
        self._database = database
        self._holder_id = holder_id
        self._length = length
        self._on_change = on_change
        self._deadline = 0.0
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._try()
        self._task = asyncio.create_task(self._keep(), name=f"lease {self.name}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._closing.set()
            await self._task
        held, self.held = self.held, None
        if held is not None:
            try:
                async with self._database.work(datetime.now(UTC)) as work:
                    await work.leases.give_up(held)
            except Exception as problem:
                log.warning("lease not given up", action="lease_kept", lease=self.name, exc_info=problem)

    def valid(self) -> bool:
        """Tell whether the lease is surely ours at this moment, by this process's own clock."""
        return self.held is not None and monotonic() < self._deadline

    async def changed(self) -> None:
        """Return once `held` has changed or has become valid again since the last call."""
        await self._changed.wait()
        self._changed.clear()

    async def _keep(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._length.total_seconds() / 3):
                    await self._closing.wait()
                return
            await self._try()

    async def _try(self) -> None:
        # counted from before the question, for the answer may have been long under way
        asked = monotonic()
        try:
            async with self._database.work(datetime.now(UTC)) as work:
                lease = await work.leases.take(self.name, self._holder_id, self._length, self.held)
        except Exception as error:
            log.warning("lease not renewed", action="lease_unknown", lease=self.name, exc_info=error)
            return
        was, was_valid = self.held, self.valid()
        self.held = lease
        self._deadline = asked + 0.9 * self._length.total_seconds() if lease is not None else 0.0
        if (was and was.fence) != (lease and lease.fence):
            log.info("lease", action="lease_held" if lease else "lease_lost", lease=self.name)
        elif self.valid() == was_valid:
            return
        self._changed.set()
        self._on_change()
