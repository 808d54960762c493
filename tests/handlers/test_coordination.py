"""A lead asks its cooperating units: who hears, who may answer, what crosses, and that nobody is late by it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from core.messages import IncomingFile
from core.workdays import WorkCalendar
from handlers.reminders import Asked, tick
from storage.database import Database
from storage.outbox import Composed, Later
from tests.handlers.leaving import as_it_leaves
from tests.handlers.test_judging import last_told, told_since
from tests.handlers.two_agencies import FOREIGN, Town

LEAD, ALSO, HEAD, SECOND, LEADER = "SCT:tp-qlcn", "SCT:tp-qlnl", "SCT:tp-qltm", "SCT:pp-qltm", "SCT:gd"
ASK = "3.3 đề nghị các phòng gửi số liệu trước 10/5"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


def at(town: Town, moment: str) -> None:
    town.clock.at = datetime.fromisoformat(f"{moment}+07:00")


async def answers(town: Town) -> list[tuple[str, str]]:
    return [(row.state, str(row.due)) for row in await town.rows("inquiry_answers", "state, due", "id > 0 ORDER BY id")]


async def leaving(town: Town) -> list[Composed | Later | str]:
    """Write everything that is queued about questions as it would leave now."""
    return await as_it_leaves(town, Asked(town.catalogue, WorkCalendar()), "key LIKE 'inquiry%' ORDER BY id")


def words(left: Composed | Later | str) -> str:
    assert isinstance(left, Composed)
    return left.content.plain()


async def test_a_unit_hears_in_office_hours_and_not_what_it_has_answered(town: Town) -> None:
    assert "Đã gửi QLTM (mục 3.3). Hạn trả lời: trước 10/5 (hết ngày 09/5)." in await town.says(LEAD, ASK)
    (told,) = await leaving(town)
    assert 'QLCN chủ trì mục 3.3 Quy hoạch tỉnh đề nghị QLTM: "gửi số liệu".' in words(told)
    assert isinstance(told, Composed)
    assert told.chat == HEAD
    assert [button.command for button in told.content.buttons] == [
        f"/{name} 718-2023/3.3 QLTM" for name in ("contribute", "nothing", "extend")
    ]
    at(town, "2023-04-28T21:00")
    assert isinstance((await leaving(town))[0], Later)
    at(town, "2023-04-28T09:00")
    await town.says(HEAD, "/nothing 718-2023/3.3 QLTM")
    assert await leaving(town) == ["void"]


@pytest.mark.parametrize(
    ("asked", "decided", "back"),
    [("/extend 3.3 QLTM 15/5", "/request 3.3 QLTM 15/5/2023", "more_time"),
     ("/extend 3.3 QLTM 15/5", "/request 3.3 QLTM giữ hạn", "more_time"), (None, "/request 3.3 QLTM 15/5/2023", "asked")],
)  # fmt: skip
async def test_what_the_lead_decided_of_the_day_is_taken_back(
    town: Town, asked: str | None, decided: str, back: str
) -> None:
    await town.says(LEAD, ASK)
    if asked:
        await town.says(HEAD, asked)
    (before,) = await answers(town)
    assert before == (back, "2023-05-10")
    mark = await town.last("outbox")
    assert "hạn trả lời" in await town.says(LEAD, decided)
    assert "Đã hoàn tác" in await town.says(LEAD, "hoan tac")
    assert await answers(town) == [before]
    assert "Tin trước không còn hiệu lực" in (await told_since(town, mark, HEAD))[-1]
    await town.says(LEAD, decided)
    await town.says(HEAD, "khong co nd")
    assert "đã có người ghi tiếp" in await town.says(LEAD, "hoan tac")


async def test_a_lead_takes_the_question_back_as_it_is_answered(town: Town) -> None:
    await town.says(LEAD, ASK)
    before = await town.last("outbox")
    events = [town.event(LEAD, "hoan tac"), town.event(HEAD, "/nothing 718-2023/3.3 QLTM")]
    await asyncio.gather(*map(town.dispatcher.receive, events))
    (answer,) = await answers(town)
    heard = " ".join(await told_since(town, before, HEAD))
    assert (answer[0] == "nothing") == ("Đã báo QLCN" in heard)
    assert (answer[0] == "withdrawn") == any("Đã hoàn tác" in one for one in await told_since(town, before, LEAD))


async def test_of_two_answers_at_once_one_is_kept_and_the_other_is_told(town: Town) -> None:
    await town.says(LEAD, ASK)
    before = await town.last("outbox")
    events = [town.event(HEAD, "khong co nd"), town.event(SECOND, "gui y kien 3.3 đủ số liệu")]
    await asyncio.gather(*map(town.dispatcher.receive, events))
    heard = await told_since(town, before, HEAD, SECOND)
    assert sum("Đã báo QLCN" in one or "Đã gửi QLCN" in one for one in heard) == 1
    assert sum("Chưa ghi gì thêm" in one for one in heard) == 1
    (answer,) = await answers(town)
    assert answer[0] in {"nothing", "given"}


async def test_only_the_lead_asks_and_only_who_is_asked_answers(town: Town) -> None:
    assert "3.3 giao QLCN, QLNL, không phải QLTM" in await town.says(HEAD, ASK)
    assert "không phải" in await town.says("SCT:cv-qltm", "/request 3.3 gửi")
    assert "nhiều đơn vị chủ trì" in await town.says(LEADER, ASK)  # a leader urges
    await town.says(LEAD, ASK)
    assert "không phải" in await town.says(LEADER, "3.3 không có nội dung")
    assert "không có đề nghị phối hợp nào chờ" in await town.says(ALSO, "3.3 không có nội dung")
    assert "Không có đề nghị phối hợp nào" in await town.says(f"{FOREIGN}:tp-qltm", "khong co nd")
    assert await answers(town) == [("asked", "2023-05-10")]


async def test_more_time_is_asked_and_given_once(town: Town) -> None:
    await town.says(LEAD, ASK)
    assert "đề nghị thêm thời gian" in await town.says(HEAD, "/extend 718-2023/3.3 QLTM")
    told = await last_told(town, LEAD)
    assert "QLTM đề nghị thêm thời gian cho ý kiến mục 3.3" in told
    assert "Đồng ý thì hạn là hết ngày 12/5." in told
    assert "QLTM đã đề nghị thêm thời gian" in await town.says(SECOND, "3.3 xin thêm thời gian")
    assert "hết ngày 12/5" in await town.says(LEAD, "/request 718-2023/3.3 QLTM 12/5/2023")
    assert "hạn cho ý kiến mục 3.3 là hết ngày 12/5" in await last_told(town, HEAD)
    assert await answers(town) == [("asked", "2023-05-12")]
    await town.says(LEAD, "/request 718-2023/3.3 QLTM giữ hạn")
    assert await answers(town) == [("asked", "2023-05-12")]
    assert "đã có người ghi tiếp" in await town.says(HEAD, "hoan tac")


async def test_the_lead_decides_in_words_and_who_comes_second_is_told(town: Town) -> None:
    assert "chưa được phân quyền" in await town.says(LEAD, "đồng ý")
    await town.says(LEAD, ASK)
    assert "chưa được phân quyền" in await town.says(LEAD, "không đồng ý 3.3")
    await town.says(HEAD, "3.3 xin thêm thời gian đến 15/5")
    assert "chưa được phân quyền" in await town.says(ALSO, "đồng ý 3.6")
    assert "hạn trả lời mục 3.3 là hết ngày 15/5" in await town.says(LEAD, "đồng ý")
    assert await answers(town) == [("asked", "2023-05-15")]
    before = await town.last("outbox")
    assert "đã được trả lời, hạn là hết ngày 15/5" in await town.says(LEAD, "/request 718-2023/3.3 QLTM 15/5/2023")
    assert "đã được trả lời, hạn là hết ngày 15/5" in await town.says(LEAD, "/request 718-2023/3.3 QLTM giữ hạn")
    assert await told_since(town, before, HEAD) == []


async def test_a_unit_that_reports_its_part_done_has_answered(town: Town) -> None:
    await town.says(LEAD, ASK)
    await town.says(HEAD, "xong 3.3")
    assert await answers(town) == [("given", "2023-05-10")]
    assert "QLTM đã gửi ý kiến phối hợp mục 3.3." in await last_told(town, LEAD)
    assert "Đã hoàn tác" in await town.says(HEAD, "hoan tac")
    assert await answers(town) == [("asked", "2023-05-10")]


async def test_nobody_answers_for_a_unit_that_is_not_theirs(town: Town) -> None:
    await town.says(LEAD, ASK)
    for said in ("/report 3.3 QLTM số liệu", "/extend 3.3 QLTM 20/5 chờ số liệu", "xong 3.3 QLTM"):
        await town.says(LEADER, said)
    assert await answers(town) == [("asked", "2023-05-10")]


async def test_what_is_asked_is_taken_back_only_while_nobody_answered(town: Town) -> None:
    await town.says(LEAD, ASK)
    assert "Đã hoàn tác" in await town.says(LEAD, "hoan tac")
    assert await answers(town) == [("withdrawn", "2023-05-10")]
    assert "QLCN rút đề nghị phối hợp mục 3.3" in await last_told(town, HEAD)
    assert "Không có đề nghị" in await town.says(HEAD, "khong co nd")
    await town.says(LEAD, ASK)
    await town.says(HEAD, "khong co nd")
    assert "đã có người ghi tiếp" in await town.says(LEAD, "hoan tac")
    assert "Đã hoàn tác" in await town.says(HEAD, "hoan tac")
    assert [state for state, _ in await answers(town)] == ["withdrawn", "asked"]
    await town.dispatcher.receive(town.event(HEAD, "khong co nd"))
    assert "Đã hoàn tác" in await town.says(HEAD, "hoan tac")
    (told,) = await town.rows("outbox", "status", f"chat = '{LEAD}' ORDER BY id DESC LIMIT 1")
    assert told.status == "void"


async def test_on_the_day_the_lead_is_told_once_and_again_on_a_day_set_later(town: Town) -> None:
    await town.says(LEAD, ASK)
    at(town, "2023-05-10T07:29")
    await planned(town)
    assert await town.rows("outbox", "id", "key LIKE 'inquiry:%'") == []
    at(town, "2023-05-10T07:31")
    assert await planned(town) == ["tp-qlcn"]
    assert await planned(town) == []
    *_, told = await leaving(town)
    assert words(told).startswith("3.3: QLTM chưa trả lời.")
    assert isinstance(told, Composed)
    assert [(one.label, one.command) for one in told.content.buttons] == [("Nhắc QLTM", "/request 718-2023/3.3 nhắc")]
    assert "Đã nhắc QLTM" in await town.says(LEAD, "/request 718-2023/3.3 nhắc")
    assert "Hôm nay đã nhắc QLTM rồi" in await town.says(LEAD, "nhắc QLTM 3.3")
    await town.says(LEAD, "/request 3.3 QLTM 12/5")
    at(town, "2023-05-12T08:00")
    assert await planned(town) == ["tp-qlcn"]


async def planned(town: Town) -> list[str]:
    async with town.database.work(town.clock.now()) as work:
        return [one.person for one in await tick(work, WorkCalendar()) if one.kind == "inquiry"]


async def test_what_is_handed_in_by_the_page_or_as_a_report_answers_and_the_lead_reads_it(town: Town) -> None:
    await town.says(LEAD, ASK)
    file = IncomingFile("f1", "so-lieu.docx", 10, "application/msword", kept=True)
    sent = replace(town.event(HEAD, "/report 718-2023/3.3 QLTM"), kind="file", files=(file,))
    await town.dispatcher.receive(sent)
    assert await answers(town) == [("given", "2023-05-10")]
    assert "QLTM đã gửi ý kiến phối hợp mục 3.3. Kèm 1 tệp, xem thì gõ: tep 3.3" in await last_told(town, LEAD)
    assert "3.3" in await town.says(LEAD, "tep 3.3")
    assert "Mục 3.3: QLTM đã gửi ý kiến" in await town.says(SECOND, "gui y kien 3.3")


async def test_silence_makes_nobody_late(town: Town) -> None:
    at(town, "2023-05-10T08:00")
    before = await town.says(LEADER, "tong hop"), await town.says(LEADER, "qua han")
    at(town, "2023-04-28T08:00")
    await town.says(LEAD, "3.3 đề nghị QLTM gửi số liệu trước 29/4")
    at(town, "2023-05-10T08:00")
    assert (await town.says(LEADER, "tong hop"), await town.says(LEADER, "qua han")) == before
    assert "QLTM chưa gửi ý kiến phối hợp." in await town.says(LEADER, "xem 3.3")
    assert "QLTM chưa gửi ý kiến phối hợp." in await town.says(HEAD, "xem 3.3")


async def test_words_on_a_restricted_directive_stay_inside(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE tasks SET restricted = true WHERE code = '3.3'")
    await town.says(LEAD, "3.3 đề nghị QLTM gửi kế hoạch Bạch Đằng trước 10/5")
    (told,) = await leaving(town)
    assert "Bạch Đằng" not in words(told)
    assert "nội dung trao đổi trực tiếp" in words(told)
    assert "Bạch Đằng" not in await town.says(HEAD, "phoi hop")
    await town.says(HEAD, "gui y kien 3.3 kho Chi Lăng")
    assert "Chi Lăng" not in await last_told(town, LEAD)
