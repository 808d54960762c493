"""What people ask of reminders again and again, the first twelve demands of the field, each as a test of its own."""

from __future__ import annotations

import asyncio
import os
import time as wall
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.clock import Clock, Metronome
from core.deadlines import Deadline
from core.drafts import DraftTask
from core.messages import Incoming
from core.reminders.ladder import Ladder
from core.tasks import Progress
from handlers.catalogue import Catalogue
from handlers.dispatch import Dispatcher
from storage.database import Database
from tests.handlers.test_reminders import (
    HALF_PAST_SEVEN,
    OF_3_5,
    all_sent,
    at,
    change,
    done,
    leave,
    linked,
    rows,
    statuses,
    ticked,
)  # fmt: skip
from tests.office import MORNING, draft_718, follow, open_office


class Standing:
    """Business time that stands still."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the one moment it knows."""
        return self._moment


async def each_heard(database: Database, first: datetime, last: datetime, **codes: str) -> dict[str, list[date]]:
    """Let each day from the first to the last pass, everything delivered; return when each of these heard of a code."""
    found: dict[str, list[date]] = {person: [] for person in codes}
    for day in range((last - first).days + 1):
        for row in await ticked(database, first + timedelta(days=day)):
            if row.queued and f"718/TB-SCT {codes.get(row.person)}" in row.tasks:
                found[row.person].append(row.date)
        await all_sent(database)
    return found


async def heard(database: Database, first: datetime, last: datetime, person: str, code: str) -> list[date]:
    """Return on which of these days this person heard of this directive."""
    return (await each_heard(database, first, last, **{person: code}))[person]


@pytest.fixture
def in_los_angeles() -> Iterator[None]:
    """The machine's own clock is set to another continent."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "America/Los_Angeles"
    wall.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    wall.tzset()


async def test_demand_1_one_hears_before_the_deadline_and_on_it(sqlite_database: Database) -> None:
    """Nobody is to be shocked: a week before, three days, the day before, and on the day itself."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    days = await heard(sqlite_database, at(6, 19), at(6, 30), "tp-qlnl", "3.6")
    assert days == [date(2023, 6, 21), date(2023, 6, 27), date(2023, 6, 29), date(2023, 6, 30)]


async def test_demand_2_a_reminder_outlives_the_process_that_planned_it(sqlite_url: str) -> None:
    """What was planned lies in the database: the next process sends it, and plans it no second time."""
    planning = Database(sqlite_url)
    await open_office(planning)
    await linked(planning, "tp-qltm")
    assert await ticked(planning, HALF_PAST_SEVEN) == [OF_3_5]
    await planning.close()
    restarted = Database(sqlite_url)
    assert await ticked(restarted, HALF_PAST_SEVEN + timedelta(minutes=5)) == []
    assert len(await leave(restarted, HALF_PAST_SEVEN + timedelta(minutes=5))) == 1
    await restarted.close()


async def test_demand_3_a_beat_that_comes_late_is_not_skipped() -> None:
    """A beat that could not start in time starts when it can; a scheduler's own grace of a second would drop it."""
    beats = 0

    async def slow() -> None:
        nonlocal beats
        beats += 1
        if beats == 1:
            wall.sleep(1.3)

    async with Metronome(Clock(), slow, every=0.1), asyncio.timeout(5):
        while beats < 3:
            await asyncio.sleep(0.01)
    assert beats >= 3


async def test_demand_4_nothing_comes_twice_however_often_and_densely_the_clock_ticks(
    sqlite_database: Database,
) -> None:
    """A tick each minute of the morning, and runs that overlap: one row, one message."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qltm")
    found = await asyncio.gather(*(ticked(sqlite_database, HALF_PAST_SEVEN) for _ in range(5)))
    for minute in range(1, 60):
        found.append(await ticked(sqlite_database, HALF_PAST_SEVEN + timedelta(minutes=minute)))
    assert [row for planned in found for row in planned] == [OF_3_5]
    assert len(await leave(sqlite_database, at(4, 28, 8, 30))) == 1


@pytest.mark.usefixtures("in_los_angeles")
async def test_demand_5_hour_and_day_are_those_of_hanoi_wherever_the_machine_stands(sqlite_database: Database) -> None:
    """Half past seven in Hanoi is half an hour past midnight in UTC; and the day is the one that has begun in Hanoi."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qltm")
    assert await ticked(sqlite_database, datetime(2023, 4, 28, 0, 29, tzinfo=UTC)) == []
    assert await ticked(sqlite_database, datetime(2023, 4, 28, 0, 30, tzinfo=UTC)) == [OF_3_5]
    (message,) = await leave(sqlite_database, datetime(2023, 4, 28, 0, 30, tzinfo=UTC))
    assert message.title is not None
    assert "28/4" in message.title


