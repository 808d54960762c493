"""Events are taken once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from storage.database import Database
from storage.schema import people, units

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


async def test_an_admitted_event_is_new_once_too(database: Database) -> None:
    async with database.work(NOW) as work:
        assert await work.inbox.admit("telegram", "1", "nobody")
        assert not await work.inbox.admit("telegram", "1", "nobody")
        assert not await work.inbox.first_time("telegram", "1")
        assert await work.inbox.admit("zalo", "1", "nobody")


async def test_the_events_of_one_account_act_in_turn(database: Database) -> None:
    async with database.work(NOW) as work:
        await work.accounts.meet("telegram", "5", "5", None)
    order: list[str] = []

    async def second() -> None:
        async with database.work(NOW) as work:
            assert await work.inbox.admit("telegram", "2", "5")
            account = await work.accounts.meet("telegram", "5", "5", None)
            order.append(f"second sees {account.status}")

    async with database.work(NOW) as work:
        assert await work.inbox.admit("telegram", "1", "5")
        account = await work.accounts.meet("telegram", "5", "5", None)
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        await work.accounts.set_status(account.id, "blocked")
        order.append("first")
    await waiting
    assert order == ["first", "second sees blocked"]


async def test_what_the_event_before_left_behind_is_seen(database: Database) -> None:
    async with database.work(NOW) as work:
        agency = insert(units).values(kind="agency", code="S", name="S", aliases=[], settings={}).returning(units.c.id)
        agency_id = (await work.connection.execute(agency)).scalar_one()
        person = insert(people).values(agency_id=agency_id, key="an", title="An").returning(people.c.id)
        person_id = (await work.connection.execute(person)).scalar_one()
        await work.accounts.add_linked("telegram", "5", "5", person_id)
    seen: list[str | None] = []

    async def second() -> None:
        async with database.work(NOW) as work:
            await work.inbox.admit("telegram", "2", "5")
            question = (await work.accounts.meet("telegram", "5", "5", None)).question
            seen.append(question.kind if question is not None else None)

    async with database.work(NOW) as work:
        await work.inbox.admit("telegram", "1", "5")
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        await work.questions.ask(person_id, "telegram", "5", "document", {"parts": [1]})
    await waiting
    assert seen == ["document"]
