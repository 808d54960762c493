"""What is done in several steps, each of which fails alone: one record nobody can read keeps no other's message."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import structlog

from storage.faults import is_conflict, is_down
from storage.work import Work

log = structlog.get_logger()

T = TypeVar("T")


async def alone(
    work: Work, step: str, doing: Awaitable[T], otherwise: T, *, alarm: str = "tick failed", **more: object
) -> T:
    """Return what this step comes to; where it fails nothing of it is kept, an alarm says so, and `otherwise` is returned."""
    try:
        async with work.savepoint():
            return await doing
    except Exception as error:
        if is_down(error) or is_conflict(error):
            raise
        log.exception(alarm, action="alarm", step=step, **more)
        return otherwise
