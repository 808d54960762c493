from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import structlog

from bot.zalo_bot_quota import MonthlyQuota, Sparing
from core.messages import Message
from storage.database import Database
from storage.outbox import Claimed, Composed, Urgency
from storage.work import Work
from tests.office import MORNING, settle_in

ROW = Claimed(1, "zalo_bot", None, None, None, Urgency.DIGEST, None, {"day": "x"}, 0, 0, 0)


async def used(database: Database, moment: datetime) -> int:
    async with database.work(MORNING, real=moment) as work:
        return await work.quota.used("zalo_bot")


async def test_each_month_of_ha_noi_is_counted_by_itself(database: Database) -> None:
    last = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)
    first = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
    for moment, total in ((last, 1), (last, 2), (first, 1)):
        async with database.work(MORNING, real=moment) as work:
            assert await work.quota.add("zalo_bot") == total
    async with database.work(MORNING, real=last) as work:
        assert await work.quota.add("zalo_oa", 5) == 5
    assert (await used(database, last), await used(database, first)) == (2, 1)


async def test_one_alarm_at_each_mark(sqlite_database: Database) -> None:
    quota = MonthlyQuota(sqlite_database, "zalo_bot", 10)
    with structlog.testing.capture_logs() as logs:
        for _ in range(7):
            await quota.count()
        assert not quota.nearly_used
        for _ in range(5):
            await quota.count()
    alarms = [entry["used"] for entry in logs if entry.get("action") == "alarm"]
    assert alarms == [8, 10]
    assert quota.nearly_used
    assert await quota.used() == 12


async def test_what_could_not_be_counted_is_counted_later(sqlite_database: Database) -> None:
    quota = MonthlyQuota(sqlite_database, "zalo_bot", 10)
    quota._database = Database("sqlite+aiosqlite:////nowhere/at/all.db")
    await quota.count()
    await quota._database.close()
    quota._database = sqlite_database
    await quota.count()
    assert await quota.used() == 2


@pytest.fixture
async def person(sqlite_database: Database) -> int:
    async with sqlite_database.work(MORNING) as work:
        agency = await settle_in(work)
        number = (await work.people.offices(agency))[0].person_id
        await work.accounts.add_linked("zalo_bot", "z1", "z1", number)
        return number


async def compose(work: Work, row: Claimed) -> Composed | str:
    return Composed(Message(("Còn 2 việc",)), "z1", 1, "zalo_bot") if row.intent else "void"


async def spared(database: Database, row: Claimed, count: int) -> Composed | str:
    async with database.work(MORNING) as work:
        missing = count - await work.quota.used("zalo_bot")
        await work.quota.add("zalo_bot", missing)
        return await Sparing(compose, "zalo_bot", 100)(work, row)


async def test_the_last_tenth_is_not_for_digests(sqlite_database: Database, person: int) -> None:
    row = replace(ROW, person_id=person)
    made = await spared(sqlite_database, row, 89)
    assert isinstance(made, Composed)
    assert made.chat == "z1"
    assert await spared(sqlite_database, row, 90) == "unreachable"
    assert isinstance(await spared(sqlite_database, replace(row, urgency=Urgency.NOTICE), 90), Composed)
    assert await spared(sqlite_database, replace(row, intent=None), 90) == "void"


async def test_a_digest_goes_to_the_persons_other_account(sqlite_database: Database, person: int) -> None:
    async with sqlite_database.work(MORNING) as work:
        await work.accounts.add_linked("telegram", "t1", "t1", person)
    made = await spared(sqlite_database, replace(ROW, person_id=person), 95)
    assert isinstance(made, Composed)
    assert (made.channel, made.chat) == ("telegram", "t1")
    assert made.content == Message(("Còn 2 việc",))
