"""Who stands in for whom, and with that who acts for a unit on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.acting import Acting, Delegation, who_acts
from core.deadlines import today
from core.people import ACTS_FOR_OWN_UNIT
from storage.people import OFFICES, Office, People, held
from storage.schema import Moment, audit_entries, delegations, memberships, people, units


def units_acted_for() -> CompoundSelect[Any]:
    """Select the units that the parameter `person` acts for on `day`: as head, as deputy, or standing in."""
    own = select(memberships.c.unit_id).where(
        memberships.c.person_id == bindparam("person"),
        memberships.c.role.in_([role.value for role in ACTS_FOR_OWN_UNIT]),
        *held(),
    )
    lent = select(delegations.c.unit_id).where(
        delegations.c.deputy_id == bindparam("person"), delegations.c.ended_at.is_(None), *held(delegations)
    )
    return own.union_all(lent)


_ROW = (
    delegations.c.id,
    delegations.c.unit_id,
    units.c.code,
    delegations.c.absent_id,
    delegations.c.deputy_id,
    delegations.c.valid_from,
    delegations.c.valid_until,
)
_deputy = people.alias("deputy")
_STANDING = (
    select(*_ROW)
    .join(units, units.c.id == delegations.c.unit_id)
    .join(_deputy, _deputy.c.id == delegations.c.deputy_id)
    .where(
        delegations.c.ended_at.is_(None),
        _deputy.c.ended_at.is_(None),
        # whoever holds no office any more hears nothing: the one who is away does again
        exists().where(memberships.c.person_id == delegations.c.deputy_id, *held()),
    )
    .order_by(delegations.c.id)
)
_SINCE = _STANDING.where(delegations.c.valid_until >= bindparam("since"))
_AROUND = _SINCE.outerjoin(audit_entries, audit_entries.c.id == delegations.c.entry_id).where(
    delegations.c.valid_from <= bindparam("day"),
    or_(audit_entries.c.at.is_(None), audit_entries.c.at <= bindparam("settled", type_=Moment)),
)
_ONE = _STANDING.where(delegations.c.id == bindparam("delegation"))
_OF_AGENCY = _STANDING.where(units.c.agency_id == bindparam("agency"), delegations.c.valid_until >= bindparam("since"))
_OF_PERSON = _STANDING.where(
    or_(delegations.c.deputy_id == bindparam("person"), delegations.c.absent_id == bindparam("person")),
    delegations.c.valid_until >= bindparam("day"),
)
_OFFICES_OF_PERSON = OFFICES.where(people.c.id == bindparam("person"))
_END = (
    update(delegations)
    .where(delegations.c.entry_id == bindparam("entry"), delegations.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)


class ActingFor:
    """Says who acts for which unit; people's own offices and delegations, never anything else."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._today = today(now)

    async def of_agency(self, agency_id: int, unit_ids: Collection[int] | None = None) -> list[Acting]:
        """Return who acts today for the agency's units, or for these of them."""
        return [one for one, _ in await self._with_offices(agency_id, unit_ids)]

    async def heads(self, agency_id: int, unit_ids: Collection[int] | None = None) -> list[Office]:
        """Return who hears today what these units are given: their heads, in the place of one who is away who stands in."""
        return [
            replace(office, unit_id=one.unit_id, unit_code=one.unit_code, role=one.role)
            for one, office in await self._with_offices(agency_id, unit_ids)
            if one.reminded
        ]

    async def _with_offices(self, agency_id: int, unit_ids: Collection[int] | None) -> list[tuple[Acting, Office]]:
        """Return who acts, each with an office of theirs."""
        offices = await People(self._connection, self._now, self._now).offices(agency_id)
        held = {office.person_id: office for office in reversed(offices)}
        acting = who_acts(offices, await self.delegations(agency_id, self._today), self._today)
        return [
            (one, held[one.person_id])
            for one in acting
            if one.person_id in held and (unit_ids is None or one.unit_id in unit_ids)
        ]

    async def of_person(self, person_id: int) -> list[Acting]:
        """Return the units somebody acts for today, by their own offices and standing in for others."""
        values = {"person": person_id, "day": self._today}
        offices = [Office.of(row) for row in await self._connection.execute(_OFFICES_OF_PERSON, values)]
        lent = [Delegation(*row) for row in await self._connection.execute(_OF_PERSON, values)]
        return [one for one in who_acts(offices, lent, self._today) if one.person_id == person_id]

    async def delegations(self, agency_id: int, since: date) -> list[Delegation]:
        """Return the agency's delegations that end on that day or later, begun or not, the oldest first."""
        rows = await self._connection.execute(_OF_AGENCY, {"agency": agency_id, "since": since, "day": self._today})
        return [Delegation(*row) for row in rows]

    async def delegations_everywhere(self) -> list[Delegation]:
        """Return every agency's delegations that have not ended."""
        return [
            Delegation(*row)
            for row in await self._connection.execute(_SINCE, {"since": self._today, "day": self._today})
        ]

    async def around(self, since: date, settled: datetime) -> list[Delegation]:
        """Return every agency's delegations that have begun, those over since a day too, as settled by a moment."""
        values = {"since": since, "day": self._today, "settled": settled}
        return [Delegation(*row) for row in await self._connection.execute(_AROUND, values)]

    async def delegation(self, delegation_id: int) -> Delegation | None:
        """Return one that was not taken back."""
        values = {"delegation": delegation_id, "day": self._today}
        row = (await self._connection.execute(_ONE, values)).first()
        return None if row is None else Delegation(*row)

    async def delegate(
        self, unit_id: int, absent_id: int, deputy_id: int, first: date, last: date, entry_id: int | None
    ) -> int:
        """Let somebody stand in for a unit's person from a day until a day, both included; return the delegation's id."""
        values = {
            "unit_id": unit_id, "absent_id": absent_id, "deputy_id": deputy_id, "valid_from": first,
            "valid_until": last, "entry_id": entry_id,
        }  # fmt: skip
        row = await self._connection.execute(insert(delegations).values(values).returning(delegations.c.id))
        return int(row.scalar_one())

    async def take_back(self, entry_id: int) -> None:
        """End what an act that is undone had set."""
        await self._connection.execute(_END, {"entry": entry_id, "at": self._now})
