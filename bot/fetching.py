"""The files people send: fetched from the messenger they came by, and why one could not be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from core.errors import UnreadableNotice
from documents.errors import UnreadableFile

if TYPE_CHECKING:
    from bot.channel import Channel


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


class Received:
    """Fetches files by the name of the channel they came by, and lets go of them there."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

    async def fetch(self, channel: str, ref: str, limit: int) -> bytes:
        """Return a file's bytes; raises what cannot be mended as `UnreadableFile` or `UnreadableNotice`."""
        wire = self._channels.get(channel)
        if wire is None:
            raise FetchFailed(channel)
        try:
            return await wire.fetch(ref, limit)
        except FileTooBig as error:
            raise UnreadableFile("too_big", ref) from error
        except FileGone as error:
            raise UnreadableNotice("unavailable", ref) from error

    async def discard(self, channel: str, ref: str) -> None:
        """Let a channel that keeps what people send forget a file."""
        wire = self._channels.get(channel)
        if isinstance(wire, Keeps):
            await wire.discard(ref)
