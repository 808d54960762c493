"""Why a file somebody sent could not be fetched."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


class FileTooBig(Exception):
    """The file has more than `limit` bytes; `size` where the platform said it."""

    def __init__(self, limit: int, size: int | None = None) -> None:
        super().__init__(limit, size)
        self.limit = limit
        self.size = size


class FileGone(Exception):
    """The platform no longer hands out this file; asking again will not help."""


class FetchFailed(Exception):
    """The file did not come through this time; asking again may help."""


@runtime_checkable
class Keeps(Protocol):
    """A wire that keeps what people send with us, where we must let go of what is refused."""

    async def discard(self, ref: str) -> None:
        """Keep a file somebody sent no longer; raises `OSError` where that failed this time."""
        ...
