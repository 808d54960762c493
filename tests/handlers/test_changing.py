"""A directive under follow-up is changed: who hears of it, what stays, and what crossing acts come to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from core.deadlines import Deadline
from core.tasks import PartRole
from storage.database import Database
from tests.handlers.test_judging import last_told, told_since
from tests.handlers.two_agencies import Town

HEAD, OTHER, CHIEF, LEADER, DEPUTY, CLERK = "SCT:tp-qltm", "SCT:tp-qlnl", "SCT:cvp", "SCT:gd", "SCT:pgd", "SCT:th"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def dates(town: Town, code: str) -> list[tuple[str, str]]:
    where = f"code = '{code}' AND agency_id = {town.agencies['SCT']} ORDER BY id"
    rows = await town.rows("assignments", "due_on, original_due_on", where)
    return [(str(row.due_on), str(row.original_due_on)) for row in rows]


async def words(town: Town, code: str) -> list[tuple[str, str]]:
    where = f"tasks.code = '{code}' AND tasks.agency_id = {town.agencies['SCT']}"
    return [tuple(row) for row in await town.rows("tasks", "text, title", where)]


async def test_everybody_concerned_hears_and_the_first_date_stays(town: Town) -> None:
    before = await town.last("outbox")
    assert "hạn gốc 30/6/2023" in await town.says(LEADER, "sửa 3.3 hạn 15/7")
    assert await dates(town, "3.3") == [("2023-07-15", "2023-06-30")] * 3
    for who in (HEAD, OTHER, "SCT:tp-qlcn", CHIEF, DEPUTY):
        assert "Giám đốc Sở sửa 3.3" in await last_told(town, who)
    assert len(await told_since(town, before, HEAD)) == 1
    assert await told_since(town, before, CLERK, "SNN:tp-qltm") == []


async def test_undo_takes_date_and_words_back_together(town: Town) -> None:
    old = await words(town, "3.7")
    await town.says(LEADER, "sửa 3.7 hạn 15/6, nội dung lập ban biên tập")
    assert await words(town, "3.7") == [("Lập ban biên tập", "Lập ban biên tập")]
    (named,) = await town.rows("assignments", "title", f"code = '3.7' AND agency_id = {town.agencies['SCT']}")
    assert named.title == "Lập ban biên tập"
    await town.says(LEADER, "hoan tac")
    assert (await words(town, "3.7"), (await dates(town, "3.7"))[0][0]) == (old, "2023-05-31")
    assert {row.status for row in await town.rows("outbox", "status", "entry_id IS NOT NULL AND status <> 'sent'")} <= {
        "void"
    }


async def test_words_changed_since_are_not_taken_back(town: Town) -> None:
    await town.says(LEADER, "sửa 3.7 nội dung lập ban biên tập")
    (shown,) = await town.messages(CHIEF, "sửa 718/3.7 nội dung lập tổ biên tập")
    assert "vừa sửa 3.7 (nội dung)" in shown.plain()
    await town.says(CHIEF, shown.buttons[0].command, kind="button")
    assert (await words(town, "3.7"))[0][0] == "Lập tổ biên tập"
    await town.says(LEADER, "hoan tac")
    assert (await words(town, "3.7"))[0][0] == "Lập tổ biên tập"


async def test_of_two_at_once_one_counts_and_the_other_hears_of_it(town: Town) -> None:
    said = ((LEADER, "sửa 3.6 hạn 10/7"), (CHIEF, "sửa 718/3.6 hạn 20/7"))
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, typed)) for who, typed in said))
    ((due, _),) = await dates(town, "3.6")
    assert due in {"2023-07-10", "2023-07-20"}
    second = CHIEF if due == "2023-07-10" else LEADER
    assert "vừa sửa 3.6 (hạn" in await last_told(town, second)
    assert len(await town.rows("audit_entries", "id", "act = 'change'")) == 1


async def test_a_unit_with_a_date_of_its_own_keeps_it(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        (part, *_) = await work.parts.by_code(town.agencies["SCT"], "3.3")
        own = Deadline(date(2023, 7, 10), None, "gia hạn")
        third = await work.parts.of_task(part.task_id)
        await work.notices.set_role(third[2].id, PartRole.LEAD)
        await work.parts.save(part, replace(part.progress, due=own), None)
    await town.says(LEADER, "sửa 3.3 hạn 20/7")
    assert [day for day, _ in await dates(town, "3.3")] == ["2023-07-10", "2023-07-20", "2023-07-20"]


async def test_in_a_notice_being_prepared_the_office_still_means_that_one(town: Town) -> None:
    await town.says(CHIEF, "sửa 3.7 đơn vị QLCN")
    assert await town.rows("audit_entries", "id", "act = 'edit'")
    await town.says(LEADER, "sửa 3.7 hạn 20/6")
    assert (await dates(town, "3.7"))[0] == ("2023-06-20", "2023-05-31")
    assert "chưa được phân quyền" in await town.says(LEADER, "sửa 800/3.7 hạn 20/6")
    assert "chưa được phân quyền" in await town.says(HEAD, "sửa 3.7 hạn 20/6")


async def test_what_happened_tells_that_the_words_changed_but_not_to_what(town: Town) -> None:
    await town.says(LEADER, "sửa 3.7 nội dung lập ban biên tập")
    assert "Giám đốc Sở: sửa nội dung" in await town.says(CHIEF, "xem 718/3.7")
    await town.says(LEADER, "hoan tac")
    assert "Giám đốc Sở: sửa nội dung, đã hoàn tác" in await town.says(CHIEF, "xem 718/3.7")
