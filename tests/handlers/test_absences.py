"""The word as an absence begins and as it is over: once, to whom it still concerns, with what is true as it leaves."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from core.workdays import WorkCalendar
from handlers.reminders import IS_BACK, STANDS_IN, Absences, tick
from storage.database import Database
from storage.outbox import Composed, Later
from tests.handlers.leaving import as_it_leaves
from tests.handlers.two_agencies import Town

HEAD, DEPUTY, CHIEF, LEADER = "SCT:tp-qltm", "SCT:pp-qltm", "SCT:cvp", "SCT:gd"
CALENDAR = WorkCalendar()
_OURS = "(outbox.key LIKE 'stands-in:%' OR outbox.key LIKE 'is-back:%') ORDER BY outbox.id"


@pytest.fixture
async def town(database: Database) -> Town:
    """Return the town with QLTM's head away from the 22nd to the 26th of May, as written down the week before."""
    made = await Town.build(database)
    at(made, "2023-05-19", "09:00")
    assert "Từ 22/5" in await made.says(CHIEF, "tp qltm nghi phep 22/5 den 26/5, pho phong lam thay")
    return made


def at(town: Town, day: str, hour: str = "07:31") -> None:
    town.clock.at = datetime.fromisoformat(f"{day}T{hour}:00+07:00")


async def ticks(town: Town, times: int = 1) -> list[tuple[str, str]]:
    """Let the clock tick, all at once; return which words are queued or were said, and to whom."""

    async def once() -> None:
        async with town.database.work(town.clock.now()) as work:
            await tick(work, CALENDAR)

    await asyncio.gather(*(once() for _ in range(times)))
    rows = await town.rows("people JOIN outbox ON people.id = outbox.person_id", "people.key AS who, outbox.key", _OURS)
    return [(row.who, row.key.partition(":")[0]) for row in rows]


async def leaving(town: Town) -> list[Composed | Later | str]:
    """Write what is queued as it would leave now."""
    return await as_it_leaves(town, Absences(town.catalogue, CALENDAR), _OURS)


async def sql(town: Town, statement: str) -> None:
    async with town.database.work(town.clock.now()) as work:
        await work.connection.exec_driver_sql(statement)


async def test_each_word_is_said_once_however_often_and_by_how_many_it_is_looked_for(town: Town) -> None:
    at(town, "2023-05-22", "07:29")
    assert await ticks(town) == []
    at(town, "2023-05-22")
    assert await ticks(town, 3) == [("pp-qltm", STANDS_IN)]
    (left,) = await leaving(town)
    assert isinstance(left, Composed)
    assert left.chat == DEPUTY
    await town.deliver()
    at(town, "2023-05-23")
    assert await ticks(town, 2) == [("pp-qltm", STANDS_IN)]
    at(town, "2023-05-29")
    assert await ticks(town, 3) == [("pp-qltm", STANDS_IN), ("tp-qltm", IS_BACK)]


async def test_days_on_which_nobody_ticked_lose_no_word_and_bring_none_that_is_over(town: Town) -> None:
    at(town, "2023-05-24")
    assert await ticks(town) == [("pp-qltm", STANDS_IN)]
    at(town, "2023-05-29", "07:00")
    assert await leaving(town) == ["void"]  # it did not leave in time
    at(town, "2023-06-05")
    assert await ticks(town) == [("pp-qltm", STANDS_IN), ("tp-qltm", IS_BACK)]


async def test_an_absence_taken_back_meanwhile_is_not_told(town: Town) -> None:
    at(town, "2023-05-22", "09:00")
    await town.says(CHIEF, "tp qlnl nghi phep 22/5 den 26/5, pho phong lam thay")
    at(town, "2023-05-22", "09:05")
    assert ("tp-qlnl", STANDS_IN) not in await ticks(town)
    await sql(town, "UPDATE delegations SET ended_at = CURRENT_TIMESTAMP")
    assert await leaving(town) == ["void"]
    at(town, "2023-05-29")
    assert await ticks(town) == [("pp-qltm", STANDS_IN)]


async def test_who_left_the_unit_is_not_welcomed_back(town: Town) -> None:
    at(town, "2023-05-29")
    await ticks(town)
    await sql(
        town,
        "UPDATE memberships SET valid_until = '2023-05-26' WHERE person_id IN (SELECT id FROM people WHERE key = 'tp-qltm')",
    )
    assert await leaving(town) == ["void"]


async def test_who_blocked_us_is_told_to_the_office_and_hears_once_they_can(town: Town) -> None:
    await sql(town, f"UPDATE accounts SET status = 'blocked' WHERE chat = '{DEPUTY}'")
    at(town, "2023-05-22")
    assert await ticks(town) == [("pp-qltm", STANDS_IN)]
    assert await leaving(town) == ["unreachable"]
    assert await town.rows("outbox", "id", "key LIKE 'undelivered:%'") != []
    await sql(town, "UPDATE accounts SET status = 'active'")
    at(town, "2023-05-22", "09:00")
    assert await ticks(town) == [("pp-qltm", STANDS_IN)]
    (left,) = await leaving(town)
    assert isinstance(left, Composed)
    (row,) = await town.rows("outbox", "status, channel", _OURS)
    assert (row.status, row.channel) == ("queued", "plain")


async def test_a_deputy_who_left_hears_nothing_and_nobody_is_sent_to_phone_them(town: Town) -> None:
    await sql(town, "UPDATE people SET ended_at = CURRENT_TIMESTAMP WHERE key = 'pp-qltm'")
    at(town, "2023-05-22")
    await ticks(town)
    assert [one for one in await leaving(town) if isinstance(one, Composed)] == []
    assert await town.rows("outbox", "id", "key LIKE 'undelivered:%'") == []


async def test_it_waits_for_hours_in_which_one_may_be_told(town: Town) -> None:
    at(town, "2023-05-22")
    await ticks(town)
    at(town, "2023-05-22", "12:00")
    assert [type(one) for one in await leaving(town)] == [Later]


async def test_an_absence_that_was_prolonged_is_over_once_with_all_that_was_done_in_it(town: Town) -> None:
    at(town, "2023-05-24", "09:00")
    assert "Đã ghi 3.7" in await town.says(DEPUTY, "3.7 dang cho so")
    await town.says(CHIEF, "tp qltm nghi phep 27/5 den 31/5, pho phong lam thay")
    at(town, "2023-05-29")
    await ticks(town)
    await town.deliver()
    at(town, "2023-06-01")
    assert [who for who in await ticks(town, 2) if who[1] == IS_BACK] == [("tp-qltm", IS_BACK)]
    left = [one for one in await leaving(town) if isinstance(one, Composed) and one.chat == HEAD]
    assert ["22/5" in one.content.lines[0] and "31/5" in one.content.lines[0] for one in left] == [True]


@pytest.mark.parametrize("day", ["2023-05-19", "2023-05-23"])
async def test_what_the_unit_is_given_meanwhile_is_told_to_who_stands_in(town: Town, day: str) -> None:
    at(town, day, "09:00")
    for said in ("việc mới QLTM: báo cáo giá, hạn 30/6", "giao"):
        await town.says(LEADER, said)
    heard = await town.rows(
        "people JOIN outbox ON people.id = outbox.person_id", "DISTINCT people.key AS who",
        f"outbox.class = 1 AND CAST(outbox.content AS TEXT) LIKE '%V1%' AND people.agency_id = {town.agencies['SCT']}",
    )  # fmt: skip
    assert [one.who for one in heard] == ["tp-qltm" if day < "2023-05-22" else "pp-qltm"]
