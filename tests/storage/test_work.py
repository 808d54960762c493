"""One unit of work is one transaction: writers take turns, readers never wait, a savepoint undoes its own."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from storage.database import Database
from storage.schema import memberships, units
from storage.work import Work
from tests.office import MORNING

_BESIDE = """
import sqlite3, sys
beside = sqlite3.connect(sys.argv[1], timeout=15, isolation_level=None)
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    beside.execute("BEGIN IMMEDIATE")
    beside.execute("INSERT INTO incidents (number, channel, event_id, error, at) VALUES (?, 'cli', '', '', '')",
                   (f"beside-{number}",))
    beside.execute("COMMIT")
"""


async def note(work: Work, number: str) -> None:
    await work.inbox.incident(number, "telegram", "1", "error")


async def noted(work: Work) -> list[str]:
    return list((await work.connection.execute(text("SELECT number FROM incidents ORDER BY id"))).scalars())


async def test_leaving_commits_and_an_exception_rolls_back(database: Database) -> None:
    async with database.work(MORNING) as work:
        await note(work, "kept")

    async def fails() -> None:
        async with database.work(MORNING) as work:
            await note(work, "lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with database.read(MORNING) as work:
        assert await noted(work) == ["kept"]


async def test_business_and_real_time_stand_still_inside(database: Database) -> None:
    before = datetime.now(UTC)
    async with database.work(MORNING) as work:
        assert work.now == MORNING
        assert before <= work.real <= datetime.now(UTC)
    async with database.work(MORNING, real=MORNING + timedelta(days=3)) as work:
        assert work.real == MORNING + timedelta(days=3)


async def test_writers_take_turns_in_the_order_they_came(sqlite_database: Database) -> None:
    async def write(number: int) -> None:
        async with sqlite_database.work(MORNING) as work:
            assert await noted(work) == [str(before) for before in range(number)]
            await note(work, str(number))
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for number in range(30):
            group.create_task(write(number))
            await asyncio.sleep(0)


async def test_a_reader_waits_for_no_writer(database: Database) -> None:
    async with database.work(MORNING) as work:
        await note(work, "not yet")
        async with asyncio.timeout(5):
            readers = [_read(database) for _ in range(8)]
            assert await asyncio.gather(*readers) == [[]] * 8
    assert await _read(database) == ["not yet"]


async def _read(database: Database) -> list[str]:
    async with database.read(MORNING) as work:
        return await noted(work)


async def test_a_reader_on_sqlite_sees_one_moment(sqlite_database: Database) -> None:
    async with sqlite_database.read(MORNING) as work:
        assert await noted(work) == []
        async with sqlite_database.work(MORNING) as other:
            await note(other, "later")
        assert await noted(work) == []
    assert await _read(sqlite_database) == ["later"]


async def test_a_command_of_another_process_writes_beside_the_running_one(
    sqlite_database: Database, sqlite_url: str
) -> None:
    path = sqlite_url.removeprefix("sqlite+aiosqlite:///")
    beside = subprocess.Popen(
        [sys.executable, "-c", _BESIDE, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert beside.stdin is not None
    assert beside.stdout is not None
    assert beside.stdout.readline() == "ready\n"
    async with sqlite_database.work(MORNING) as work:
        await note(work, "held")
        beside.stdin.write("\n")
        beside.stdin.flush()
        await asyncio.sleep(0.1)
        assert beside.poll() is None
    for number in range(20):
        async with sqlite_database.work(MORNING) as work:
            await note(work, f"ours-{number}")
    assert await asyncio.to_thread(beside.wait, 30) == 0
    beside.communicate()
    found = await _read(sqlite_database)
    assert found[0] == "held"
    assert [name for name in found if name.startswith("ours")] == [f"ours-{number}" for number in range(20)]
    assert [name for name in found if name.startswith("beside")] == [f"beside-{number}" for number in range(20)]


async def test_a_savepoint_undoes_its_own_and_nothing_before(database: Database) -> None:
    async with database.work(MORNING) as work:
        await note(work, "before")
        with suppress(ZeroDivisionError):
            async with work.connection.begin_nested():
                await note(work, "inside")
                raise ZeroDivisionError
        with pytest.raises(IntegrityError):
            async with work.connection.begin_nested():
                await note(work, "before")
        async with work.connection.begin_nested():
            await note(work, "kept")
            with suppress(ZeroDivisionError):
                async with work.connection.begin_nested():
                    await note(work, "deeper")
                    raise ZeroDivisionError
        await note(work, "after")
    assert await _read(database) == ["before", "kept", "after"]


async def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    async with database.work(MORNING) as work:
        with pytest.raises(IntegrityError):
            async with work.connection.begin_nested():
                await work.connection.execute(insert(memberships).values(person_id=7, unit_id=7, role="head"))


async def test_a_moment_comes_back_as_the_same_moment(database: Database) -> None:
    async with database.work(MORNING) as work:
        await work.clock.set_anchor("setting", MORNING)
        anchor = await work.clock.anchor()
        assert anchor is not None
        assert anchor.business == MORNING
        assert anchor.business.utcoffset() == timedelta()
        with pytest.raises(StatementError, match="naive"):
            async with work.connection.begin_nested():
                await work.clock.set_anchor("naive", MORNING.replace(tzinfo=None))


async def test_words_come_back_as_they_were_written(database: Database) -> None:
    """Not as escapes either: somebody reads the table, too."""
    row: dict[str, Any] = {"kind": "agency", "code": "SCT", "name": "Sở", "aliases": ["Sở Công Thương"], "settings": {}}
    async with database.work(MORNING) as work:
        await work.connection.execute(insert(units).values(row))
        assert (await work.connection.execute(select(units.c.aliases))).scalar_one() == ["Sở Công Thương"]
        raw = (await work.connection.execute(text("SELECT CAST(aliases AS TEXT) FROM units"))).scalar_one()
        assert raw == '["Sở Công Thương"]'
