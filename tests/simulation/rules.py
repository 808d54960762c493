"""The rules as a naive reader takes them: one part, one person and one day at a time.

It shares no code with the product: days are walked, holidays are written down, everything is looked at every time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from tests.simulation.periods import Returns

HOLIDAYS = {
    date(2023, 4, 29), date(2023, 4, 30), date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3),
    date(2023, 9, 1), date(2023, 9, 2), date(2023, 9, 3), date(2023, 9, 4),
}  # fmt: skip
HEAD = {-7, -3, -1, *range(16)}
ABOVE = {2, 5, 10, 15}
LEADER = {5, 10, 15}
ONE = timedelta(days=1)
WAITS = {"presented", "submitted", "paused"}
"""States in which a unit waits for others."""


@dataclass(frozen=True)
class Steps:
    """On which working days around a deadline whom hears; what is `urgent` (hỏa tốc) at any hour of its last day."""

    head: frozenset[int] = frozenset(HEAD)
    overseer: frozenset[int] = frozenset(ABOVE)
    leader: frozenset[int] = frozenset(LEADER)
    urgent: bool = False


HOURS = [time(7), time(7, 30), time(8), time(8, 30), time(9), time(9, 30), time(10), time(10, 30), time(11)]


@dataclass
class Part:
    """One unit's part as the simulation knows it; `mend_by` is until when a report that was returned can be mended.

    What `returns` has a part for each turn, all of one `directive`, that counts from the `original` deadline.
    """

    key: str
    code: str
    agency: str
    unit: str
    due: date | None
    role: str = "lead"
    kind: str = "tracked"
    state: str = "assigned"
    expected: date | None = None
    present_by: date | None = None
    handed_to: str | None = None
    notice: str = "1"
    hour: time | None = None
    completed: date | None = None
    mend_by: datetime | None = None
    returns: Returns | None = None
    original: date | None = None
    recorded: date | None = None
    directive: str = ""

    def is_mended(self, now: datetime) -> bool:
        """Tell whether a report made in time is being mended: if that is done in time, it was never late."""
        if self.mend_by is None or self.completed is None or self.due is None or not is_open(self):
            return False
        return now <= self.mend_by and self.completed <= self.due


@dataclass
class Request:
    """More time asked for, and kept under this number; nothing moves before it is granted.

    `supported` is the overseer's opinion.
    """

    part: str
    until: date
    inside: bool
    number: int
    supported: bool | None = None


@dataclass
class Person:
    """Somebody of the roster; `offices` are (role, unit); `accounts` (channel, usable) in the order they are tried."""

    key: str
    agency: str
    offices: list[tuple[str, str]]
    oversees: set[str] = field(default_factory=set)
    accounts: list[list[Any]] = field(default_factory=list)
    away: list[tuple[date, date, str, str]] = field(default_factory=list)
    put_off: dict[str, date] = field(default_factory=dict)
    hour: time | None = None
    hour_was: time | None = None
    hour_since: date | None = None

    def told_at(self, day: date) -> time:
        """Return the hour of a morning at which somebody is told: chosen the day before at the latest, or the usual."""
        chosen = self.hour if self.hour_since is None or day >= self.hour_since else self.hour_was
        return chosen or self.usual()

    def usual(self) -> time:
        return time(7) if self.has("leader", "deputy_leader") else time(7, 30)

    def has(self, *roles: str) -> bool:
        return any(role in roles for role, _ in self.offices)


@dataclass
class World:
    """Everything there is, as plain things."""

    people: dict[str, Person]
    parts: dict[str, Part]
    swapped: dict[date, bool] = field(default_factory=dict)
    of_agency: dict[str, Steps] = field(default_factory=dict)
    of_notice: dict[tuple[str, str], Steps] = field(default_factory=dict)
    of_directive: dict[tuple[str, str, str], Steps] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    zone: tzinfo | None = None

    def steps(self, part: Part) -> Steps:
        """Return the steps of a part: those set for its directive, for its notice, for its agency, or the usual ones."""
        notice = (part.agency, part.notice)
        narrowest = self.of_directive.get((*notice, part.code)) or self.of_notice.get(notice)
        return narrowest or self.of_agency.get(part.agency) or Steps()

    def works(self, day: date) -> bool:
        if day in self.swapped:
            return self.swapped[day]
        return day.weekday() < 5 and day not in HOLIDAYS

    def step(self, due: date, day: date) -> int:
        """Count working days from day 0, the last one worked on or before the deadline."""
        zero = due
        while not self.works(zero):
            zero -= ONE
        steps = 0
        walk = zero
        while walk < day:
            walk += ONE
            steps += self.works(walk)
        while walk > day:
            steps -= self.works(walk)
            walk -= ONE
        return steps

    def first_of_week(self, day: date) -> bool:
        monday = day - timedelta(days=day.weekday())
        worked = [monday + timedelta(days=n) for n in range(7) if self.works(monday + timedelta(days=n))]
        return bool(worked) and worked[0] == day

    def stands(self, due: date, day: date, steps: frozenset[int]) -> bool:
        step = self.step(due, day)
        return step in steps or (step > 15 and self.first_of_week(day))


def is_open(part: Part) -> bool:
    return part.state not in {"done", "dropped"}


def is_asked(part: Part, today: date) -> bool:
    """Tell whether a unit is reminded of a part at all."""
    if part.kind != "tracked" or part.role == "cooperating" or not is_open(part) or part.due is None:
        return False
    if part.state in WAITS:
        return False
    promised = part.state == "blocked" and part.expected is not None and part.expected >= today
    return not (promised and part.due < today)


def acting_for(world: World, unit: str, today: date) -> set[str]:
    """Return who hears for a unit: its heads, or who stands in."""
    chiefs = {
        p.key for p in world.people.values() if ("head", unit) in p.offices or ("office_chief", unit) in p.offices
    }
    gone: set[str] = set()
    lent: set[str] = set()
    for person in world.people.values():
        for first, last, of_unit, deputy in person.away:
            if of_unit == unit and first <= today <= last and world.people[deputy].offices:
                gone.add(person.key)
                lent.add(deputy)
    return (chiefs - gone) | (lent - gone) or chiefs | lent


def heads_of(world: World, unit: str, today: date) -> set[str]:
    """Return who hears for a unit: who acts for it; its deputies where nobody of these can be reached."""
    hears = acting_for(world, unit, today)
    if not any(usable(world.people[key]) for key in hears):
        hears = hears | {p.key for p in world.people.values() if ("deputy_head", unit) in p.offices and usable(p)}
    return hears


def usable(person: Person) -> list[str]:
    return [channel for channel, works in person.accounts if works]


def above(world: World, person: Person) -> dict[str, str]:
    """Return the units somebody answers for from above, and as whom."""
    everything = {u for p in world.people.values() if p.agency == person.agency for _, u in p.offices}
    everything |= {part.unit for part in world.parts.values() if part.agency == person.agency}
    office = {
        u for p in world.people.values() if p.agency == person.agency for r, u in p.offices if r == "office_chief"
    }
    if person.has("leader"):
        return {unit: "overseer" if unit in office else "leader" for unit in everything}
    if person.has("office_chief", "clerk"):
        return dict.fromkeys(everything - office, "overseer")
    return dict.fromkeys(person.oversees, "overseer")


def meeting(world: World, year: int, month: int) -> date:
    last = date(year + month // 12, month % 12 + 1, 1) - ONE
    while last.weekday() != 0:
        last -= ONE
    while not world.works(last):
        last += ONE
    return last


def meets(world: World, day: date) -> bool:
    """Tell whether a meeting is on this day: this month's, or last month's where days off put it behind the month's end."""
    before = day.replace(day=1) - ONE
    return day in {meeting(world, month.year, month.month) for month in (before, day)}


