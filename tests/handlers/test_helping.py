"""Help says what this person can do now, in examples of their own, a screen at a time."""

from __future__ import annotations

import pytest

from handlers.pages import PAGE
from storage.database import Database
from tests.handlers.two_agencies import ROLES, Town


@pytest.fixture
async def town(sqlite_database: Database) -> Town:
    return await Town.build(sqlite_database)


async def whole(town: Town, who: str) -> str:
    """Return all pages of somebody's help, each no longer than a screen or two."""
    told = []
    for number in range(1, 6):
        page = await town.says(who, f"tro giup trang {number}")
        assert len(page.split("\n")) <= PAGE + 3
        assert len(page) < 1100
        if page in told:
            break
        told.append(page)
    return "\n".join(told)


@pytest.mark.parametrize("role", ROLES)
async def test_help_fits_a_phone_for_every_role(town: Town, role: str) -> None:
    told = await whole(town, f"SCT:{ROLES[role]}")
    assert "Trợ lý làm được gì" in told
    assert "hoan tac" in told


async def test_examples_are_of_ones_own_directives(town: Town) -> None:
    head, other = await whole(town, "SCT:tp-qltm"), await whole(town, "SCT:tp-qlnl")
    assert "báo xong: xong 3.5 hoặc xong 3.5 45 27/4" in head
    assert "báo xong: xong 3.3 hoặc xong 3.3 45 27/4" in other
    assert "vướng: vuong 3.3 lý do, 10/7" in other
    assert "3.5" not in other


async def test_who_has_no_part_is_told_nothing_of_reporting(town: Town) -> None:
    for key in ("th", "gd", "cv-qltm"):
        told = await whole(town, f"SCT:{key}")
        assert "báo xong" not in told
        assert "đã trình, chờ ký:" not in told
    assert "ghi nhận thay đơn vị" in await whole(town, "SCT:th")
    await town.says("SCT:tp-qltm", "giao 3.7 cho chuyen vien")
    assert "báo xong: xong 3.7" in await whole(town, "SCT:cv-qltm")


async def test_cooperation_is_spoken_of_where_there_is_some(town: Town) -> None:
    assert "khong co noi dung" in await whole(town, "SCT:tp-qltm")
    assert "khong co noi dung" not in await whole(town, "SCT:tp-qlnl")
