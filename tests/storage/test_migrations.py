"""The migrations make exactly what the program was written for, however often and by however many they are run."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.migrate import _LOCK, is_current, migrate
from storage.schema import metadata
from tests.postgres import PostgresServer

ROOT = Path(__file__).parents[2]
_MIGRATE = """
import asyncio, sys
from storage.database import Database
from storage.migrate import migrate

async def main():
    database = Database(sys.argv[1])
    sys.stdin.readline()
    await migrate(database)
    await database.close()

print("ready", flush=True)
asyncio.run(main())
"""
_CATALOG = {
    "sqlite": (
        (
            'SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk'
            " FROM sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY 1, 2"
        ),
        (
            'SELECT t.name, f."from", f."table", f."to"'
            " FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' ORDER BY 1, 2"
        ),
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    ),
    "postgresql": (
        (
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity"
            " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name"
        ),
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
        (
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        ),
    ),
}


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"m{uuid4().hex[:12]}"
    yield server.create_database(name)
    server.drop_database(name)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()


async def catalog(database: Database) -> list[Any]:
    """Everything the database knows of its tables but alembic's own."""
    async with database.engine.connect() as connection:
        found = []
        for question in _CATALOG[connection.dialect.name]:
            found += [tuple(row) for row in await connection.execute(text(question))]
        return [row for row in found if not str(row[0]).startswith("alembic_version")]


async def test_the_models_are_what_the_migrations_make(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_down_to_predicates_and_included_columns(empty_url: str) -> None:
    async with opened(empty_url) as database:
        async with database.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        modelled = await catalog(database)
        async with database.engine.begin() as connection:
            await connection.run_sync(metadata.drop_all)
        await migrate(database)
        assert await catalog(database) == modelled


async def test_an_empty_database_is_not_current_until_it_is_migrated(empty_url: str) -> None:
    async with opened(empty_url) as database:
        assert not await is_current(database)
        await migrate(database)
        assert await is_current(database)


async def test_migrating_again_changes_nothing(empty_url: str) -> None:
    async with opened(empty_url) as database:
        await migrate(database)
        before = await catalog(database)
        await migrate(database)
        assert await catalog(database) == before
        assert await is_current(database)


async def test_another_version_is_not_current(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert not await is_current(database)


async def test_two_processes_may_migrate_at_once(empty_url: str) -> None:
    releases = [
        subprocess.Popen(
            [sys.executable, "-c", _MIGRATE, empty_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for release in releases:
        assert release.stdout is not None
        assert release.stdout.readline() == "ready\n", release.communicate()
    for release in releases:
        assert release.stdin is not None
        release.stdin.write("\n")
        release.stdin.flush()
    for release in releases:
        _, said = await asyncio.to_thread(release.communicate, timeout=60)
        assert release.returncode == 0, said
    async with opened(empty_url) as database:
        assert await is_current(database)


async def test_a_migration_does_not_queue_behind_a_long_transaction(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody who came later would wait behind it: it gives up, and the release is tried again."""
    monkeypatch.setattr("storage.migrate._WAIT_FOR_TABLES", "200ms")
    async with opened(postgres_url) as database, database.engine.connect() as long:
        await long.execute(text("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            await asyncio.wait_for(migrate(database), 10)
        await long.rollback()
        await migrate(database)


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
async def test_a_migration_may_take_longer_than_a_statement_of_the_program(empty_url: str) -> None:
    async with opened(empty_url) as database:
        async with database.engine.begin() as connection:
            name = (await connection.execute(text("SELECT current_database()"))).scalar_one()
            await connection.execute(text(f"ALTER DATABASE \"{name}\" SET statement_timeout = '1s'"))
        await database.engine.dispose()
        async with database.engine.connect() as other:
            # whoever migrates next waits for this longer than the program's own statements may take
            await other.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
            migrating = asyncio.create_task(migrate(database))
            await asyncio.sleep(1.5)
            assert not migrating.done()
            await other.execute(text(f"SELECT pg_advisory_unlock({_LOCK})"))
            await migrating
