"""Who acts for a unit on a day: its heads and their deputies, and whoever stands in for one who is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.people import ACTS_FOR_OWN_UNIT, GETS_DIGEST, Role


class Held(Protocol):
    """An office held in a unit on the day in question."""

    @property
    def person_id(self) -> int:
        """Who holds it."""
        ...

    @property
    def unit_id(self) -> int:
        """In which unit."""
        ...

    @property
    def unit_code(self) -> str:
        """What that unit is called."""
        ...

    @property
    def role(self) -> Role:
        """Which office."""
        ...


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody stands in for a person who is away, for one unit, both days included."""

    id: int
    unit_id: int
    unit_code: str
    absent_id: int
    deputy_id: int
    valid_from: date
    valid_until: date

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on that day."""
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class Acting:
    """A person who acts for a unit; `reminded` is who hears of its deadlines, `standing_in` acts for somebody away."""

    person_id: int
    unit_id: int
    unit_code: str
    role: Role
    reminded: bool
    standing_in: bool = False


def who_acts(offices: Iterable[Held], delegations: Iterable[Delegation], day: date) -> list[Acting]:
    """Return everybody who acts for these offices' units on a day, each once a unit.

    Heads and their deputies act, whoever stands in acts too. Heads are reminded; while one is away, whoever stands in
    is reminded instead. Where everybody would be away for everybody else, all of them are reminded: nobody is forgotten.
    """
    in_force = [one for one in delegations if one.holds_on(day)]
    away = {(one.unit_id, one.absent_id) for one in in_force}
    named: dict[tuple[int, int], Acting] = {}
    for office in offices:
        if office.role not in ACTS_FOR_OWN_UNIT:
            continue
        place = (office.unit_id, office.person_id)
        known = named.get(place)
        if known is None or (office.role in GETS_DIGEST and not known.reminded):
            named[place] = Acting(
                office.person_id, office.unit_id, office.unit_code, office.role, office.role in GETS_DIGEST
            )
    for one in in_force:
        place = (one.unit_id, one.deputy_id)
        role = named[place].role if place in named else Role.HEAD
        named[place] = Acting(one.deputy_id, one.unit_id, one.unit_code, role, reminded=True, standing_in=True)
    heard = {one.unit_id for place, one in named.items() if one.reminded and place not in away}
    return [
        Acting(one.person_id, one.unit_id, one.unit_code, one.role,
               one.reminded and (place not in away or one.unit_id not in heard), one.standing_in)
        for place, one in named.items()
    ]  # fmt: skip
