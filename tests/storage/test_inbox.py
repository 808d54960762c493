"""Events are taken once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database

NOW = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)


async def test_an_event_is_new_once(database: Database) -> None:
    async with database.work(NOW) as work:
        assert await work.inbox.first_time("telegram", "1")
        assert not await work.inbox.first_time("telegram", "1")
        assert await work.inbox.first_time("zalo", "1")
    async with database.work(NOW) as work:
        assert not await work.inbox.first_time("telegram", "1")


async def test_an_event_rolled_back_is_new_again(database: Database) -> None:
    async def fails() -> None:
        async with database.work(NOW) as work:
            assert await work.inbox.first_time("telegram", "1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with database.work(NOW) as work:
        assert await work.inbox.first_time("telegram", "1")


async def test_two_at_once_one_wins(database: Database) -> None:
    async def take() -> bool:
        async with database.work(NOW) as work:
            new = await work.inbox.first_time("telegram", "7")
            await asyncio.sleep(0)
            return new

    assert sorted(await asyncio.gather(*(take() for _ in range(6)))) == [False] * 5 + [True]


async def test_events_are_kept_a_week(database: Database) -> None:
    real = datetime.now(UTC)
    async with database.work(NOW, real=real - timedelta(days=8)) as work:
        await work.inbox.first_time("telegram", "old")
    async with database.work(NOW, real=real) as work:
        await work.inbox.first_time("telegram", "new")
        assert await work.inbox.forget_old() == 1
        assert await work.inbox.first_time("telegram", "old")
        assert not await work.inbox.first_time("telegram", "new")
