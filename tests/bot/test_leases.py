"""A lease is held while its holder lives and passes on when it does not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic

import pytest

from bot.leases import Holder
from storage.database import Database
from tests.bot.scripted import NOW, until

SHORT = timedelta(seconds=0.6)


@asynccontextmanager
async def broken(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Let the database be down for a while."""

    def down(*_: object, **__: object) -> object:
        raise ConnectionError("down")

    with monkeypatch.context() as patch:
        patch.setattr(database, "work", down)
        yield


async def test_one_holds_it_and_keeps_it(database: Database) -> None:
    async with Holder(database, "x", "one", length=SHORT) as one, Holder(database, "x", "two", length=SHORT) as two:
        start = monotonic()
        while monotonic() - start < 1.0:
            assert one.valid()
            assert not two.valid()
            await asyncio.sleep(0.05)
        assert one.held is not None
        assert one.held.fence == 1


async def test_it_passes_on_at_once_when_given_up(database: Database) -> None:
    changes: list[str] = []
    async with Holder(database, "x", "one", length=SHORT) as one:
        two = Holder(database, "x", "two", length=SHORT, on_change=lambda: changes.append("two"))
        async with two:
            assert one.valid()
            assert changes == []
            await one.__aexit__(None, None, None)
            async with asyncio.timeout(2):
                await two.changed()
            assert two.valid()
            assert two.held is not None
            assert two.held.fence > 1
            assert changes == ["two"]


async def test_one_that_cannot_renew_is_not_sure_of_it_before_another_may_take_it(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Holder(sqlite_database, "x", "one", length=SHORT) as one:
        fence = one.held and one.held.fence
        async with broken(sqlite_database, monkeypatch):
            await until(lambda: not one.valid())
            assert one.held is not None
        await until(one.valid)
        assert one.held.fence == fence, "nobody took it meanwhile"


async def test_one_that_was_overtaken_lets_go(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Holder(sqlite_database, "x", "one", length=SHORT) as one:
        async with broken(sqlite_database, monkeypatch):
            await until(lambda: not one.valid())
            await asyncio.sleep(0.1)
        async with sqlite_database.work(NOW) as work:
            taken = await work.leases.take("x", "two", timedelta(seconds=1.2))
        assert taken is not None
        await until(lambda: one.held is None)
        assert not one.valid()
        await until(one.valid)
        assert one.held is not None
        assert one.held.fence == taken.fence + 1
