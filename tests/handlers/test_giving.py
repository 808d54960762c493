"""A task given outside any notice: told to whom it concerns, withdrawn while nobody acted, numbered once."""

from __future__ import annotations

import asyncio

import pytest

from storage.database import Database
from tests.handlers.test_judging import last_told, told_since
from tests.handlers.two_agencies import Town

HEAD, SECOND, OTHER, CHIEF, LEADER, CLERK = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:tp-qlnl", "SCT:cvp", "SCT:gd", "SCT:th"
SAID = "việc mới QLTM, phối hợp QLNL: trình kế hoạch trước 15/5"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def given(town: Town) -> list[str]:
    return [row.code for row in await town.rows("tasks", "code", "code LIKE 'V%' ORDER BY id")]


async def test_nothing_is_given_before_it_is_said_and_only_its_units_hear(town: Town) -> None:
    before = await town.last("outbox")
    assert "(chưa giao)" in await town.says(LEADER, SAID)
    assert await given(town) == []
    assert await told_since(town, before, HEAD, OTHER, CHIEF) == []
    assert "Đã giao V1" in await town.says(LEADER, "giao")
    assert await state_of(town) == {"QLTM": "assigned", "QLNL": "assigned"}
    assert "chủ trì V1" in await last_told(town, HEAD)
    assert "đơn vị đồng chí phối hợp" in await last_told(town, OTHER)
    assert await told_since(town, before, CHIEF, "SCT:tp-qlcn") == []
    assert "Đã giao" not in await town.says(LEADER, "giao"), "said twice it is given once"
    (entry,) = await town.rows("audit_entries", "subject, undoable", "act = 'new'")
    assert entry.subject == "GV-2023/V1"


async def state_of(town: Town) -> dict[str, str]:
    rows = await town.rows(
        "assignments", "(SELECT code FROM units WHERE units.id = unit_id) AS unit, state", "code = 'V1'"
    )
    return {row.unit: row.state for row in rows}


async def test_withdrawn_while_nobody_acted(town: Town) -> None:
    await town.says(LEADER, SAID)
    await town.says(LEADER, "giao")
    assert "Đã rút V1" in await town.says(LEADER, "hoan tac")
    assert set((await state_of(town)).values()) == {"dropped"}
    assert "đã rút V1" in await last_told(town, HEAD)
    assert "V1" not in await town.says(HEAD, "/tasks")
    await town.says(LEADER, SAID)
    assert "Đã giao V2" in await town.says(LEADER, "giao"), "a number is never given again"
    await town.says(HEAD, "v2 đang soạn")
    assert "Đã rút" not in await town.says(LEADER, "hoan tac")


async def test_two_who_give_at_once_get_two_numbers(town: Town) -> None:
    for who, said in ((LEADER, SAID), (CHIEF, "việc mới QLCN: rà soát trước 20/5")):
        await town.says(who, said)
    await asyncio.gather(*(town.dispatcher.receive(town.event(who, "giao")) for who in (LEADER, CHIEF)))
    assert await given(town) == ["V1", "V2"]
    assert len(await town.rows("notices", "id", "kind = 'given'")) == 1


async def test_a_code_begun_with_v_is_each_agencys_own(town: Town) -> None:
    await town.says("SNN:gd", SAID)
    assert "Đã giao V1" in await town.says("SNN:gd", "giao")
    await town.says(LEADER, SAID)
    assert "Đã giao V1" in await town.says(LEADER, "giao")
    assert len(await given(town)) == 2


async def test_a_paper_followed_already_holds_what_is_given_under_it(town: Town) -> None:
    notices = len(await town.rows("notices", "id"))
    await town.says(LEADER, "việc mới theo CV 123/UBND-KT ngày 20/4: QLTM: rà soát trước 15/5")
    await town.says(LEADER, "giao")
    await town.says(CHIEF, "việc mới theo CV 123/UBND-KT ngày 20/4: QLCN: rà soát trước 15/5")
    await town.says(CHIEF, "giao")
    assert len(await town.rows("notices", "id")) == notices + 1
    (kept,) = await town.rows("notices", "number, year, issued_on", "kind = 'given'")
    assert (kept.number, kept.year, str(kept.issued_on)) == ("123/UBND-KT", 2023, "2023-04-20")
    assert "CV 123" in await town.says(LEADER, "tổng hợp 123")
    assert "718" in await town.says(LEADER, "xem 9.9"), "a code nobody has is looked for in notices"