def asks_for_review(world: World, day: date) -> bool:
    for months in (0, 1):
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        held = meeting(world, year, month + 1)
        if held > day and world.step(held, day) == -3:
            return True
    return False


def put_off(world: World, person: Person, part: Part, days: list[date], today: date) -> bool:
    """Tell whether somebody asked not to hear of a part yet, and none of these days is one they hear of it anyway."""
    until = person.put_off.get(part.key)
    if until is None or until <= today:
        return False
    for day in days:
        if part.present_by is not None and world.step(part.present_by, day) == 0:
            return False
        above, leader = world.steps(part).overseer, world.steps(part).leader
        if part.due is not None and world.step(part.due, day) in {0, 1, min(above) - 1, *above, *leader}:
            return False
    return True


def comes_back(world: World, person: Person, part: Part, days: list[date]) -> bool:
    """Tell whether one of these days is the one somebody put a part off to; a day off means the next one worked."""
    day = person.put_off.get(part.key)
    while day is not None and not world.works(day):
        day += ONE
    return day in days


def due_for(world: World, person: Person, days: list[date], now: datetime) -> set[str]:
    """Return the keys of what somebody is told today for steps on these days, empty where there is no message."""
    told: set[str] = set()
    today = now.date()
    units = {unit for _, unit in person.offices}
    lent = {unit for other in world.people.values() for *_, unit, deputy in other.away if deputy == person.key}
    own = {unit for unit in units | lent if person.key in heads_of(world, unit, today)}
    mine = [
        p for p in world.parts.values()
        if is_asked(p, today) and (p.unit in own or (p.handed_to == person.key and p.unit in units))
        and not put_off(world, person, p, days, today)
    ]  # fmt: skip
    on_step = {p.key for p in mine for day in days if p.due and world.stands(p.due, day, world.steps(p).head)}
    on_step |= {p.key for p in mine if comes_back(world, person, p, days)}
    presents = {p.key for p in mine for day in days if p.present_by and world.step(p.present_by, day) in {-3, -1, 0}}
    if on_step or presents:
        told |= on_step | presents
        told |= {p.key for p in mine if p.due and p.due <= today + timedelta(days=3)}
        told |= {p.key for p in mine if p.due and world.step(p.due, today) == 0}
    told |= _from_above(world, person, days, now)
    if any(asks_for_review(world, day) and world.step(meeting_after(world, day), today) < 0 for day in days):
        told |= {
            p.key for p in world.parts.values()
            if p.unit in own and is_open(p) and p.role != "cooperating" and p.kind != "untracked"
            and p.state not in WAITS
        }  # fmt: skip
    if person.has("office_chief", "clerk") and meets(world, today):
        seen = set(above(world, person)) | own
        told |= {
            p.key for p in world.parts.values()
            if p.unit in seen and is_open(p) and p.role != "cooperating" and p.kind != "untracked"
        }  # fmt: skip
    return told


