"""Order within a lane, concurrency across lanes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()

Job = Callable[[], Awaitable[None]]


class Lanes:
    """Runs the jobs of one lane one after another, in the order they came, and at most `width` jobs at a time."""

    def __init__(self, width: int) -> None:
        self._slots = asyncio.Semaphore(width)
        self._waiting: dict[str, deque[Job]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._stopped = False

    def put(self, lane: str, job: Job) -> None:
        """Run `job` after all that was put into its lane before; a job deals with its own errors."""
        if self._stopped:
            return
        waiting = self._waiting.get(lane)
        if waiting is not None:
            waiting.append(job)
            return
        self._waiting[lane] = deque((job,))
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self, patience: float) -> None:
        """Drop what has not begun and wait for what has, at most `patience` seconds."""
        self._stopped = True
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, lane: str) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                async with self._slots:
                    if self._stopped:
                        return
                    await self._do(waiting.popleft())
        finally:
            del self._waiting[lane]

    async def _do(self, job: Job) -> None:
        try:
            await job()
        except Exception:
            # the jobs behind it in the lane are other people's messages
            log.exception("job failed", action="lane_job_failed")
