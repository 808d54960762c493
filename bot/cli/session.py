"""What commands have in hand: the settings, the database, business time, and who acts."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from bot.cli.failures import CommandFailed
from config import logs
from config.settings import Settings, load
from core.deadlines import HANOI
from storage.database import Database
from storage.migrate import is_current
from storage.people import Agency, Person
from storage.work import Work

STDIN = "-"


def settings(*, serving: bool = False) -> Settings:
    """Return the checked settings, with the log set up; a single command tells only what went wrong."""
    loaded = load()
    level = "warning" if loaded.log_level == "info" and not serving else loaded.log_level
    logs.configure(level, loaded.log_format, loaded.secrets())
    # it tells of every look at the schema
    logging.getLogger("alembic").setLevel(max(logging.WARNING, logging.getLogger().level))
    return loaded


@asynccontextmanager
async def opened(given: Settings, *, any_schema: bool = False) -> AsyncIterator[Database]:
    """Open the database, making its folder; raises `CommandFailed` where it is not migrated."""
    file = given.sqlite_file
    if file is not None:
        if not any_schema and not file.exists():
            raise CommandFailed("chưa có cơ sở dữ liệu; chạy trước: dondoc migrate")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandFailed(f"không tạo được thư mục {file.parent}: {error.strerror}") from error
    database = Database(given.database_url)
    try:
        if not any_schema and not await is_current(database):
            raise CommandFailed("cơ sở dữ liệu chưa đúng phiên bản; chạy trước: dondoc migrate")
        yield database
    finally:
        await database.close()


async def business_now(database: Database, given: Settings) -> datetime:
    """Return business time: real time, or the pretended one that CLOCK_START or another process anchored."""
    from bot.clock import Clock

    clock = Clock()
    if given.clock_start is not None:
        await clock.load(database, given.clock_start.isoformat())
    else:
        await clock.refresh(database)
    return clock.now()


def stop_asked() -> asyncio.Event:
    """Return an event that is set when the process is asked to stop (SIGTERM, Ctrl-C)."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no signal handlers on a loop: Ctrl-C interrupts there
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def moment(said: str) -> datetime:
    """Return an ISO moment, in Hanoi's time where it names no offset; raises ValueError."""
    read = datetime.fromisoformat(said)
    return read if read.tzinfo is not None else read.replace(tzinfo=HANOI)


def content(path: str) -> tuple[bytes, str]:
    """Return a file's bytes and name, `-` being standard input; raises `CommandFailed`."""
    if path == STDIN:
        return sys.stdin.buffer.read(), "stdin"
    try:
        return Path(path).read_bytes(), Path(path).name
    except OSError as error:
        raise CommandFailed(f"không đọc được {path}: {_why(error)}") from error


def keep(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file, readable by its owner alone where private; raises `CommandFailed`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600 if private else 0o666)
        path.write_bytes(data)
    except OSError as error:
        raise CommandFailed(f"không ghi được {path}: {_why(error)}") from error


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "không có tệp này"
    if isinstance(error, IsADirectoryError):
        return "đây là thư mục"
    if isinstance(error, PermissionError):
        return "không có quyền"
    return error.strerror or "lỗi đọc ghi"


async def one_person(work: Work, name: str) -> Person:
    """Return the person the roster calls so; raises `CommandFailed` where there is none, or one in several agencies."""
    found = await work.people.named(name)
    if not found:
        raise CommandFailed(f"danh sách không có cán bộ {name}")
    if len(found) > 1:
        choices = " hoặc ".join(f"{person.agency_code}/{person.key}" for person in found)
        raise CommandFailed(f"có nhiều cán bộ {name}; ghi rõ {choices}")
    return found[0]


async def acting(work: Work, name: str | None) -> int | None:
    """Return the id of whoever `--as` names, `None` for the operator."""
    return (await one_person(work, name)).id if name else None


async def one_agency(work: Work, code: str | None) -> Agency:
    """Return the agency with this code, or the only one; raises `CommandFailed`."""
    agencies = await work.people.agencies()
    if code is not None:
        agencies = [agency for agency in agencies if agency.code == code]
    if not agencies:
        raise CommandFailed(
            f"chưa có cơ quan {code}" if code else "chưa có cơ quan nào; chạy trước: dondoc roster import"
        )
    if len(agencies) > 1:
        raise CommandFailed(f"có nhiều cơ quan; thêm --agency: {', '.join(agency.code for agency in agencies)}")
    return agencies[0]
