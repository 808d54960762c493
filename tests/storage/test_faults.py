"""What a failure of the database means: try again, wait until it is back, or a fault of ours."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import Database
from storage.faults import is_conflict, is_down
from tests.office import MORNING


class Told(Exception):
    """An error of the driver with PostgreSQL's five letters."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03"])
def test_a_lost_race_may_run_again(state: str) -> None:
    assert is_conflict(OperationalError("", None, Told(state)))


@pytest.mark.parametrize("state", ["08006", "53100", "53300", "57P01", "57P03", "58030"])
def test_a_server_that_cannot_write_now_is_down(state: str) -> None:
    assert is_down(OperationalError("", None, Told(state)))
    assert not is_conflict(OperationalError("", None, Told(state)))


@pytest.mark.parametrize(
    "words",
    ["database or disk is full", "disk I/O error", "attempt to write a readonly database", "database is locked",
     "unable to open database file"],
)  # fmt: skip
def test_a_file_that_cannot_be_written_now_is_down(words: str) -> None:
    assert is_down(OperationalError("", None, sqlite3.OperationalError(words)))


def test_a_fault_of_ours_is_neither() -> None:
    ours = IntegrityError("", None, Told("23505"))
    assert not is_down(ours)
    assert not is_conflict(ours)
    assert not is_down(OperationalError("", None, sqlite3.OperationalError("no such column: x")))


async def test_a_full_disk_is_down_for_real(sqlite_database: Database) -> None:
    async with sqlite_database.engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        await connection.rollback()

    async def fill() -> None:
        async with sqlite_database.work(MORNING) as work:
            for number in range(2000):
                await work.inbox.reject("telegram", "x" * 1000, str(number))

    with pytest.raises(OperationalError) as raised:
        await fill()
    assert is_down(raised.value)
