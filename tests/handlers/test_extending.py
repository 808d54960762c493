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


async def undate(town: Town, code: str) -> None:
    """Let a directive be one that its notice gave no date."""
    where = f"code = '{code}' AND agency_id = {town.agencies['SCT']}"
    async with town.database.work(town.clock.now()) as work:
        await work.connection.execute(
            text(
                "UPDATE assignment_versions SET due_on = NULL WHERE assignment_id IN"
                f" (SELECT id FROM assignments WHERE {where})"
            )
        )
        await work.connection.execute(
            text(f"UPDATE assignments SET due_on = NULL, original_due_on = NULL WHERE {where}")
        )


async def due(town: Town, code: str) -> tuple[str, str]:
    where = f"code = '{code}' AND agency_id = {town.agencies['SCT']}"
    (row,) = await town.rows("assignments", "due_on, original_due_on", where)
    return str(row.due_on), str(row.original_due_on)


async def test_a_first_date_moves_none_and_is_the_original_one(town: Town) -> None:
    await undate(town, "3.7")
    before = await town.last("outbox")
    assert "gia hạn 3.7: chưa có hạn → 15/6/2023" in await town.says(HEAD, "gia han 3.7 den 15/6 cho so lieu")
    assert "đến 15/6/2023 (chưa có hạn)" in "".join(await told_since(town, before, DEPUTY))
    assert "Mục này vẫn chưa có hạn." in await town.says(LEADER, "khong dong y 3.7")
    await town.says(HEAD, "gia han 3.7 den 15/6 cho so lieu")
    assert "hạn của 3.7 là 15/6/2023 (trước đó chưa có hạn)" in await town.says(LEADER, "dong y 3.7")
    assert await due(town, "3.7") == ("2023-06-15", "2023-06-15")
    assert "Gia hạn" not in await town.says(HEAD, "xem 3.7")
    assert "gia hạn 3.7, lần 1: 15/6 * → 30/6/2023" in await town.says(HEAD, "gia han 3.7 den 30/6 cho so lieu")
    assert "(lần 1, hạn gốc 15/6/2023)" in await town.says(LEADER, "dong y 3.7")
    seen = await town.says(CHIEF, "xem 718/3.7")
    assert "Gia hạn 1 lần, hạn gốc 15/6/2023" in seen
    assert "gia hạn lần 1" in seen
    assert "lần 2" not in seen


async def test_a_first_date_taken_back_was_never_the_original(town: Town) -> None:
    await undate(town, "3.7")
    for _ in range(2):
        await town.says(LEADER, "sửa 3.7 hạn 15/6")
        assert await due(town, "3.7") == ("2023-06-15", "2023-06-15")
        await town.says(LEADER, "hoan tac")
        assert await due(town, "3.7") == ("None", "None")
    await town.says(LEADER, "sửa 3.7 hạn 15/6")
    await town.says(LEADER, "sửa 3.7 hạn 30/6")
    await town.says(LEADER, "hoan tac")
    assert await due(town, "3.7") == ("2023-06-15", "2023-06-15")


async def test_by_paper_a_first_date(town: Town) -> None:
    await undate(town, "3.7")
    said = await town.says("SCT:th", "gia han 3.7 den 15/6 theo 95/TB-SCT ngay 27/4")
    assert "Đã ghi hạn của 3.7 (QLTM): 15/6/2023" in said
    assert await due(town, "3.7") == ("2023-06-15", "2023-06-15")


async def test_the_unit_withdraws_as_the_deputy_gives_an_opinion(town: Town) -> None:
    await town.says(HEAD, "gia han 3.7 den 15/6 cho so lieu")
    before = await town.last("outbox")
    events = [town.event(HEAD, "hoan tac"), town.event(DEPUTY, "/agree 718-2023/3.7 QLTM")]
    await asyncio.gather(*map(town.dispatcher.receive, events))
    (row,) = await town.rows("extensions", "supported, outcome")
    withdrawn = any("Đã hoàn tác" in one for one in await told_since(town, before, HEAD))
    assert (row.outcome == "withdrawn") == withdrawn
    assert (row.supported is None) == withdrawn
    assert any("Phụ trách" in one or "phụ trách" in one for one in await told_since(town, before, LEADER)) != withdrawn


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


async def test_what_the_province_gave_has_only_its_internal_date_moved(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.execute(text("UPDATE tasks SET by_superior = TRUE WHERE code = '3.7'"))
    shown = (await town.messages(HEAD, "gia han 3.7 den 15/6 vi cho so lieu"))[-1]
    assert "Lãnh đạo Sở chỉ lùi được hạn trình nội bộ" in shown.plain()
    assert await town.rows("extensions") == []
    asked = await town.says(HEAD, shown.buttons[0].command, kind="button")
    assert "Đã gửi đề nghị lùi hạn trình nội bộ 3.7" in asked
    assert "lùi hạn trình nội bộ 3.7" in await town.says(LEADER, "dong y 3.7")
    where = f"code = '3.7' AND agency_id = {town.agencies['SCT']}"
    (row,) = await town.rows("assignments", "due_on, present_by", where)
    assert (str(row.due_on), str(row.present_by)) == ("2023-05-31", "2023-06-15")
    assert "do cấp trên giao" in await town.says(LEADER, "sửa 3.7 hạn 15/6")
    assert await due(town, "3.7") == ("2023-05-31", "2023-05-31")
    assert "Đã sửa 3.7" in await town.says(LEADER, "sửa 3.7 hạn 15/6 theo CV 123/UBND-KT ngày 27/4")
    assert await due(town, "3.7") == ("2023-06-15", "2023-05-31")


async def test_of_several_requests_the_one_whose_code_is_named_is_decided(town: Town) -> None:
    await town.says(HEAD, "gia han 3.5 15/7 cho so lieu")
    await town.says(HEAD, "gia han 3.7 15/7 cho so lieu")
    assert "không đồng ý gia hạn 3.7" in await town.says(LEADER, "khong dong y 3.7")
    assert "3.5" in await town.says(LEADER, "dong y gia han 3.5")
