"""Parts are found for those whose they are, saved with every version, and counted by their lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core import tasks
from core.errors import ChangedMeanwhile
from core.partition import tally
from core.people import Actor
from core.tasks import PartRole, State
from storage.audit import NewEntry
from storage.database import Database
from storage.work import Work
from tests.office import MORNING, draft_718, follow, next_year, open_office


async def actor(work: Work, agency_id: int, key: str) -> Actor:
    office = next(o for o in await work.people.offices(agency_id) if o.key == key)
    await work.accounts.add_linked("plain", key, key, office.person_id)
    found = (await work.accounts.meet("plain", key, key, None)).actor
    assert found is not None
    return found


async def test_a_head_finds_only_their_own_parts(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        assert [p.code for p in await work.parts.own_by_code(head, "3.5")] == ["3.5"]
        assert await work.parts.own_by_code(head, "3.6") == []
        mine = {(p.code, p.role) for p in await work.parts.own_open(head)}
    assert ("3.3", PartRole.COOPERATING) in mine
    assert ("3.4", PartRole.LEAD) in mine
    assert {code for code, _ in mine} == {"3.1", "3.2.2", "3.3", "3.4", "3.5", "3.7"}


async def test_the_newest_notice_comes_first(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING + timedelta(days=365)) as work:
        await follow(work, agency, next_year(draft_718()))
        head = await actor(work, agency, "tp-qltm")
        assert [p.notice_year for p in await work.parts.own_by_code(head, "3.5")] == [2024, 2023]
        assert [n.year for n in await work.notices.find(agency, "718")] == [2024, 2023]
        assert [n.year for n in await work.notices.find(agency, "718/TB-SCT", 2023)] == [2023]
        assert await work.notices.find(agency, "71%") == []


async def test_every_save_keeps_a_version(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.7"))[0]
        await work.parts.save(part, tasks.advance(part.progress, "dang lam", 40), None)
        again = (await work.parts.by_ids([part.id]))[0]
        assert (again.version, again.progress.percent, again.progress.note) == (2, 40, "dang lam")
        assert again.progress.due == part.progress.due
        history = await work.versions.of_part(part.id)
    assert [(version, p.state) for version, _, p in history] == [(1, State.ASSIGNED), (2, State.IN_PROGRESS)]


async def test_a_stale_save_is_refused(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.7"))[0]
        await work.parts.save(part, tasks.acknowledge(part.progress), None)
        with pytest.raises(ChangedMeanwhile):
            await work.parts.save(part, tasks.acknowledge(part.progress), None)


async def test_an_act_is_written_down_with_what_it_did(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.7"))[0]
        new = tasks.complete(part.progress, MORNING, needs_document=False)
        act = NewEntry(agency, head.person_id, "plain", "done", "718-2023/3.7", "xong 3.7", {"with": 1}, undoable=True)
        entry = await work.parts.record(part, new, act)
        last = await work.audit.last_undoable(head.person_id)
        assert last is not None
        assert (last.id, last.act, last.subject, last.at) == (entry, "done", "718-2023/3.7", MORNING)
        assert await work.versions.made_by(entry) == [(part.id, 2)]
        assert (await work.parts.by_ids([part.id]))[0].progress == new
        assert await work.versions.at(part.id, 2) == new


async def test_an_act_on_a_part_changed_meanwhile_is_refused(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.7"))[0]
        await work.parts.save(part, tasks.acknowledge(part.progress), None)
        act = NewEntry(agency, head.person_id, "plain", "acknowledge", "718-2023/3.7")
        with pytest.raises(ChangedMeanwhile):
            await work.parts.record(part, tasks.acknowledge(part.progress), act)
        assert len(await work.versions.of_part(part.id)) == 2


async def test_leads_count_each_task_once(database: Database) -> None:
    agency = await open_office(database)
    july = MORNING.replace(month=7, day=5)
    async with database.work(july) as work:
        lines = await work.reports.leads(agency)
        late = await work.reports.due_until(agency, july.date())
    total = tally(lines, july)
    assert (total.total, total.open_overdue, total.no_deadline) == (10, 8, 2)
    assert {line.code for line in late} == {"3.2.1", "3.2.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"}
    assert late[0].code == "3.5"


async def test_a_dropped_part_is_no_longer_open(database: Database) -> None:
    agency = await open_office(database)
    async with database.work(MORNING) as work:
        head = await actor(work, agency, "tp-qltm")
        part = (await work.parts.own_by_code(head, "3.7"))[0]
        await work.parts.save(part, replace(part.progress, state=State.DROPPED), None)
        assert "3.7" not in {p.code for p in await work.parts.own_open(head)}
        assert (await work.parts.own_by_code(head, "3.7"))[0].progress.state is State.DROPPED
