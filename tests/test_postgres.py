import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from tests import postgres
from tests.postgres import PostgresServer
from tests.postgres_programs import find_bin_dir

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def server(monkeypatch_module):
    monkeypatch_module.delenv("TEST_DATABASE_URL", raising=False)
    with PostgresServer() as running:
        yield running


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_databases_come_from_a_template_and_go_again(server):
    template = server.create_database("template_of_ours")
    assert template.startswith("postgresql+asyncpg://postgres@127.0.0.1:")
    server.execute("CREATE TABLE task (code text)", "template_of_ours")
    server.execute("INSERT INTO task VALUES ('3.5')", "template_of_ours")
    copy = server.create_database("copy", template="template_of_ours")
    connection = await asyncpg.connect(copy.replace("+asyncpg", ""))
    assert await connection.fetchval("SELECT code FROM task") == "3.5"
    server.drop_database("copy")  # although somebody is connected
    server.drop_database("copy")
    connection.terminate()
    assert server.execute("SELECT 1 FROM pg_database WHERE datname = 'copy'") == []


def test_it_speaks_vietnamese_and_lets_rows_be_skipped(server):
    assert server.execute("SELECT lower('ĐỒNG CHÍ') AS word")[0]["word"] == "đồng chí"
    assert server.execute("SHOW timezone")[0]["TimeZone"] == "UTC"
    server.execute("CREATE TABLE due (id int)")
    server.execute("SELECT id FROM due FOR UPDATE SKIP LOCKED")


def test_a_failing_statement_raises_here(server):
    with pytest.raises(asyncpg.UndefinedTableError):
        server.execute("SELECT * FROM nothing")


def test_stopping_leaves_nothing_behind():
    server = PostgresServer(find_bin_dir()).start()
    pid, base = server.pid, server._base
    assert pid
    assert lives(pid)
    assert base.exists()
    server.stop()
    server.stop()
    assert not lives(pid)
    assert not base.exists()


def test_what_a_killed_run_left_is_cleared_away_and_the_living_are_spared(server, tmp_path):
    script = tmp_path / "owner.py"
    script.write_text(
        "import sys, time\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests import postgres, postgres_programs\n"
        "server = postgres.PostgresServer(postgres_programs.find_bin_dir()).start()\n"
        "print(server.pid, server._base, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as owner:
        pid, base = owner.stdout.readline().split()
        os.kill(owner.pid, signal.SIGKILL)
    assert lives(int(pid))
    postgres.reap()
    assert not lives(int(pid))
    assert not Path(base).exists()
    assert server.execute("SELECT 1 AS one")[0]["one"] == 1


def test_a_given_server_is_used_as_it_is(server, monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", server.url("postgres"))
    with PostgresServer() as given:
        assert given.pid is None
        assert given.create_database("guest") == server.url("guest")
        given.drop_database("guest")
    assert server.execute("SELECT 1 AS one")[0]["one"] == 1


def test_programs_its_user_cannot_reach_are_copied(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "may_run", lambda *_: False)
    with PostgresServer(find_bin_dir()) as server:
        assert server.execute("SELECT 1 AS one")[0]["one"] == 1
        assert any("programs" in part for part in psutil.Process(server.pid).cmdline())
