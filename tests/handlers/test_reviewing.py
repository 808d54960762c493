"""Before the monthly meeting: the table as it stands, the silent asked again once a day, and a day that is set."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import text

from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.reminders import ReviewAgain, tick
from handlers.reminders.contents import contents_of
from storage.database import Database
from storage.outbox import Claimed, Composed, Later, Urgency
from tests.handlers.test_leading import intent
from tests.handlers.two_agencies import Town

CHIEF, CLERK, HEAD, OTHER, LEADER = "SCT:cvp", "SCT:th", "SCT:tp-qltm", "SCT:tp-qlnl", "SCT:gd"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def at(town: Town, moment: str) -> None:
    """Let the clock tick at this moment, and what it plans arrive."""
    town.clock.at = datetime.fromisoformat(f"2023-{moment}+07:00")
    async with town.database.work(town.clock.at) as work:
        await tick(work, WorkCalendar(), told=False)
    await town.deliver()


async def asked_again(town: Town) -> list[Composed | Later | str]:
    """Write the messages that ask again as they would leave now."""
    compose = ReviewAgain(Catalogue(), WorkCalendar())
    rows = await town.rows("outbox", "id, person_id", "\"key\" LIKE 'review-again:%' ORDER BY id")
    async with town.database.read(town.clock.at) as work:
        return [
            await compose(
                work, Claimed(row.id, "plain", None, row.person_id, None, Urgency.NOTICE, None, await intent(work, row.id), 1, 0, 0)
            )
            for row in rows
        ]  # fmt: skip


def titles(told: list[Composed | Later | str]) -> dict[str, str]:
    """Return what those read who are asked again, by their chat."""
    return {one.chat: one.content.plain() for one in told if isinstance(one, Composed)}


async def test_before_anybody_is_asked_the_table_says_when_they_are(town: Town) -> None:
    said = await town.says(CHIEF, "họp giao ban")
    assert said.startswith(
        "Giao ban thứ Hai 29/5\nTrợ lý hỏi các đơn vị sáng thứ Tư 24/5, trả lời trước 16:00 thứ Sáu 26/5."
    )
    # undated and standing ones have their line, those who only cooperate have none
    assert "QLTM:\n3.1 Chấp hành kỷ luật: Đã giao" in said
    assert "3.8 Vị trí việc làm (31/5): Đã giao" in said
    assert "chưa trả lời" not in said
    assert "giao ban 30/5" in said
    assert "giao ban 30/5" not in await town.says(CLERK, "giao ban")
    assert "Chưa hỏi gì: sáng thứ Tư 24/5" in await town.says(CHIEF, "/review again")
    for who in (LEADER, "SCT:pgd"):
        assert "Giao ban" in await town.says(who, "giao ban")
        assert "chưa được phân quyền" in await town.says(who, "giao ban 30/5")
    for who in (HEAD, "SCT:qt"):
        assert "chưa được phân quyền" in await town.says(who, "giao ban")
    (first, *_) = await town.messages(CHIEF, "giao ban")
    assert first.buttons == ()


async def test_who_has_answered_and_who_has_not(town: Town) -> None:
    await at(town, "05-24T07:31")
    assert "Đã trả lời 0/4 đơn vị" in await town.says(CHIEF, "giao ban")
    await town.says(HEAD, "3.7 cho so, 3.5 xong 45 27/4")
    await town.says(OTHER, "3.6 trinh gd")
    said = await town.says(CHIEF, "giao ban")
    assert "Đã hỏi các đơn vị từ thứ Tư 24/5" in said
    assert "Đã trả lời 2/4 đơn vị. Chưa trả lời: QLCN, VP." in said
    assert "3.7 Sàn TMĐT (31/5): Đã báo, chờ số văn bản" in said
    assert "3.6 Vướng mắc thủy điện (20/4): Đã trình, chờ ký" in said
    assert "Xong từ khi hỏi: 3.5 (QLTM)" in said
    assert "QLCN (chưa trả lời):" in said
    await town.says(OTHER, "hoan tac")
    assert "Chưa trả lời: QLNL, QLCN, VP." in await town.says(CHIEF, "giao ban")


async def test_one_tap_asks_the_silent_again_once_a_day_and_counts_it(town: Town) -> None:
    await at(town, "05-24T07:31")
    # asked this morning already
    assert "Hôm nay đã hỏi QLTM, QLNL, QLCN" in await town.says(CHIEF, "giao ban hoi lai")
    assert await asked_again(town) == []
    await town.says(HEAD, "3.7 dung tien do")
    await at(town, "05-25T09:00")
    (shown,) = await town.messages(CHIEF, "giao ban")
    assert [button.command for button in shown.buttons] == ["/review again"]
    assert "Đã hỏi lại: QLNL lần 1, QLCN lần 1." in await town.says(CHIEF, "/review again")
    assert "Hôm nay đã hỏi QLNL, QLCN, VP" not in await town.says(CLERK, "/review again")
    told = titles(await asked_again(town))
    assert set(told) == {OTHER, "SCT:tp-qlcn", CHIEF}  # the clerk's tap asks the chief for the office's own
    assert told[OTHER].startswith("Chuẩn bị giao ban 29/5\nĐề nghị cho tình hình trước 16:00 thứ Sáu 26/5")
    assert "3.6 Vướng mắc thủy điện" in told[OTHER]
    await at(town, "05-26T09:00")
    assert "QLNL lần 2" in await town.says(CHIEF, "/review again")
    assert len(await town.rows("audit_entries", "id", "act = 'review'")) == 5
    town.clock.at = datetime.fromisoformat("2023-05-26T16:01:00+07:00")
    assert "hết giờ trả lời" in await town.says(CHIEF, "/review again")
    assert set(map(str, await asked_again(town))) == {"void"}


async def test_a_unit_with_two_heads_is_counted_once_and_one_nobody_reaches_not_at_all(town: Town) -> None:
    async with town.database.work(town.clock.at) as work:
        await work.connection.execute(text("UPDATE memberships SET role = 'head' WHERE role = 'deputy_head'"))
        await work.connection.execute(text(f"UPDATE accounts SET status = 'blocked' WHERE external_id = '{OTHER}'"))
    await at(town, "05-24T07:31")
    await at(town, "05-25T09:00")
    said = await town.says(CHIEF, "/review again")
    assert "Đã hỏi lại: QLTM lần 1, QLCN lần 1. Chưa có người nhận tin, đề nghị gọi điện: QLNL." in said
    subjects = [row.subject for row in await town.rows("audit_entries", "subject", "act = 'review'")]
    assert sorted(subjects) == ["2023-05-29 QLCN", "2023-05-29 QLTM"]
    again = "Chưa hỏi lại đơn vị nào. Hôm nay đã hỏi QLTM, QLCN, mỗi ngày hỏi một lần. Chưa có người nhận tin"
    assert again in await town.says(CHIEF, "/review again")


async def test_what_was_dropped_meanwhile_is_not_done(town: Town) -> None:
    await at(town, "05-24T07:31")
    await town.says(HEAD, "3.7 dung tien do")
    await town.says(LEADER, "thôi theo dõi 3.7 vì trùng 3.5")
    said = await town.says(CHIEF, "giao ban")
    assert "Đã trả lời 1/4 đơn vị" in said
    assert "3.7" not in said


async def test_who_answers_before_it_leaves_is_not_asked_again(town: Town) -> None:
    await at(town, "05-24T07:31")
    await at(town, "05-25T12:00")
    assert "Sẽ hỏi lại lúc 13:30 ngày 25/5" in await town.says(CHIEF, "/review again")
    assert all(isinstance(one, Later) for one in await asked_again(town))
    await town.says(OTHER, "3.6 vuong cho so lieu")
    town.clock.at = datetime.fromisoformat("2023-05-25T13:31:00+07:00")
    assert OTHER not in titles(await asked_again(town))
    assert HEAD in titles(await asked_again(town))


async def test_pressed_by_two_at_once_a_head_is_asked_once(town: Town) -> None:
    await at(town, "05-24T07:31")
    await at(town, "05-25T09:00")
    pressed = [town.event(who, "/review again", kind="button") for who in (CHIEF, CLERK)]
    await asyncio.gather(*map(town.dispatcher.receive, [*pressed, pressed[0]]))
    rows = await town.rows("outbox", "person_id", "\"key\" LIKE 'review-again:%'")
    assert len(rows) == len({row.person_id for row in rows}) == 4
    counted = await town.rows("audit_entries", "subject", "act = 'review'")
    assert sorted(row.subject for row in counted) == [f"2023-05-29 {unit}" for unit in ("QLCN", "QLNL", "QLTM", "VP")]


async def test_the_chief_holds_the_meeting_on_another_day(town: Town) -> None:
    assert "chưa được phân quyền" in await town.says(CLERK, "giao ban 30/5")
    assert "Giao ban dời từ thứ Hai 29/5 sang thứ Ba 30/5.\nTrợ lý hỏi các đơn vị sáng thứ Năm 25/5" in (
        await town.says(CHIEF, "giao ban 30/5")
    )
    await at(town, "05-24T07:31")
    assert "Trợ lý hỏi các đơn vị sáng thứ Năm 25/5" in await town.says(CHIEF, "giao ban")
    await at(town, "05-25T07:31")
    assert "Đã hỏi các đơn vị từ thứ Năm 25/5, trả lời trước 16:00 thứ Hai 29/5" in await town.says(CHIEF, "giao ban")
    assert "27/5 là ngày nghỉ" in await town.says(CHIEF, "giao ban 27/5")
    assert "24/5/2023 " in await town.says(CHIEF, "giao ban 24/5/2023")
    # moved so near that the day of asking is over: what was asked still counts
    assert "Đã hỏi các đơn vị từ thứ Năm 25/5, trả lời trước 16:00 thứ Năm 25/5" in await town.says(
        CHIEF, "giao ban 26/5"
    )


async def test_a_meeting_set_too_late_for_its_day_of_asking_is_asked_for_by_a_tap(town: Town) -> None:
    town.clock.at = datetime.fromisoformat("2023-05-16T09:00:00+07:00")
    (said,) = await town.messages(CHIEF, "giao ban 18/5")
    assert "Chưa hỏi các đơn vị (lệ hỏi thứ Hai 15/5). Trả lời trước 16:00 thứ Tư 17/5." in said.plain()
    assert [button.command for button in said.buttons] == ["/review again"]
    await town.says(CHIEF, "/review again")
    assert set(titles(await asked_again(town))) == {HEAD, OTHER, "SCT:tp-qlcn"}


async def test_every_months_meeting_is_set_in_words(town: Town) -> None:
    said = await town.says(CHIEF, "giao ban ngày 25 hằng tháng")
    assert said.startswith("Giao ban hằng tháng: ngày 25; gặp ngày nghỉ thì ngày làm việc tiếp theo.")
    assert "Giao ban thứ Năm 25/5" in await town.says(CHIEF, "giao ban")
    assert "thứ Sáu cuối tháng" in await town.says(CHIEF, "giao ban thu sau cuoi thang")
    assert "Giao ban thứ Sáu 28/4" in await town.says(CHIEF, "giao ban")
    assert "thứ Hai cuối tháng" in await town.says(CHIEF, "giao ban nhu thuong le")
    assert "Giao ban thứ Hai 29/5" in await town.says(CHIEF, "giao ban")
    async with town.database.read(town.clock.now()) as work:
        assert {agency.code: agency.review.weekday for agency in await work.people.agencies()}["SNN"] == 0


@pytest.mark.parametrize(
    "words",
    ["giao ban thứ sáu cuối tháng này", "giao ban thu sau cuoi thang 5", "/review last friday of this month", "giao ban thang nay",
     "giao ban ngày 25 tháng này"],
)  # fmt: skip
async def test_words_about_one_month_set_no_rule_and_no_day(town: Town, words: str) -> None:
    town.clock.at = datetime.fromisoformat("2023-05-08T08:00:00+07:00")
    assert (await town.says(CHIEF, words)).startswith("Giao ban thứ Hai 29/5")
    assert await town.rows("audit_entries", "id", "act = 'review-day'") == []


async def test_the_rule_that_was_is_written_down(town: Town) -> None:
    await town.says(CHIEF, "giao ban ngày 25 hằng tháng")
    await town.says(CHIEF, "giao ban thu sau cuoi thang")
    async with town.database.read(town.clock.now()) as work:
        entry = await work.audit.last(town.agencies["SCT"], "review-day", "monthly", town.clock.now())
    assert entry is not None
    assert entry.detail["was"] == {"weekday": None, "day": 25}


async def test_the_table_of_the_morning_holds_what_was_presented_too(town: Town) -> None:
    await at(town, "05-24T07:31")
    await town.says(OTHER, "3.6 trinh gd")
    town.clock.at = datetime.fromisoformat("2023-05-29T07:31:00+07:00")
    async with town.database.work(town.clock.at) as work:
        await tick(work, WorkCalendar(), told=False)
        chief = (await work.people.named("SCT/cvp"))[0]
        contents = await contents_of(work, WorkCalendar(), chief.id, None)
    assert contents is not None
    assert ("3.6", "QLNL") in {(part.code, part.unit_code) for part in contents.table}
