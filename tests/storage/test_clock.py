"""One anchor of business time, and the days the office set by hand."""

from __future__ import annotations

from datetime import date, timedelta

from core.workdays import CalendarDay, WorkCalendar
from storage.clock import Anchor
from storage.database import Database
from tests.office import MORNING

REAL = MORNING + timedelta(days=1000)


async def test_without_an_anchor_there_is_none(database: Database) -> None:
    async with database.read(MORNING) as work:
        assert await work.clock.anchor() is None


async def test_business_time_goes_on_from_the_one_anchor(database: Database) -> None:
    async with database.work(MORNING, real=REAL) as work:
        await work.clock.set_anchor("first", MORNING - timedelta(days=1))
        made = await work.clock.set_anchor("second", MORNING)
    async with database.read(MORNING) as work:
        anchor = await work.clock.anchor()
    assert anchor == made == Anchor("second", MORNING, REAL)
    assert anchor.at(REAL) == MORNING
    assert anchor.at(REAL + timedelta(hours=3)) == MORNING + timedelta(hours=3)
    async with database.work(MORNING) as work:
        await work.clock.clear_anchor()
        assert await work.clock.anchor() is None


async def test_a_day_set_by_hand_replaces_what_was_set_before(database: Database) -> None:
    monday = date(2023, 4, 24)
    async with database.work(MORNING) as work:
        await work.clock.set_day(monday, working=False, name="Nghỉ", source="tp")
        await work.clock.set_day(monday + timedelta(days=1), working=False, name="Nghỉ", source="tp")
        await work.clock.set_day(monday, working=True, name="Làm bù", source="cvp")
        days = await work.clock.calendar()
    assert sorted(days, key=lambda day: day.day) == [
        CalendarDay(monday, working=True, name="Làm bù"),
        CalendarDay(monday + timedelta(days=1), working=False, name="Nghỉ"),
    ]
    calendar = WorkCalendar(days)
    assert calendar.is_working(monday)
    assert not calendar.is_working(monday + timedelta(days=1))
