"""Within a unit: a part handed on, somebody standing in, and who is told of it."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.handlers.two_agencies import Town

HEAD, SECOND, OFFICER, CHIEF = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:cv-qltm", "SCT:cvp"


@pytest.fixture
async def town(database: Database) -> Town:
    return await Town.build(database)


async def test_an_officer_acts_on_what_was_handed_to_them_and_on_nothing_else(town: Town) -> None:
    assert "chưa được phân quyền" in await town.says(OFFICER, "/done 3.7")
    assert "Đã giao 3.7 cho Chuyên viên QLTM" in await town.says(HEAD, "giao 3.7 cho chuyen vien")
    assert "3.7" in await town.says(OFFICER, "/tasks")
    assert "Đã ghi 3.7" in await town.says(OFFICER, "3.7 xong 60%")
    assert "chưa được phân quyền" in await town.says(OFFICER, "/done 3.5")
    assert "Đã ghi 3.7: 70 %" in await town.says(HEAD, "3.7 xong 70%")
    assert "trở lại do đồng chí" in await town.says(HEAD, "giao 3.7 cho toi")
    assert "chưa được phân quyền" in await town.says(OFFICER, "/done 3.7")


async def test_undo_takes_the_part_back_and_tells_nobody(town: Town) -> None:
    await town.says(HEAD, "giao 3.7 cho chuyen vien")
    await town.says(HEAD, "hoan tac")
    assert "chưa được phân quyền" in await town.says(OFFICER, "/done 3.7")


async def test_who_stands_in_acts_for_the_unit_until_the_last_day(town: Town) -> None:
    said = await town.says(CHIEF, "tp qltm nghi phep 28/4 den 05/5, chuyen vien lam thay")
    assert "đến hết 05/5 Chuyên viên QLTM nhận nhắc việc" in said
    assert "Đã ghi 3.7" in await town.says(OFFICER, "3.7 xong 60%")
    assert "chưa được phân quyền" in await town.says(OFFICER, "/delegate pp-qltm until 30/6")
    town.clock.at = town.clock.at.replace(month=5, day=6)
    assert "chưa được phân quyền" in await town.says(OFFICER, "3.7 xong 70%")


async def test_a_delegation_undone_is_over(town: Town) -> None:
    await town.says(HEAD, "chuyen vien lam thay den 05/5")
    assert "Đã ghi 3.7" in await town.says(OFFICER, "3.7 xong 60%")
    await town.says(HEAD, "hoan tac")
    assert "chưa được phân quyền" in await town.says(OFFICER, "3.7 xong 70%")


async def test_nobody_stands_in_who_is_away_too(town: Town) -> None:
    await town.says(CHIEF, "pho phong qltm nghi phep 28/4 den 05/5, chuyen vien lam thay")
    assert "cũng vắng" in await town.says(HEAD, "pho phong lam thay den 30/4")


async def test_who_was_handed_a_part_or_stands_in_asks_for_more_time(town: Town) -> None:
    await town.says(HEAD, "giao 3.7 cho chuyen vien")
    assert "Đã gửi đề nghị gia hạn 3.7" in await town.says(OFFICER, "gia han 3.7 den 15/6 vi cho so lieu")
    await town.says(HEAD, "chuyen vien lam thay den 05/5")
    assert "Đã gửi đề nghị gia hạn 3.5" in await town.says(OFFICER, "gia han 3.5 den 15/6 vi cho so lieu")
