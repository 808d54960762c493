"""Morning messages that went astray, by a messenger out of reach, a kill or a clock that was wrong, are heard once all the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from storage.database import Database
from storage.schema import assignments, outbox, tasks
from tests.handlers.test_reminders import HALF_PAST_SEVEN, at, leave, linked, rows, statuses, ticked
from tests.office import MORNING, open_office

MERGED = "Tin này gộp cả phần nhắc các ngày 27/6 chưa gửi được."
SOON = "Sắp đến hạn:"


async def told_two_ways(database: Database) -> int:
    """Let a morning's message be planned for a head with two accounts, the first preferred; return who that is."""
    await open_office(database)
    people = await linked(database, "tp-qltm")
    async with database.work(MORNING) as work:
        await work.accounts.add_linked("zalo_bot", "z", "z", people["tp-qltm"])
        await work.accounts.prefer(people["tp-qltm"], "plain")
    await ticked(database, HALF_PAST_SEVEN)
    return people["tp-qltm"]


async def test_what_waited_unwritten_for_a_messenger_out_of_reach_leaves_by_the_next_at_once(
    database: Database,
) -> None:
    await told_two_ways(database)
    async with database.work(at(4, 28, 8)) as work:
        assert (await work.chain.hand_on("plain", "out of reach")).moved == 1
    assert len(await leave(database, at(4, 28, 8), "zalo_bot")) == 1
    assert [(row.channel, row.status) for row in await rows(database)] == [("zalo_bot", "sending")]


async def now_are(database: Database, status: str, was: str = "sending", **what: Any) -> None:
    """Let what has this status have another."""
    async with database.work(MORNING) as work:
        await work.connection.execute(update(outbox).where(outbox.c.status == was).values(status=status, **what))


async def heard(database: Database, moment: datetime) -> list[str]:
    """Tick and return the first lines of what leaves."""
    await ticked(database, moment)
    return [message.lines[0] for message in await leave(database, moment)]


@pytest.mark.parametrize("sender_first", [True, False])
async def test_what_was_leaving_as_it_was_killed_is_heard_with_the_next_morning(
    database: Database, sender_first: bool
) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 27))
    assert len(await leave(database, at(6, 27))) == 1
    if sender_first:
        await now_are(database, "queued", uncertain=1)
    await ticked(database, at(6, 28))
    if not sender_first:
        await now_are(database, "queued", uncertain=1)
    assert [message.lines[0] for message in await leave(database, at(6, 28, 9))] == [MERGED]
    await now_are(database, "sent")
    assert await heard(database, at(6, 29)) == [SOON]
    assert await statuses(database) == ["superseded", "sent", "sending"]


async def test_a_long_message_that_left_in_part_is_told_whole_the_next_morning(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 27))
    assert len(await leave(database, at(6, 27))) == 1
    await now_are(database, "queued", parts_sent=1)
    assert await heard(database, at(6, 28)) == [MERGED]
    assert await statuses(database) == ["superseded", "sending"]


async def test_what_a_clock_ahead_had_planned_waits_for_its_day(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    await ticked(database, at(6, 26))
    await ticked(database, at(6, 27))
    assert await heard(database, at(6, 26, 9)) == []
    await now_are(database, "queued", "queued", not_before=MORNING)  # its minute is over
    assert await heard(database, at(6, 27, 9)) == [SOON]
    await now_are(database, "sent")
    assert await heard(database, at(6, 28)) == []


async def test_what_went_all_its_ways_waits_for_a_new_one_and_not_for_the_next_tick(database: Database) -> None:
    head = await told_two_ways(database)
    async with database.work(at(4, 28, 8)) as work:
        assert (await work.chain.hand_on("plain", "nobody sends for it")).moved == 1
        (_, zalo) = await work.accounts.reach(head)
        await work.accounts.set_status(zalo.account_id, "blocked")
    assert await leave(database, at(4, 28, 8), "zalo_bot") == []
    assert [row.queued for row in await ticked(database, at(4, 28, 9))] == [False]
    assert await statuses(database) == ["unreachable"]
    async with database.work(at(4, 28, 9)) as work:
        await work.accounts.set_status(zalo.account_id, "active")
    assert [row.queued for row in await ticked(database, at(4, 28, 9))] == [True]
    # every way is tried anew, the preferred one first
    assert [len(await leave(database, at(4, 28, 9), way)) for way in ("plain", "zalo_bot")] == [1, 0]


async def test_what_cannot_be_begun_anew_keeps_nobodys_reminder(database: Database) -> None:
    await open_office(database)
    await linked(database, "tp-qlnl")
    async with database.work(MORNING) as work:
        for code, every in (("3.6", "decade"), ("3.5", "month")):
            returns = update(tasks).where(tasks.c.code == code)
            await work.connection.execute(returns.values(recurrence={"every": every}))
    with capture_logs() as logs:
        planned = [row for row in await ticked(database, at(7, 3)) if row.queued]
    assert [(row.person, row.date.day) for row in planned] == [("tp-qlnl", 3)]
    assert [(line["action"], line["step"]) for line in logs] == [("alarm", "period of 718-2023/3.6")]
    async with database.read(at(7, 3)) as work:
        begun = select(assignments.c.code).where(assignments.c.due_on > at(7, 3).date())
        assert (await work.connection.execute(begun)).scalars().all() == ["3.5"]
