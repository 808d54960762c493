"""Whatever happened, the lines read from the database count up to what counting one by one comes to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from core.deadlines import today
from core.partition import Partition, is_overdue, tally
from core.tasks import Kind, PartRole, Progress, State, on_time
from storage.database import Database
from storage.progress import columns_of
from storage.reports import Line
from storage.schema import assignments, notices, tasks
from storage.work import Work
from tests.core.parts import moments, progresses
from tests.office import MORNING, draft_718, follow, next_year, open_office

UNITS = ("QLCN", "QLTM", "QLNL", "VP")
JULY = datetime(2023, 7, 5, 1, tzinfo=MORNING.tzinfo)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One directive: which notice it stands in, and each unit's part."""

    notice: int
    kind: Kind
    parts: dict[str, tuple[PartRole, Progress]]


drawn = st.lists(
    st.builds(
        Drawn,
        st.integers(0, 2),
        st.sampled_from([Kind.TRACKED, Kind.TRACKED, Kind.STANDING, Kind.UNTRACKED]),
        st.dictionaries(
            st.sampled_from(UNITS),
            st.tuples(st.sampled_from([PartRole.LEAD, PartRole.LEAD, *PartRole]), progresses()),
            max_size=3,
        ),
    ),
    max_size=12,
)


class Undone(Exception):
    """Leaves the database as it was."""


async def record(work: Work, agency: int, directives: list[Drawn]) -> list[int]:
    """Write everything down as it is; notice 2 of the three was replaced by another."""
    units = {unit.code: unit.id for unit in await work.people.units(agency)}
    ids = [await follow(work, agency, replace(draft_718(), number=f"{number}/TB-SCT", tasks=())) for number in range(3)]
    await work.connection.execute(update(notices).where(notices.c.id == ids[2]).values(replaced_by_id=ids[0]))
    words = {"text": "t", "needs_document": False, "by_superior": False}
    written, given_out = [], []
    for position, directive in enumerate(directives, 1):
        told = {"agency_id": agency, "notice_id": ids[directive.notice], "code": f"3.{position}", "title": "t"}
        told["kind"] = directive.kind.value
        written.append({**told, **words, "id": position, "position": position})
        for unit, (role, progress) in directive.parts.items():
            of_part = {"task_id": position, "unit_id": units[unit], "role": role.value}
            given_out.append({**told, **of_part, **columns_of(progress)})
    for table, rows in ((tasks, written), (assignments, given_out)):
        if rows:
            await work.connection.execute(insert(table), rows)
    return ids


def one_by_one(directives: list[Drawn], now: datetime) -> Partition:
    total = Partition()
    for directive in directives:
        leads = [progress for role, progress in directive.parts.values() if role is PartRole.LEAD]
        counted = [progress for progress in leads if progress.state is not State.DROPPED] if leads else [Progress()]
        if not counted or directive.kind is Kind.UNTRACKED or directive.notice == 2:
            continue
        if any(progress.is_open for progress in counted):
            late = any(is_overdue(progress, now) for progress in counted)
            total += Partition(open_overdue=1) if late else Partition(open_in_time=1)
        else:
            total += Partition(done_on_time=1) if all(map(on_time, counted)) else Partition(done_late=1)
    return total


def four(counted: Partition) -> tuple[int, int, int, int]:
    return (counted.done_on_time, counted.done_late, counted.open_in_time, counted.open_overdue)


def due(directives: list[Drawn], day: date) -> set[tuple[str, str]]:
    return {
        (f"3.{position}", unit)
        for position, directive in enumerate(directives, 1)
        for unit, (role, progress) in directive.parts.items()
        if directive.kind is Kind.TRACKED
        and directive.notice != 2
        and role is PartRole.LEAD
        and progress.is_open
        and progress.due is not None
        and progress.due.on <= day
    }


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn, moments)
async def test_lines_and_tally_come_to_what_counting_one_by_one_does(
    database: Database, directives: list[Drawn], now: datetime
) -> None:
    async with database.read(MORNING) as work:
        known = await work.people.agencies()
    agency = known[0].id if known else await open_office(database, loaded=False)
    lines: list[Line] = []
    late: list[Line] = []
    of_each: list[Line] = []
    with suppress(Undone):
        async with database.work(now) as work:
            ids = await record(work, agency, directives)
            lines = await work.reports.leads(agency)
            late = await work.reports.due_until(agency, today(now))
            for notice in ids:
                of_each += await work.reports.leads(agency, notice)
            raise Undone
    assert four(tally(lines, now)) == four(one_by_one(directives, now))
    assert {(line.code, line.unit_code) for line in late} == due(directives, today(now))
    dates = [line.progress.due.on for line in late if line.progress.due]
    assert dates == sorted(dates)
    assert sorted(map(repr, of_each)) == sorted(map(repr, lines))


async def test_lists_follow_the_notices_own_order(database: Database) -> None:
    """3.10 comes after 3.9, whatever its letters say."""
    agency = await open_office(database, loaded=False)
    rows = [replace(draft_718().tasks[6], code=f"3.{number}", lead=("QLTM", "VP")) for number in (9, 10, 11, 2)]
    async with database.work(MORNING) as work:
        await follow(work, agency, replace(draft_718(), tasks=tuple(rows)))
        await follow(work, agency, next_year(replace(draft_718(), tasks=tuple(rows))))
        lines = [(line.notice_year, line.code) for line in await work.reports.leads(agency)]
        late = [(line.notice_year, line.code) for line in await work.reports.due_until(agency, JULY.date())]
    order = [code for code in ("3.9", "3.10", "3.11", "3.2") for _ in range(2)]
    assert lines == [(2024, code) for code in order] + [(2023, code) for code in order]
    assert late == [(2023, code) for code in order] + [(2024, code) for code in order]


async def test_nothing_of_another_agency_is_counted(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(JULY) as work:
        other = await work.rosters.add_agency("STC", "Sở Tài chính", [])
        assert await work.reports.leads(other) == []
        assert await work.reports.due_until(other, JULY.date()) == []
        (notice,) = await work.notices.find(agency, "718")
        assert await work.reports.leads(other, notice.id) == []
