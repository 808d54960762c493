"""The job that lets go of what somebody sent and we do not keep, where a wire left it with us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from storage.work import Work

Discard = Callable[[str, str], Awaitable[None]]
"""Lets go of a file: by channel and reference; a wire that keeps nothing does nothing."""

DISCARDING = "discard_files"


async def discard_later(work: Work, channel: str, refs: Sequence[str]) -> None:
    """Let go of these files once what was decided is committed."""
    if refs:
        await work.jobs.add(DISCARDING, {"channel": channel, "refs": list(refs)})


class DiscardJob:
    """Lets go of files, and remembers nothing of it."""

    timeout: float = 60

    def __init__(self, discard: Discard) -> None:
        self._discard = discard

    async def prepare(self, data: dict[str, Any]) -> None:
        """Let go of each file."""
        for ref in data["refs"]:
            await self._discard(data["channel"], ref)

    async def commit(self, work: Work, data: dict[str, Any], prepared: None) -> bool:
        """Forget the references too."""
        del work, data, prepared
        return True

    async def give_up(self, work: Work, data: dict[str, Any], error: Exception) -> None:
        """Leave it: the failed job is there for whoever looks after the server."""
