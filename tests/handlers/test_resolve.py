"""Which part of which directive "3.5" is: the speaker's own, the newest notice's, one unit's, never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.drafts import DraftNotice, DraftTask
from handlers.following import follow_up
from storage.database import Database
from tests.handlers.two_agencies import OWN, Town

HEAD, CHIEF, LEADER = f"{OWN}:tp-qltm", f"{OWN}:cvp", f"{OWN}:gd"


@pytest.fixture
async def town(sqlite_database: Database) -> Town:
    return await Town.build(sqlite_database)


async def follow(town: Town, number: str, *tasks: DraftTask, on: date = date(2023, 4, 20)) -> None:
    async with town.database.work(town.clock.now()) as work:
        draft = DraftNotice(number, on, "Sở Công Thương", "Kết luận", tasks=tasks)
        await follow_up(work, town.catalogue, town.agencies[OWN], draft, by=None, entry_id=None)


ANOTHER = DraftTask("3.7", "Mở hội chợ.", "Hội chợ", lead=("QLTM",), due=date(2023, 6, 30))


async def test_two_open_notices_with_the_same_code_are_asked_about(town: Town) -> None:
    await follow(town, "901/TB-SCT", ANOTHER)
    (asked,) = await town.messages(HEAD, "/done 3.7")
    assert asked.lines == ("Có hai mục 3.7. Đồng chí nói mục nào?",)
    assert [button.command for button in asked.buttons] == ["/done 901-2023/3.7", "/done 718-2023/3.7"]
    assert "Đã ghi 3.7" in await town.says(HEAD, "2")
    states = await town.rows("assignments", "state, title", "code = '3.7' AND agency_id = 1 ORDER BY notice_id")
    assert [tuple(row) for row in states] == [("done", "Sàn TMĐT"), ("assigned", "Hội chợ")]


async def test_a_newer_one_closed_lately_is_asked_about_and_an_older_one_is_not(town: Town) -> None:
    await follow(town, "901/TB-SCT", ANOTHER)
    await town.says(HEAD, "/done 901/3.7")
    assert "Có hai mục 3.7" in await town.says(HEAD, "/done 3.7")
    town.clock.at += timedelta(days=31)
    assert "Đã ghi 3.7" in await town.says(HEAD, "/done 3.7")


async def test_a_closed_older_one_does_not_stand_in_the_way(town: Town) -> None:
    await town.says(HEAD, "/done 3.7")
    await follow(town, "901/TB-SCT", ANOTHER)
    assert "Đã ghi 3.7" in await town.says(HEAD, "/done 3.7")


async def test_the_year_tells_equal_numbers_apart(town: Town) -> None:
    await follow(town, "718/TB-SCT", ANOTHER, on=date(2022, 4, 4))
    assert "Có hai mục 3.7" in await town.says(HEAD, "/done 718/3.7")
    assert "Đã ghi 3.7" in await town.says(HEAD, "/done 718-2022/3.7")
    assert (await town.rows("assignments", "title", "state = 'done'"))[0].title == "Hội chợ"
    assert "Không có mục 718-2021/3.7" in await town.says(HEAD, "/done 718-2021/3.7")


@pytest.mark.parametrize("who", [CHIEF, LEADER])
async def test_whoever_acts_for_several_units_says_for_which(town: Town, who: str) -> None:
    (asked,) = await town.messages(who, "/done 3.3")
    assert asked.lines == ("Mục này có nhiều đơn vị chủ trì. Ghi cho đơn vị nào?",)
    assert [button.command for button in asked.buttons] == ["/done 718-2023/3.3 QLCN", "/done 718-2023/3.3 QLNL"]
    assert "Đã ghi 3.3" in await town.says(who, "2")
    assert (await town.state("3.3", "QLNL"))[0] == "done"
    assert (await town.state("3.3", "QLCN"))[0] == "assigned"
    assert "Ghi thay QLCN" in await town.says(who, "xong 3.3 QLCN")
    assert "Đã ghi 3.3" in await town.says(who, "1")
    assert (await town.state("3.3", "QLCN"))[0] == "done"


async def test_a_heads_own_cooperating_part_is_not_the_leads(town: Town) -> None:
    await town.says(HEAD, "xong 3.3")
    assert (await town.state("3.3", "QLTM"))[0] == "done"
    assert (await town.state("3.3", "QLCN"))[0] == "assigned"


async def test_a_unit_that_has_no_part_is_not_taken_for_ones_own(town: Town) -> None:
    before = await town.everything()
    assert "Không có mục 3.7 QLCN" in await town.says(HEAD, "/done 3.7 QLCN")
    assert "3.3 giao QLCN, không phải QLTM" in await town.says(HEAD, "/done 3.3 QLCN")
    assert await town.everything() == before


async def test_a_part_named_twice_is_one_part(town: Town) -> None:
    assert "Đã ghi tiến độ 3.7" in await town.says(HEAD, "/progress 3.7 718/3.7 đang làm")
    assert await town.state("3.7") == ("in_progress", 2)
    assert "Đã ghi 3.7" in await town.says(HEAD, "xong 3.7 và 3.7")
    assert await town.state("3.7") == ("done", 3)


async def test_a_directive_given_away_is_the_new_leads(town: Town) -> None:
    assert "Đã giao 3.6 cho QLTM" in await town.says(CHIEF, "/assign 3.6 QLTM")
    assert "3.6 giao QLTM, không phải QLCN" in await town.says(f"{OWN}:tp-qlcn", "/done 3.6")
    assert "3.6 giao QLTM, không phải QLNL" in await town.says(f"{OWN}:tp-qlnl", "/done 3.6")
    assert "Đã ghi 3.6" in await town.says(HEAD, "/done 3.6")


async def test_assigning_asks_the_newest_notice_unless_one_is_named(town: Town) -> None:
    await follow(town, "901/TB-SCT", replace(ANOTHER, code="3.6"))
    assert "Đã giao 3.6 cho QLCN" in await town.says(CHIEF, "/assign 718/3.6 QLCN")
    (row,) = await town.rows("assignments", "title", "code = '3.6' AND agency_id = 1 AND state = 'dropped'")
    assert row.title == "Vướng mắc thủy điện"
    assert "Đã giao 3.6 cho QLCN" in await town.says(CHIEF, "/assign 3.6 QLCN")
    rows = await town.rows("assignments", "title", "code = '3.6' AND agency_id = 1 AND state = 'dropped'")
    assert {row.title for row in rows} == {"Vướng mắc thủy điện", "Hội chợ"}
    for wrong in ("/assign 719/3.6 QLCN", "/assign 718-2021/3.6 QLCN"):
        assert "Không có mục" in await town.says(CHIEF, wrong)
