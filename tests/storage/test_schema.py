"""The tables' indexes are the ones the statements read by: no statement of a conversation goes through a whole table."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Index, event, text

from core.people import Actor
from storage.database import Database
from storage.delivery import Claimed, Urgency
from storage.schema import OPEN, metadata
from storage.work import Work
from tests.postgres import PostgresServer
from tests.storage.seeding import seed

NOW = datetime(2023, 4, 1, 2, tzinfo=UTC)
BIG = ("assignments", "assignment_versions", "tasks", "outbox", "audit_entries")
LEAVING = Claimed(7, "telegram", "c20", 1, 1, Urgency.NOTICE, None, {"kind": "aside"}, 1, 0, 0)
HEAD = Actor(1, 1, 1, "A1", "head-1", "Trưởng phòng", "vi", ())
INDEXES = {str(index.name): index for table in metadata.tables.values() for index in table.indexes}


class Undone(Exception):
    """Leaves the seeded database as it was."""


Ask = Callable[[Work], Awaitable[Any]]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def seeded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """A database of 20,000 parts, which every test leaves as it was."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("seeded") / "dondoc.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        database = Database(f"sqlite+aiosqlite:///{path}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        server.drop_database("seeded")
        database = Database(server.create_database("seeded", request.getfixturevalue("postgres_template")))
    async with database.work(NOW) as work:
        await seed(work.connection)
    if not database.is_sqlite:
        await _vacuum(database)
    yield database
    await database.close()
    if request.param == "postgres":
        server.drop_database("seeded")


async def _vacuum(database: Database) -> None:
    """Vacuum until the table is known to be all visible, for only then a covering index is read alone."""
    async with database.engine.connect() as connection:
        at_once = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for _ in range(50):
            await at_once.execute(text("VACUUM ANALYZE"))
            visible = await at_once.execute(text("SELECT relallvisible FROM pg_class WHERE relname = 'assignments'"))
            if visible.scalar_one():
                return
            await asyncio.sleep(0.1)
    raise AssertionError("a snapshot of somebody's stays open")


async def plan(database: Database, ask: Ask, *, generic: bool = False) -> str:
    """How the engine itself ran what was asked, with the parameters the program gave it."""
    found = ""
    with suppress(Undone):
        async with database.work(NOW) as work:
            asked = _sqlite_plan(database, work, ask) if database.is_sqlite else _postgres_plan(work, ask, generic)
            found = await asked
            raise Undone
    return found


async def _sqlite_plan(database: Database, work: Work, ask: Ask) -> str:
    ran: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        ran.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await ask(work)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    steps = []
    for statement, parameters in ran:
        steps += [
            row.detail for row in await work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    return "\n".join(steps)


async def _postgres_plan(work: Work, ask: Ask, generic: bool) -> str:
    await work.connection.execute(text("SELECT 1"))  # from here on the driver is in a transaction
    driver: Any = (await work.connection.get_raw_connection()).driver_connection
    said: list[str] = []
    await driver.execute(
        "LOAD 'auto_explain'; SET LOCAL auto_explain.log_min_duration = 0; SET LOCAL auto_explain.log_level = notice;"
        f"SET LOCAL plan_cache_mode = force_{'generic' if generic else 'custom'}_plan"
    )

    def note(_connection: Any, message: Any) -> None:
        said.append(message.message)

    driver.add_log_listener(note)
    await ask(work)
    await driver.execute("SET LOCAL auto_explain.log_min_duration = -1")  # by its answer all notices are in
    driver.remove_log_listener(note)
    return "\n".join(line for message in said for line in message.split("plan:", 1)[1].splitlines())


STATEMENTS: dict[str, tuple[Ask, str]] = {
    "a head's part by its code": (lambda work: work.parts.own_by_code(HEAD, "3.5"), "ix_assignments_unit_code"),
    "a head's open parts": (lambda work: work.parts.own_open(HEAD), "ix_assignments_open_unit"),
    "what is due of some units": (
        lambda work: work.parts.due_of_units([6, 7], date(2023, 4, 1)),
        "ix_assignments_open_unit",
    ),
    "which digests were queued": (lambda work: work.outbox.said(["digest:1:2023-04-01"]), "outbox"),
    "the parts of a notice": (lambda work: work.parts.of_notice(7), ""),
    "the parts of a directive": (lambda work: work.parts.of_task(7), "assignments"),
    "what an act changed": (lambda work: work.versions.made_by(7), "ix_assignment_versions_entry_id"),
    "what is due": (lambda work: work.reports.due_until(1, date(2023, 4, 1)), "ix_assignments_open_due"),
    "the lines of a notice": (lambda work: work.reports.leads(1, 5), ""),
    "the last choices": (lambda work: work.shown.choices("telegram", "c20"), "ix_outbox_choices"),
    "what a message was about": (lambda work: work.shown.about("telegram", "c20", "x20"), "ix_outbox_external"),
    "what an act was going to tell": (lambda work: work.outbox.void(7), "ix_outbox_"),
    "what waits to leave with another": (lambda work: work.gathering.waiting(LEAVING), "ix_outbox_"),
    "whom an act reached": (lambda work: work.gathering.take_back(7), "ix_outbox_entry"),
    "a claim": (lambda work: work.outbox.claim("telegram", 10, 1, (), "lease"), "ix_outbox_queued"),
    "what was left sending": (lambda work: work.outbox.recover("telegram", 2), "ix_outbox_sending"),
    "the oldest unsent": (lambda work: work.outbox.oldest_unsent("telegram"), "ix_outbox_queued"),
    "the last act to undo": (lambda work: work.audit.last_undoable(1), "ix_audit_entries_undo"),
}


@pytest.mark.parametrize("name", STATEMENTS)
async def test_what_a_conversation_asks_is_read_by_its_index(seeded: Database, name: str) -> None:
    ask, index = STATEMENTS[name]
    for generic in (False,) if seeded.is_sqlite else (False, True):
        found = await plan(seeded, ask, generic=generic)
        assert index in found, found
        whole = re.findall(r"(?:Seq Scan on|^SCAN) (\w+)", found, re.MULTILINE)
        assert not set(whole) & set(BIG), found


async def test_overdue_reads_the_covering_index_and_not_the_table(seeded: Database) -> None:
    found = await plan(seeded, lambda work: work.reports.due_until(1, date(2023, 4, 1)))
    if not seeded.is_sqlite:
        assert "Index Only Scan using ix_assignments_open_due" in found, found


def _predicates(index: Index) -> set[str]:
    return {str(index.dialect_options[dialect]["where"]) for dialect in ("sqlite", "postgresql")}


def test_the_indexes_of_open_parts_say_open_to_the_letter() -> None:
    named = {name: _predicates(index) for name, index in INDEXES.items() if name.startswith("ix_assignments_open")}
    assert sorted(named) == ["ix_assignments_open_due", "ix_assignments_open_unit"]
    assert all(len(found) == 1 and OPEN in found.pop() for found in named.values())


def test_a_partial_index_is_the_same_on_both_engines() -> None:
    assert [name for name, index in INDEXES.items() if len(_predicates(index)) != 1] == []


async def test_the_covering_index_carries_its_columns(postgres_server: PostgresServer, postgres_template: str) -> None:
    (row,) = postgres_server.execute(
        "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_assignments_open_due'", postgres_template
    )
    included = re.search(r"INCLUDE \((.*?)\)", row["indexdef"])
    assert included is not None
    assert set(included[1].split(", ")) == set(
        INDEXES["ix_assignments_open_due"].dialect_options["postgresql"]["include"]
    )
