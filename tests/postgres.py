"""A real PostgreSQL for tests and benchmarks, started from a wheel, needing neither an installed server nor root."""

import asyncio
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import psutil

from tests.postgres_programs import Identity, copy, find_bin_dir, may_run, pick_identity, run

PREFIX = "dondoc-postgres-"
KEPT = "kept for the tests"
"""What the connections call themselves that stay from test to test."""
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    f" AND backend_type = 'client backend' AND application_name <> '{KEPT}'"
)
"""Counts who else is connected to this database."""
_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "jit": "off",
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "64MB",
}


class PostgresServer:
    """A server of one's own on a free loopback port; or the one TEST_DATABASE_URL names, which is only used.

    Each pytest-xdist worker starts its own. `bin_dir` chooses the programs, else the wheel's come before Debian's.
    """

    def __init__(self, bin_dir: Path | None = None) -> None:
        self._external = None if bin_dir else os.environ.get("TEST_DATABASE_URL") or None
        self._bin_dir = bin_dir
        self._base: Path | None = None
        self._port = 0
        self._process: subprocess.Popen[Any] | None = None

    @property
    def pid(self) -> int | None:
        """The postmaster, whose children do the work; None for an external server."""
        return self._process.pid if self._process else None

    def start(self) -> Self:
        """Brings the server up, after clearing away what killed runs left behind."""
        if self._external or self._process:
            return self
        reap()
        atexit.register(self.stop)
        identity = pick_identity()
        self._base = base = _make_base(identity)
        bin_dir = self._bin_dir or find_bin_dir()
        if not may_run(bin_dir / "initdb", identity):
            bin_dir = copy(bin_dir, base)
        data = base / "data"
        with (base / "log").open("wb") as log:
            initdb = [bin_dir / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
            code = run([*initdb, "--locale=C.UTF-8", "-N"], identity, log)
        if code:
            raise RuntimeError(f"initdb failed:\n{self.log()}")
        for _ in range(5):  # a port found free may be taken a moment later
            self._port = _free_port()
            if self._comes_up(bin_dir, data, identity):
                return self
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log()}")

    def stop(self) -> None:
        """Stops at once and removes the data; harmless when not running."""
        atexit.unregister(self.stop)
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
            self._process = None
        if self._base:
            shutil.rmtree(self._base, ignore_errors=True)
            self._base = None

    def __enter__(self) -> Self:
        """Starts it."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stops it."""
        self.stop()

    def url(self, dbname: str = "postgres") -> str:
        """SQLAlchemy's address of a database on this server."""
        if self._external:
            return urlunsplit(urlsplit(self._external)._replace(scheme="postgresql+asyncpg", path=f"/{dbname}"))
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self._port}/{dbname}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """Makes a database, a copy of `template` where given (nobody may be connected to it), and returns its address."""
        self.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Removes a database, cutting off whoever is connected; harmless when there is none."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, sql: str, dbname: str | None = None) -> list[Any]:
        """Runs one statement outside any transaction; may be called with or without a running event loop."""
        address = self._external if self._external and not dbname else self.url(dbname or "postgres")
        dsn = urlunsplit(urlsplit(address)._replace(scheme="postgresql"))

        async def fetch() -> list[Any]:
            connection = await asyncpg.connect(dsn)
            try:
                return list(await connection.fetch(sql))
            finally:
                await connection.close()

        # asyncio.run wants a thread without a loop, and a test's thread may have one
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(fetch())).result()

    def log(self) -> str:
        """What the server has said so far."""
        return (self._base / "log").read_text(errors="replace") if self._base else ""

    def _comes_up(self, bin_dir: Path, data: Path, identity: Identity) -> bool:
        options = {**_OPTIONS, "port": str(self._port), "unix_socket_directories": str(data.parent / "socket")}
        command = [str(bin_dir / "postgres"), "-D", str(data)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (data.parent / "log").open("ab") as log:
            # a session of its own: Ctrl-C is for the tests, which then stop the server
            process = subprocess.Popen[Any](
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **identity
            )
        self._process = process
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if _status(data) == "ready":
                return True
            time.sleep(0.02)
        process.kill()
        process.wait()
        self._process = None
        return False


def reap() -> None:
    """Stops and removes the servers whose owner was killed before it could; those of the living are left alone."""
    for base in {path for root in _roots() for path in root.glob(f"{PREFIX}*")}:
        try:
            if base.is_symlink() or base.stat().st_uid != os.geteuid() or _owner_lives(base):
                continue
            _kill_postmaster(base / "data")
        except (OSError, ValueError, psutil.Error):
            continue  # another worker was quicker, or it is not what we wrote
        shutil.rmtree(base, ignore_errors=True)


def _owner_lives(base: Path) -> bool:
    try:
        owner = json.loads((base / "owner.json").read_text())
    except FileNotFoundError:
        return time.time() - base.stat().st_mtime < 60  # it may be being made this very moment
    try:
        return bool(abs(psutil.Process(owner["pid"]).create_time() - owner["created"]) < 1)
    except psutil.NoSuchProcess:
        return False


def _kill_postmaster(data: Path) -> None:
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        if str(data) not in process.cmdline():
            return
        process.send_signal(signal.SIGQUIT)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return
    try:
        process.wait(5)
    except psutil.TimeoutExpired:
        process.kill()


def _roots() -> list[Path]:
    return list(dict.fromkeys(Path(root) for root in (tempfile.gettempdir(), "/tmp", "/var/tmp")))


def _make_base(identity: Identity) -> Path:
    for root in _roots():
        # a socket's path holds 107 bytes, and the server's user must be able to get there
        if len(str(root)) < 60 and os.access(root, os.W_OK) and _open_to_all(root):
            break
    else:
        raise RuntimeError("no temporary folder for PostgreSQL that its user can reach")
    base = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
    me = psutil.Process()
    (base / "owner.json").write_text(json.dumps({"pid": me.pid, "created": me.create_time()}))
    base.chmod(0o711)
    for name in ("data", "socket"):
        (base / name).mkdir(mode=0o700)
        if "user" in identity:
            os.chown(base / name, identity["user"], identity["group"])
    return base


def _open_to_all(folder: Path) -> bool:
    return os.geteuid() != 0 or all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def _status(data: Path) -> str:
    try:
        return (data / "postmaster.pid").read_text().split("\n")[7].strip()
    except (OSError, IndexError):
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
