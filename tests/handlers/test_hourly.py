"""A directive with an hour, or hỏa tốc, brings one message more on its last day, and only the latter breaks the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlalchemy import insert

from bot.composing import compose_all
from core.deadlines import HANOI, Deadline
from core.messages import Message
from core.reminders.hours import rings
from core.reminders.ladder import Ladder
from core.tasks import Part, Progress
from handlers.catalogue import Catalogue
from handlers.intents import Intents
from handlers.reminders import HOURLY, Composer, Hourly, Planned
from handlers.reminders.hourly import plan_hours
from storage.database import Database
from storage.people import Office, People
from storage.schema import leases
from tests.handlers.test_reminders import CALENDAR, LEASE, all_sent, at, done, leave, linked, ticked
from tests.office import MORNING, open_office

HERS = Planned("tp-qltm", "hourly", date(2023, 6, 30), ("718/TB-SCT 3.2.2",), queued=True)


@pytest.mark.parametrize(
    ("at_hour", "urgent", "from_hour"),
    [
        (time(16), False, time(14)),
        (time(14), False, time(11)),
        (time(14), True, time(12)),
        (None, True, time(15)),
        (time(8), True, time(6)),
    ],
)
def test_it_rings_two_hours_before(at_hour: time | None, urgent: bool, from_hour: time) -> None:
    first, last = rings(Deadline(date(2023, 6, 30), at_hour), urgent=urgent)
    assert (first.time(), last.time()) == (from_hour, at_hour or time(17))


async def of_qltm(database: Database) -> Part:
    async with database.read(MORNING) as work:
        notice = (await work.notices.find(1, "718"))[0]
        return next(one for one in await work.parts.of_notice(notice.id) if one.code == "3.2.2")


async def office(database: Database, due: Deadline, *, urgent: bool = False) -> None:
    await open_office(database)
    await linked(database, "tp-qltm")
    part = await of_qltm(database)
    async with database.work(MORNING) as work:
        await work.parts.save(part, replace(part.progress, due=due), None)
        if urgent:
            await work.ladders.set(Ladder(urgent=True), part.agency_id, task_id=part.task_id)


async def held(database: Database) -> None:
    """Let this test be the one sender."""
    async with database.work(MORNING) as work:
        lease = {"name": LEASE, "holder": "me", "until": work.real, "fence": 1}
        await work.connection.execute(insert(leases).values(lease))


async def hours(database: Database, moment: datetime) -> list[Planned]:
    return [row for row in await ticked(database, moment) if row.kind == "hourly"]


async def written(database: Database, moment: datetime) -> list[Message]:
    async with database.work(moment) as work:
        claimed = await work.outbox.claim("plain", 50, 1, (), LEASE)
        taken = await work.outbox.take([row.id for row in claimed if row.waiting], 1, LEASE)
        catalogue = Catalogue()
        compose = Intents({HOURLY: Hourly(catalogue, CALENDAR)}, otherwise=Composer(catalogue, CALENDAR))
        batch = await compose_all(work, taken, compose, "plain", 1, ())
    return [row.content for row in batch.ready if row.content is not None]


async def test_an_hour_is_told_once_before_it(database: Database) -> None:
    await office(database, Deadline(date(2023, 6, 30), time(16)))
    await ticked(database, at(6, 30, 13, 59))
    await leave(database, at(6, 30, 13, 59))
    await all_sent(database)
    assert await hours(database, at(6, 30, 13, 59)) == []
    assert await hours(database, at(6, 30, 14, 0)) == [HERS]
    assert await hours(database, at(6, 30, 14, 1)) == []
    (message,) = await written(database, at(6, 30, 14, 1))
    assert message.title == "3.2.2 đến hạn hôm nay"
    assert message.lines == ("KH mạng phân phối, hạn 16:00.", "Xong thì gõ: xong 3.2.2")


@pytest.mark.parametrize(
    "meanwhile",
    [done, lambda progress: replace(progress, due=Deadline(date(2023, 6, 30), time(17)))],
    ids=["done", "another hour"],
)
async def test_what_changed_meanwhile_is_not_told(
    sqlite_database: Database, meanwhile: Callable[[Progress], Progress]
) -> None:
    await office(sqlite_database, Deadline(date(2023, 6, 30), time(16)))
    await ticked(sqlite_database, at(6, 30))
    await leave(sqlite_database, at(6, 30))
    await all_sent(sqlite_database)
    assert await hours(sqlite_database, at(6, 30, 14, 0)) == [HERS]
    part = await of_qltm(sqlite_database)
    async with sqlite_database.work(at(6, 30, 14, 1)) as work:
        await work.parts.save(part, meanwhile(part.progress), None)
    assert await written(sqlite_database, at(6, 30, 14, 2)) == []


async def test_only_the_most_urgent_breaks_the_midday_rest_and_days_off(sqlite_database: Database) -> None:
    saturday = date(2023, 7, 1)
    await office(sqlite_database, Deadline(saturday, time(13)))
    assert await hours(sqlite_database, datetime.combine(saturday, time(12), HANOI)) == []
    part = await of_qltm(sqlite_database)
    async with sqlite_database.work(MORNING) as work:
        await work.ladders.set(Ladder(urgent=True), part.agency_id, task_id=part.task_id)
    assert await hours(sqlite_database, datetime.combine(saturday, time(12), HANOI)) == [replace(HERS, date=saturday)]


async def test_the_most_urgent_without_an_hour_is_told_before_offices_close(sqlite_database: Database) -> None:
    await office(sqlite_database, Deadline(date(2023, 6, 30)), urgent=True)
    assert await hours(sqlite_database, at(6, 30, 14, 59)) == []
    assert await hours(sqlite_database, at(6, 30, 15, 0)) == [HERS]


async def test_who_links_an_account_before_the_hour_hears_of_it_the_same_day(database: Database) -> None:
    await open_office(database)
    part = await of_qltm(database)
    async with database.work(MORNING) as work:
        await work.parts.save(part, replace(part.progress, due=Deadline(date(2023, 6, 30), time(16))), None)
    missing = replace(HERS, queued=False)
    assert await hours(database, at(6, 30, 14, 0)) == [missing]
    assert await hours(database, at(6, 30, 14, 1)) == []
    await linked(database, "tp-qltm", moment=at(6, 30, 14, 30))
    assert await hours(database, at(6, 30, 14, 31)) == [HERS]
    assert await hours(database, at(6, 30, 14, 32)) == []
    await held(database)
    assert [message.title for message in await written(database, at(6, 30, 14, 33))] == ["3.2.2 đến hạn hôm nay"]


async def test_whose_account_was_lost_as_it_left_hears_by_the_next_one_before_the_hour(database: Database) -> None:
    await office(database, Deadline(date(2023, 6, 30), time(16)))
    await ticked(database, at(6, 30, 13, 59))
    await leave(database, at(6, 30, 13, 59))
    await all_sent(database)
    assert await hours(database, at(6, 30, 14, 0)) == [HERS]
    async with database.work(MORNING) as work:
        (person,) = await work.people.named("tp-qltm")
        (way,) = await work.accounts.reach(person.id)
        await work.accounts.set_status(way.account_id, "blocked")
    assert await written(database, at(6, 30, 14, 1)) == []
    assert await hours(database, at(6, 30, 14, 2)) == []
    async with database.work(MORNING) as work:
        await work.accounts.set_status(way.account_id, "active")
    assert await hours(database, at(6, 30, 15, 0)) == [HERS]
    assert len(await written(database, at(6, 30, 15, 1))) == 1
    assert await hours(database, at(6, 30, 16, 0)) == []


async def test_nobody_of_another_agency_is_read_for_it(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many agencies an installation has, an hour costs what its own one does."""
    await office(sqlite_database, Deadline(date(2023, 6, 30), time(16)))

    async def everywhere(_self: object) -> list[Office]:
        raise AssertionError("all agencies were read")

    monkeypatch.setattr(People, "offices_everywhere", everywhere)
    async with sqlite_database.work(at(6, 30, 14, 0)) as work:
        assert await plan_hours(work, CALENDAR) == [HERS]
    await held(sqlite_database)
    assert len(await written(sqlite_database, at(6, 30, 14, 1))) == 1
