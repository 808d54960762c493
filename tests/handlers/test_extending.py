"""More time: who is told what, and that one decision stands."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.handlers.test_judging import told_since
from tests.handlers.two_agencies import Town

HEAD, SECOND, CHIEF, LEADER, DEPUTY = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:cvp", "SCT:gd", "SCT:pgd"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def test_one_hears_after_the_other_and_everybody_the_decision(town: Town) -> None:
    before = await town.last("outbox")
    await town.says(SECOND, "gia han 3.7 den 15/6 cho so lieu")
    assert "QLTM đề nghị gia hạn 3.7" in "".join(await told_since(town, before, DEPUTY))
    assert await told_since(town, before, LEADER) == []
    await town.says(DEPUTY, "khong dong y")
    assert "phụ trách: không thống nhất" in "".join(await told_since(town, before, LEADER))
    before = await town.last("outbox")
    await town.says(LEADER, "dong y 3.7 den 10/6")
    for who in (HEAD, SECOND, DEPUTY, CHIEF):
        assert "đến 10/6/2023 (lần 1, hạn gốc 31/5/2023)" in "".join(await told_since(town, before, who))
    assert "trước 31/5" not in await town.says(HEAD, "/tasks")
    (row,) = await town.rows("assignments", "due_on, original_due_on", "code = '3.7' AND due_basis IS NOT NULL")
    assert (str(row.due_on), str(row.original_due_on)) == ("2023-06-10", "2023-05-31")
    await town.says(LEADER, "hoan tac")
    assert "Đồng ý" in (await town.says(LEADER, "cho xac nhan"))


async def test_a_decision_pressed_twice_counts_once(town: Town) -> None:
    await town.says(HEAD, "gia han 3.7 den 15/6 cho so lieu")
    before = await town.last("outbox")
    events = [town.event(LEADER, said) for said in ("/agree 718-2023/3.7", "/refuse 718-2023/3.7")]
    await asyncio.gather(*map(town.dispatcher.receive, events))
    heard = await told_since(town, before, LEADER)
    assert sum("gia hạn 3.7" in one for one in heard) == 1
    rows = await town.rows("extensions", "outcome")
    assert [row.outcome for row in rows] in (["granted"], ["refused"])


async def test_more_time_for_somebody_elses_part_is_not_asked(town: Town) -> None:
    assert "3.6 giao QLNL" in await town.says(HEAD, "gia han 3.6 den 15/6 cho so lieu")
    assert "Hạn của 3.7 đã là 31/5/2023" in await town.says(HEAD, "gia han 3.7 den 20/5 cho so lieu")
    assert "Ngày 20/4/2023 đã qua" in await town.says(HEAD, "gia han 3.7 den 20/4/2023 cho so lieu")


async def test_a_paper_about_the_deadline_grants_no_request_for_the_internal_date(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.execute(text("UPDATE assignments SET present_by = '2023-05-20' WHERE code = '3.7'"))
    await town.says(HEAD, "gia han 3.7 den 25/5 noi bo vi cho so lieu")
    heard = await town.says("SCT:th", "gia han 3.7 den 15/6 theo 95/TB-SCT ngay 27/4")
    rows = await town.rows("extensions", "what, outcome")
    assert ("present_by", "granted") not in {(row.what, row.outcome) for row in rows}, heard
    assert len(rows) == 1
