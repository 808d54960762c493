"""What people do while days pass: the world and the database change together."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy import delete, insert

from core.workdays import WorkCalendar
from handlers.reminders.moving import move_hour
from storage.schema import memberships
from storage.work import Work
from tests.simulation.furnish import Numbers, chat_of, save
from tests.simulation.oracle import Oracle
from tests.simulation.rules import HOURS, Part, Person, heads_of
from tests.simulation.wires import WINDOWED, Wire

_OFTEN = {
    "state": 6, "block": 2, "due": 3, "hand": 2, "account": 2, "away": 2, "swap": 1, "office": 2, "later": 5, "hour": 2,
}  # fmt: skip


class Acts:
    """Somebody does something, drawn by chance, in one transaction of its own."""

    def __init__(
        self, oracle: Oracle, numbers: Numbers, wires: dict[str, Wire], chance: random.Random, calendar: WorkCalendar
    ) -> None:
        self._world = oracle.world
        self._oracle = oracle
        self._numbers = numbers
        self._wires = wires
        self._chance = chance
        self._calendar = calendar

    async def one(self, work: Work, now: datetime) -> None:
        """Let somebody do something."""
        (kind,) = self._chance.choices(list(_OFTEN), list(_OFTEN.values()))
        part = self._chance.choice(list(self._world.parts.values()))
        person = self._chance.choice(list(self._world.people.values()))
        await getattr(self, f"_{kind}")(work, now, part, person)

    async def _state(self, work: Work, now: datetime, part: Part, _person: Person) -> None:
        if part.kind == "tracked":
            states = ["done", "presented", "submitted", "paused", "reported", "assigned", "dropped"]
            part.state = self._chance.choice(states)
            await save(work, part, self._numbers, now.date())

    async def _block(self, work: Work, now: datetime, part: Part, _person: Person) -> None:
        if part.kind == "tracked":
            part.state = "blocked"
            part.expected = self._chance.choice([None, now.date() + timedelta(days=self._chance.randint(-3, 12))])
            await save(work, part, self._numbers, now.date())

    async def _due(self, work: Work, now: datetime, part: Part, _person: Person) -> None:
        if part.due is not None:
            part.due = now.date() + timedelta(days=self._chance.randint(-5, 30))
            part.present_by = self._chance.choice([None, part.due - timedelta(days=5)])
            await save(work, part, self._numbers, now.date())

    async def _hand(self, work: Work, now: datetime, part: Part, _person: Person) -> None:
        members = [p.key for p in self._world.people.values() if part.unit in {u for _, u in p.offices}]
        part.handed_to = self._chance.choice([None, *members])
        await save(work, part, self._numbers, now.date())

    async def _account(self, work: Work, now: datetime, _part: Part, person: Person) -> None:
        """Somebody blocks the bot or lets it write again."""
        if not person.accounts:
            return
        account = self._chance.choice(person.accounts)
        if account[1]:
            account[1] = False
            await self._set_status(work, person, account[0], "blocked")
        else:
            await self._come_back(work, now, person, account[0])

    async def _come_back(self, work: Work, now: datetime, person: Person, channel: str) -> None:
        self._wires[channel].dead.discard(chat_of(person.key, channel))
        next(account for account in person.accounts if account[0] == channel)[1] = True
        await self._set_status(work, person, channel, "active")
        await work.chain.reopen(self._numbers.people[person.key])
        self._oracle.came_back(person, now)

    async def _set_status(self, work: Work, person: Person, channel: str, status: str) -> None:
        account = await work.accounts.known(channel, chat_of(person.key, channel))
        assert account is not None
        await work.accounts.set_status(account.id, status)

    async def writes(self, work: Work, now: datetime, person: Person, channel: str) -> None:
        """Somebody writes to the bot: a messenger that had given them up may write to them again."""
        chat = chat_of(person.key, channel)
        if channel in WINDOWED:
            self._wires[channel].heard[chat] = now
            await work.tokens.seen(channel, chat, now)
            await work.chain.reopen_window(self._numbers.people[person.key], channel)
            self._oracle.wrote(person, channel, now)
        if not next(works for name, works in person.accounts if name == channel):
            await self._come_back(work, now, person, channel)

    async def _away(self, work: Work, now: datetime, _part: Part, person: Person) -> None:
        unit = next((unit for role, unit in person.offices if role == "head"), None)
        if unit is None:
            return
        others = [p.key for p in self._world.people.values() if p.agency == person.agency and p is not person]
        today = now.date()
        deputy, last = self._chance.choice(others), today + timedelta(days=self._chance.randint(0, 9))
        person.away.append((today, last, unit, deputy))
        ids = self._numbers.people
        await work.acting.delegate(self._numbers.units[unit], ids[person.key], ids[deputy], today, last, None)

    async def _swap(self, work: Work, now: datetime, _part: Part, _person: Person) -> None:
        day = now.date() + timedelta(days=self._chance.randint(1, 9))
        self._world.swapped[day] = working = not self._world.works(day)
        await work.clock.set_day(day, working=working, name="đổi", source="test")
        self._calendar.overlay(await work.clock.calendar())

    async def _hour(self, work: Work, now: datetime, _part: Part, person: Person) -> None:
        person.hour_was = person.told_at(now.date())
        person.hour, person.hour_since = self._chance.choice([None, *HOURS]), now.date() + timedelta(days=1)
        await move_hour(work, self._numbers.people[person.key], person.hour, person.usual())

    async def _later(self, work: Work, now: datetime, part: Part, _person: Person) -> None:
        """Somebody who hears of a part asks for another day."""
        today = now.date()
        soon = [p for p in self._world.parts.values() if p.due and -9 <= (p.due - today).days <= 25]
        part = self._chance.choice([part, *soon])
        hear = heads_of(self._world, part.unit, today) | ({part.handed_to} if part.handed_to else set())
        if hear:
            person = self._world.people[self._chance.choice(sorted(hear))]
            person.put_off[part.key] = until = today + timedelta(days=self._chance.randint(1, 9))
            ids = self._numbers
            await work.snoozes.put_off([ids.parts[part.key]], ids.people[person.key], until, None)

    async def _office(self, work: Work, _now: datetime, _part: Part, person: Person) -> None:
        """Somebody else becomes deputy head of a unit: the roster changes under the reminders."""
        unit = self._chance.choice(
            [unit for p in self._world.people.values() if p.agency == person.agency for _, unit in p.offices]
        )
        held = {
            "person_id": self._numbers.people[person.key], "unit_id": self._numbers.units[unit], "role": "deputy_head",
        }  # fmt: skip
        if ("deputy_head", unit) in person.offices:
            person.offices.remove(("deputy_head", unit))
            where = (memberships.c[name] == value for name, value in held.items())
            await work.connection.execute(delete(memberships).where(*where))
        elif person.offices and not any(of == unit for _, of in person.offices):
            person.offices.append(("deputy_head", unit))
            await work.connection.execute(insert(memberships).values(held))
