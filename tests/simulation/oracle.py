"""What had to be sent: who is owed what from which morning on, by which account, and what a delivery must bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.simulation.rules import HOURS, NOTHING_LATE, Person, World, due_for, usable

COUNTED = "zalo_bot"
"""The messenger whose last tenth of a month is kept for answers."""


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


@dataclass
class Owed:
    """A message somebody is owed: of which day, for which missed days, by which channel (`None`: by none).

    `tried` could not bring it; `why` none could: blocked, as far as anybody knows before it is tried, window or quota.
    """

    day: date
    missed: list[date]
    via: str | None
    planned: datetime
    tried: set[str] = field(default_factory=set)
    why: str = "blocked"


class Oracle:
    """Follows the days beside the product: who is owed what, and what a delivery must bring.

    `by_count` are those to whom the last delivery brought something by the messenger that counts.
    """

    def __init__(self, world: World) -> None:
        self.world = world
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
        if not self.may_disturb(now):
            return
        today = now.date()
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
        for key, owed in self.owed.items():
            if owed.day == today and owed.via is None and owed.why == "blocked":
                self._again(self.world.people[key], owed, now)

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
        if due_for(self.world, person, [*days, today], today):
            ways = usable(person)
            self.owed[person.key] = Owed(today, days, ways[0] if ways else None, now)
            self.told.add((person.key, today))

    def _again(self, person: Person, owed: Owed, at: datetime) -> None:
        """Try once more all the ways there are."""
        owed.via, owed.tried, owed.planned = next(iter(usable(person)), None), set(), at

    def came_back(self, person: Person, now: datetime) -> None:
        """Somebody who could not be reached today has an account that works: before 20:00 that is in time."""
        self._in_time(person, now, {"blocked", "window", "quota"})

    def wrote(self, person: Person, _channel: str, now: datetime) -> None:
        """Somebody wrote where nobody could write to them any more: before 20:00 today's message leaves after all."""
        self._in_time(person, now, {"window"})

    def _in_time(self, person: Person, now: datetime, reasons: set[str]) -> None:
        owed = self.owed.get(person.key)
        if owed is None or owed.day != now.date() or owed.via is not None or now.time() >= time(20):
            return
        if owed.why in reasons:
            self._again(person, owed, now + timedelta(seconds=1))

    def _between(self, last: date, today: date) -> list[date]:
        between = (last + timedelta(days=n) for n in range(1, (today - last).days))
        return [day for day in between if self.world.works(day)]

    def deliver(self, now: datetime, up: set[str], refused: dict[tuple[str, str], str], *, sparing: bool) -> None:
        """Everything that could leave now has left by the channels that are up.

        `refused` says which messages are not taken, by person and channel, and why; with `sparing` the messenger that
        counts a month's messages has too few left for a morning's.
        """
        today = now.date()
        self._begun, self._handled, self.by_count = self._working(), [], set()
        if not self.may_disturb(now):
            for owed in self.owed.values():
                if owed.via in up and now >= owed.planned:
                    owed.planned = now + timedelta(minutes=1)  # looked at, and put off for that long
            return
        for key, owed in list(self.owed.items()):
            if owed.day == today and now >= owed.planned:  # should the clock be set back, nothing leaves before
                self._deliver_to(self.world.people[key], owed, up, refused, today, spared=COUNTED if sparing else None)

    def _deliver_to(
        self, person: Person, owed: Owed, up: set[str], refused: dict[tuple[str, str], str], today: date,
        *, spared: str | None,
    ) -> None:  # fmt: skip
        days = [*owed.missed, today]
        while owed.via in up:
            ways = [way for way in usable(person) if way not in owed.tried and way != spared]
            if not ways:
                owed.via, owed.why = None, "blocked"
                return
            if ways[0] != owed.via:
                owed.via = ways[0]
                continue
            told = due_for(self.world, person, days, today)
            self._handled.append((person.key, days))
            why = refused.get((person.key, owed.via))
            if not told or why is None:
                if told:
                    codes = self._codes(told)
                    self.sent.append(Expected(person.key, today, codes, codes, len(told)))
                self.by_count |= {(person.key, today)} if owed.via == COUNTED else set()
                del self.owed[person.key]
                return
            self._handled.pop()
            if why == "blocked":
                for account in person.accounts:
                    if account[0] == owed.via:
                        account[1] = False
            owed.tried.add(owed.via)
            left = [way for way in usable(person) if way not in owed.tried]
            owed.via, owed.why = left[0] if left else None, why

    def delivered(self, today: date) -> None:
        """Everything has left; where accounts were found gone on the way, nothing says whose message left first.

        A deputy hears for a head nobody can reach: what he is told may be what it was before, or after.
        """
        ended = self._working()
        if ended == self._begun:
            return
        told = []
        for states in (self._begun, ended):
            for key, works in states.items():
                for account, one in zip(self.world.people[key].accounts, works, strict=True):
                    account[1] = one
            told.append([due_for(self.world, self.world.people[key], days, today) for key, days in self._handled])
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
