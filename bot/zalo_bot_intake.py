"""From a raw update of the Zalo Bot Platform to its commit: the same for polling and webhook."""

from __future__ import annotations

import json
from dataclasses import dataclass

import structlog

from bot.receiving import Receiver, reject
from bot.typing import Typing
from bot.zalo_bot_updates import Reader, UnreadableUpdate, updates_in
from core.messages import Incoming
from handlers.dispatch import Unavailable

log = structlog.get_logger()

CHANNEL = "zalo_bot"


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that concerns us: what it says, or why it cannot be read."""

    raw: object
    incoming: Incoming | None
    error: str = ""


class Intake:
    """Reads what Zalo gave and sees each update through to its commit."""

    def __init__(self, reader: Reader, receiver: Receiver, typing: Typing | None = None) -> None:
        self._reader = reader
        self._receiver = receiver
        self._typing = typing or Typing({})

    def read(self, raw: object) -> list[Arrival]:
        """Return what is to be done, in order; nothing for probes and for what does not concern us; never raises."""
        try:
            updates = updates_in(raw)
        except RecursionError:
            return [Arrival(None, None, "nested too deeply")]
        return [arrival for update in updates if (arrival := self._read(update)) is not None]

    def read_body(self, body: bytes) -> list[Arrival]:
        """Do the same for the body of a webhook call."""
        if not body.strip():
            return []
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError) as error:
            return [Arrival(body, None, f"{type(error).__name__}: {error}")]
        return self.read(raw)

    async def settle(self, arrival: Arrival) -> None:
        """Return once the update is committed, or kept as unreadable; raises only `Unavailable`.

        An update that fails in any other way is kept and passed over, because it would fail again.
        """
        incoming = arrival.incoming
        if incoming is None:
            await reject(self._receiver, CHANNEL, arrival.raw, arrival.error)
            return
        try:
            # a notice comes here as words, which are read at once and not as a job
            async with self._typing.shown({"channel": CHANNEL, "chat": incoming.chat}):
                await self._receiver.receive(incoming)
        except Unavailable:
            raise
        except Exception as error:
            log.exception("update failed", action="update_failed", event_id=incoming.event_id)
            await reject(self._receiver, CHANNEL, arrival.raw, f"{type(error).__name__}: {error}")

    def _read(self, update: object) -> Arrival | None:
        try:
            incoming = self._reader.read(update)
        except UnreadableUpdate as error:
            return Arrival(update, None, str(error))
        return Arrival(update, incoming) if incoming is not None else None