async def test_demand_6_what_is_done_is_not_nagged_about(sqlite_database: Database) -> None:
    """Neither by what was already planned, nor on any day after."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qltm")
    assert await ticked(sqlite_database, HALF_PAST_SEVEN) == [OF_3_5]
    await change(sqlite_database, "3.5", "QLTM", done)
    assert await leave(sqlite_database, HALF_PAST_SEVEN) == []
    assert await statuses(sqlite_database) == ["void"]
    assert await heard(sqlite_database, at(5, 4), at(6, 9), "tp-qltm", "3.5") == []


async def test_demand_7_a_new_deadline_brings_its_own_reminders(sqlite_database: Database) -> None:
    """Moved after its reminders had fired: silent until the new date nears, then every step again."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    assert date(2023, 6, 29) in await heard(sqlite_database, at(6, 19), at(6, 29), "tp-qlnl", "3.6")

    def later(progress: Progress) -> Progress:
        return replace(progress, due=Deadline(date(2023, 7, 14)))

    await change(sqlite_database, "3.6", "QLNL", later)
    days = await heard(sqlite_database, at(6, 30), at(7, 14), "tp-qlnl", "3.6")
    assert days == [date(2023, 7, 5), date(2023, 7, 11), date(2023, 7, 13), date(2023, 7, 14)]


async def test_demand_8_what_is_overdue_comes_each_working_day_until_it_is_done(sqlite_database: Database) -> None:
    """Not once: every working day for three weeks, then each week, and nothing more once it is done."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    daily = await heard(sqlite_database, at(7, 3), at(7, 21), "tp-qlnl", "3.6")
    assert daily == [day for n in range(19) if (day := date(2023, 7, 3) + timedelta(days=n)).weekday() < 5]
    weekly = await heard(sqlite_database, at(7, 22), at(8, 11), "tp-qlnl", "3.6")
    assert {date(2023, 7, 24), date(2023, 7, 31), date(2023, 8, 7)} <= set(weekly)
    await change(sqlite_database, "3.6", "QLNL", done)
    assert await heard(sqlite_database, at(8, 12), at(9, 8), "tp-qlnl", "3.6") == []


async def test_demand_9_the_office_chooses_how_many_days_before_and_at_how_many_levels(
    sqlite_database: Database,
) -> None:
    """Said in chat by the office chief, for one directive; the others keep the usual days."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl", "tp-qlcn", "cvp")
    office = Dispatcher(sqlite_database, Standing(at(6, 15, 9)), Catalogue(), bot_name="dondoc_bot")
    await office.receive(Incoming("plain", "e1", "cvp", "cvp", "lich nhac 3.6 truoc 9, 4, 2 ngay", "text"))
    await all_sent(sqlite_database)
    days = await each_heard(sqlite_database, at(6, 16), at(6, 29), **{"tp-qlnl": "3.6", "tp-qlcn": "3.2.1"})
    # on 21/6 everybody is asked about everything before the month's meeting
    assert days["tp-qlnl"] == [date(2023, 6, 19), date(2023, 6, 21), date(2023, 6, 26), date(2023, 6, 28)]
    assert days["tp-qlcn"] == [date(2023, 6, 21), date(2023, 6, 27), date(2023, 6, 29)]


async def test_demand_10_a_whole_notice_decided_at_once_is_one_message_to_each(sqlite_database: Database) -> None:
    """Thirty-five directives put under follow-up in one meeting are no thirty-five messages."""
    agency = await open_office(sqlite_database, loaded=False)
    await linked(sqlite_database, "tp-qltm", "tp-qlnl")
    many = tuple(
        DraftTask(f"3.{n}", "t", f"Việc {n}", lead=("QLTM",), cooperating=("QLNL",), due=MORNING.date())
        for n in range(1, 36)
    )
    async with sqlite_database.work(MORNING) as work:
        await follow(work, agency, replace(draft_718(), tasks=many))
    (planned,) = await ticked(sqlite_database, HALF_PAST_SEVEN)
    assert (planned.person, len(planned.tasks)) == ("tp-qltm", 35)
    assert len(await leave(sqlite_database, HALF_PAST_SEVEN)) == 1
    assert [row.status for row in await rows(sqlite_database)] == ["sending"]


async def test_demand_11_days_off_burn_no_step_of_the_ladder(sqlite_database: Database) -> None:
    """Due on the Saturday that opens a long holiday: it goes up on the second and fifth day worked after it."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qltm", "cvp", "gd")
    first = dict.fromkeys(("tp-qltm", "cvp", "gd"), "3.5")
    days = await each_heard(sqlite_database, at(4, 29), at(5, 12), **first)
    assert {person: found[0] for person, found in days.items()} == {
        "tp-qltm": date(2023, 5, 4), "cvp": date(2023, 5, 5), "gd": date(2023, 5, 10),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "quiet"), [((6, 59), True), ((12, 0), True), ((13, 30), False), ((19, 59), False), ((20, 0), True)]
)
async def test_demand_12_nothing_overdue_disturbs_in_quiet_hours(
    sqlite_database: Database, hour: tuple[int, int], quiet: bool
) -> None:
    """Before seven, over midday and from eight in the evening nothing is planned, and what was planned does not leave."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    moment = at(7, 5, *hour)
    assert bool([row for row in await ticked(sqlite_database, moment) if row.queued]) is not quiet
    await ticked(sqlite_database, at(7, 5, 8))
    assert bool(await leave(sqlite_database, moment)) is not quiet


async def test_demand_12_days_off_are_quiet_too(sqlite_database: Database) -> None:
    """However late something is: not on a Saturday, and not where the office set other days before."""
    await open_office(sqlite_database)
    await linked(sqlite_database, "tp-qlnl")
    async with sqlite_database.work(MORNING) as work:
        (agency,) = await work.people.agencies()
        await work.ladders.set(Ladder(head=frozenset(range(-9, 16))), agency.id)
    assert await ticked(sqlite_database, at(7, 8, 9)) == []
