"""A bot of ours on the strict fake, with a receiver that only takes notes."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator

from bot.fakes.telegram import FakeTelegram
from bot.telegram import TelegramChannel
from bot.telegram_connection import Connection
from bot.telegram_intake import Intake
from bot.telegram_updates import Reader
from core.messages import Incoming, Receipt
from handlers.dispatch import Unavailable

FILES = {"letter": b"PK a letter", "picture": b"\x89PNG\r\n\x1a\n a picture", "not a picture": b"hello"}


async def read_file(ref: str) -> bytes:
    return FILES[ref]


class Notes:
    """Stands for the dispatcher: commits unless told not to, and remembers what and in which order."""

    def __init__(self) -> None:
        self.committed: list[Incoming] = []
        self.begun: list[str] = []
        self.rejected: list[tuple[str, str, str]] = []
        self.down = False
        self.tried = 0
        self.broken: set[str] = set()
        self.held: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.receipt = Receipt(answer="Đã ghi")
        self._seen: set[str] = set()

    async def receive(self, incoming: Incoming) -> Receipt:
        self.begun.append(incoming.text)
        if incoming.text in self.held:
            await self.held[incoming.text].wait()
        await asyncio.sleep(0)
        self.tried += 1
        if self.down:
            raise Unavailable
        if incoming.text in self.broken:
            raise ZeroDivisionError(incoming.text)
        if incoming.event_id in self._seen:
            return Receipt(duplicate=True)
        self._seen.add(incoming.event_id)
        self.committed.append(incoming)
        return self.receipt

    async def reject(self, channel: str, raw: str, error: str) -> None:
        if self.down:
            raise Unavailable
        self.rejected.append((channel, raw, error))

    @property
    def texts(self) -> list[str]:
        return [incoming.text for incoming in self.committed]


class Held:
    """A lease one can take away."""

    def __init__(self) -> None:
        self.ours = True

    def valid(self) -> bool:
        return self.ours


class Rig:
    def __init__(self, fake: FakeTelegram, connection: Connection) -> None:
        self.fake = fake
        self.connection = connection
        self.channel = TelegramChannel(connection, read_file)
        self.notes = Notes()
        self.intake = Intake(Reader(connection), self.notes, self.channel)
        self.lease = Held()


@contextlib.asynccontextmanager
async def rigged() -> AsyncIterator[Rig]:
    async with FakeTelegram() as fake, Connection(fake.token, api_url=fake.url) as connection:
        rig = Rig(fake, connection)
        yield rig
        await rig.intake.close()


@contextlib.asynccontextmanager
async def running(*coroutines: object) -> AsyncIterator[None]:
    """Run these until the block ends, then cancel them; what they raise is raised here."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]  # type: ignore[call-overload]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome
