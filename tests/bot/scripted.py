"""A channel in memory that does what a test says and remembers what it was asked to send."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import insert, select, update

from bot.channel import Capabilities, Outcome, Sent
from bot.clock import Clock
from bot.metrics import Metrics
from bot.sender import Sender
from bot.wake import Wakes
from config.logs import configure
from core.messages import Incoming, Message, Receipt
from storage.database import Database
from storage.outbox import Claimed, Composed, Outgoing, Urgency
from storage.schema import accounts, outbox, people, units
from storage.work import Work

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
Fate = Outcome | Exception | Callable[["Call"], Any]


@dataclass(frozen=True)
class Call:
    chat: str
    text: str
    resend: bool
    part: int
    at: float


@dataclass
class ScriptedChannel:
    name: str = "telegram"
    can: Capabilities = field(
        default_factory=lambda: Capabilities(buttons=True, edit=True, files_in=True, max_text=4096)
    )
    latency: float = 0.0
    fates: list[Fate] = field(default_factory=list)
    by_text: dict[str, list[Fate]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    out: int = 0
    most_out: int = 0
    out_in_chat: dict[str, int] = field(default_factory=dict)
    most_out_in_chat: int = 0
    counter: int = 0
    knocks: int = 0
    answering: bool = True

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.calls]

    def parts(self, message: Message) -> int:
        if message.lines == ("unpageable",):
            raise ZeroDivisionError("no pages")
        return max(1, len(message.lines))

    async def send(self, chat: str, message: Message, *, resend: bool, part: int) -> Outcome:
        text = message.lines[part]
        call = Call(chat, text, resend, part, monotonic())
        self.calls.append(call)
        # taken at once: a kill in between would leave this call's fate to the next sender's first
        script = self.by_text.get(text) or self.fates
        fate: Any = script.pop(0) if script else None
        self.out += 1
        self.most_out = max(self.most_out, self.out)
        self.out_in_chat[chat] = self.out_in_chat.get(chat, 0) + 1
        self.most_out_in_chat = max(self.most_out_in_chat, self.out_in_chat[chat])
        try:
            await asyncio.sleep(self.latency)
            if callable(fate):
                fate = fate(call)
                if asyncio.iscoroutine(fate):
                    fate = await fate
            if isinstance(fate, Exception):
                raise fate
            self.counter += 1
            return fate if fate is not None else Sent(f"m{self.counter}")
        finally:
            self.out -= 1
            self.out_in_chat[chat] -= 1

    async def answers(self) -> bool:
        self.knocks += 1
        return self.answering

    async def acknowledge(self, incoming: Incoming, receipt: Receipt) -> None: ...

    async def type(self, chat: str) -> None:
        return None

    async def fetch(self, ref: str, limit: int) -> bytes:
        return b""


async def never_composed(work: Work, row: Claimed) -> Composed | str:
    raise AssertionError("nothing here is to be composed")


def make_sender(database: Database, channel: ScriptedChannel, holder: str = "one", **options: Any) -> Sender:
    options.setdefault("wakes", Wakes(database))
    options.setdefault("metrics", Metrics())
    options.setdefault("lease_length", timedelta(seconds=5))
    compose = options.pop("compose", never_composed)
    return Sender(database, channel, Clock(), compose, holder, **options)


@asynccontextmanager
async def running(*senders: Sender):
    tasks = [asyncio.create_task(sender.run()) for sender in senders]
    try:
        yield
    finally:
        for sender in senders:
            sender.stop()
        async with asyncio.timeout(20):
            await asyncio.gather(*tasks)


async def kill(task: asyncio.Task[None], sender: Sender) -> None:
    """End a sender as a kill does: nothing is written back and its lease is not given up."""
    for flight in list(sender._flights._tasks):
        flight.cancel()
    holder = sender._holder
    sender._flights.results.clear()
    sender._flights.unsettled.clear()
    sender._flights._out.clear()
    holder.held = None
    sender.stop()
    await task


@contextmanager
def logging_as_it_runs() -> Iterator[None]:
    """Log as the program does, so that alarms are heard; what was before is put back."""
    root, kept = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    configure("info", "json", stream=io.StringIO())
    try:
        yield
    finally:
        root.handlers[:], root.level = handlers, level
        structlog.configure(**kept)


async def until(condition: Callable[[], Any], seconds: float = 8.0) -> None:
    """Wait until the condition holds; it may be a coroutine function."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return
            await asyncio.sleep(0.005)


async def say(database: Database, chat: str, *lines: str, channel: str = "telegram", **options: Any) -> None:
    urgency = options.pop("urgency", Urgency.REPLY)
    async with database.work(NOW) as work:
        await work.outbox.say([Outgoing(channel, chat, urgency, Message(lines), **options)])


async def rows(database: Database) -> list[Any]:
    async with database.read(NOW) as work:
        return list((await work.connection.execute(select(outbox).order_by(outbox.c.id))).all())


async def statuses(database: Database) -> list[str]:
    return [row.status for row in await rows(database)]


async def all_are(database: Database, *wanted: str) -> bool:
    return await statuses(database) == list(wanted)


async def settle_down(database: Database) -> None:
    """Wait until nothing is queued or under way."""

    async def quiet() -> bool:
        return not {"queued", "sending"} & set(await statuses(database))

    await until(quiet, 30.0)


async def change(database: Database, **values: Any) -> None:
    async with database.work(NOW) as work:
        await work.connection.execute(update(outbox).values(**values))


async def make_person(database: Database, *ways: tuple[str, str]) -> tuple[int, list[int]]:
    """Make a person with an account at each (channel, chat), the one linked last first; return all ids."""
    async with database.work(NOW) as work:
        connection = work.connection
        unit = (
            await connection.execute(
                insert(units)
                .values(kind="agency", code="SCT", name="Sở", aliases=[], settings={})
                .returning(units.c.id)
            )
        ).scalar_one()
        person = (
            await connection.execute(
                insert(people).values(agency_id=unit, key="tp", title="Trưởng phòng").returning(people.c.id)
            )
        ).scalar_one()
        ids = []
        for age, (channel, chat) in enumerate(ways):
            values = {
                "channel": channel, "external_id": chat, "chat": chat, "person_id": person,
                "linked_at": NOW - timedelta(days=age),
            }  # fmt: skip
            ids.append(
                (await connection.execute(insert(accounts).values(values).returning(accounts.c.id))).scalar_one()
            )
    return person, ids


async def account_statuses(database: Database) -> dict[str, str]:
    async with database.read(NOW) as work:
        found = await work.connection.execute(select(accounts.c.chat, accounts.c.status))
        return {row.chat: row.status for row in found}
