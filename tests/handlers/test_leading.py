"""What leaders do to what is followed: who hears of it, who does not, and what comes of crossing acts."""

from __future__ import annotations

import pytest

from storage.database import Database
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
