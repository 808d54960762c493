"""Transactions on kept connections: whole or not at all, and no connection is given on with one open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.faults import is_down
from storage.schema import inbox, units
from storage.work import Work

NOW = datetime(2023, 4, 28, 7, 25, tzinfo=UTC)


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url, pool_size=3)
    yield database
    await database.close()


async def _backend(work: Work) -> int:
    return int((await work.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one())


async def _events(database: Database) -> list[str]:
    async with database.read(NOW) as work:
        return list((await work.connection.execute(select(inbox.c.event_id).order_by(inbox.c.event_id))).scalars())


async def _open_transactions(database: Database) -> int:
    question = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
    async with database.work(NOW) as work:
        return int((await work.connection.execute(text(question))).scalar_one())


async def test_one_connection_serves_one_after_the_other(postgres: Database) -> None:
    backends = set()
    for number in range(4):
        async with postgres.work(NOW) as work:
            assert await work.inbox.first_time("telegram", str(number))
            backends.add(await _backend(work))
    assert len(backends) == 1
    assert await _events(postgres) == ["0", "1", "2", "3"]


async def test_nothing_of_a_failed_one_stays(postgres: Database) -> None:
    async def fails(problem: type[BaseException]) -> None:
        async with postgres.work(NOW) as work:
            await work.inbox.first_time("telegram", "1")
            raise problem

    for problem in (ZeroDivisionError, asyncio.CancelledError):
        with pytest.raises(problem):
            await fails(problem)
    assert await _events(postgres) == []
    assert await _open_transactions(postgres) == 0


async def test_an_error_of_the_database_ends_only_its_own(postgres: Database) -> None:
    row = {"channel": "telegram", "event_id": "1", "received_at": NOW}

    async def fails() -> None:
        async with postgres.work(NOW) as work:
            await work.inbox.first_time("telegram", "1")
            await work.connection.execute(insert(inbox).values(row))

    with pytest.raises(IntegrityError):
        await fails()
    async with postgres.work(NOW) as work:
        assert await work.inbox.first_time("telegram", "1")
    assert await _open_transactions(postgres) == 0


async def test_a_savepoint_takes_back_its_own_part(postgres: Database) -> None:
    async def fails(work: Work) -> None:
        async with work.connection.begin_nested():
            await work.inbox.first_time("telegram", "2")
            raise ZeroDivisionError

    async with postgres.work(NOW) as work:
        await work.inbox.first_time("telegram", "1")
        with pytest.raises(ZeroDivisionError):
            await fails(work)
        await work.inbox.first_time("telegram", "3")
    assert await _events(postgres) == ["1", "3"]


async def test_readers_do_not_see_what_is_not_committed(postgres: Database) -> None:
    async with postgres.work(NOW) as work:
        await work.inbox.first_time("telegram", "1")
        assert await _events(postgres) == []
    assert await _events(postgres) == ["1"]


async def test_more_than_there_are_places_wait_for_their_turn(postgres: Database) -> None:
    at_once, most = 0, 0
    full = asyncio.Event()

    async def one(number: int) -> None:
        nonlocal at_once, most
        async with postgres.work(NOW) as work:
            at_once += 1
            most = max(most, at_once)
            if at_once == 3:
                full.set()
            await full.wait()
            await work.inbox.first_time("telegram", f"{number:02}")
            await asyncio.sleep(0.01)
            at_once -= 1

    await asyncio.gather(*(one(number) for number in range(12)))
    assert most == 3
    assert len(await _events(postgres)) == 12


async def test_a_connection_lost_while_it_was_kept_is_replaced(postgres: Database) -> None:
    async with postgres.work(NOW) as work, postgres.work(NOW) as other:
        lost = await _backend(work)
        kept = await _backend(other)
    async with postgres.read(NOW) as work:
        await work.connection.execute(text(f"SELECT pg_terminate_backend({lost}), pg_terminate_backend({kept})"))
    await asyncio.sleep(0.05)
    async with postgres.work(NOW) as work:
        assert await work.inbox.first_time("telegram", "1")
        assert await _backend(work) not in {lost, kept}


async def test_a_connection_lost_on_the_way_says_so(postgres: Database) -> None:
    async def loses(when: str) -> None:
        async with postgres.work(NOW) as work:
            backend = await _backend(work)
            async with postgres.work(NOW) as other:
                await other.connection.execute(text(f"SELECT pg_terminate_backend({backend})"))
            await asyncio.sleep(0.05)
            if when == "statement":
                await work.connection.execute(select(units.c.id))

    for number, when in enumerate(("statement", "commit")):
        with pytest.raises(Exception, match="connection") as refused:
            await loses(when)
        assert is_down(refused.value)
        async with postgres.work(NOW) as work:
            assert await work.inbox.first_time("telegram", str(number))
    assert await _open_transactions(postgres) == 0


async def test_a_statement_cut_short_leaves_no_transaction_open(postgres: Database) -> None:
    async def slow() -> None:
        async with postgres.work(NOW) as work:
            await work.inbox.first_time("telegram", "1")
            await work.connection.execute(text("SELECT pg_sleep(5)"))

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _events(postgres) == []
    assert await _open_transactions(postgres) == 0
