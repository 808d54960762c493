"""Plays a world through the product's own storage, planner, composer and the sender's bookkeeping, with every fault."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, insert, update

from bot.channel import Permanent, RetryAt, Sent, Uncertain
from bot.composing import compose_all
from bot.settling import Flight, plain_result, settle
from core.deadlines import HANOI
from core.reminders.ladder import Ladder
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.intents import Intents
from handlers.office_word import OfficeWord
from handlers.reminders import IS_BACK, STANDS_IN, Absences, Composer, tick
from handlers.reminders.moving import move_hour
from storage.database import Database
from storage.outbox import Claimed, Result, Urgency
from storage.schema import accounts, assignments, leases, memberships, notices, oversights, people, tasks, units
from storage.turns import Turns
from storage.work import Work
from tests.simulation.oracle import HOURS, Oracle, Part, Person, Steps, World, heads_of
from tests.simulation.wires import CHANNELS, Wire

_CATALOGUE = Catalogue()


class Crash(Exception):
    """The process was killed here."""


def _ladder(steps: Steps) -> Ladder:
    return Ladder(head=steps.head, overseer=steps.overseer, leader=steps.leader)


@dataclass
class Play:
    """One run: the product on `database` (and a second worker's handle on the same) beside the oracle."""

    database: Database
    other: Database
    world: World
    chance: random.Random
    start: date
    days: int
    composer: Intents = field(init=False)
    now: datetime = field(init=False)
    fence: int = 1
    uncertain: set[tuple[str, date]] = field(default_factory=set)
    waiting: bool = False

    def __post_init__(self) -> None:
        self.oracle = Oracle(self.world)
        self.calendar = WorkCalendar()
        word = OfficeWord(_CATALOGUE, self.calendar)
        absences = Absences(_CATALOGUE, self.calendar)
        writes = {"undelivered": word.undelivered, "told": word.told, STANDS_IN: absences, IS_BACK: absences}
        self.composer = Intents(writes, otherwise=Composer(_CATALOGUE, self.calendar))
        self.wires = {name: Wire(name, self.chance) for name in CHANNELS}
        self.ids: dict[str, int] = {}
        self.unit_ids: dict[str, int] = {}
        self.part_ids: dict[str, int] = {}
        self.now = datetime.combine(self.start, time(6), HANOI)

    # --- the world into the database

    async def furnish(self) -> None:
        """Write the world down."""
        async with self.database.work(self.now, real=self.now) as work:
            await self._units(work)
            await self._people(work)
            await self._parts(work)
            await self._ladders(work)
            for name in CHANNELS:
                row = {"name": f"sender:{name}:", "holder": "me", "until": self.now + timedelta(days=3000), "fence": 1}
                await work.connection.execute(insert(leases).values(row))

    async def _units(self, work: Work) -> None:
        agencies = list(dict.fromkeys(person.agency for person in self.world.people.values()))
        below = sorted({(p.agency, unit) for p in self.world.people.values() for _, unit in p.offices})
        self.unit_ids = {unit: number for number, unit in enumerate(
            dict.fromkeys([*agencies, *(unit for _, unit in below)]), 1)}  # fmt: skip
        rows = [(agency, None, "agency") for agency in agencies]
        rows += [(unit, agency, "division") for agency, unit in below if unit not in agencies]
        await work.connection.execute(insert(units), [
            {"id": self.unit_ids[unit], "kind": kind, "code": unit, "name": unit, "aliases": [], "settings": {},
             "agency_id": self.unit_ids[agency or unit], "parent_id": self.unit_ids[agency] if agency else None}
            for unit, agency, kind in rows
        ])  # fmt: skip

    async def _people(self, work: Work) -> None:
        rows: dict[str, list[dict[str, Any]]] = {"people": [], "memberships": [], "oversights": [], "accounts": []}
        for number, person in enumerate(self.world.people.values(), 1):
            self.ids[person.key] = number
            agency = self.unit_ids[person.agency]
            rows["people"].append({"id": number, "agency_id": agency, "key": person.key, "title": person.key})
            rows["memberships"] += [
                {"person_id": number, "unit_id": self.unit_ids[unit], "role": role} for role, unit in person.offices
            ]
            rows["oversights"] += [
                {"person_id": number, "unit_id": self.unit_ids[unit]} for unit in sorted(person.oversees)
            ]
            rows["accounts"] += [
                {"channel": channel, "external_id": f"{person.key}@{channel}", "chat": f"{person.key}@{channel}",
                 "person_id": number, "status": "active" if works else "blocked",
                 "linked_at": self.now - timedelta(days=place)}
                for place, (channel, works) in enumerate(person.accounts)
            ]  # fmt: skip
        for table in (people, memberships, oversights, accounts):
            await work.connection.execute(insert(table), rows[table.name])

    async def _parts(self, work: Work) -> None:
        rows: dict[str, list[dict[str, Any]]] = {"notices": [], "tasks": [], "assignments": []}
        known = sorted({(part.agency, part.notice) for part in self.world.parts.values()})
        for number, (agency, notice) in enumerate(known, 1):
            rows["notices"].append({"id": number, "agency_id": self.unit_ids[agency], "number": f"{notice}/{agency}",
                                    "year": 2023, "issuer": agency, "title": "Kết luận", "followed_at": self.now})  # fmt: skip
        directives: dict[tuple[int, str], int] = {}
        for number, part in enumerate(self.world.parts.values(), 1):
            self.part_ids[part.key] = number
            notice_id = known.index((part.agency, part.notice)) + 1
            both = {"agency_id": self.unit_ids[part.agency], "notice_id": notice_id,
                    "code": part.code, "title": part.code, "kind": part.kind}  # fmt: skip
            if (notice_id, part.code) not in directives:
                directives[notice_id, part.code] = number
                rows["tasks"].append({**both, "id": number, "position": number, "text": part.code,
                                      "needs_document": False, "by_superior": False})  # fmt: skip
            rows["assignments"].append({**both, "id": number, "task_id": directives[notice_id, part.code],
                                        "unit_id": self.unit_ids[part.unit], "role": part.role,
                                        **self._stored(part)})  # fmt: skip
        for table in (notices, tasks, assignments):
            await work.connection.execute(insert(table), rows[table.name])

    async def _ladders(self, work: Work) -> None:
        for agency, steps in self.world.of_agency.items():
            await work.ladders.set(_ladder(steps), self.unit_ids[agency])
        for key, steps in self.world.of_part.items():
            agency = self.unit_ids[self.world.parts[key].agency]
            await work.ladders.set(_ladder(steps), agency, task_id=self.part_ids[key])

    def _stored(self, part: Part) -> dict[str, Any]:
        return {
            "state": part.state, "due_on": part.due, "expected_on": part.expected, "present_by": part.present_by,
            "handed_to": self.ids[part.handed_to] if part.handed_to else None,
            "presented_on": self.now.date() if part.state == "presented" else None,
        }  # fmt: skip

    async def _save(self, work: Work, part: Part) -> None:
        where = assignments.c.id == self.part_ids[part.key]
        await work.connection.execute(update(assignments).where(where).values(self._stored(part)))

    # --- what people do meanwhile

    async def meanwhile(self) -> None:
        """Let somebody do something: the world and the database change together."""
        kind = self.chance.choice(
            [
                "state",
                "state",
                "state",
                "due",
                "hand",
                "block",
                "account",
                "away",
                "swap",
                "head",
                "later",
                "later",
                "hour",
            ]
        )
        part = self.chance.choice(list(self.world.parts.values()))
        person = self.chance.choice(list(self.world.people.values()))
        today = self.now.date()
        async with self.database.work(self.now, real=self.now) as work:
            if kind == "state" and part.kind == "tracked":
                part.state = self.chance.choice(
                    ["done", "presented", "submitted", "paused", "reported", "assigned", "dropped"]
                )
                await self._save(work, part)
            elif kind == "block" and part.kind == "tracked":
                part.state = "blocked"
                part.expected = self.chance.choice([None, today + timedelta(days=self.chance.randint(-3, 12))])
                await self._save(work, part)
            elif kind == "due" and part.due is not None:
                part.due = today + timedelta(days=self.chance.randint(-5, 30))
                part.present_by = self.chance.choice([None, part.due - timedelta(days=5)])
                await self._save(work, part)
            elif kind == "hand":
                members = [p.key for p in self.world.people.values() if part.unit in {u for _, u in p.offices}]
                part.handed_to = self.chance.choice([None, *members])
                await self._save(work, part)
            elif kind == "account" and person.accounts:
                account = self.chance.choice(person.accounts)
                account[1] = not account[1]
                self.wires[account[0]].dead.discard(f"{person.key}@{account[0]}")
                where = (accounts.c.channel == account[0], accounts.c.person_id == self.ids[person.key])
                status = "active" if account[1] else "blocked"
                await work.connection.execute(update(accounts).where(*where).values(status=status, status_at=self.now))
            elif kind == "away" and any(role == "head" for role, _ in person.offices):
                unit = next(unit for role, unit in person.offices if role == "head")
                others = [p.key for p in self.world.people.values() if p.agency == person.agency and p is not person]
                deputy, last = self.chance.choice(others), today + timedelta(days=self.chance.randint(0, 9))
                person.away.append((today, last, unit, deputy))
                await work.acting.delegate(
                    self.unit_ids[unit], self.ids[person.key], self.ids[deputy], today, last, None
                )
            elif kind == "swap":
                day = today + timedelta(days=self.chance.randint(1, 9))
                self.world.swapped[day] = working = not self.world.works(day)
                await work.clock.set_day(day, working=working, name="đổi", source="test")
                self.calendar.overlay(await work.clock.calendar())
            elif kind == "head":
                await self._move(work, person)
            elif kind == "hour":
                person.hour_was = person.told_at(today)
                person.hour, person.hour_since = self.chance.choice([None, *HOURS]), today + timedelta(days=1)
                await move_hour(work, self.ids[person.key], person.hour, person.usual())
            elif kind == "later":
                await self._put_off(work, part)

    async def _put_off(self, work: Work, part: Part) -> None:
        """Somebody who hears of a part asks for another day."""
        soon = [p for p in self.world.parts.values() if p.due and -9 <= (p.due - self.now.date()).days <= 25]
        part = self.chance.choice([part, *soon])
        hear = heads_of(self.world, part.unit, self.now.date()) | ({part.handed_to} if part.handed_to else set())
        person = self.world.people[self.chance.choice(sorted(hear))] if hear else None
        if person is not None:
            until = self.now.date() + timedelta(days=self.chance.randint(1, 9))
            person.put_off[part.key] = until
            await work.snoozes.put_off([self.part_ids[part.key]], self.ids[person.key], until, None)

    async def _move(self, work: Work, person: Person) -> None:
        """Somebody else becomes deputy head of a unit: the roster changes under the reminders."""
        unit = self.chance.choice(
            [unit for p in self.world.people.values() if p.agency == person.agency for _, unit in p.offices]
        )
        if ("deputy_head", unit) in person.offices:
            person.offices.remove(("deputy_head", unit))
            where = (memberships.c.person_id == self.ids[person.key], memberships.c.unit_id == self.unit_ids[unit],
                     memberships.c.role == "deputy_head")  # fmt: skip
            await work.connection.execute(delete(memberships).where(*where))
        elif person.offices and not any(of == unit for _, of in person.offices):
            person.offices.append(("deputy_head", unit))
            held = {"person_id": self.ids[person.key], "unit_id": self.unit_ids[unit], "role": "deputy_head"}
            await work.connection.execute(insert(memberships).values(held))

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

    async def _killed_tick(self) -> None:
        async with self.database.work(self.now, real=self.now) as work:
            await tick(work, self.calendar, told=False)
            raise Crash

    async def _tick(self, handle: Database) -> None:
        async with handle.work(self.now, real=self.now) as work:
            await tick(work, self.calendar, told=False)

    async def deliver(self, *, crash: bool = False) -> None:
        """Let everything that can leave now leave by the wires that are up, killed once in the middle or not."""
        up = [name for name, wire in self.wires.items() if wire.up]
        dead = {(key, channel) for key, person in self.world.people.items() for channel, _ in person.accounts
                if f"{key}@{channel}" in self.wires[channel].dead}  # fmt: skip
        self.oracle.deliver(self.now, set(up), dead)
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
        self.oracle.delivered(self.now.date())

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
            outcome = wire.take(
                flight.chat, pages[page], self.now, page, again=flight.again, morning=row.urgency is Urgency.DIGEST
            )
            if not isinstance(outcome, Sent):
                break
        if isinstance(outcome, Uncertain):
            self.uncertain.add((flight.chat.partition("@")[0], self.now.date()))
        self.waiting |= isinstance(outcome, Uncertain | RetryAt)
        result = plain_result(flight, outcome, wire.can, self.now)
        if result is not None:
            results.append(result)
            return
        async with self.database.work(self.now, real=self.now) as work:
            if isinstance(outcome, Permanent):
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
        if self.chance.random() < 0.5 and f"{row.chat}" not in wire.dead and row.urgency is Urgency.DIGEST:
            assert row.content is not None
            page = wire.pages(row.content)[row.parts_sent]
            wire.arrive(row.chat or "", page, self.now, row.parts_sent, again=row.uncertain > 0)
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
            for hour, minute in _MOMENTS:
                self.now = datetime.combine(day, time(hour, minute), HANOI)
                for _ in range(self.chance.randint(0, 2)):
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

    def arrived(self) -> list[tuple[str, date, frozenset[str], bool]]:
        """Return who got what on which day, as the wires saw it."""
        return [
            (chat.partition("@")[0], day, codes, again)
            for wire in self.wires.values()
            for chat, day, codes, again in wire.whole()
        ]


_MOMENTS = ((6, 50), (7, 5), (7, 35), (10, 0), (12, 0), (14, 30), (19, 0), (21, 0))