async def test_a_card_left_lying_is_not_given_later(town: Town) -> None:
    await town.says(LEADER, SAID)
    town.clock.at = town.clock.at.replace(day=29)
    town.clock.at = town.clock.at.replace(month=5)
    assert "Không còn việc nào chờ giao" in await town.says(LEADER, "/new send")
    assert await given(town) == []


async def test_whoever_may_not_give_changes_nothing(town: Town) -> None:
    for who in (HEAD, SECOND, CLERK):
        assert "chưa được phân quyền" in await town.says(who, SAID)
    assert await given(town) == []


DEPUTY = "SCT:pgd"


async def test_a_deputy_gives_to_the_units_they_oversee_and_decides_about_that(town: Town) -> None:
    shown = await town.says(DEPUTY, "việc mới QLCN: rà soát chợ trước 15/5")
    assert "QLCN không thuộc lĩnh vực đồng chí phụ trách (QLTM). Chưa ghi gì." in shown
    assert "không thuộc lĩnh vực" in await town.says(DEPUTY, "việc mới các phòng: rà soát chợ trước 15/5")
    await town.says(DEPUTY, "việc mới QLTM, phối hợp QLCN: rà soát chợ trước 15/5")
    assert "V1" in await town.says(DEPUTY, "giao")
    assert "Hạn 20/5/2023" in await town.says(DEPUTY, "sửa v1 hạn 20/5")
    assert "không thuộc lĩnh vực" in await town.says(DEPUTY, "phân công v1 QLCN")
    assert "Đã giao V1 cho QLTM chủ trì, VP phối hợp" in await town.says(DEPUTY, "phân công v1 QLTM, phối hợp VP")
    assert "thôi theo dõi" in (await town.says(DEPUTY, "thôi theo dõi v1 vì đã xong")).casefold()
    assert await town.rows("assignments", "id", "code = 'V1' AND state <> 'dropped'") == []


@pytest.mark.parametrize("words", ["sửa {} hạn 30/6", "phân công {} QLTM", "thôi theo dõi {} vì trùng"])
async def test_what_somebody_else_gave_a_deputy_leaves_alone(town: Town, words: str) -> None:
    await town.says(LEADER, "việc mới QLTM: rà soát chợ trước 15/5")
    await town.says(LEADER, "giao")
    before = await town.rows("assignments", "id, version, role, due_on", "1 = 1 ORDER BY id")
    for code in ("v1", "718/3.7"):
        assert "chưa được phân quyền" in await town.says(DEPUTY, words.format(code))
    assert await town.rows("assignments", "id, version, role, due_on", "1 = 1 ORDER BY id") == before


async def test_whom_a_deputy_oversees_is_looked_at_again_when_it_is_given(town: Town) -> None:
    await town.says(DEPUTY, "việc mới QLTM: rà soát chợ trước 15/5")
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql("DELETE FROM oversights")
    assert "không thuộc lĩnh vực đồng chí phụ trách" in await town.says(DEPUTY, "giao")
    assert await town.rows("assignments", "id", "code = 'V1'") == []


async def test_a_deputy_urges_the_units_they_oversee(town: Town) -> None:
    assert "Gửi" in (await town.messages(DEPUTY, "nhắc 3.7"))[-1].plain()
    assert "QLNL không thuộc lĩnh vực đồng chí phụ trách (QLTM)" in await town.says(DEPUTY, "nhắc 3.6")
    assert "QLNL" not in await town.says(DEPUTY, "nhắc tất cả quá hạn"), "only QLNL is late"
