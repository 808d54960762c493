"""What leaders do to what is followed: who hears of it, who does not, and what comes of crossing acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.workdays import WorkCalendar
from handlers.urged import Urged
from storage.database import Database
from storage.outbox import Claimed, Composed, Later, Urgency
from storage.schema import outbox
from storage.work import Work
from tests.handlers.test_judging import last_told, told_since
from tests.handlers.two_agencies import Town

HEAD, SECOND, OTHER, CHIEF, LEADER, CLERK = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:tp-qlnl", "SCT:cvp", "SCT:gd", "SCT:th"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def state(town: Town, code: str) -> str:
    return str((await town.state(code))[0])


async def test_units_concerned_hear_why_a_directive_is_dropped_and_undo_takes_the_word_back(town: Town) -> None:
    before = await town.last("outbox")
    await town.dispatcher.receive(town.event(LEADER, "thôi theo dõi 3.7 vì trùng 3.5"))
    assert "Đã thôi theo dõi 3.7" in await last_told(town, LEADER)
    assert await state(town, "3.7") == "dropped"
    assert 'Lý do: "trùng 3.5"' in await last_told(town, HEAD)
    assert await told_since(town, before, OTHER) == []
    (entry,) = await town.rows("audit_entries", "detail", "act = 'drop'")
    assert "trùng 3.5" in str(entry.detail)
    await town.says(LEADER, "hoan tac")
    assert await state(town, "3.7") == "assigned"
    (told,) = await town.rows("outbox", "status", f"chat = '{HEAD}' AND entry_id IS NOT NULL")
    assert told.status == "void"


async def test_a_code_in_a_notice_being_prepared_keeps_that_meaning(town: Town) -> None:
    await town.says(CLERK, "thôi theo dõi 3.7 vì trùng")
    assert await state(town, "3.7") == "assigned"
    assert "chưa được phân quyền" in await town.says(CLERK, "thôi theo dõi 718/3.7 vì trùng")
    await town.says(CHIEF, "thôi theo dõi 718/3.7 vì trùng")
    assert await state(town, "3.7") == "dropped"


async def leaving(town: Town, at: str) -> list[Composed | Later | str]:
    """Write everything that was urged as it would leave at this hour."""
    urged, moment = Urged(town.catalogue, WorkCalendar()), datetime.fromisoformat(f"{at}+07:00")
    rows = await town.rows("outbox", "id, person_id", "key LIKE 'urge:%' ORDER BY id")
    async with town.database.read(moment) as work:
        return [
            await urged(
                work, Claimed(row.id, "plain", None, row.person_id, None, Urgency.NOTICE, None, await intent(work, row.id), 1, 0, 0)
            )
            for row in rows
        ]  # fmt: skip


async def intent(work: Work, row_id: int) -> dict[str, Any]:
    """Return what a queued row is to be written from."""
    found: dict[str, Any] = (
        await work.connection.execute(select(outbox.c.intent).where(outbox.c.id == row_id))
    ).scalar_one()
    return found


async def test_a_unit_is_urged_once_for_one_word_however_often_it_comes(town: Town) -> None:
    assert "QLTM không có mục nào quá hạn" in await town.says(LEADER, "nhắc QLTM")
    shown = await town.says(LEADER, "nhắc 3.7 trước 17h")
    assert "báo cáo mục 3.7 trước 17:00 ngày 28/4" in shown
    send = town.event(LEADER, "/remind send", kind="button")
    for event in (send, send, replace(send, event_id="again")):
        await town.dispatcher.receive(event)
    assert "Không còn nội dung nào chờ gửi" in await last_told(town, LEADER)
    assert len(await town.rows("outbox", "id", "key LIKE 'urge:%'")) == 1
    await town.says(CLERK, "nhac 3.7")
    assert "3.7 QLTM lần 2" in await town.says(CLERK, "gui")
    await town.says(LEADER, "nhac 3.6")
    assert "3.6 QLNL lần 1" in await town.says(LEADER, "gui")


async def test_what_urges_leaves_in_working_hours_and_only_while_there_is_something_to_urge(town: Town) -> None:
    town.clock.at = datetime.fromisoformat("2023-05-04T21:00:00+07:00")
    await town.says(LEADER, "nhac 3.7")
    assert "Sẽ gửi lúc 07:00 ngày 05/5" in await town.says(LEADER, "gui")
    (waits,) = await leaving(town, "2023-05-04T21:01")
    assert isinstance(waits, Later)
    (leaves,) = await leaving(town, "2023-05-05T07:01")
    assert isinstance(leaves, Composed)
    assert leaves.chat == HEAD
    assert "báo cáo mục 3.7" in leaves.content.plain()
    await town.says(HEAD, "xong 3.7")
    assert await leaving(town, "2023-05-05T07:02") == ["void"]


async def test_of_several_late_units_each_head_gets_its_own_codes_only(town: Town) -> None:
    town.clock.at = datetime.fromisoformat("2023-06-05T09:00:00+07:00")
    shown = await town.says(LEADER, "nhắc tất cả quá hạn")
    assert "báo cáo mục 3.5, 3.7" in shown
    assert "báo cáo mục 3.6" in shown
    await town.says(LEADER, "gui")
    texts = {
        one.chat: one.content.plain() for one in await leaving(town, "2023-06-05T09:01") if isinstance(one, Composed)
    }
    assert "3.5, 3.7" in texts[HEAD]
    assert "3.6" not in texts[HEAD]
    assert "3.7" not in texts[OTHER]
    assert not any(chat.startswith("SNN") for chat in texts)


async def test_of_two_units_the_one_named_is_dropped(town: Town) -> None:
    assert "Đã thôi theo dõi 3.3 Quy hoạch tỉnh (QLNL)" in await town.says(
        LEADER, "thôi theo dõi 718/3.3 QLNL vì trùng"
    )
    assert [(await town.state("3.3", unit))[0] for unit in ("QLCN", "QLNL", "QLTM")] == [
        "assigned",
        "dropped",
        "assigned",
    ]


async def test_a_remark_from_above_that_only_sounds_like_a_report_records_nothing(town: Town) -> None:
    asked = await town.says(LEADER, "cho y kien ve 3.6")
    assert "Chưa ghi gì" in asked
    assert (await town.state("3.6", "QLNL"))[0] == "assigned"
    assert "Chưa ghi gì" in await town.says(CHIEF, "3.6 cho so lieu 2 huyen")
    assert (await town.state("3.6", "QLNL"))[0] == "assigned"
    await town.says(OTHER, "3.6 cho so lieu 2 huyen")
    assert (await town.state("3.6", "QLNL"))[0] == "blocked"


@pytest.mark.parametrize("words", ["3.8 lam xong di", "3.8 hoan thanh som nhe", "3.8 xong roi", "xong 3.8"])
async def test_done_in_words_from_above_closes_nothing_before_it_is_meant(town: Town, words: str) -> None:
    asked = await town.says(LEADER, words)
    assert "Chưa ghi gì" in asked
    assert "1 Ghi thay VP: " in asked
    assert (await town.state("3.8", "VP"))[0] == "assigned"
    assert "Đã ghi 3.8 hoàn thành ngày 28/4/2023" in await town.says(LEADER, "1")
    assert (await town.state("3.8", "VP"))[0] == "done"


async def test_of_several_in_words_from_above_none_is_closed(town: Town) -> None:
    assert "Chưa ghi gì" in await town.says(CHIEF, "3.7 3.8 lam xong di")
    assert ((await town.state("3.7"))[0], (await town.state("3.8", "VP"))[0]) == ("assigned", "assigned")


async def test_what_is_chosen_for_the_unit_is_recorded_without_its_code(town: Town) -> None:
    await town.says(LEADER, "3.6 cho so lieu 2 huyen")
    assert 'vướng "cho so lieu 2 huyen"' in await town.says(LEADER, "1")
    assert (await town.state("3.6", "QLNL"))[0] == "blocked"


@pytest.mark.parametrize("words", ["de nghi qlnl bao cao 3.6 truoc thu 6", "yeu cau qlnl bao cao 3.6"])
async def test_what_a_leader_asks_of_a_units_own_directive_urges_it(town: Town, words: str) -> None:
    assert "đề nghị QLNL báo cáo mục 3.6" in await town.says(LEADER, words)


@pytest.mark.parametrize("words", ["dong y", "khong dong y"])
async def test_agreeing_to_nothing_says_that_nothing_waits(town: Town, words: str) -> None:
    assert "Không có gì đang chờ ý kiến của đồng chí" in await town.says(LEADER, words)


async def test_a_leaders_bare_waiting_to_sign_asks_what_waits(town: Town) -> None:
    assert "chờ ký" in await town.says(LEADER, "cho ky")
    await town.says(HEAD, "3.5 trinh gd roi")
    assert "3.5" in await town.says(LEADER, "cho ky")


async def test_a_unit_hears_what_was_recorded_for_it_unless_it_is_taken_back(town: Town) -> None:
    before = await town.last("outbox")
    await town.says(LEADER, "/blocked 3.6 QLNL cho so lieu 2 huyen")
    (told,) = await told_since(town, before, OTHER)
    assert "ghi thay đơn vị đồng chí: 3.6" in str(told)
    await town.says(LEADER, "hoan tac")
    before = await town.last("outbox")
    await town.says(OTHER, "/blocked 3.6 cho so lieu 2 huyen")
    assert not [one for one in await told_since(town, before, OTHER) if "ghi thay" in str(one)]
