"""Plays a world through the product's own storage, planner, composer and the sender's bookkeeping, with every fault."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import update

from bot.channel import Permanent, RetryAt, Sent, Uncertain
from bot.composing import compose_all
from bot.settling import Flight, plain_result, settle
from bot.zalo_bot_quota import Sparing
from core.deadlines import HANOI
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.intents import Intents, Writes
from handlers.office_word import OfficeWord
from handlers.reminders import HOURLY, IS_BACK, STANDS_IN, SUMMED_UP, Absences, Asked, Composer, Hourly, tick
from storage.database import Database
from storage.outbox import Claimed, Result, Urgency
from storage.schema import leases
from storage.turns import Turns
from tests.simulation import acts, people_acts
from tests.simulation.furnish import chat_of, furnish, look_up
from tests.simulation.oracle import Oracle
from tests.simulation.rules import World
from tests.simulation.scene import Scene
from tests.simulation.ways import COUNTED, Delivery
from tests.simulation.wires import CHANNELS, WINDOWED, Wire

_CATALOGUE = Catalogue()


class Crash(Exception):
    """The process was killed here."""


@dataclass
class Play:
    """One run: the product on `database` (and a second worker's handle on the same) beside the oracle."""

    database: Database
    other: Database
    world: World
    chance: random.Random
    start: date
    days: int
    composer: Sparing = field(init=False)
    scene: Scene = field(init=False)
    now: datetime = field(init=False)
    fence: int = 1
    uncertain: set[tuple[str, date]] = field(default_factory=set)
    waiting: bool = False

    def __post_init__(self) -> None:
        self.oracle = Oracle(self.world)
        self.calendar = WorkCalendar()
        word = OfficeWord(_CATALOGUE, self.calendar)
        absences = Absences(_CATALOGUE, self.calendar)
        writes: dict[str, Writes] = {
            "undelivered": word.undelivered,
            "told": word.told,
            STANDS_IN: absences,
            IS_BACK: absences,
            HOURLY: Hourly(_CATALOGUE, self.calendar),
            SUMMED_UP: Asked(_CATALOGUE, self.calendar),
        }
        self.wires = {name: Wire(name, self.chance) for name in CHANNELS}
        limit = self.wires[COUNTED].limit = self.chance.choice([3000, 3000, 60, 30])
        self.composer = Sparing(Intents(writes, otherwise=Composer(_CATALOGUE, self.calendar)), COUNTED, limit)
        self.now = datetime.combine(self.start, time(6), HANOI)

    async def furnish(self) -> None:
        """Write the world down; whoever has an account where one must have written wrote not long ago."""
        for person in self.world.people.values():
            for channel, _ in person.accounts:
                if channel in WINDOWED:
                    ago = timedelta(hours=self.chance.randint(1, 240))
                    self.wires[channel].heard[chat_of(person.key, channel)] = self.now - ago
        async with self.database.work(self.now, real=self.now) as work:
            numbers = await furnish(work, self.world, self.wires, self.now)
        self.scene = Scene(self.oracle, numbers, self.wires, self.chance, self.calendar)

    async def meanwhile(self) -> None:
        """Let people do something, and write to the bot."""
        for _ in range(self.chance.randint(0, 2)):
            async with self.database.work(self.now, real=self.now) as work:
                await acts.one(self.scene, work, self.now)
        for person in self.world.people.values():
            for channel, _ in person.accounts:
                if self.chance.random() < (0.02 if channel in WINDOWED else 0.001):
                    async with self.database.work(self.now, real=self.now) as work:
                        await people_acts.writes(self.scene, work, self.now, person, channel)
        self.now += timedelta(minutes=2)

    # --- the product

    async def tick(self, *, crash: bool = False, twice: bool = False) -> None:
        """Let one worker tick, or two at once; a killed one leaves nothing behind."""
        if crash:
            with suppress(Crash):
                await self._killed_tick()
            return
        handles = [self.database, self.other] if twice else [self.chance.choice([self.database, self.other])]
        await asyncio.gather(*(self._tick(handle) for handle in handles))
        self.oracle.tick(self.now)
        if self.oracle.begun:
            async with self.database.read(self.now) as work:
                for part in self.oracle.begun:
                    await look_up(work, part, self.scene.numbers)
            self.oracle.begun.clear()

    async def _killed_tick(self) -> None:
        async with self.database.work(self.now, real=self.now) as work:
            await tick(work, self.calendar, told=False)
            raise Crash

    async def _tick(self, handle: Database) -> None:
        async with handle.work(self.now, real=self.now) as work:
            await tick(work, self.calendar, told=False)

    async def deliver(self, *, crash: bool = False) -> None:
        """Let everything that can leave now leave by the wires that are up, killed once in the middle or not."""
        begun = self.now
        up = [name for name, wire in self.wires.items() if wire.up]
        self.oracle.deliver(Delivery(self.now, set(up), self._refusals(), self._used() >= _SPARED))
        used = self._used()
        left = 40
        moved = True
        while moved and left:
            left -= 1
            moved = self.waiting = False
            for name in up:
                turns = Turns(self.database.engine, name, f"sender:{name}:")
                moved = await self._turn(name, turns, crash=crash) or moved
                await turns.close()
                crash = False
            if self.waiting:  # a moment later what was put off, or is in doubt, is tried again
                self.now += timedelta(seconds=61)
                moved = True
        self.oracle.delivered(begun)
        if used < _SPARED <= self._used():  # nothing says who was in time for the last of the month's messages
            self.uncertain |= self.oracle.by_count

    def _used(self) -> float:
        """Return how much of the month's messages the messenger that counts them has taken."""
        wire = self.wires[COUNTED]
        return wire.taken[self.now.year, self.now.month] / (wire.limit or 1)

    def _refusals(self) -> dict[tuple[str, str], str]:
        """Return which messages the messengers will refuse now, by person and messenger, and why."""
        found = {}
        for wire in self.wires.values():
            wire.look(self.now)
        for key, person in self.world.people.items():
            for channel, _ in person.accounts:
                refusal = self.wires[channel].refuses(chat_of(key, channel), self.now)
                if refusal is not None:
                    found[key, channel] = refusal.kind
        return found

    async def _turn(self, name: str, turns: Turns, *, crash: bool) -> bool:
        claimed = await turns.turn([], self.fence, 50, (), self.now)
        ready = [row for row in claimed if not row.waiting]
        intents = [row.id for row in claimed if row.waiting]
        if intents:
            async with self.database.work(self.now, real=self.now) as work:
                taken = await work.outbox.take(intents, self.fence, f"sender:{name}:")
                batch = await compose_all(work, taken, self.composer, name, self.fence, ())
            ready += batch.ready
        results: list[Result] = []
        for row in ready:
            if crash and self.chance.random() < 0.5:
                await self._die(name, row, ready)
                return True
            await self._send(name, row, results)
        if results:
            await turns.turn(results, self.fence, 0, (), self.now)
        return bool(ready) or bool(intents)

    async def _send(self, name: str, row: Claimed, results: list[Result]) -> None:
        wire = self.wires[name]
        assert row.content is not None
        pages = wire.pages(row.content)
        for page in range(row.parts_sent, len(pages)):
            flight = Flight(row, page, len(pages), self.fence)
            outcome = wire.take(flight.chat, pages[page], self.now, page, again=flight.again, kind=kind_of(row))
            if not isinstance(outcome, Sent):
                break
        if isinstance(outcome, Uncertain):
            self.uncertain.add((flight.chat.partition("@")[0], self.now.date()))
        self.waiting |= isinstance(outcome, Uncertain | RetryAt)
        left = page - row.parts_sent + isinstance(outcome, Sent | Uncertain)
        if name == COUNTED and left:
            async with self.database.work(self.now, real=self.now) as work:
                await work.quota.add(COUNTED, left)
        result = plain_result(flight, outcome, wire.can, self.now)
        if result is not None:
            results.append(result)
            return
        async with self.database.work(self.now, real=self.now) as work:
            if isinstance(outcome, Permanent) and outcome.kind == "blocked":
                self._learn(name, flight.chat)
            await settle(work, flight, outcome, can=wire.can, hold=lambda _wait: 0.0, undelivered=None)

    def _learn(self, name: str, chat: str) -> None:
        """A refusal tells everybody that the account is gone, whichever message it was of."""
        for account in self.world.people[chat.partition("@")[0]].accounts:
            if account[0] == name:
                account[1] = False

    async def _die(self, name: str, row: Claimed, batch: Sequence[Claimed]) -> None:
        """The sender is killed with this row out, nothing of its batch written back; the next takes over."""
        wire = self.wires[name]
        goes = wire.refuses(row.chat or "", self.now) is None
        if self.chance.random() < 0.5 and goes:
            assert row.content is not None
            page = wire.pages(row.content)[row.parts_sent]
            wire.arrive(row.chat or "", page, self.now, row.parts_sent, again=row.uncertain > 0, kind=kind_of(row))
        self.uncertain |= {((one.chat or "").partition("@")[0], self.now.date()) for one in batch}
        self.fence += 1
        async with self.database.work(self.now, real=self.now) as work:
            await work.connection.execute(update(leases).values(fence=self.fence))
            for channel in CHANNELS:
                for left in await work.outbox.recover(channel, self.fence):
                    again = Result(left.id, "queued", None, "crash", None, left.uncertain + 1, left.parts_sent)
                    await work.outbox.finish([again], self.fence)

    # --- the days

    async def run(self) -> None:
        """Play every day: mornings, noons and evenings, downtime, outages, a clock that jumps."""
        await self.furnish()
        day = self.start
        last = self.start + timedelta(days=self.days)
        while day < last:
            if self.chance.random() < 0.1:
                day += timedelta(days=self.chance.randint(1, 4))  # nothing ran at all
                continue
            for wire in self.wires.values():
                wire.up = self.chance.random() > 0.12
                wire.doubtful = self.chance.choice([0.0, 0.0, 0.0, 0.05])
                wire.flooded = self.chance.choice([0.0, 0.0, 0.05])
                wire.spent = wire.name in WINDOWED and self.chance.random() < 0.05
            for hour, minute in (*_MORNING, self.chance.choice([(10, 0), (11, 10)]), (12, 0),
                                 self.chance.choice([(14, 30), (15, 30)]), (19, 0), (21, 0)):  # fmt: skip
                self.now = datetime.combine(day, time(hour, minute), HANOI)
                await self.meanwhile()
                if self.chance.random() < 0.05:
                    self._kill_an_account()
                if self.chance.random() < 0.85:
                    if self.chance.random() < 0.2:
                        await self.tick(crash=True)
                    await self.tick(twice=self.chance.random() < 0.2)
                if self.chance.random() < 0.9:
                    await self.deliver(crash=self.chance.random() < 0.1)
                if self.chance.random() < 0.2:
                    self.chance.choice(list(self.wires.values())).up ^= True
            if self.chance.random() < 0.05:
                await self._back(day)
            day += timedelta(days=1)

    async def _back(self, day: date) -> None:
        """The machine's clock goes back an hour or a day, ticks there, and comes right again."""
        self.now = datetime.combine(day, time(14), HANOI) - timedelta(hours=self.chance.choice([1, 5]))
        await self.tick()
        await self.deliver()

    def _kill_an_account(self) -> None:
        person = self.chance.choice(list(self.world.people.values()))
        if person.accounts:
            channel = self.chance.choice(person.accounts)[0]
            self.wires[channel].dead.add(f"{person.key}@{channel}")

    def beside(self, kind: str) -> list[tuple[str, date, str]]:
        """Return who was told something of this kind beside the mornings, when, and of what."""
        return [
            (chat.partition("@")[0], day, code)
            for wire in self.wires.values()
            for of_kind, chat, day, code in wire.beside
            if of_kind == kind
        ]

    def arrived(self) -> list[tuple[str, date, frozenset[str], bool]]:
        """Return who got what on which day, as the wires saw it."""
        return [
            (chat.partition("@")[0], day, codes, again)
            for wire in self.wires.values()
            for chat, day, codes, again in wire.whole()
        ]


_SPARED = 0.9
"""From where on the month's messages are kept for what matters more than a morning's."""
_MORNING = ((6, 50), (7, 5), (7, 35))


def kind_of(row: Claimed) -> str:
    """Return whether a row is a morning's message, one for an hour, an account of what was asked, or another."""
    kind = (row.intent or {}).get("kind")
    if kind in {HOURLY, SUMMED_UP}:
        return str(kind)
    return "morning" if row.urgency is Urgency.DIGEST else "notice"
