"""Who is told: for which units somebody hears as their head, and which they answer for from above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Protocol

from core.acting import Delegation, Held, who_acts
from core.people import GETS_DIGEST, Role
from core.reminders.hours import EVERYBODY, LEADERS, USUAL, Morning
from core.reminders.summary import Sphere
from core.tasks import Part

_LEADS = frozenset({Role.LEADER, Role.DEPUTY_LEADER})
_OFFICE = frozenset({Role.OFFICE_CHIEF, Role.CLERK})
_ALL_USUAL: Mapping[int, Morning] = {}


class OfficeHeld(Held, Protocol):
    """An office, with the agency it belongs to."""

    @property
    def agency_id(self) -> int:
        """In which agency."""
        ...


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person as reminders see them: `units` (id and code) as their head, `sphere` from above."""

    person_id: int
    units: tuple[tuple[int, str], ...] = ()
    member_of: frozenset[int] = frozenset()
    sphere: Sphere = field(default_factory=lambda: Sphere(frozenset()))
    leads: bool = False
    keeps_office: bool = False
    morning: Morning = USUAL

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Return the units they hear of as their head."""
        return tuple(unit_id for unit_id, _ in self.units)

    def answers_for(self, part: Part) -> bool:
        """Tell whether they hear of a part as its unit's head, or because it was handed to them in their unit."""
        return part.unit_id in self.unit_ids or (
            part.progress.handed_to == self.person_id and part.unit_id in self.member_of
        )

    def slot(self, day: date) -> time:
        """Return at which hour of that day's morning they are told."""
        return self.morning.on(day) or self._usual

    @property
    def _usual(self) -> time:
        return LEADERS if self.leads else EVERYBODY


def addressees(
    offices: Sequence[OfficeHeld],
    delegations: Iterable[Delegation],
    oversights: Iterable[tuple[int, int]],
    reachable: Collection[int],
    day: date,
    mornings: Mapping[int, Morning] = _ALL_USUAL,
    standing: Iterable[tuple[int, int]] = (),
) -> dict[int, Addressee]:
    """Return everybody of these offices' agencies as reminders see them on a day.

    `standing` are the agencies' units, each behind its agency: one whose offices are all vacant is answered for too.

    Heads are told, or who stands in for them; deputies only where none of those can be reached. A leader answers for
    every unit of the agency, as an overseer for the office's own; a deputy for the units they oversee; the office
    chief and the clerks for all but the office's own.
    """
    heads: dict[int, dict[int, str]] = {}
    for unit_id, unit_code, person_id in _heads(offices, delegations, reachable, day):
        heads.setdefault(person_id, {})[unit_id] = unit_code
    overseen: dict[int, set[int]] = {}
    for person_id, unit_id in oversights:
        overseen.setdefault(person_id, set()).add(unit_id)
    units: dict[int, set[int]] = {}
    own: dict[int, set[int]] = {}
    held: dict[int, list[OfficeHeld]] = {}
    for agency_id, unit_id in standing:
        units.setdefault(agency_id, set()).add(unit_id)
    for office in offices:
        held.setdefault(office.person_id, []).append(office)
        units.setdefault(office.agency_id, set()).add(office.unit_id)
        if office.role is Role.OFFICE_CHIEF:
            own.setdefault(office.agency_id, set()).add(office.unit_id)
    made = {}
    for person_id, holds in held.items():
        agency_id = holds[0].agency_id
        roles = {office.role for office in holds}
        made[person_id] = Addressee(
            person_id,
            tuple(heads.get(person_id, {}).items()),
            frozenset(office.unit_id for office in holds),
            _sphere(roles, units[agency_id], own.get(agency_id, set()), overseen.get(person_id, set())),
            bool(roles & _LEADS),
            bool(roles & _OFFICE),
            mornings.get(person_id, USUAL),
        )
    return made


def _heads(
    offices: Sequence[OfficeHeld], delegations: Iterable[Delegation], reachable: Collection[int], day: date
) -> list[tuple[int, str, int]]:
    acting = who_acts(offices, delegations, day)
    reached = {one.unit_id for one in acting if one.reminded and one.person_id in reachable}
    return [
        (one.unit_id, one.unit_code, one.person_id)
        for one in acting
        if one.reminded or (one.role not in GETS_DIGEST and one.unit_id not in reached and one.person_id in reachable)
    ]


def _sphere(roles: set[Role], units: set[int], office: set[int], overseen: set[int]) -> Sphere:
    if Role.LEADER in roles:
        return Sphere(frozenset(units | overseen), frozenset(units - office), signs=True)
    if roles & _OFFICE:
        return Sphere(frozenset((units - office) | overseen))
    return Sphere(frozenset(overseen))
