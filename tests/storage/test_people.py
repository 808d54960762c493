"""People and units are found as the roster has them today."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from core.people import Role
from storage.database import Database
from storage.work import Work

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)


async def an_agency(work: Work, code: str) -> tuple[int, int, int]:
    agency = await work.rosters.add_agency(code, f"Sở {code}", ["Sở"])
    unit = await work.rosters.add_unit(agency, agency, "QLTM", "Phòng Quản lý Thương mại", ["P.QLTM"], 1)
    person = await work.rosters.add_person(agency, "tp-qltm", "Trưởng phòng QLTM", None)
    await work.rosters.hold(person, unit, "head", None)
    return agency, unit, person


async def test_units_come_with_their_agency(database: Database) -> None:
    async with database.work(NOW) as work:
        agency, unit, _ = await an_agency(work, "SCT")
        await work.rosters.add_unit(agency, agency, "QLCN", "Phòng Quản lý Công nghiệp", [], 0)
        units = await work.people.units(agency)
        assert [found.code for found in units if found.id != agency] == ["QLCN", "QLTM"]
        assert next(found for found in units if found.id == unit).aliases == ("P.QLTM",)
        assert [found.code for found in await work.people.agencies()] == ["SCT"]


async def test_an_ended_unit_is_gone(database: Database) -> None:
    async with database.work(NOW) as work:
        agency, unit, _ = await an_agency(work, "SCT")
        await work.rosters.end_unit(unit)
        assert [found.id for found in await work.people.units(agency)] == [agency]


async def test_one_key_in_two_agencies_is_told_apart_by_the_agency(database: Database) -> None:
    async with database.work(NOW) as work:
        _, _, ours = await an_agency(work, "SCT")
        _, _, theirs = await an_agency(work, "SYT")
        assert [person.id for person in await work.people.named("tp-qltm")] == [ours, theirs]
        assert [person.id for person in await work.people.named("SYT/tp-qltm")] == [theirs]
        assert await work.people.named("XYZ/tp-qltm") == []
        assert await work.people.named("tp-qlcn") == []
        person = await work.people.person(theirs)
        assert person is not None
        assert (person.key, person.agency_code, person.title) == ("tp-qltm", "SYT", "Trưởng phòng QLTM")
        assert [person.id for person in await work.people.everyone()] == [ours, theirs]
        assert [person.id for person in await work.people.everyone(person.agency_id)] == [theirs]


async def test_who_left_is_not_found(database: Database) -> None:
    async with database.work(NOW) as work:
        agency, _, person = await an_agency(work, "SCT")
        await work.rosters.end_person(person)
        assert await work.people.named("tp-qltm") == []
        assert await work.people.person(person) is None
        assert await work.people.everyone() == []
        assert await work.people.offices(agency) == []


async def test_offices_are_those_held_today(database: Database) -> None:
    async with database.work(NOW) as work:
        agency, unit, person = await an_agency(work, "SCT")
        await work.rosters.hold(person, agency, "deputy_leader", date(2023, 4, 29))
        assert [office.role for office in await work.people.offices(agency)] == [Role.HEAD]
        assert await work.people.offices(agency, roles={Role.CLERK}) == []
        assert await work.people.offices(agency, unit_ids={unit}) == await work.people.offices(agency)


async def test_writing_about_an_agency_does_not_wait_while_its_settings_change(database: Database) -> None:
    async with database.work(NOW) as work:
        agency, _, _ = await an_agency(work, "SCT")
    if database.engine.dialect.name != "postgresql":
        return  # there one writes at a time
    async with database.work(NOW) as changing:
        await changing.people.change_settings(agency, confirm=True)
        async with asyncio.timeout(5), database.work(NOW) as other:
            await other.audit.add(agency, None, "plain", "confirming", "on")


async def test_two_who_change_settings_at_once_lose_neither_change(database: Database) -> None:
    async with database.work(NOW) as work:
        agency, _, _ = await an_agency(work, "SCT")

    async def change(**settings: object) -> None:
        async with database.work(NOW) as work:
            await work.people.change_settings(agency, **settings)
            await asyncio.sleep(0.05)

    await asyncio.gather(change(confirm=True), change(review={"day": 20}))
    async with database.read(NOW) as work:
        assert (await work.people.agency(agency)).settings == {"confirm": True, "review": {"day": 20}}
