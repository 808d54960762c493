"""Databases for the tests: SQLite in a file and a real PostgreSQL, both migrated and empty."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest
import structlog

from storage.database import Database
from storage.migrate import migrate
from tests.documents.once import asked_once
from tests.engines import compiled_once, named
from tests.postgres import KEPT, PostgresServer

# the product's own log draws tracebacks plainly too: a rich one stops the loop for seconds
_PLAIN_LOG = [
    *structlog.get_config()["processors"][:-1],
    structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
]


@pytest.fixture(autouse=True)
def _plain_log() -> None:
    structlog.configure(processors=_PLAIN_LOG)


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    with compiled_once():
        yield


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await migrate(database)
        await database.close()

    # in a thread of its own: an async fixture may ask for this while the tests' loop is running
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run()).result()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    _migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    url = postgres_server.create_database("empty")
    _migrate(url)
    return "empty"


@pytest.fixture
def files_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what comes of a file: the same bytes are read, and pictures recognised, once in a process."""
    monkeypatch.setattr("documents.apart._asked", asked_once)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "dondoc.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


_EMPTIED = """
DO $$
DECLARE one text;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (application_name <> '{kept}' OR state <> 'idle');
    SET LOCAL session_replication_role = replica;  -- no key and no trigger stands in the way
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
    INSERT INTO alembic_version VALUES ('{version}');
    PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""


@pytest.fixture(scope="session")
def postgres_emptied(postgres_server: PostgresServer, postgres_template: str) -> Iterator[Callable[[], str]]:
    """Makes the database every test is given; what is returned empties it and tells its address.

    It stays connected: a new connection would have to look at every table anew, which costs more than emptying them.
    """
    url = postgres_server.create_database("reused", template=postgres_template)
    (row,) = postgres_server.execute("SELECT version_num FROM alembic_version", "reused")
    statement = _EMPTIED.replace("{version}", row["version_num"]).replace("{kept}", KEPT)
    # a loop in a thread of its own: who asks may be in the tests' loop
    with ThreadPoolExecutor(1) as thread:
        runner = thread.submit(asyncio.Runner).result()
        connected = asyncpg.connect(url.replace("+asyncpg", ""), server_settings={"application_name": KEPT})
        connection = thread.submit(runner.run, connected).result()

        def emptied() -> str:
            thread.submit(runner.run, connection.execute(statement)).result()
            return url

        yield emptied
        thread.submit(runner.run, connection.close()).result()
        thread.submit(runner.close).result()


@pytest.fixture
def postgres_url(postgres_emptied: Callable[[], str]) -> str:
    """The same database for every test, emptied: making one costs twenty times as much."""
    return postgres_emptied()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
async def postgres_kept(postgres_emptied: Callable[[], str]) -> AsyncIterator[Database]:
    """The database every test is given, with connections that have met the tables and the statements before."""
    with named(KEPT):
        kept = Database(postgres_emptied())
    yield kept
    await kept.close()


@pytest.fixture
def kept_open(request: pytest.FixtureRequest, database_url: str) -> Database | None:
    """PostgreSQL's, whose new connections cost a test more than the test; SQLite's cost nothing."""
    kept: Database | None = request.getfixturevalue("postgres_kept") if "postgresql" in database_url else None
    return kept


@pytest.fixture
async def database(database_url: str, kept_open: Database | None) -> AsyncIterator[Database]:
    opened = kept_open or Database(database_url)
    yield opened
    if opened is not kept_open:
        await opened.close()


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    await opened.close()
