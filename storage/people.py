"""Units, people and their offices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import today
from core.people import Role
from core.reminders.hours import USUAL, Morning
from core.reminders.review import ReviewRule
from core.units import Tree, Unit
from storage.schema import memberships, oversights, people, units

_UNITS = (
    select(units.c.id, units.c.agency_id, units.c.parent_id, units.c.kind, units.c.code, units.c.name, units.c.aliases)
    .where(units.c.agency_id == bindparam("agency"), units.c.valid_until.is_(None))
    .order_by(units.c.position, units.c.id)
)
_ALL_UNITS = select(units.c.agency_id, units.c.id).where(units.c.agency_id.is_not(None), units.c.valid_until.is_(None))
_ALL_AGENCIES = (
    select(units.c.id, units.c.agency_id, units.c.parent_id, units.c.kind, units.c.code, units.c.name, units.c.aliases)
    .where(units.c.kind == "agency", units.c.valid_until.is_(None))
    .order_by(units.c.code)
)
_AGENCIES = select(units.c.id, units.c.code, units.c.name, units.c.settings).where(
    units.c.kind == "agency", units.c.valid_until.is_(None)
)


def held(table: Table = memberships) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which what a table lists is in force on the parameter `day`."""
    return (
        or_(table.c.valid_from.is_(None), table.c.valid_from <= bindparam("day")),
        or_(table.c.valid_until.is_(None), table.c.valid_until >= bindparam("day")),
    )


async def agencies(connection: AsyncConnection) -> list[Unit]:
    """Return every agency of the installation as a node of the tree, by code."""
    return [Unit(*row[:6], tuple(row.aliases)) for row in await connection.execute(_ALL_AGENCIES)]


OFFICES = (
    select(
        people.c.id,
        people.c.agency_id,
        people.c.key,
        people.c.title,
        people.c.language,
        memberships.c.unit_id,
        units.c.code.label("unit_code"),
        memberships.c.role,
    )
    .join(memberships, memberships.c.person_id == people.c.id)
    .join(units, units.c.id == memberships.c.unit_id)
    .where(people.c.ended_at.is_(None), *held())
    .order_by(people.c.id, memberships.c.id)
)
"""Who holds which office on `day`, each row an `Office`."""
_OVERSIGHTS = (
    select(oversights.c.person_id, oversights.c.unit_id)
    .join(people, people.c.id == oversights.c.person_id)
    .where(people.c.ended_at.is_(None), *held(oversights))
    .order_by(oversights.c.id)
)
_PEOPLE = OFFICES.where(people.c.agency_id == bindparam("agency"))

_MORNINGS = select(
    people.c.id, people.c.morning_at, people.c.morning_was, people.c.morning_since, people.c.morning_told
).where(people.c.morning_since.is_not(None))
_SET_MORNING = (
    update(people)
    .where(people.c.id == bindparam("person"))
    .values(
        morning_at=bindparam("at"), morning_was=bindparam("was"), morning_since=bindparam("since"),
        morning_told=bindparam("told"),
    )
)  # fmt: skip
_MOVING = select(people.c.id).where(people.c.morning_since > bindparam("day", type_=Date)).order_by(people.c.id)
_TOLD = (
    update(people).where(people.c.id.in_(bindparam("ids", expanding=True))).values(morning_told=bindparam("told_on"))
)

_PERSON = (
    select(people.c.id, people.c.agency_id, units.c.code, people.c.key, people.c.title, people.c.language)
    .join(units, units.c.id == people.c.agency_id)
    .where(people.c.ended_at.is_(None))
    .order_by(people.c.agency_id, people.c.id)
)


@dataclass(frozen=True, slots=True)
class Agency:
    """A unit that keeps its own follow-up."""

    id: int
    code: str
    name: str
    settings: dict[str, Any]

    @property
    def confirms(self) -> bool:
        """Tell whether a report counts only once a leader or the office chief has confirmed it."""
        return bool(self.settings.get("confirm"))

    @property
    def review(self) -> ReviewRule:
        """Return when the monthly meeting is, and when it is prepared for."""
        return ReviewRule.from_json(self.settings.get("review"))


@dataclass(frozen=True, slots=True)
class Office:
    """A person in one of their offices."""

    person_id: int
    agency_id: int
    key: str
    title: str
    language: str
    unit_id: int
    unit_code: str
    role: Role

    @classmethod
    def of(cls, row: Any) -> Office:
        """Return a row of `OFFICES` as a value."""
        return cls(row.id, row.agency_id, row.key, row.title, row.language, row.unit_id, row.unit_code, Role(row.role))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of an agency's roster."""

    id: int
    agency_id: int
    agency_code: str
    key: str
    title: str
    language: str


