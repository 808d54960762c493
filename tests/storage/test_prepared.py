"""Prepared statements: the same rows and the same errors on both ways to the database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, text, update

from storage.database import Database
from storage.faults import is_conflict, is_down
from storage.prepared import Prepared
from storage.schema import drafts, units

NOW = datetime(2023, 4, 28, 7, 25, tzinfo=UTC)
ADD = Prepared(
    insert(units)
    .values(kind="agency", code=bindparam("code"), name="Sở", aliases=bindparam("aliases"), settings={"a": 1})
    .returning(units.c.id, units.c.code)
)
FIND = Prepared(
    select(units.c.code, units.c.aliases, units.c.settings, units.c.valid_from)
    .where(units.c.code == bindparam("code"), units.c.kind.in_(["agency", "room"]))
    .order_by(units.c.id)
)
RENAME = Prepared(
    update(units).where(units.c.code == bindparam("old")).values(name=bindparam("new_name")).returning(units.c.name)
)


async def test_rows_come_by_name_and_in_order(database: Database) -> None:
    async with database.work(NOW) as work:
        (first,) = await ADD.rows(work.connection, {"code": "SCT", "aliases": ["Sở Công Thương"]})
        (second,) = await ADD.rows(work.connection, {"code": "STC", "aliases": []})
        assert (first.code, second.id - first.id) == ("SCT", 1)
        (found,) = await FIND.rows(work.connection, {"code": "SCT"})
        assert tuple(found) == ("SCT", ["Sở Công Thương"], {"a": 1}, None)
        assert found.aliases == ["Sở Công Thương"]
        with pytest.raises((KeyError, AttributeError)):
            _ = found.nothing
        assert await FIND.rows(work.connection, {"code": "none"}) == []


async def test_what_is_prepared_belongs_to_the_transaction(database: Database) -> None:
    async def fails() -> None:
        async with database.work(NOW) as work:
            await ADD.rows(work.connection, {"code": "SCT", "aliases": []})
            await RENAME.rows(work.connection, {"old": "SCT", "new_name": "Tên"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with database.read(NOW) as work:
        assert await FIND.rows(work.connection, {"code": "SCT"}) == []


async def test_a_lock_not_granted_is_a_conflict(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.work(NOW) as work:
        await ADD.rows(work.connection, {"code": "SCT", "aliases": []})
    renamed = {"old": "SCT", "new_name": "Tên"}
    async with database.work(NOW) as work, database.work(NOW) as other:
        await work.connection.execute(text("SELECT 1"))
        await RENAME.rows(work.connection, renamed)
        await other.connection.execute(text("SET LOCAL lock_timeout = 20"))
        with pytest.raises(Exception, match="lock") as refused:
            await RENAME.rows(other.connection, renamed)
        assert is_conflict(refused.value)
        assert not is_down(refused.value)
    await database.close()


async def test_a_lost_connection_is_said_and_replaced(postgres_url: str) -> None:
    database = Database(postgres_url, pool_size=2)

    async def loses() -> None:
        async with database.work(NOW) as work:
            number = (await work.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with database.work(NOW) as other:
                await other.connection.execute(text(f"SELECT pg_terminate_backend({number})"))
            await asyncio.sleep(0.05)
            await ADD.rows(work.connection, {"code": "SCT", "aliases": []})

    with pytest.raises(Exception, match="connection") as lost:
        await loses()
    assert is_down(lost.value)
    for _ in range(3):
        async with database.work(NOW) as work:
            await work.connection.execute(select(drafts.c.id))
    await database.close()
