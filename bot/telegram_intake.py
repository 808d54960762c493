"""From a raw update to its commit: the same for polling and webhook."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

import structlog

from bot.receiving import Receiver, reject
from bot.telegram import TelegramChannel
from bot.telegram_updates import Reader, UnreadableUpdate
from core.messages import Incoming
from handlers.dispatch import Unavailable

log = structlog.get_logger()

_MOST_ANSWERS = 200
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that concerns us: what it says, or why it cannot be read. A lane's arrivals act in order."""

    raw: object
    incoming: Incoming | None
    error: str = ""

    @property
    def lane(self) -> str:
        """The chat it belongs to."""
        return self.incoming.chat if self.incoming is not None else ""


class Intake:
    """Reads updates and sees them through to the commit; pressed buttons are answered right after it."""

    def __init__(self, reader: Reader, receiver: Receiver, channel: TelegramChannel) -> None:
        self._reader = reader
        self._receiver = receiver
        self._channel = channel
        self._answers: set[asyncio.Task[None]] = set()

    def read(self, raw: object) -> Arrival | None:
        """Return what is to be done about an update, `None` if it does not concern us."""
        try:
            incoming = self._reader.read(raw)
        except UnreadableUpdate as error:
            return Arrival(raw, None, str(error))
        return Arrival(raw, incoming) if incoming is not None else None

    def read_body(self, body: bytes) -> Arrival | None:
        """The same for the body of a webhook call."""
        try:
            raw = json.loads(body)
        except ValueError as error:
            return Arrival(body, None, f"{type(error).__name__}: {error}")
        return self.read(raw)

    async def settle(self, arrival: Arrival) -> None:
        """Return once the update is committed, or kept as unreadable; raises only `Unavailable`.

        An update that fails in any other way is kept and passed over, because it would fail again.
        """
        incoming = arrival.incoming
        if incoming is None:
            log.error("update rejected", action="update_rejected", channel=self._channel.name, error=arrival.error)
            await reject(self._receiver, self._channel.name, arrival.raw, arrival.error)
            return
        try:
            receipt = await self._receiver.receive(incoming)
        except Unavailable:
            raise
        except Exception as error:
            log.exception("update failed", action="update_failed", event_id=incoming.event_id)
            await reject(self._receiver, self._channel.name, arrival.raw, f"{type(error).__name__}: {error}")
            return
        if incoming.callback is not None and len(self._answers) < _MOST_ANSWERS:
            task = asyncio.create_task(self._channel.acknowledge(incoming, receipt))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def close(self) -> None:
        """Let the last buttons be answered, for a moment."""
        if self._answers:
            _, late = await asyncio.wait(self._answers, timeout=_PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
