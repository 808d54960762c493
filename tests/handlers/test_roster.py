"""An agency becomes what its roster says, and its history stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.people import Role
from core.roster import Roster, RosterPerson, RosterUnit
from documents.errors import RosterFault, RosterProblem
from documents.roster_file import read_roster
from handlers.roster import RosterChange, export_roster, import_roster
from storage.database import Database
from storage.schema import audit_entries, memberships, oversights, people, units

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
FILE = Path(__file__).parents[1] / "data" / "notice-718" / "roster.yaml"
SMALL = Roster(
    "SCT",
    "Sở Công Thương",
    ("Sở",),
    (RosterUnit("QLTM", "Phòng Quản lý Thương mại", ("P.QLTM",)), RosterUnit("VP", "Văn phòng Sở")),
    (
        RosterPerson("gd", "Giám đốc Sở", "SCT", "leader"),
        RosterPerson("pgd", "Phó Giám đốc Sở", "SCT", "deputy_leader", ("QLTM",), "Trần Văn B"),
        RosterPerson("tp", "Trưởng phòng QLTM", "QLTM", "head"),
    ),
)


async def bring(database: Database, roster: Roster, now: datetime = NOW, *, dry_run: bool = False) -> RosterChange:
    async with database.work(now) as work:
        return await import_roster(work, roster, dry_run=dry_run)


async def fetched(database: Database, code: str = "SCT", now: datetime = NOW) -> Roster | None:
    async with database.read(now) as work:
        return await export_roster(work, code)


def without(roster: Roster, *, unit: str = "", person: str = "") -> Roster:
    return replace(
        roster,
        units=tuple(one for one in roster.units if one.code != unit),
        people=tuple(one for one in roster.people if one.key != person),
    )


def with_person(roster: Roster, person: RosterPerson) -> Roster:
    kept = [person if one.key == person.key else one for one in roster.people]
    return replace(roster, people=tuple(kept) if person in kept else (*kept, person))


async def test_the_whole_roster_comes_in_and_goes_out_again(database: Database) -> None:
    roster = read_roster(FILE.read_bytes(), FILE.name)
    change = await bring(database, roster)
    assert change.added[:3] == ("agency SCT", "unit QLCN", "unit QLTM")
    assert len(change.added) == 1 + 6 + 11
    assert not change.changed
    assert not change.ended
    assert await fetched(database) == roster
    async with database.read(NOW) as work:
        agency = (await work.people.agencies())[0]
        assert [unit.code for unit in await work.people.units(agency.id) if unit.id != agency.id] == [
            unit.code for unit in roster.units
        ]
        offices = await work.people.offices(agency.id, roles={Role.HEAD})
        assert {office.key for office in offices} == {"tp-qlcn", "tp-qltm", "tp-qlnl", "tp-khtcth", "gd-ttkc"}


async def test_twice_changes_nothing(database: Database) -> None:
    await bring(database, SMALL)
    assert (await bring(database, SMALL, LATER)).is_empty
    async with database.read(NOW) as work:
        for table, rows in ((units, 3), (people, 3), (memberships, 3), (oversights, 1), (audit_entries, 1)):
            count = select(func.count()).select_from(table)
            assert (await work.connection.execute(count)).scalar_one() == rows


async def test_a_dry_run_tells_the_same_and_stores_nothing(database: Database) -> None:
    told = await bring(database, SMALL, dry_run=True)
    assert await fetched(database) is None
    assert await bring(database, SMALL) == told
    smaller = without(SMALL, unit="VP", person="tp")
    told = await bring(database, smaller, dry_run=True)
    assert set(told.ended) == {"unit VP", "person tp"}
    assert await fetched(database) == SMALL


async def test_offices_of_the_first_import_hold_for_all_time(database: Database) -> None:
    await bring(database, SMALL)
    async with database.read(NOW - timedelta(days=1000)) as work:
        agency = (await work.people.agencies())[0]
        assert len(await work.people.offices(agency.id)) == 3


async def test_who_vanishes_is_ended_and_can_no_longer_come_in(database: Database) -> None:
    await bring(database, SMALL)
    async with database.work(NOW) as work:
        person = (await work.people.named("tp"))[0]
        code = await work.invites.create(person.id, None)
    change = await bring(database, without(SMALL, person="tp"), LATER)
    assert change == RosterChange(ended=("person tp",))
    async with database.read(LATER) as work:
        assert await work.people.named("tp") == []
        assert await work.invites.find(code.text) is None
        row = (await work.connection.execute(select(memberships).where(memberships.c.person_id == person.id))).one()
        assert row.valid_until == date(2023, 4, 30)
        ended = select(people.c.ended_at).where(people.c.id == person.id)
        assert (await work.connection.execute(ended)).scalar_one() == LATER


async def test_who_comes_back_is_the_same_person(database: Database) -> None:
    await bring(database, SMALL)
    async with database.read(NOW) as work:
        before = (await work.people.named("pgd"))[0]
    await bring(database, without(SMALL, person="pgd"), LATER)
    assert (await bring(database, SMALL, LATER + timedelta(days=5))).added == ("person pgd",)
    assert await fetched(database, now=LATER + timedelta(days=5)) == SMALL
    async with database.read(LATER + timedelta(days=5)) as work:
        assert (await work.people.named("pgd"))[0].id == before.id
        rows = await work.connection.execute(
            select(memberships.c.valid_from, memberships.c.valid_until)
            .where(memberships.c.person_id == before.id)
            .order_by(memberships.c.id)
        )
        assert [tuple(row) for row in rows] == [(None, date(2023, 4, 30)), (date(2023, 5, 6), None)]


async def test_a_move_ends_the_old_office_and_opens_the_new_one(database: Database) -> None:
    await bring(database, SMALL)
    moved = with_person(SMALL, RosterPerson("tp", "Chánh Văn phòng", "VP", "office_chief"))
    change = await bring(database, moved, LATER)
    assert change.changed == ("person tp",)
    assert change.details["person tp"] == (
        "title Trưởng phòng QLTM → Chánh Văn phòng",
        "-head QLTM",
        "+office_chief VP",
    )
    async with database.read(LATER - timedelta(days=1)) as work:
        agency = (await work.people.agencies())[0]
        assert [o.unit_code for o in await work.people.offices(agency.id) if o.key == "tp"] == ["QLTM"]
    async with database.read(LATER) as work:
        assert [o.unit_code for o in await work.people.offices(agency.id) if o.key == "tp"] == ["VP"]
    assert (await bring(database, moved, LATER)).is_empty


async def test_who_watches_over_what_changes_alone(database: Database) -> None:
    await bring(database, SMALL)
    changed = with_person(
        SMALL, RosterPerson("pgd", "Phó Giám đốc Sở", "SCT", "deputy_leader", ("VP", "QLTM"), "Trần Văn B")
    )
    assert (await bring(database, changed, LATER)).details == {"person pgd": ("+oversees VP",)}
    assert (await bring(database, SMALL, LATER)).details == {"person pgd": ("-oversees VP",)}
    assert await fetched(database, now=LATER) == SMALL


async def test_a_unit_that_vanished_comes_back_as_itself(database: Database) -> None:
    await bring(database, SMALL)
    async with database.read(NOW) as work:
        before = await work.rosters.find("SCT")
    assert before is not None
    assert (await bring(database, without(SMALL, unit="VP"), LATER)).ended == ("unit VP",)
    assert (await bring(database, SMALL, LATER)).added == ("unit VP",)
    async with database.read(LATER) as work:
        after = await work.rosters.find("SCT")
    assert after == before


async def test_units_are_renamed_put_below_others_and_reordered(database: Database) -> None:
    await bring(database, SMALL)
    new = replace(
        SMALL,
        agency_name="Sở Công Thương tỉnh",
        units=(RosterUnit("VP", "Văn phòng", ("VPS",)), RosterUnit("QLTM", SMALL.units[0].name, ("P.QLTM",), "VP")),
    )
    change = await bring(database, new, LATER)
    assert change.changed == ("agency SCT", "unit VP", "unit QLTM", "order of units")
    assert change.details["unit QLTM"] == ("parent SCT → VP",)
    assert change.details["unit VP"] == ("name Văn phòng Sở → Văn phòng", "aliases")
    assert await fetched(database) == new
    assert (await bring(database, new, LATER)).is_empty


async def test_a_parent_may_stand_after_its_child(database: Database) -> None:
    roster = replace(SMALL, units=(RosterUnit("TO1", "Tổ 1", (), "QLTM"), *SMALL.units))
    assert (await bring(database, roster)).added[1] == "unit TO1"
    assert await fetched(database) == roster
    assert (await bring(database, roster)).is_empty


async def test_a_unit_added_in_the_middle_changes_no_other(database: Database) -> None:
    await bring(database, SMALL)
    first, second = SMALL.units
    change = await bring(database, replace(SMALL, units=(first, RosterUnit("MOI", "Phòng Mới"), second)))
    assert (change.added, change.changed) == (("unit MOI",), ())


async def test_two_agencies_may_use_the_same_codes_and_keys(database: Database) -> None:
    other = replace(SMALL, agency_code="SYT", agency_name="Sở Y tế")
    other = replace(other, people=tuple(replace(p, unit=p.unit.replace("SCT", "SYT")) for p in other.people))
    await bring(database, SMALL)
    await bring(database, other)
    assert await fetched(database) == SMALL
    assert await fetched(database, "SYT") == other
    assert (await bring(database, without(other, person="tp"))).ended == ("person tp",)
    assert await fetched(database) == SMALL


async def test_an_agency_lies_below_the_one_its_roster_names(database: Database) -> None:
    province = Roster("QNG", "Tỉnh Quảng Ngãi")
    with pytest.raises(RosterProblem) as unknown:
        await bring(database, replace(SMALL, agency_parent="QNG"))
    assert unknown.value.faults == (RosterFault("agency", "unknown_parent", "QNG"),)
    await bring(database, SMALL)
    await bring(database, province)
    below = replace(SMALL, agency_parent="QNG")
    change = await bring(database, below, LATER)
    assert change.details == {"agency SCT": ("parent  → QNG",)}
    assert await fetched(database) == below
    assert (await bring(database, below, LATER)).is_empty
    async with database.read(LATER) as work:
        by_code = {agency.code: agency.id for agency in await work.people.agencies()}
        assert [one.code for one in await work.people.agencies_below(by_code["QNG"])] == ["SCT"]
        assert await work.people.agencies_below(by_code["SCT"]) == []
    with pytest.raises(RosterProblem) as circle:
        await bring(database, replace(province, agency_parent="SCT"))
    assert circle.value.faults == (RosterFault("agency", "circular_parent", "QNG"),)
    await bring(database, SMALL, LATER)
    async with database.read(LATER) as work:
        assert await work.people.agencies_below(by_code["QNG"]) == []


async def test_an_import_is_written_down_with_who_did_it(database: Database) -> None:
    await bring(database, SMALL)
    async with database.work(LATER) as work:
        chief = (await work.people.named("gd"))[0]
        await import_roster(work, without(SMALL, person="tp"), by=chief.id)
    async with database.read(LATER) as work:
        rows = (await work.connection.execute(select(audit_entries).order_by(audit_entries.c.id))).all()
    assert [(row.act, row.subject, row.person_id, row.channel) for row in rows] == [
        ("roster", "SCT", None, "cli"),
        ("roster", "SCT", chief.id, "cli"),
    ]
    assert rows[1].detail["ended"] == ["person tp"]


async def test_codes_too_long_to_keep_are_refused(database: Database) -> None:
    with pytest.raises(RosterProblem) as problem:
        await bring(database, with_person(SMALL, RosterPerson("x" * 65, "Ai", "VP", "officer")))
    assert problem.value.faults[0].kind == "too_long"
