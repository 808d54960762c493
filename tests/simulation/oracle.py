"""What had to be sent: who is owed what from which morning on, by which account, and what a delivery must bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests.simulation.inquiries import Inquiries
from tests.simulation.periods import begin
from tests.simulation.rings import Rings
from tests.simulation.rules import HOURS, NOTHING_LATE, Part, Person, World, due_for
from tests.simulation.ways import COUNTED, Delivery, Owed


@dataclass
class Expected:
    """One message that had to arrive: these codes at least, those of `most` at most; `sure` unless it may be none.

    `parts`: how many it tells of at most, where several units have a part in one directive.
    """

    person: str
    day: date
    codes: frozenset[str]
    most: frozenset[str]
    parts: int
    sure: bool = True


class Oracle:
    """Follows the days beside the product: who is owed what, and what a delivery must bring.

    `begun` are the parts of turns that began and are not looked up yet; `by_count` are those to whom the last delivery brought something by the messenger that counts.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.begun: list[Part] = []
        self._begun_on: date | None = None
        self.rings = Rings(world, self.may_disturb)
        self.inquiries = Inquiries(world, self.may_disturb)
        self.planned: dict[time, date] = {}
        self.heard: dict[str, date] = {}
        self.owed: dict[str, Owed] = {}
        self.sent: list[Expected] = []
        self.told: set[tuple[str, date]] = set()
        self._begun: dict[str, list[bool]] = {}
        self._handled: list[tuple[str, list[date]]] = []
        self.by_count: set[tuple[str, date]] = set()

    def may_disturb(self, now: datetime) -> bool:
        at = now.time()
        return self.world.works(now.date()) and (time(7) <= at < time(11, 30) or time(13, 30) <= at < time(20))

    def tick(self, now: datetime) -> None:
        """The product ticked and it was not interrupted."""
        if self._begun_on != now.date():
            self._begun_on = now.date()
            self.begun += begin(self.world, now.date())
        self.rings.tick(now)
        self.inquiries.tick(now)
        if not self.may_disturb(now):
            return
        today = now.date()
        for key, owed in self.owed.items():
            if owed.day == today and owed.via is None and owed.comes:
                owed.again(self.world.people[key], now)  # the clock was set back: the evening is yet to come
        for hour in HOURS:
            last = self.planned.get(hour)
            if now.time() < hour or last == today:
                continue
            for person in self.world.people.values():
                if person.told_at(today) == hour:
                    told = self.heard.get(person.key, last)
                    missed = self._between(told, today) if told is not None and told < today else []
                    self._plan(person, missed, now)
                    self.heard[person.key] = today
            self.planned[hour] = today

    def _plan(self, person: Person, missed: list[date], now: datetime) -> None:
        today = now.date()
        older = self.owed.get(person.key)
        days = list(missed)
        if older is not None and older.day < today:
            del self.owed[person.key]
            if older.via is not None:
                days = sorted({*days, *older.missed, older.day, *self._between(older.day, today)})
        if (person.key, today) in self.told:
            return
        days = [day for day in days if self.world.works(day)]
        if due_for(self.world, person, [*days, today], now):
            self.owed[person.key] = Owed.to(person, days, now)
            self.told.add((person.key, today))

    def came_back(self, person: Person, now: datetime) -> None:
        """Somebody who could not be reached today has an account that works: before 20:00 that is in time."""
        self._in_time(person, now, lambda _owed: True)
        if (owed := self.owed.get(person.key)) is not None and owed.via is None:
            owed.comes = True

    def wrote(self, person: Person, channel: str, now: datetime) -> None:
        """Somebody wrote where nobody could write to them any more: before 20:00 today's message leaves after all."""
        self._in_time(person, now, lambda owed: "window" in owed.whys, channel)

    def _in_time(
        self, person: Person, now: datetime, is_meant: Callable[[Owed], bool], first: str | None = None
    ) -> None:
        of_person = [owed for (key, *_), owed in self.rings.owed.items() if key == person.key]
        of_person += [owed for (key, *_), owed in self.inquiries.owed.items() if key == person.key]
        if person.key in self.owed:
            of_person.append(self.owed[person.key])
        for owed in of_person:
            if owed.day == now.date() and owed.via is None and now.time() < time(20) and is_meant(owed):
                owed.again(person, now + timedelta(seconds=1), first)

    def _between(self, last: date, today: date) -> list[date]:
        between = (last + timedelta(days=n) for n in range(1, (today - last).days))
        return [day for day in between if self.world.works(day)]

    def deliver(self, delivery: Delivery) -> None:
        """Everything that could leave now has left."""
        now = delivery.now
        self._begun, self._handled = self._working(), []
        counted = self.rings.deliver(delivery) | self.inquiries.deliver(delivery)
        self.by_count = {(person, now.date()) for person in counted}
        for key, owed in list(self.owed.items()):
            if not delivery.looks_at(owed):
                continue
            if not self.may_disturb(now):
                owed.planned = now + timedelta(minutes=1)  # looked at, and put off for that long
            elif owed.day == now.date():
                self._deliver_to(self.world.people[key], owed, delivery)

    def _deliver_to(self, person: Person, owed: Owed, delivery: Delivery) -> None:
        now = delivery.now
        days = [*owed.missed, now.date()]
        if not delivery.ends(person, owed, lambda: not due_for(self.world, person, days, now)):
            return
        told = due_for(self.world, person, days, now)
        self._handled.append((person.key, days))
        if told:
            codes = self._codes(told)
            self.sent.append(Expected(person.key, now.date(), codes, codes, len(told)))
        if owed.via == COUNTED:
            self.by_count.add((person.key, now.date()))
        del self.owed[person.key]

    def delivered(self, now: datetime) -> None:
        """Everything has left; where accounts were found gone on the way, nothing says whose message left first.

        A deputy hears for a head nobody can reach: what he is told may be what it was before, or after.
        """
        today, ended = now.date(), self._working()
        if ended == self._begun:
            return
        self.rings.doubt()
        told = []
        for states in (self._begun, ended):
            for key, works in states.items():
                for account, one in zip(self.world.people[key].accounts, works, strict=True):
                    account[1] = one
            told.append([due_for(self.world, self.world.people[key], days, now) for key, days in self._handled])
        for (key, _), before, after in zip(self._handled, *told, strict=True):
            if before != after:
                self.sent = [one for one in self.sent if (one.person, one.day) != (key, today)]
                first, then = self._codes(before), self._codes(after)
                self.sent.append(
                    Expected(key, today, first & then, first | then, len(before | after), bool(before and after))
                )

    def _working(self) -> dict[str, list[bool]]:
        return {key: [works for _, works in person.accounts] for key, person in self.world.people.items()}

    def _codes(self, told: set[str]) -> frozenset[str]:
        return frozenset(self.world.parts[one].code for one in told if one != NOTHING_LATE)
