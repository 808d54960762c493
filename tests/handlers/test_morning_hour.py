"""Whoever moves to another hour hears each morning once, whatever the clock missed on the day of the move."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import update

from core.deadlines import HANOI
from core.messages import Message
from core.reminders.hours import EVERYBODY, SLOTS
from core.workdays import WorkCalendar
from handlers.morning_hour import _named
from handlers.reminders import Planned, tick
from handlers.reminders.moving import move_hour
from storage.database import Database
from storage.schema import outbox
from tests.handlers.test_reminders import leave, linked
from tests.office import open_office

CALENDAR = WorkCalendar()
DAY, NEXT = date(2023, 6, 27), date(2023, 6, 28)  # three working days before 30 June, and no step


async def ticked(database: Database, day: date, hour: int, minute: int) -> list[Planned]:
    async with database.work(datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)) as work:
        return [one for one in await tick(work, CALENDAR) if one.person == "tp-qlnl"]


async def arrives(database: Database, moment: datetime) -> list[Message]:
    """Let everything that is queued leave, and its answer come."""
    left = await leave(database, moment)
    async with database.work(moment) as work:
        await work.connection.execute(update(outbox).where(outbox.c.status == "sending").values(status="sent"))
    return left


async def moved(database: Database, person: int, to: time | None, day: date, hour: int = 14) -> None:
    async with database.work(datetime(day.year, day.month, day.day, hour, tzinfo=HANOI)) as work:
        await move_hour(work, person, to, EVERYBODY)
        chosen = await work.people.morning(person)
    assert (chosen.at, chosen.since) == (to, day + timedelta(days=1))


async def test_the_hour_chosen_counts_from_the_next_day(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qlnl")
    await moved(database, people["tp-qlnl"], time(10), date(2023, 6, 26))
    assert await ticked(database, DAY, 9, 59) == []
    (one,) = await ticked(database, DAY, 10, 0)
    assert one.tasks == ("718/TB-SCT 3.6",)
    assert len(await arrives(database, datetime(2023, 6, 27, 10, 1, tzinfo=HANOI))) == 1
    assert await ticked(database, DAY, 10, 30) == []
    await moved(database, people["tp-qlnl"], time(7), DAY)
    assert await ticked(database, NEXT, 11, 0) == []  # no step, and yesterday's was told


async def test_what_the_former_hour_missed_is_made_up_for(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qlnl")
    await moved(database, people["tp-qlnl"], time(10), date(2023, 5, 31))
    await ticked(database, date(2023, 6, 26), 11, 0)
    assert await ticked(database, DAY, 8, 0) == []  # and then the machine was off
    await moved(database, people["tp-qlnl"], None, DAY, 9)
    (one,) = await ticked(database, NEXT, 7, 30)
    assert one.tasks == ("718/TB-SCT 3.6",)
    assert await ticked(database, NEXT, 11, 0) == []


async def test_what_was_told_on_the_day_of_the_move_is_not_told_again_where_the_new_hour_was_missed(
    database: Database,
) -> None:
    await open_office(database)
    people = await linked(database, "tp-qlnl")
    await ticked(database, date(2023, 6, 26), 11, 0)
    (one,) = await ticked(database, DAY, 7, 30)
    assert one.tasks == ("718/TB-SCT 3.6",)
    assert len(await arrives(database, datetime(2023, 6, 27, 7, 31, tzinfo=HANOI))) == 1
    await moved(database, people["tp-qlnl"], time(10), DAY, 8)  # and then the machine was off until the next day
    assert await ticked(database, NEXT, 11, 0) == []


async def test_what_both_hours_missed_on_the_day_of_the_move_is_told_once_at_the_new_one(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qlnl")
    await ticked(database, date(2023, 6, 26), 11, 0)
    await moved(database, people["tp-qlnl"], time(10), DAY, 6)  # and then the machine was off until the next day
    assert await ticked(database, NEXT, 7, 30) == []
    (one,) = await ticked(database, NEXT, 10, 0)
    assert one.tasks == ("718/TB-SCT 3.6",)


async def test_who_changes_their_mind_after_todays_message_hears_it_once(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qlnl")
    await ticked(database, date(2023, 6, 26), 11, 0)
    await moved(database, people["tp-qlnl"], time(10), DAY, 6)
    (one,) = await ticked(database, DAY, 7, 30)
    assert one.tasks == ("718/TB-SCT 3.6",)
    assert len(await arrives(database, datetime(2023, 6, 27, 7, 31, tzinfo=HANOI))) == 1
    await moved(database, people["tp-qlnl"], time(9), DAY, 8)
    assert await ticked(database, NEXT, 11, 0) == []


async def test_a_move_waits_for_a_plan_under_way_and_knows_what_it_told(database: Database) -> None:
    await open_office(database)
    people = await linked(database, "tp-qlnl")
    await ticked(database, date(2023, 6, 26), 11, 0)
    async with database.work(datetime(2023, 6, 27, 7, 30, tzinfo=HANOI)) as work:
        await tick(work, CALENDAR)
        moving = asyncio.create_task(moved(database, people["tp-qlnl"], time(10), DAY, 8))
        await asyncio.wait([moving], timeout=0.5)
        assert not moving.done()
    await moving
    async with database.read(datetime(2023, 6, 27, 8, tzinfo=HANOI)) as work:
        assert (await work.people.morning(people["tp-qlnl"])).told == DAY


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("8h30", time(8, 30)), ("8:30", time(8, 30)), ("8 gio ruoi", time(8, 30)), ("10h", time(10)), ("8", time(8)),
        ("luc 9 gio", time(9)), ("8h15", time(8, 15)), ("25", None), ("sang mai", None), ("30", None),
    ],
)  # fmt: skip
def test_an_hour_is_understood_as_people_write_it(said: str, at: time | None) -> None:
    assert _named(said) == at


def test_the_hours_there_are() -> None:
    assert (SLOTS[0], SLOTS[-1], len(SLOTS)) == (time(7), time(11), 9)
