"""What every wire hands its events to, and what becomes of an update nobody could read."""

from __future__ import annotations

import json
from typing import Protocol

import structlog

from core.messages import Incoming, Receipt
from handlers.dispatch import Unavailable

log = structlog.get_logger()

_KEPT_CHARACTERS = 100_000


class Receiver(Protocol):
    """What becomes of events."""

    async def receive(self, incoming: Incoming) -> Receipt:
        """Return once the event is committed; raises `Unavailable` while the database is down."""
        ...

    async def reject(self, channel: str, raw: str, error: str) -> None:
        """Keep an update nobody could read; raises `Unavailable` while the database is down."""
        ...


async def reject(receiver: Receiver, channel: str, raw: object, error: str) -> None:
    """Keep an update for a person to look at; raises `Unavailable` while the database is down, and nothing else."""
    # escaped, so that it can be stored whatever it holds
    text = raw.decode("utf-8", "replace").replace("\x00", "\ufffd") if isinstance(raw, bytes) else json.dumps(raw)
    try:
        await receiver.reject(channel, text[:_KEPT_CHARACTERS], error[:2000])
    except Unavailable:
        raise
    except Exception:
        log.exception("rejected update not kept", action="update_lost", error=error)
