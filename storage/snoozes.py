"""Reminders that were put off: which part, by whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import snoozes

_later = snoozes.alias("later")
# what was put off once more counts as it was last put off
_LAST = select(snoozes.c.assignment_id, snoozes.c.person_id, snoozes.c.until).where(
    snoozes.c.ended_at.is_(None),
    snoozes.c.until >= bindparam("since"),
    ~exists().where(
        _later.c.assignment_id == snoozes.c.assignment_id,
        _later.c.person_id == snoozes.c.person_id,
        _later.c.ended_at.is_(None),
        _later.c.id > snoozes.c.id,
    ),
)
_OF_PERSON = _LAST.where(snoozes.c.person_id == bindparam("person"))
_END = (
    update(snoozes)
    .where(snoozes.c.entry_id == bindparam("entry"), snoozes.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Snooze:
    """One person hears of one part again on a day, and not before."""

    part_id: int
    person_id: int
    until: date


class Snoozes:
    """Keeps who put off being reminded of what."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def put_off(self, part_ids: Sequence[int], person_id: int, until: date, entry_id: int | None) -> None:
        """Let this person hear of these parts again on that day."""
        rows = [
            {"assignment_id": part, "person_id": person_id, "until": until, "entry_id": entry_id, "set_at": self._now}
            for part in part_ids
        ]
        await self._connection.execute(insert(snoozes), rows)

    async def since(self, day: date) -> list[Snooze]:
        """Return everybody's that end on that day or later."""
        return [Snooze(*row) for row in await self._connection.execute(_LAST, {"since": day})]

    async def of_person(self, person_id: int, since: date) -> dict[int, date]:
        """Return until when this person put parts off, by the part; those that ended before a day apart."""
        rows = await self._connection.execute(_OF_PERSON, {"person": person_id, "since": since})
        return {row.assignment_id: row.until for row in rows}

    async def take_back(self, entry_id: int) -> None:
        """End what an act that is undone had put off."""
        await self._connection.execute(_END, {"entry": entry_id, "at": self._now})
