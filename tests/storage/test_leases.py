"""Only one holds a lease, and each new holder has a higher fence."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.leases import Lease

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
LONG, SHORT = timedelta(minutes=1), timedelta(seconds=0.05)


async def take(database: Database, who: str, length: timedelta = LONG, held: Lease | None = None) -> Lease | None:
    async with database.work(NOW) as work:
        return await work.leases.take("x", who, length, held)


async def test_the_first_gets_it_and_the_second_not(database: Database) -> None:
    one = await take(database, "one")
    assert one is not None
    assert one.fence == 1
    assert timedelta(seconds=50) < one.until - datetime.now(UTC) < timedelta(seconds=70)
    assert await take(database, "two") is None


async def test_renewing_keeps_the_fence(database: Database) -> None:
    one = await take(database, "one", SHORT)
    again = await take(database, "one", LONG, one)
    assert again is not None
    assert one is not None
    assert again.fence == one.fence
    assert again.until > one.until


async def test_one_that_ran_out_passes_on_with_a_higher_fence(database: Database) -> None:
    one = await take(database, "one", SHORT)
    await asyncio.sleep(0.08)
    two = await take(database, "two")
    assert two is not None
    assert two.fence == 2
    assert await take(database, "one", LONG, one) is None
    assert await take(database, "two", LONG, two) is not None, "the late renewal took nothing away"


async def test_one_that_ran_out_but_was_not_taken_is_still_ours(database: Database) -> None:
    one = await take(database, "one", SHORT)
    await asyncio.sleep(0.08)
    again = await take(database, "one", LONG, one)
    assert again is not None
    assert again.fence == 1


async def test_given_up_it_is_free_at_once(database: Database) -> None:
    one = await take(database, "one")
    assert one is not None
    async with database.work(NOW) as work:
        await work.leases.give_up(one)
    two = await take(database, "two")
    assert two is not None
    async with database.work(NOW) as work:
        await work.leases.give_up(one)
    assert await take(database, "one") is None, "an old lease cannot give up a newer one"


async def test_many_at_once_one_wins(database: Database) -> None:
    found = await asyncio.gather(*(take(database, f"h{number}") for number in range(6)))
    assert sum(lease is not None for lease in found) == 1