class People:
    """Finds units and the people who hold an office in them."""

    def __init__(self, connection: AsyncConnection, now: datetime, real: datetime) -> None:
        self._connection = connection
        self._now = now
        self._real = real

    async def agencies(self) -> list[Agency]:
        """Return every agency of the installation."""
        return [Agency(*row) for row in await self._connection.execute(_AGENCIES)]

    async def agency(self, agency_id: int) -> Agency:
        """Return one agency."""
        return Agency(*(await self._connection.execute(_AGENCIES.where(units.c.id == agency_id))).one())

    async def agency_to_change(self, agency_id: int) -> Agency:
        """Return one agency whose settings nobody else changes before this transaction ends."""
        # held as the update itself holds it: what others write about the agency meanwhile need not wait
        held_back = _AGENCIES.where(units.c.id == agency_id).with_for_update(key_share=True)
        return Agency(*(await self._connection.execute(held_back)).one())

    async def agencies_below(self, agency_id: int) -> list[Unit]:
        """Return the agencies under one, at any depth, by code; never itself."""
        everything = await agencies(self._connection)
        below = Tree(everything).below(agency_id)
        return [one for one in everything if one.id in below and one.id != agency_id]

    async def each_above(self) -> dict[int, frozenset[int]]:
        """Return the agencies under each agency that has any, at any depth."""
        everything = await agencies(self._connection)
        if all(one.parent_id is None for one in everything):
            return {}
        tree = Tree(everything)
        below = {one.id: tree.below(one.id) - {one.id} for one in everything}
        return {agency: under for agency, under in below.items() if under}

    async def change_settings(self, agency_id: int, **changed: Any) -> None:
        """Set some of an agency's settings and leave the others."""
        settings = {**(await self.agency_to_change(agency_id)).settings, **changed}
        await self._connection.execute(update(units).where(units.c.id == agency_id).values(settings=settings))

    async def mornings(self) -> dict[int, Morning]:
        """Return when those want to be told of a morning who chose an hour of their own."""
        return {row.id: Morning(*row[1:]) for row in await self._connection.execute(_MORNINGS)}

    async def morning(self, person_id: int) -> Morning:
        """Return when one person wants to be told of a morning."""
        rows = await self._connection.execute(_MORNINGS.where(people.c.id == person_id))
        return next((Morning(*row[1:]) for row in rows), USUAL)

    async def set_morning(self, person_id: int, morning: Morning) -> None:
        """Tell this person of a morning at another hour."""
        values = {
            "person": person_id,
            "at": morning.at,
            "was": morning.was,
            "since": morning.since,
            "told": morning.told,
        }
        await self._connection.execute(_SET_MORNING, values)

    async def told_before_moving(self, person_ids: Collection[int], day: date) -> None:
        """Note that these people were told of that day, where they move to another hour after it."""
        moving = list((await self._connection.execute(_MOVING, {"day": day})).scalars())
        if ids := [person for person in moving if person in person_ids]:
            await self._connection.execute(_TOLD, {"ids": ids, "told_on": day})

    async def units(self, agency_id: int) -> list[Unit]:
        """Return the agency and its units as they are now, in the roster's order."""
        rows = await self._connection.execute(_UNITS, {"agency": agency_id})
        return [Unit(*row[:6], tuple(row.aliases)) for row in rows]

    async def units_everywhere(self) -> list[tuple[int, int]]:
        """Return every unit of the installation behind its agency, agencies themselves left out."""
        return [(row.agency_id, row.id) for row in await self._connection.execute(_ALL_UNITS)]

    async def offices(
        self, agency_id: int, *, roles: Collection[Role] | None = None, unit_ids: Collection[int] | None = None
    ) -> list[Office]:
        """Return who holds which office today, of these roles and units where given."""
        rows = await self._connection.execute(_PEOPLE, {"agency": agency_id, "day": today(self._now)})
        offices = [Office.of(row) for row in rows]
        return [
            office
            for office in offices
            if (roles is None or office.role in roles) and (unit_ids is None or office.unit_id in unit_ids)
        ]

    async def offices_everywhere(self) -> list[Office]:
        """Return who holds which office today in every agency."""
        return [Office.of(row) for row in await self._connection.execute(OFFICES, {"day": today(self._now)})]

    async def oversights(self, agency_id: int | None = None) -> list[tuple[int, int]]:
        """Return person and unit of every oversight in force today, of one agency or of them all."""
        statement = _OVERSIGHTS if agency_id is None else _OVERSIGHTS.where(people.c.agency_id == agency_id)
        rows = await self._connection.execute(statement, {"day": today(self._now)})
        return [(row.person_id, row.unit_id) for row in rows]

    async def everyone(self, agency_id: int | None = None) -> list[Person]:
        """Return everybody on the roster, of one agency where given, in the order they were added."""
        statement = _PERSON if agency_id is None else _PERSON.where(people.c.agency_id == agency_id)
        return [Person(*row) for row in await self._connection.execute(statement)]

    async def named(self, name: str) -> list[Person]:
        """Return whoever the roster calls `tp-qltm`, or in one agency `SCT/tp-qltm`; several where agencies share."""
        agency_code, _, key = name.rpartition("/")
        statement = _PERSON.where(people.c.key == key)
        if agency_code:
            statement = statement.where(units.c.code == agency_code)
        return [Person(*row) for row in await self._connection.execute(statement)]

    async def person(self, person_id: int) -> Person | None:
        """Return one person, unless they have left."""
        row = (await self._connection.execute(_PERSON.where(people.c.id == person_id))).one_or_none()
        return Person(*row) if row is not None else None