def meeting_after(world: World, day: date) -> date:
    for months in (0, 1):
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        held = meeting(world, year, month + 1)
        if held > day:
            return held
    raise AssertionError


NOTHING_LATE = "nothing late"


def _above_steps(world: World, part: Part, sphere: dict[str, str]) -> frozenset[int]:
    steps = world.steps(part)
    return steps.leader if sphere[part.unit] == "leader" else steps.overseer


def _from_above(world: World, person: Person, days: list[date], now: datetime) -> set[str]:
    today, sphere = now.date(), above(world, person)
    theirs = [
        p
        for p in world.parts.values()
        if p.unit in sphere and is_open(p) and p.kind == "tracked" and p.role != "cooperating"
    ]
    if not theirs:
        return set()
    units_own = [p for p in theirs if p.state not in WAITS and p.due and not p.is_mended(now)]
    to_sign = [p for p in theirs if person.has("leader") and p.state == "presented"]
    due = any(world.first_of_week(day) for day in days)
    for day in days:
        due = due or any(p.due and day <= p.due <= day + timedelta(days=3) for p in to_sign)
        due = due or any(p.due and world.stands(p.due, day, _above_steps(world, p, sphere)) for p in units_own)
    if not due:
        return set()
    listed = {
        p.key for p in units_own
        if p.due and p.due < today and world.step(p.due, today) >= min(_above_steps(world, p, sphere))
    }  # fmt: skip
    return listed | {p.key for p in to_sign} | _undecided(world, person) or {NOTHING_LATE}


def _undecided(world: World, person: Person) -> set[str]:
    """Return of which parts somebody is asked for more time: a deputy who oversees the unit first, then the leader."""
    overseen = {unit for other in world.people.values() if other.agency == person.agency for unit in other.oversees}
    asked = []
    for one in world.requests:
        part = world.parts[one.part]
        heard = one.supported is not None or part.unit not in overseen
        theirs = heard if person.has("leader") else part.unit in person.oversees and one.supported is None
        if part.agency == person.agency and is_open(part) and theirs and person.has("leader", "deputy_leader"):
            asked.append(part.key)
    return set(asked[:5])
