"""Notices are found by what people call them, and are nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from core.drafts import DraftTask
from core.tasks import Kind, PartRole
from storage.database import Database
from storage.notices import Notice
from storage.schema import assignment_versions, notices
from storage.work import Work
from tests.office import MORNING, draft_718, follow, open_office

ISSUED = [
    ("718/TB-SCT", date(2023, 4, 4)),
    ("71/TB-SCT", date(2023, 1, 20)),
    ("718/TB-SCT", date(2024, 5, 6)),
    ("718/KL-SCT", date(2023, 6, 1)),
    ("1718/TB-SCT", date(2023, 12, 1)),
]


@pytest.fixture
async def agency(database: Database) -> int:
    """An agency whose numbers begin anew each January."""
    agency_id = await open_office(database, loaded=False)
    async with database.work(MORNING) as work:
        for number, day in ISSUED:
            await follow(work, agency_id, replace(draft_718(), number=number, issued_on=day))
    return agency_id


def named(found: list[Notice]) -> list[tuple[str, int]]:
    return [(notice.number, notice.year) for notice in found]


SAID: list[tuple[str, int | None, list[tuple[str, int]]]] = [
    ("718", None, [("718/TB-SCT", 2024), ("718/KL-SCT", 2023), ("718/TB-SCT", 2023)]),
    ("718", 2023, [("718/KL-SCT", 2023), ("718/TB-SCT", 2023)]),
    ("718/TB-SCT", None, [("718/TB-SCT", 2024), ("718/TB-SCT", 2023)]),
    ("718/tb-sct", 2023, [("718/TB-SCT", 2023)]),
    ("718/KL-SCT", 2024, []),
    ("71", None, [("71/TB-SCT", 2023)]),
]
NOBODY_SAYS = ("7", "718/TB", "%", "71_", "7%8", "718%", "718/%", "71/__-SCT", "\\718", "718\\", "", "/")


async def test_a_notice_is_found_by_what_it_is_called(database: Database, agency: int) -> None:
    async with database.read(MORNING) as work:
        for said, year, found in SAID:
            assert named(await work.notices.find(agency, said, year)) == found


async def test_signs_that_mean_something_to_the_database_mean_nothing(database: Database, agency: int) -> None:
    async with database.read(MORNING) as work:
        assert [said for said in NOBODY_SAYS if await work.notices.find(agency, said)] == []


async def test_the_same_number_of_another_agency_is_not_found(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        other = await work.rosters.add_agency("STC", "Sở Tài chính", [])
        assert await work.notices.find(other, "718") == []
        assert await work.notices.newest(other) is None
        assert await work.notices.task_by_code(other, "3.5") is None
        await work.follow_up.follow(other, replace(draft_718(), tasks=()), {}, by=None, entry_id=None)
        assert [notice.agency_id for notice in await work.notices.find(other, "718")] == [other]


async def test_the_newest_is_by_date_and_never_a_replaced_or_undated_one(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        newest = await work.notices.newest(agency)
        assert newest is not None
        assert (newest.number, newest.year, newest.short) == ("718/TB-SCT", 2024, "718")
        undated = await follow(work, agency, replace(draft_718(), number="9/TB-SCT", issued_on=None))
        still = await work.notices.newest(agency)
        assert still is not None
        assert still.id == newest.id
        await work.connection.execute(update(notices).where(notices.c.id == newest.id).values(replaced_by_id=undated))
        assert newest.id not in {notice.id for notice in await work.notices.find(agency, "718")}
        after = await work.notices.newest(agency)
        assert after is not None
        assert after.number == "1718/TB-SCT"


async def test_a_code_means_the_newest_notice_that_has_it(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        found = await work.notices.task_by_code(agency, "3.5")
        assert found is not None
        assert (found[0].year, found[1].code, found[1].kind) == (2024, "3.5", Kind.TRACKED)
        older = await work.notices.task_by_code(agency, "3.5", "71")
        assert older is not None
        assert older[0].number == "71/TB-SCT"
        assert await work.notices.task_by_code(agency, "9.9") is None


async def parts(work: Work, notice_id: int) -> dict[str, list[tuple[str, PartRole]]]:
    found: dict[str, list[tuple[str, PartRole]]] = {}
    for part in await work.parts.of_notice(notice_id):
        found.setdefault(part.code, []).append((part.unit_code, part.role))
    return found


async def test_every_unit_named_gets_one_part_in_its_first_role(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    rows = (
        DraftTask("1", "t", "t", lead=("QLTM",), implementing=("VP", "QLTM"), cooperating=("VP", "QLCN")),
        DraftTask("2", "t", "t", all_units=True),
        DraftTask("3", "t", "t", lead=("VP",), all_units=True),
        DraftTask("4", "t", "t", Kind.UNTRACKED, lead=("VP",)),
        DraftTask("5", "t", "t"),
    )
    async with database.work(MORNING) as work:
        notice = await follow(work, agency, replace(draft_718(), tasks=rows))
        found = await parts(work, notice)
        assert [task.code for task in await work.notices.tasks(notice)] == ["1", "2", "3", "4", "5"]
    assert found == {
        "1": [("QLTM", PartRole.LEAD), ("VP", PartRole.IMPLEMENTING), ("QLCN", PartRole.COOPERATING)],
        "2": [(unit, PartRole.IMPLEMENTING) for unit in ("QLCN", "QLTM", "QLNL", "KHTCTH", "VP", "TTKC")],
        "3": [("VP", PartRole.LEAD)],
    }


async def test_a_lead_given_later_has_its_deadline_and_its_first_version(database: Database) -> None:
    agency = await open_office(database, loaded=False)
    async with database.work(MORNING) as work:
        rows = (DraftTask("1", "t", "t", due=date(2023, 4, 29)), DraftTask("2", "t", "t", cooperating=("VP",)))
        notice_id = await follow(work, agency, replace(draft_718(), tasks=rows))
        notice = (await work.notices.find(agency, "718"))[0]
        units = {unit.code: unit.id for unit in await work.people.units(agency)}
        first, second = await work.notices.tasks(notice_id)
        entry = await work.audit.add(agency, None, "cli", "assign", "718 1")
        (helper,) = await work.parts.of_task(second.id)
        await work.follow_up.give(notice, first, units["QLTM"], PartRole.LEAD, helper.progress.due, entry)
        await work.notices.set_role(helper.id, PartRole.LEAD)
        assert await parts(work, notice_id) == {"1": [("QLTM", PartRole.LEAD)], "2": [("VP", PartRole.LEAD)]}
        (part,) = await work.parts.of_task(first.id)
        version = select(assignment_versions.c.entry_id).where(assignment_versions.c.assignment_id == part.id)
        assert (await work.connection.execute(version)).scalar_one() == entry
        assert [number for number, _, _ in await work.versions.of_part(part.id)] == [1]
