"""Acts are written down, and the last one can be taken back for ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.audit import UNDO_WINDOW
from storage.database import Database
from storage.schema import audit_entries
from storage.work import Work
from tests.office import MORNING, open_office


async def someone(work: Work, agency_id: int, key: str = "tp-qltm") -> int:
    return next(office.person_id for office in await work.people.offices(agency_id) if office.key == key)


async def acted(
    database: Database, agency: int, person: int | None, *, undoable: bool = True, act: str = "done"
) -> int:
    async with database.work(MORNING) as work:
        return await work.audit.add(agency, person, "telegram", act, "718 3.5", undoable=undoable)


@pytest.fixture
async def agency(database: Database) -> int:
    return await open_office(database, loaded=False)


@pytest.fixture
async def head(database: Database, agency: int) -> int:
    async with database.read(MORNING) as work:
        return await someone(work, agency)


async def test_an_act_is_kept_as_it_was_said(database: Database, agency: int, head: int) -> None:
    async with database.work(MORNING) as work:
        entry = await work.audit.add(
            agency, head, "zalo_bot", "done", "718/TB-SCT 3.5", said="xong 3.5 TTr 45", detail={"số": "45/TTr-SCT"}
        )
        row = (await work.connection.execute(select(audit_entries).where(audit_entries.c.id == entry))).one()
    assert (row.agency_id, row.person_id, row.channel, row.act, row.subject) == (
        agency,
        head,
        "zalo_bot",
        "done",
        "718/TB-SCT 3.5",
    )
    assert (row.said, row.detail, row.at, row.undoable) == ("xong 3.5 TTr 45", {"số": "45/TTr-SCT"}, MORNING, False)


@pytest.mark.parametrize(
    ("later", "found"),
    [(timedelta(), True), (UNDO_WINDOW, True), (UNDO_WINDOW + timedelta(microseconds=1), False)],
    ids=["at once", "at the end of the window", "just after it"],
)
async def test_the_last_act_can_be_taken_back_for_ten_minutes(
    database: Database, agency: int, head: int, later: timedelta, found: bool
) -> None:
    entry = await acted(database, agency, head)
    async with database.read(MORNING + later) as work:
        last = await work.audit.last_undoable(head)
    assert (last is not None) is found
    if last is not None:
        assert (last.id, last.act, last.subject, last.at) == (entry, "done", "718 3.5", MORNING)


async def test_nobody_takes_back_what_another_did(database: Database, agency: int, head: int) -> None:
    await acted(database, agency, head)
    async with database.read(MORNING) as work:
        assert await work.audit.last_undoable(await someone(work, agency, "tp-qlcn")) is None


async def test_what_was_undone_uncovers_the_act_before(database: Database, agency: int, head: int) -> None:
    first, second = await acted(database, agency, head), await acted(database, agency, head, act="present")
    undo = await acted(database, agency, head, undoable=False, act="undo")
    async with database.work(MORNING) as work:
        last = await work.audit.last_undoable(head)
        assert last is not None
        assert last.id == second
        await work.audit.mark_undone(second, undo)
        before = await work.audit.last_undoable(head)
        assert before is not None
        assert before.id == first
        kept = (await work.connection.execute(select(audit_entries).where(audit_entries.c.id == second))).one()
        assert (kept.undoable, kept.undone_by, kept.act) == (False, undo, "present")


async def test_an_act_of_the_operator_has_no_person(database: Database, agency: int, head: int) -> None:
    await acted(database, agency, None)
    async with database.read(MORNING) as work:
        assert await work.audit.last_undoable(head) is None
