"""Who acts for a unit: one answer, whether asked of the unit, of the person, of the account or of the parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import update

from core.people import Role
from core.roster import RosterPerson
from documents.roster_file import read_roster
from handlers.following import heads_of
from handlers.roster import import_roster
from storage.database import Database
from storage.schema import memberships
from storage.work import Work
from tests.office import MORNING, ROSTER, open_office
from tests.storage.test_parts import actor

OFFICER = RosterPerson("cv-qltm", "Chuyên viên QLTM", "QLTM", "officer")
FIRST, LAST = date(2023, 4, 28), date(2023, 5, 5)


async def with_officer(work: Work) -> int:
    roster = read_roster(ROSTER.read_bytes(), ROSTER.name)
    await import_roster(work, replace(roster, people=(*roster.people, OFFICER)))
    return (await work.people.agencies())[0].id


async def ids(work: Work, agency: int) -> dict[str, int]:
    return {person.key: person.id for person in await work.people.everyone(agency)}


async def unit(work: Work, agency: int, code: str = "QLTM") -> int:
    return next(one.id for one in await work.people.units(agency) if one.code == code)


async def answers(work: Work, agency: int, key: str, unit_id: int) -> set[bool]:
    """Every way there is to ask whether this person acts for this unit today."""
    who = await actor(work, agency, key)
    of_unit = {one.person_id for one in await work.acting.of_agency(agency, {unit_id})}
    of_person = {one.unit_id for one in await work.acting.of_person(who.person_id)}
    of_parts = {part.unit_id for part in await work.parts.own_open(who)}
    by_code = {part.unit_id for part in await work.parts.own_by_code(who, "3.7")}
    return {who.person_id in of_unit, unit_id in of_person, unit_id in who.unit_ids, unit_id in of_parts,
            unit_id in by_code}  # fmt: skip


async def test_all_ways_to_ask_agree_on_every_day(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        await with_officer(work)
        people, qltm = await ids(work, agency), await unit(work, agency)
        await work.acting.delegate(qltm, people["tp-qltm"], people["cv-qltm"], FIRST, LAST, None)
    for days, lent in ((-1, False), (0, True), (7, True), (8, False)):
        async with database.work(MORNING + timedelta(days)) as work:
            assert await answers(work, agency, "tp-qltm", qltm) == {True}
            assert await answers(work, agency, "pp-qltm", qltm) == {True}
            assert await answers(work, agency, "cv-qltm", qltm) == {lent}
            assert await answers(work, agency, "tp-qlnl", qltm) == {False}
            told = [(head.key, head.unit_code) for head, _ in (await heads_of(work, agency))[qltm]]
            assert told == [("cv-qltm" if lent else "tp-qltm", "QLTM")]
            acting = await work.acting.of_agency(agency, {qltm})
            heard = people["cv-qltm"] if lent else people["tp-qltm"]
            assert {one.person_id for one in acting if one.reminded} == {heard}


async def test_what_an_undone_act_set_is_over_at_once(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        await with_officer(work)
        people, qltm = await ids(work, agency), await unit(work, agency)
        entry = await work.audit.add(agency, people["cvp"], "plain", "delegate", "QLTM")
        await work.acting.delegate(qltm, people["tp-qltm"], people["cv-qltm"], FIRST, LAST, entry)
        assert [one.deputy_id for one in await work.acting.delegations(agency, FIRST)] == [people["cv-qltm"]]
        await work.acting.take_back(entry)
        assert await work.acting.delegations(agency, FIRST) == []
        assert await answers(work, agency, "cv-qltm", qltm) == {False}


async def test_who_left_stands_in_for_nobody(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        await with_officer(work)
        people, qltm = await ids(work, agency), await unit(work, agency)
        await work.acting.delegate(qltm, people["tp-qltm"], people["cv-qltm"], FIRST, LAST, None)
        await import_roster(work, read_roster(ROSTER.read_bytes(), ROSTER.name))
        acting = await work.acting.of_agency(agency, {qltm})
        assert {one.person_id for one in acting if one.reminded} == {people["tp-qltm"]}


async def test_a_part_handed_on_is_the_holders_while_they_belong_to_the_unit(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        await with_officer(work)
        people = await ids(work, agency)
        head, officer = await actor(work, agency, "tp-qltm"), await actor(work, agency, "cv-qltm")
        assert await work.parts.own_open(officer) == []
        part = (await work.parts.own_by_code(head, "3.7"))[0]
        await work.parts.save(part, replace(part.progress, handed_to=people["cv-qltm"]), None)
        assert [one.code for one in await work.parts.own_open(officer)] == ["3.7"]
        assert [one.code for one in await work.parts.own_by_code(officer, "3.7")] == ["3.7"]
        assert await work.parts.own_by_code(officer, "3.4") == []
        assert "3.7" in [one.code for one in await work.parts.own_open(head)]
        due = await work.parts.due_of_holders([people["cv-qltm"]], date(2023, 6, 30))
        assert [one.code for one in due] == ["3.7"]
        moved = replace(OFFICER, unit="QLNL")
        roster = read_roster(ROSTER.read_bytes(), ROSTER.name)
        await import_roster(work, replace(roster, people=(*roster.people, moved)))
        officer = await actor(work, agency, "cv-qltm")
        assert officer.roles == {Role.OFFICER}
        assert await work.parts.own_open(officer) == []


async def test_a_stand_in_without_any_office_left_gives_the_reminders_back(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        await with_officer(work)
        people, qltm = await ids(work, agency), await unit(work, agency)
        await work.acting.delegate(qltm, people["tp-qltm"], people["cv-qltm"], FIRST, LAST, None)
        gone = update(memberships).where(memberships.c.person_id == people["cv-qltm"])
        await work.connection.execute(gone.values(valid_until=FIRST - timedelta(1)))
        acting = await work.acting.of_agency(agency, {qltm})
        assert {one.person_id for one in acting if one.reminded} == {people["tp-qltm"]}
        assert await work.acting.delegations_everywhere() == []
