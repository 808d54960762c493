"""A notice being prepared is one, changed by one at a time, and counted by nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import func, select

from core.drafts import DraftNotice
from core.errors import ChangedMeanwhile
from storage.database import Database
from storage.drafts import OPEN_DRAFT, Draft
from storage.schema import assignments
from storage.work import Work
from tests.office import MORNING, draft_718, open_office


@pytest.fixture
async def agency(database: Database) -> int:
    return await open_office(database, loaded=False)


async def begun(work: Work, agency: int, notice: DraftNotice | None = None) -> Draft:
    found = await work.drafts.get(await work.drafts.add(agency, notice or draft_718(), None))
    assert found is not None
    return found


async def test_a_draft_comes_back_as_it_was_read(database: Database, agency: int) -> None:
    rows = draft_718(accepted=False)
    first = replace(
        rows.tasks[0],
        due=date(2023, 4, 29),
        due_time=time(10, 30),
        due_basis="ý kiến Giám đốc 05/4",
        recurrence={"every": "month", "day": 25},
        unknown_units=("phòng Đo lường",),
        warnings=("no_unit",),
    )
    notice = replace(rows, tasks=(first, *rows.tasks[1:]))
    async with database.work(MORNING) as work:
        draft = await begun(work, agency, notice)
    assert draft.notice == notice
    assert (draft.status, draft.version, draft.agency_id, draft.prepared_by) == ("preparing", 1, agency, None)


async def test_what_is_prepared_is_no_work_of_anybody(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        await begun(work, agency)
        assert (await work.connection.execute(select(func.count()).select_from(assignments))).scalar_one() == 0
        assert await work.reports.leads(agency) == []
        assert await work.notices.newest(agency) is None


async def test_of_two_who_change_it_the_second_is_told(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        draft = await begun(work, agency)
        other = replace(draft.notice, title="Kết luận đã sửa")
        await work.drafts.save(draft, other, "submitted")
        with pytest.raises(ChangedMeanwhile):
            await work.drafts.save(draft, draft.notice, "dropped")
        (kept,) = await work.drafts.open(agency)
    assert (kept.version, kept.status, kept.notice.title) == (2, "submitted", "Kết luận đã sửa")


@pytest.mark.parametrize("status", OPEN_DRAFT)
async def test_one_number_has_one_open_draft_a_year(database: Database, agency: int, status: str) -> None:
    async with database.work(MORNING) as work:
        draft = await begun(work, agency)
        await work.drafts.save(draft, draft.notice, status)
        with pytest.raises(ChangedMeanwhile):
            await begun(work, agency)
        later = await begun(work, agency, replace(draft_718(), issued_on=date(2024, 1, 8)))
        assert [found.id for found in await work.drafts.open(agency)] == [later.id, draft.id]


@pytest.mark.parametrize("status", ["followed", "dropped"])
async def test_a_closed_draft_makes_room_for_another(database: Database, agency: int, status: str) -> None:
    async with database.work(MORNING) as work:
        draft = await begun(work, agency)
        await work.drafts.save(draft, draft.notice, status)
        again = await begun(work, agency)
        assert [found.id for found in await work.drafts.open(agency)] == [again.id]
        closed = await work.drafts.get(draft.id)
        assert closed is not None
        assert closed.status == status


async def test_without_a_date_it_is_of_the_year_it_was_read_in(database: Database, agency: int) -> None:
    undated = replace(draft_718(), issued_on=None)
    async with database.work(MORNING) as work:
        await begun(work, agency, undated)
    async with database.work(MORNING + timedelta(days=365)) as work:
        await begun(work, agency, undated)
        with pytest.raises(ChangedMeanwhile):
            await begun(work, agency, undated)


async def test_drafts_of_another_agency_are_not_there(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        await begun(work, agency)
        other = await work.rosters.add_agency("STC", "Sở Tài chính", [])
        assert await work.drafts.open(other) == []
        assert await work.drafts.get(0) is None
        assert (await begun(work, other)).agency_id == other
