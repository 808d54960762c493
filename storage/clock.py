"""Where business time is anchored, and the days of the working calendar the office set itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.workdays import CalendarDay
from storage.schema import calendar_days, clock_anchor


@dataclass(frozen=True, slots=True)
class Anchor:
    """At the real moment `real` it was `business`; `setting` is the CLOCK_START that said so."""

    setting: str
    business: datetime
    real: datetime

    def at(self, real: datetime) -> datetime:
        """Return the business time of a real moment."""
        return self.business + (real - self.real)


class ClockStore:
    """Keeps the one anchor, and the calendar's overlay."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def anchor(self) -> Anchor | None:
        """Return the anchor, or `None` where business time is real time."""
        columns = (clock_anchor.c.setting, clock_anchor.c.business, clock_anchor.c.real)
        row = (await self._connection.execute(select(*columns))).one_or_none()
        return Anchor(*row) if row is not None else None

    async def set_anchor(self, setting: str, business: datetime, *, first: bool = False) -> Anchor:
        """Let business time go on from `business` as of now.

        The `first` anchor is only made where there is none: who was slower gets an `IntegrityError` and must look again.
        """
        if not first:
            await self._connection.execute(delete(clock_anchor))
        values = {"id": 1, "setting": setting, "business": business, "real": self._real}
        await self._connection.execute(insert(clock_anchor).values(values))
        return Anchor(setting, business, self._real)

    async def clear_anchor(self) -> None:
        """Let business time be real time again."""
        await self._connection.execute(delete(clock_anchor))

    async def calendar(self) -> list[CalendarDay]:
        """Return the days set by hand."""
        columns = (calendar_days.c.day, calendar_days.c.working, calendar_days.c.name)
        return [CalendarDay(*row) for row in await self._connection.execute(select(*columns))]

    async def set_day(self, day: date, *, working: bool, name: str, source: str) -> None:
        """Set one day as worked or off, replacing what was set before."""
        await self.unset_day(day)
        values = {"day": day, "working": working, "name": name, "source": source}
        await self._connection.execute(insert(calendar_days).values(values))

    async def unset_day(self, day: date) -> None:
        """Let a day be again what the public calendar says of it."""
        await self._connection.execute(delete(calendar_days).where(calendar_days.c.day == day))
