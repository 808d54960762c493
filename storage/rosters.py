"""Agencies as their rosters list them: units, people and offices added, changed and ended, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.deadlines import today
from core.units import Unit
from storage.people import agencies
from storage.schema import memberships, oversights, people, units

_LOCK = 718_2024  # any constant but the migrations': two imports must not make the same agency twice

_UNIT = (
    units.c.id,
    units.c.parent_id,
    units.c.code,
    units.c.name,
    units.c.aliases,
    units.c.position,
    units.c.valid_until,
)
_AGENCY = select(*_UNIT).where(
    units.c.kind == "agency", units.c.code == bindparam("code"), units.c.valid_until.is_(None)
)
_BELOW = (
    select(*_UNIT)
    .where(units.c.agency_id == bindparam("agency"), units.c.id != bindparam("agency"))
    .order_by(units.c.position, units.c.id)
)
_PEOPLE = (
    select(people.c.id, people.c.key, people.c.title, people.c.name, people.c.ended_at)
    .where(people.c.agency_id == bindparam("agency"))
    .order_by(people.c.id)
)


def _open(table: Table) -> Any:
    return or_(table.c.valid_until.is_(None), table.c.valid_until >= bindparam("day"))


_OFFICES = (
    select(memberships.c.id, memberships.c.person_id, memberships.c.unit_id, memberships.c.role)
    .join(people, people.c.id == memberships.c.person_id)
    .where(people.c.agency_id == bindparam("agency"), _open(memberships))
    .order_by(memberships.c.id)
)
_OVERSIGHTS = (
    select(oversights.c.id, oversights.c.person_id, oversights.c.unit_id)
    .join(people, people.c.id == oversights.c.person_id)
    .where(people.c.agency_id == bindparam("agency"), _open(oversights))
    .order_by(oversights.c.id)
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is kept; an ended one may come back."""

    id: int
    parent_id: int | None
    code: str
    name: str
    aliases: tuple[str, ...]
    position: int
    ended: bool


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office held now, or with an empty role a unit watched over now."""

    id: int
    unit_id: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as kept, with what they hold and watch over now."""

    id: int
    key: str
    title: str
    name: str | None
    ended: bool
    offices: tuple[OfficeRow, ...]
    oversights: tuple[OfficeRow, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that is kept of an agency, ended units and people too; `units` are those below it."""

    agency: UnitRow
    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]


class Rosters:
    """Reads and writes one agency's tree and people; what ends, ends yesterday, so that today it no longer counts."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._today = today(now)

    async def lock(self) -> None:
        """Let no other import run until this transaction ends."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))

    async def find(self, agency_code: str) -> Recorded | None:
        """Return what is kept of the agency with this code."""
        row = (await self._connection.execute(_AGENCY, {"code": agency_code})).one_or_none()
        if row is None:
            return None
        of = {"agency": row.id, "day": self._today}
        below = [_unit(unit) for unit in await self._connection.execute(_BELOW, {"agency": row.id})]
        offices: dict[int, list[OfficeRow]] = {}
        for held in await self._connection.execute(_OFFICES, of):
            offices.setdefault(held.person_id, []).append(OfficeRow(held.id, held.unit_id, held.role))
        watched: dict[int, list[OfficeRow]] = {}
        for over in await self._connection.execute(_OVERSIGHTS, of):
            watched.setdefault(over.person_id, []).append(OfficeRow(over.id, over.unit_id))
        persons = [
            PersonRow(
                person.id,
                person.key,
                person.title,
                person.name,
                person.ended_at is not None,
                tuple(offices.get(person.id, ())),
                tuple(watched.get(person.id, ())),
            )
            for person in await self._connection.execute(_PEOPLE, {"agency": row.id})
        ]
        return Recorded(_unit(row), tuple(below), tuple(persons))

    async def agencies(self) -> list[Unit]:
        """Return every agency, each below the one its roster names."""
        return await agencies(self._connection)

    async def add_agency(self, code: str, name: str, aliases: Iterable[str], parent_id: int | None = None) -> int:
        """Make an agency, which is its own agency, below another where given, and return its id."""
        agency_id = await self._insert(
            units,
            kind="agency",
            parent_id=parent_id,
            code=code,
            name=name,
            aliases=list(aliases),
            settings={},
            position=0,
        )
        await self._set(units, agency_id, agency_id=agency_id)
        return agency_id

    async def add_unit(
        self, agency_id: int, parent_id: int, code: str, name: str, aliases: Iterable[str], position: int
    ) -> int:
        """Make a unit of the agency and return its id."""
        return await self._insert(
            units,
            agency_id=agency_id,
            parent_id=parent_id,
            kind="division",
            code=code,
            name=name,
            aliases=list(aliases),
            settings={},
            position=position,
        )

    async def save_unit(
        self, unit_id: int, *, name: str, aliases: Iterable[str], parent_id: int | None, position: int
    ) -> None:
        """Write how a unit is now; one that had ended is back."""
        await self._set(
            units,
            unit_id,
            name=name,
            aliases=list(aliases),
            parent_id=parent_id,
            position=position,
            valid_until=None,
        )

    async def end_unit(self, unit_id: int) -> None:
        """Let the unit have existed until yesterday."""
        await self._set(units, unit_id, valid_until=self._yesterday)

    async def add_person(self, agency_id: int, key: str, title: str, name: str | None) -> int:
        """Make a person of the agency and return the id."""
        return await self._insert(people, agency_id=agency_id, key=key, title=title, name=name)

    async def save_person(self, person_id: int, title: str, name: str | None) -> None:
        """Write who a person is now; one who had left is back."""
        await self._set(people, person_id, title=title, name=name, ended_at=None)

    async def end_person(self, person_id: int) -> None:
        """Let the person have left as of now; their offices are ended apart."""
        await self._set(people, person_id, ended_at=self._now)

    async def hold(self, person_id: int, unit_id: int, role: str, since: date | None) -> None:
        """Give the person an office, from a day on or as far back as anybody asks."""
        await self._insert(memberships, person_id=person_id, unit_id=unit_id, role=role, valid_from=since)

    async def leave(self, office_id: int) -> None:
        """Let the office have been held until yesterday."""
        await self._set(memberships, office_id, valid_until=self._yesterday)

    async def oversee(self, person_id: int, unit_id: int, since: date | None) -> None:
        """Let the person watch over a unit, from a day on or as far back as anybody asks."""
        await self._insert(oversights, person_id=person_id, unit_id=unit_id, valid_from=since)

    async def stop_overseeing(self, oversight_id: int) -> None:
        """Let the person have watched over the unit until yesterday."""
        await self._set(oversights, oversight_id, valid_until=self._yesterday)

    @property
    def _yesterday(self) -> date:
        return self._today - timedelta(days=1)

    async def _insert(self, table: Table, **values: Any) -> int:
        return int((await self._connection.execute(insert(table).values(values).returning(table.c.id))).scalar_one())

    async def _set(self, table: Table, row_id: int, **values: Any) -> None:
        await self._connection.execute(update(table).where(table.c.id == row_id).values(values))


def _unit(row: Any) -> UnitRow:
    return UnitRow(
        row.id, row.parent_id, row.code, row.name, tuple(row.aliases), row.position, row.valid_until is not None
    )
