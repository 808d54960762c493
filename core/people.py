"""Who people are in the organisation and what their office lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """An office a person holds in a unit."""

    LEADER = "leader"
    DEPUTY_LEADER = "deputy_leader"
    OFFICE_CHIEF = "office_chief"
    HEAD = "head"
    DEPUTY_HEAD = "deputy_head"
    OFFICER = "officer"
    CLERK = "clerk"
    ADMIN = "admin"


LEADERSHIP = frozenset({Role.LEADER, Role.DEPUTY_LEADER, Role.OFFICE_CHIEF})
ACTS_FOR_OWN_UNIT = frozenset({Role.OFFICE_CHIEF, Role.HEAD, Role.DEPUTY_HEAD})
ACTS_FOR_ALL = frozenset({Role.LEADER, Role.OFFICE_CHIEF})
GIVES = ACTS_FOR_ALL | {Role.DEPUTY_LEADER}
"""Who gives tasks of their own: a deputy leader to the units they oversee."""
SEES_PROGRESS = LEADERSHIP | {Role.CLERK}
GETS_DIGEST = frozenset({Role.HEAD, Role.OFFICE_CHIEF})


@dataclass(frozen=True, slots=True)
class Membership:
    """One office of a person in one unit, from a day until a day (both included; `None` is open).

    `standing_in` is not held but lent: the person acts for somebody of the unit who is away.
    """

    unit_id: int
    unit_code: str
    role: Role
    valid_from: date | None = None
    valid_until: date | None = None
    standing_in: bool = False

    def holds_on(self, day: date) -> bool:
        """Tell whether the office is held on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who is speaking now: through which account, in which agency, with which offices."""

    person_id: int
    account_id: int
    agency_id: int
    agency_code: str
    key: str
    title: str
    language: str
    memberships: tuple[Membership, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """Return every role held."""
        return frozenset(m.role for m in self.memberships)

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Return the units whose parts are this person's own."""
        return tuple(dict.fromkeys(m.unit_id for m in self.memberships if m.role in ACTS_FOR_OWN_UNIT))

    @property
    def unit_code(self) -> str:
        """Return the code of the unit this person first belongs to."""
        return self.memberships[0].unit_code if self.memberships else ""

    def is_any(self, roles: frozenset[Role] | set[Role]) -> bool:
        """Tell whether any held role is one of these."""
        return any(m.role in roles for m in self.memberships)


ANYONE = frozenset(Role)
"""Every role: a command open to everybody who is linked."""

UNIT = frozenset({Role.OFFICE_CHIEF, Role.HEAD, Role.DEPUTY_HEAD, Role.OFFICER, Role.LEADER})
"""Those who answer for parts: heads, their deputies, and those who may act for a unit below theirs."""

OFFICE = frozenset({Role.OFFICE_CHIEF, Role.CLERK})
"""The office that keeps the follow-up."""
