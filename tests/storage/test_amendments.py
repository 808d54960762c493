"""A notice is corrected and replaced: histories stay, figures of an earlier moment stay, nothing done is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from core.comparing import difference
from core.drafts import Amends, DraftNotice, DraftTask
from core.partition import Partition, tally
from core.tasks import Kind, Part, PartRole, State, complete
from storage.database import Database
from storage.progress import progress_of
from storage.schema import assignment_versions, assignments, notices, submissions, tasks
from storage.work import Work
from tests.office import MORNING, draft_718, follow, open_office

LATER = MORNING + timedelta(days=10)
MAY = date(2023, 5, 14)


@pytest.fixture
async def agency(database: Database) -> int:
    agency_id = await open_office(database, loaded=False)
    async with database.work(MORNING) as work:
        await follow(work, agency_id, replace(draft_718(), read=draft_718(accepted=False).tasks))
    return agency_id


async def ids(work: Work, agency: int) -> dict[str, int]:
    return {unit.code: unit.id for unit in await work.people.units(agency) if unit.id != agency}


async def parts(work: Work, agency: int, number: str = "718") -> dict[tuple[str, str], Part]:
    notice = (await work.notices.find(agency, number))[0]
    return {(part.code, part.unit_code): part for part in await work.parts.of_notice(notice.id)}


async def amending(
    work: Work, agency: int, change: Callable[[tuple[DraftTask, ...]], tuple[DraftTask, ...]], kind: str = "again"
) -> DraftNotice:
    notice = (await work.notices.find(agency, "718"))[0]
    before = await work.amendments.standing(notice.id)
    amends = Amends(kind, notice.id, notice.number, notice.year, before)  # type: ignore[arg-type]
    return replace(draft_718(), tasks=change(before), read=before, amends=amends)


async def done(work: Work, agency: int, code: str, unit: str) -> None:
    part = (await parts(work, agency))[code, unit]
    progress = complete(part.progress, work.now, needs_document=True, document="45/TTr-SCT",
                        document_on=work.now.date())  # fmt: skip
    entry = await work.audit.add(agency, None, "plain", "done", code, undoable=True)
    await work.parts.save(part, progress, entry)
    await work.connection.execute(
        insert(submissions).values(assignment_id=part.id, entry_id=entry, document="45/TTr-SCT", recorded_at=work.now)
    )


async def apply(work: Work, agency: int, draft: DraftNotice) -> None:
    entry = await work.audit.add(agency, None, "cli", "amend", draft.number)
    await work.amendments.amend(draft, difference(draft), await ids(work, agency), agency_id=agency, entry_id=entry)


async def test_a_notice_stands_as_it_was_followed(database: Database, agency: int) -> None:
    async with database.read(MORNING) as work:
        notice = (await work.notices.find(agency, "718"))[0]
        standing = await work.amendments.standing(notice.id)
        assert await work.amendments.as_read(notice.id) == draft_718(accepted=False).tasks
    plain = [replace(task, follows=None, warnings=(), refers_to=()) for task in standing]
    assert plain == [replace(task, all_units=task.all_units) for task in draft_718().tasks]


async def test_a_date_printed_otherwise_keeps_its_history(database: Database, agency: int) -> None:
    def later(before: tuple[DraftTask, ...]) -> tuple[DraftTask, ...]:
        return tuple(
            replace(task, due=MAY, deadline_text="trước ngày 15/5/2023") if task.code == "3.5" else task
            for task in before
        )

    async with database.work(LATER) as work:
        await apply(work, agency, await amending(work, agency, later))
        part = (await parts(work, agency))["3.5", "QLTM"]
        history = await work.versions.of_part(part.id)
    assert part.progress.due is not None
    assert (part.progress.due.on, part.original_due, part.deadline_text) == (
        MAY, date(2023, 4, 29), "trước ngày 15/5/2023",
    )  # fmt: skip
    assert [one.due.on for _, _, one in history if one.due] == [date(2023, 4, 29), MAY]


async def test_what_was_finished_in_time_is_not_made_late(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        await done(work, agency, "3.5", "QLTM")

    def earlier(before: tuple[DraftTask, ...]) -> tuple[DraftTask, ...]:
        return tuple(replace(task, due=date(2023, 4, 20)) if task.code == "3.5" else task for task in before)

    async with database.work(LATER) as work:
        await apply(work, agency, await amending(work, agency, earlier))
        progress = (await parts(work, agency))["3.5", "QLTM"].progress
    assert progress.state is State.DONE
    assert progress.due is not None
    assert progress.due.on == date(2023, 4, 29)


async def test_units_come_and_go_and_come_back(database: Database, agency: int) -> None:
    def given(code: str, **units: tuple[str, ...]) -> Callable[[tuple[DraftTask, ...]], tuple[DraftTask, ...]]:
        return lambda before: tuple(replace(task, **units) if task.code == code else task for task in before)

    async with database.work(LATER) as work:
        await apply(
            work, agency, await amending(work, agency, given("3.3", lead=("QLCN",), cooperating=("QLTM", "VP")))
        )
        now = {unit: part for (code, unit), part in (await parts(work, agency)).items() if code == "3.3"}
        assert (now["KHTCTH"].progress.state, now["QLNL"].progress.state) == (State.DROPPED, State.DROPPED)
        assert (now["QLCN"].role, now["VP"].role) == (PartRole.LEAD, PartRole.COOPERATING)
        await apply(work, agency, await amending(work, agency, given("3.3", lead=("KHTCTH",), cooperating=("QLCN",))))
        now = {unit: part for (code, unit), part in (await parts(work, agency)).items() if code == "3.3"}
    assert (now["KHTCTH"].progress.state, now["KHTCTH"].role) == (State.ASSIGNED, PartRole.LEAD)
    assert (now["QLCN"].role, now["VP"].progress.state) == (PartRole.COOPERATING, State.DROPPED)


async def test_a_directive_left_out_is_let_go_and_one_added_takes_its_place(database: Database, agency: int) -> None:
    new = DraftTask("3.4", "Hội chợ quý III", "Hội chợ", lead=("QLTM",), due=MAY)

    def other(before: tuple[DraftTask, ...]) -> tuple[DraftTask, ...]:
        return tuple(new if task.code == "3.4" else task for task in before)

    async with database.work(LATER) as work:
        await apply(work, agency, await amending(work, agency, other))
        notice = (await work.notices.find(agency, "718"))[0]
        codes = [task.code for task in await work.notices.tasks(notice.id)]
        standing = [task.text for task in await work.amendments.standing(notice.id) if task.code == "3.4"]
        total = tally(await work.reports.leads(agency), work.now)
    assert codes == ["3.1", "3.2", "3.2.1", "3.2.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.4"]
    assert standing == ["Hội chợ quý III"]
    assert total.total == 10


def replacing(before: tuple[DraftTask, ...]) -> tuple[DraftTask, ...]:
    """The new notice: 3.7 is gone, 3.8 has its code, 3.5 another date."""
    kept = [task for task in before if task.code != "3.7"]
    return tuple(
        replace(task, code="3.7")
        if task.code == "3.8"
        else replace(task, due=MAY, deadline_text="trước ngày 15/5/2023")
        if task.code == "3.5"
        else task
        for task in kept
    )


async def replaced(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        await done(work, agency, "3.5", "QLTM")
    async with database.work(LATER) as work:
        draft = replace(
            await amending(work, agency, replacing, "replacement"), number="760/TB-SCT", issued_on=date(2023, 5, 8)
        )
        entry = await work.audit.add(agency, None, "cli", "amend", draft.number)
        await work.amendments.replace(draft, await ids(work, agency), agency_id=agency, by=None, entry_id=entry)


async def test_results_and_states_go_over_to_the_new_notice(database: Database, agency: int) -> None:
    await replaced(database, agency)
    async with database.read(LATER) as work:
        now = await parts(work, agency, "760")
        part = now["3.5", "QLTM"]
        handed_in = (await work.connection.execute(select(submissions.c.assignment_id))).scalars().all()
        assert (part.progress.state, part.progress.document) == (State.DONE, "45/TTr-SCT")
        assert part.progress.due is not None
        assert (part.progress.due.on, part.original_due) == (MAY, date(2023, 4, 29))
        assert handed_in == [part.id]
        assert now["3.7", "VP"].title == "Vị trí việc làm"
        assert await work.notices.find(agency, "718") == []
        instead = await work.notices.in_place_of(agency, "718")
        assert instead is not None
        assert instead.number == "760/TB-SCT"
        old = (await work.connection.execute(select(notices.c.id).where(notices.c.number == "718/TB-SCT"))).scalar_one()
        assert {one.progress.state for one in await work.parts.of_notice(old)} == {State.DROPPED}


async def test_an_old_code_means_its_successor(database: Database, agency: int) -> None:
    await replaced(database, agency)
    async with database.read(LATER) as work:
        (vp,) = [part for part in await work.parts.by_code(agency, "3.8") if not part.replaced]
        assert (vp.code, vp.notice_number, vp.former) == ("3.7", "760/TB-SCT", ("718/TB-SCT", 2023))
        found = await work.notices.task_by_code(agency, "3.8", "718", 2023)
        assert found is not None
        assert (found[0].number, found[1].code) == ("760/TB-SCT", "3.7")
        today = [part for part in await work.parts.by_code(agency, "3.7") if not part.replaced]
        assert {(part.notice_number, part.former) for part in today} == {("760/TB-SCT", None)}


async def test_a_chain_of_replacements_ends_at_the_last(database: Database, agency: int) -> None:
    await replaced(database, agency)
    async with database.work(LATER) as work:
        notice = (await work.notices.find(agency, "760"))[0]
        before = await work.amendments.standing(notice.id)
        amends = Amends("replacement", notice.id, notice.number, notice.year, before)
        draft = replace(draft_718(), number="790/TB-SCT", tasks=before, amends=amends)
        entry = await work.audit.add(agency, None, "cli", "amend", draft.number)
        await work.amendments.replace(draft, await ids(work, agency), agency_id=agency, by=None, entry_id=entry)
        (part,) = [part for part in await work.parts.by_code(agency, "3.5") if not part.replaced]
        instead = await work.notices.in_place_of(agency, "718")
    assert (part.notice_number, part.progress.state) == ("790/TB-SCT", State.DONE)
    assert instead is not None
    assert instead.number == "790/TB-SCT"


async def as_of(work: Work, agency: int, moment: datetime) -> Partition:
    """Count as a report of an earlier moment would: the notices and versions that were recorded by then."""
    later = notices.alias("later")
    rows = await work.connection.execute(
        select(tasks.c.id.label("task_id"), assignment_versions)
        .join(assignments, assignments.c.id == assignment_versions.c.assignment_id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .join(notices, notices.c.id == tasks.c.notice_id)
        .outerjoin(later, later.c.id == notices.c.replaced_by_id)
        .where(
            notices.c.agency_id == agency,
            notices.c.followed_at <= moment,
            later.c.id.is_(None) | (later.c.followed_at > moment),
            assignment_versions.c.at <= moment,
            assignments.c.role == "lead",
            tasks.c.kind != "untracked",
        )
        .order_by(assignment_versions.c.version)
    )
    last = {row.assignment_id: (row.task_id, progress_of(row)) for row in rows}

    class One:
        period = ""

        def __init__(self, pair: tuple[int, object]) -> None:
            self.task_id, self.progress = pair

    return tally([One(pair) for pair in last.values()], moment)  # type: ignore[misc]


async def test_what_was_counted_before_is_counted_so_still_and_nothing_twice(database: Database, agency: int) -> None:
    async with database.work(MORNING) as work:
        await done(work, agency, "3.5", "QLTM")
        before = tally([line for line in await work.reports.leads(agency) if line.unit_id], work.now)
    async with database.work(LATER) as work:
        draft = replace(
            await amending(work, agency, replacing, "replacement"), number="760/TB-SCT", issued_on=date(2023, 5, 8)
        )
        entry = await work.audit.add(agency, None, "cli", "amend", draft.number)
        await work.amendments.replace(draft, await ids(work, agency), agency_id=agency, by=None, entry_id=entry)
        after = tally(await work.reports.leads(agency), work.now)
        assert await as_of(work, agency, MORNING) == before
    assert (before.total, before.done, after.total, after.done) == (9, 1, 9, 1)
    assert Kind.STANDING in {task.kind for task in draft.tasks}
