"""What `/task` tells of how a directive came to stand as it does: who, when, what, and to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import Database
from tests.handlers.two_agencies import Town

HEAD, OTHER, THIRD, CHIEF, LEADER, DEPUTY = "SCT:tp-qltm", "SCT:tp-qlnl", "SCT:tp-qlcn", "SCT:cvp", "SCT:gd", "SCT:pgd"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def each(town: Town, *said: tuple[str, str]) -> None:
    """Let these be said, seven minutes after one another."""
    for who, words in said:
        town.clock.at += timedelta(minutes=7)
        await town.says(who, words)


async def test_every_act_stands_in_words_with_who_and_when_the_newest_last(town: Town) -> None:
    await each(
        town, (HEAD, "ok"), (HEAD, "gia han 3.7 den 15/6 cho nha thau"), (DEPUTY, "dong y"), (LEADER, "dong y"),
        (LEADER, "don doc 3.7"), (LEADER, "gửi"), (HEAD, "xong 3.7"),
    )  # fmt: skip
    told = await town.says(HEAD, "xem 3.7")
    assert told.partition("Quá trình:\n")[2].split("\n")[:7] == [
        "08:00 28/4: giao việc, hạn 31/5 (QLTM)",
        "08:07 28/4 Trưởng phòng QLTM: tiếp nhận",
        '08:14 28/4 Trưởng phòng QLTM: xin gia hạn đến 15/6/2023: "cho nha thau"',
        "08:21 28/4 Phó Giám đốc Sở: thống nhất với đề nghị gia hạn đến 15/6/2023",
        "08:28 28/4 Giám đốc Sở: gia hạn lần 1 31/5 → 15/6 *",
        "08:42 28/4 Giám đốc Sở: đôn đốc lần 1",
        "08:49 28/4 Trưởng phòng QLTM: báo xong",
    ]


async def test_what_is_returned_dropped_and_written_down_for_a_unit_says_its_reason(town: Town) -> None:
    await each(
        town, (CHIEF, "ghi nhan 3.5 QLTM 45 27/4"), (CHIEF, "1"), (LEADER, "tra lai 3.5 thieu phu luc, truoc 5/5"), (HEAD, "vuong 3.5 cho so lieu"),
        (LEADER, "thoi theo doi 3.5 vi trung 3.7"),
    )  # fmt: skip
    told = await town.says(LEADER, "xem 3.5")
    assert "Chánh Văn phòng: ghi nhận thay, báo xong, văn bản 45/TTr-SCT ngày 27/4/2023 (QLTM)" in told
    assert 'Giám đốc Sở: trả lại: "thieu phu luc, truoc 5/5", bổ sung trước 17:00 04/5' in told
    assert 'Trưởng phòng QLTM: báo vướng: "cho so lieu"' in told
    assert told.rstrip().endswith('08:35 28/4 Giám đốc Sở: thôi theo dõi: "trung 3.7"')


async def test_an_act_taken_back_stays_in_the_history_marked(town: Town) -> None:
    await each(town, (HEAD, "xong 3.7"), (HEAD, "hoan tac"))
    told = await town.says(HEAD, "xem 3.7")
    assert "Trưởng phòng QLTM: báo xong, đã hoàn tác" in told
    assert told.count("hoàn tác") == 1


async def test_a_long_history_is_paged_from_its_end(town: Town) -> None:
    await each(town, *((HEAD, f"3.7 duoc {percent}% dang lam") for percent in range(10, 100, 10)))
    newest, earlier = await town.says(HEAD, "xem 3.7"), await town.says(HEAD, "xem 3.7 trang 2")
    assert "Quá trình (trang 1/2):" in newest
    assert "Trước đó: xem 3.7 trang 2" in newest
    assert "90 %" in newest
    assert "10 %" not in newest
    assert "giao việc" in earlier
    assert "10 %" in earlier
    assert "90 %" not in earlier
    (shown,) = await town.messages(HEAD, "xem 3.7")
    assert shown.buttons[-1].command == "/task 718-2023/3.7 trang 2"
    assert await town.says(HEAD, shown.buttons[-1].command, kind="button") == earlier


async def test_others_progress_is_for_leadership_and_the_unit_itself(town: Town) -> None:
    await each(town, (OTHER, "3.3 duoc 40% kho khan rieng"), (THIRD, "3.3 duoc 70% sap xong"))
    own, others, all_of_it = [await town.says(who, "xem 3.3") for who in (OTHER, THIRD, LEADER)]
    assert "kho khan rieng" in own
    assert "kho khan rieng" not in others
    assert "Trưởng phòng QLCN" not in own
    assert "Trưởng phòng QLNL: báo tiến độ 40 %" in all_of_it
    assert "Trưởng phòng QLCN: báo tiến độ 70 %" in all_of_it
    assert "Quá trình" not in await town.says(OTHER, "xem 3.7")


async def test_one_act_upon_several_units_is_one_line(town: Town) -> None:
    assert "08:00 28/4: giao việc, hạn 30/6 (QLCN, QLNL, QLTM)" in await town.says(LEADER, "xem 3.3")


async def test_proposals_and_what_was_thought_of_them_stand_in_it_withdrawn_ones_too(town: Town) -> None:
    await each(
        town, (HEAD, "kien nghi 3.7 120/SCT 27/4 khong thuoc tham quyen"), (DEPUTY, "khong dong y"), (DEPUTY, "hoan tac"),
        (DEPUTY, "dong y"), (LEADER, "y kien 3.7 giu nguyen viec nay"),
    )  # fmt: skip
    told = await town.says(HEAD, "xem 3.7")
    assert told.partition("Quá trình:\n")[2].split("\n")[1:5] == [
        '08:07 28/4 Trưởng phòng QLTM: kiến nghị: "120/SCT 27/4 khong thuoc tham quyen"',
        "08:14 28/4 Phó Giám đốc Sở: không đồng ý với kiến nghị, đã hoàn tác",
        "08:28 28/4 Phó Giám đốc Sở: đồng ý với kiến nghị",
        '08:35 28/4 Giám đốc Sở: có ý kiến về kiến nghị: "giu nguyen viec nay"',
    ]


async def test_what_a_lead_asked_of_others_stands_in_its_history_and_not_in_that_of_another_lead(town: Town) -> None:
    await each(
        town, (THIRD, "3.3 de nghi QLTM gui phuong an truoc 5/5"), (HEAD, "de nghi them thoi gian 3.3"),
        (THIRD, "3.3 gia han QLTM den 8/5"), (HEAD, "3.3 khong co nd"),
    )  # fmt: skip
    lead, helper, other = [await town.says(who, "xem 3.3") for who in (THIRD, HEAD, OTHER)]
    assert "Trưởng phòng QLCN: đề nghị QLTM gửi ý kiến phối hợp, hạn 04/5/2023" in lead
    assert "Trưởng phòng QLTM: báo không có nội dung phối hợp" in helper
    assert "phối hợp, hạn" not in helper
    assert "Trưởng phòng QLCN" not in other
