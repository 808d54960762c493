"""What became of an urging with an hour: told once, to whom it concerns, and only what is true as it leaves."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from core.workdays import WorkCalendar
from handlers.reminders import Answers, tick
from storage.database import Database
from storage.outbox import Composed, Later
from tests.handlers.leaving import as_it_leaves
from tests.handlers.two_agencies import Town

HEAD, LEADER, CHIEF = "SCT:tp-qltm", "SCT:gd", "SCT:cvp"
CALENDAR = WorkCalendar()


@pytest.fixture
async def town(database: Database) -> Town:
    """Return the town with QLTM urged at 09:00 for two of its directives, to answer by 17:00."""
    made = await Town.build(database)
    at(made, "09:00")
    await made.says(LEADER, "nhắc 3.5, 3.7 trước 17h")
    assert "Đã gửi" in await made.says(LEADER, "gui")
    return made


def at(town: Town, hour: str, day: str = "2023-04-28") -> None:
    town.clock.at = datetime.fromisoformat(f"{day}T{hour}:00+07:00")


async def ticks(town: Town, times: int = 1) -> list[str]:
    """Let the clock tick, all at once; return to whom words about the urging are queued or were said."""

    async def once() -> None:
        async with town.database.work(town.clock.now()) as work:
            await tick(work, CALENDAR)

    await asyncio.gather(*(once() for _ in range(times)))
    rows = await town.rows("people JOIN outbox ON people.id = outbox.person_id", "people.key", _OURS)
    return [row.key for row in rows]


_OURS = "outbox.key LIKE 'urge-answered:%' ORDER BY outbox.id"


async def leaving(town: Town) -> list[Composed | Later | str]:
    """Write what is queued as it would leave now."""
    return await as_it_leaves(town, Answers(town.catalogue, CALENDAR), _OURS)


def words(left: Composed | Later | str) -> str:
    assert isinstance(left, Composed)
    return left.content.plain()


async def test_the_answer_goes_once_to_whoever_urged_however_often_and_by_how_many_it_is_looked_for(town: Town) -> None:
    at(town, "09:20")
    await town.says(HEAD, "3.7 vuong cho so lieu")
    await town.says(HEAD, "xong 3.5 45 27/4")
    at(town, "09:29")
    assert await ticks(town) == []  # it can be taken back without anybody hearing of it
    at(town, "09:31")
    assert await ticks(town, 3) == ["gd"]
    (left,) = await leaving(town)
    assert isinstance(left, Composed)
    assert left.chat == LEADER
    assert "3.7 Sàn TMĐT: Đang vướng" in words(left)
    assert "cho so lieu" in words(left)
    await town.deliver()
    at(town, "17:01")
    assert await ticks(town, 2) == ["gd"]


async def test_silence_is_told_once_at_its_hour_to_the_office_chief_too(town: Town) -> None:
    at(town, "16:59")
    assert await ticks(town) == []
    at(town, "17:00")
    assert await ticks(town, 3) == ["gd", "cvp"]
    for left in await leaving(town):
        assert "Đến 17:00" in words(left)
        assert "QLTM chưa báo cáo mục 3.5, 3.7" in words(left)
    at(town, "17:05")
    assert await ticks(town) == ["gd", "cvp"]


async def test_an_answer_taken_back_before_it_left_is_no_silence_before_its_hour(town: Town) -> None:
    at(town, "11:19")
    await town.says(HEAD, "3.5 vuong cho so lieu")
    await town.says(HEAD, "3.7 vuong cho so lieu")
    at(town, "11:29")
    assert await ticks(town) == ["gd"]
    assert "Đã hoàn tác" in await town.says(HEAD, "hoan tac")  # in the last moment it may be
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE outbox SET status = 'queued' WHERE key LIKE 'urge-answered:%'")
    at(town, "11:31")
    (waits,) = await leaving(town)
    assert isinstance(waits, Later)
    at(town, "13:31")
    (waits,) = await leaving(town)
    assert isinstance(waits, Later)
    at(town, "17:00")
    await ticks(town)
    (left,) = await leaving(town)
    assert "Đến 17:00, QLTM chưa báo cáo mục 3.7" in words(left)
    assert "3.5 Đề án TMĐT: Đang vướng" in words(left)


async def test_who_left_hears_nothing_and_nobody_is_sent_to_phone_them(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE people SET ended_at = CURRENT_TIMESTAMP WHERE key = 'gd'")
    at(town, "17:00")
    assert await ticks(town) == ["gd", "cvp"]
    nobody, chief = await leaving(town)
    assert nobody == "unreachable"
    assert isinstance(chief, Composed)
    assert chief.chat == CHIEF
    assert await town.rows("outbox", "id", "key LIKE 'undelivered:%'") == []


async def test_who_blocked_us_is_told_to_the_office_and_hears_once_they_can(town: Town) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql(f"UPDATE accounts SET status = 'blocked' WHERE chat = '{LEADER}'")
    at(town, "17:00")
    assert await ticks(town) == ["gd", "cvp"]
    assert (await leaving(town))[0] == "unreachable"
    assert await town.rows("outbox", "id", "key LIKE 'undelivered:%'") != []
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql("UPDATE accounts SET status = 'active'")
    at(town, "17:02")
    assert (await leaving(town))[0] != "unreachable"
