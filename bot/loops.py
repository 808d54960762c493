"""The loops of a process: kept going in the background, and missed when one of them ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import structlog

log = structlog.get_logger()


class LoopEnded(Exception):
    """A loop that must go on for as long as the process does is no more."""


class Loops:
    """Runs loops until `stack` is left, each stopped in the opposite order of its start."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._background: list[asyncio.Task[None]] = []

    def run(
        self,
        body: Callable[[], Awaitable[None]],
        name: str,
        *,
        stop: Callable[[], None] | None = None,
        ends: bool = False,
    ) -> None:
        """Keep a loop going in the background until the process stops; one that `ends` may do so by itself."""

        async def watched() -> None:
            try:
                await body()
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("a loop ended", action="alarm", loop=name)
                raise

        task = asyncio.create_task(watched(), name=name)
        if not ends:
            self._background.append(task)

        async def end() -> None:
            if stop is not None:
                stop()
                await asyncio.wait([task], timeout=15)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        self._stack.push_async_callback(end)

    async def until_stopped(self, stop: asyncio.Event) -> None:
        """Return when asked to stop; a loop that ends by itself raises, so that the process ends and is started anew."""
        stopping = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait([stopping, *self._background], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
        ended = [task for task in done if task is not stopping]
        if ended and not stop.is_set():
            why = None if ended[0].cancelled() else ended[0].exception()
            raise LoopEnded(ended[0].get_name()) from why
