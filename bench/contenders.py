"""The programs that are measured, each an operating-system process of its own behind its own stand-in."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.load import Load
from bench.measure import Sample, calibrate, cpu_seconds
from bench.office import MORNING, check, check_replies
from bench.standin import TOKEN, StandIn

ROOT = Path(__file__).parent.parent
_STARTS_WITHIN = 60.0
_ENDS_WITHIN = 20.0
_CALMS_DOWN = 0.15


class NotStarted(Exception):
    """A contender ended, or never answered; its own words follow."""


@dataclass(slots=True)
class Contender:
    """One program ready to be measured; `database` is where it remembers, if it does."""

    name: str
    pid: int
    standin: StandIn
    load: Load
    database: str | None = None
    audited: bool = False

    async def measure(self, updates: int, in_flight: int, postmaster: int | None) -> Sample:
        """Drive it and return what that cost it, PostgreSQL and this process."""
        pace = calibrate()
        before = self._spent(postmaster)
        burst = await self.load.run(updates, in_flight)
        await asyncio.sleep(_CALMS_DOWN)  # what it writes down after the last reply is its cost too
        own, database, load = (now - then for now, then in zip(self._spent(postmaster), before, strict=True))
        pace = (pace + calibrate()) / 2
        return Sample(updates, own, database, load, burst.lasted, burst.latencies, pace)

    async def check(self) -> None:
        """Raise `NotExactlyOnce` unless everything it was told took effect once and was answered once."""
        if self.database is None:
            check_replies(self.load.told, self.standin.heard)
        else:
            await check(self.database, self.load.told, self.standin.heard, audit=self.audited)

    def _spent(self, postmaster: int | None) -> tuple[float, float, float]:
        on_postgres = postmaster is not None and (self.database or "").startswith("postgresql")
        own = os.times()
        return (
            cpu_seconds(self.pid),
            cpu_seconds(postmaster) if on_postgres and postmaster is not None else 0.0,
            own.user + own.system,
        )


@asynccontextmanager
async def echo(people: int) -> AsyncIterator[Contender]:
    """The bare echo."""
    async with StandIn() as standin:
        port = free_port()
        command = ["-m", "bench.echo", str(port), TOKEN, standin.url]
        async with _running("echo", command, {}, standin, port, people) as contender:
            yield contender


@asynccontextmanager
async def floor(people: int, database: str) -> AsyncIterator[Contender]:
    """The bare floor, on PostgreSQL."""
    async with StandIn() as standin:
        port = free_port()
        address = database.replace("postgresql+asyncpg://", "postgresql://")
        command = ["-m", "bench.floor", str(port), TOKEN, standin.url, address, MORNING.date().isoformat()]
        async with _running("floor", command, {}, standin, port, people) as contender:
            contender.database = database
            yield contender


@asynccontextmanager
async def product(name: str, people: int, database: str, folder: Path) -> AsyncIterator[Contender]:
    """The whole product as it runs for real, but for its pace."""
    async with StandIn() as standin:
        port = free_port()
        settings = {
            "DATABASE_URL": database,
            "FILES_URL": f"file:{folder}/files",
            "SECRET_KEY": "only for measurements",
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "PORT": str(port),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": standin.url,
            "SEND_PACE": "false",
            "CLOCK_START": MORNING.isoformat(),
        }
        async with _running(name, ["-m", "bot", "run"], settings, standin, port, people) as contender:
            async with asyncio.timeout(_STARTS_WITHIN):
                await standin.registered.wait()
            contender.database, contender.audited = database, True
            yield contender


@asynccontextmanager
async def _running(
    name: str, command: Sequence[str], settings: Mapping[str, str], standin: StandIn, port: int, people: int
) -> AsyncIterator[Contender]:
    async with program(command, settings) as process:
        load = Load(standin, f"http://127.0.0.1:{port}/webhooks/telegram", people)
        try:
            await _answers(process, port)
            yield Contender(name, process.pid, standin, load)
        finally:
            await load.close()


@asynccontextmanager
async def program(command: Sequence[str], settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run one of our own programs in a folder of its own; an error that leaves the block says what it wrote."""
    inherited = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG", "TMPDIR"}}
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=folder,
            env={**inherited, "PYTHONPATH": str(ROOT), **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        except Exception as error:
            log.seek(0)
            if words := log.read()[-4000:].decode(errors="replace"):
                error.add_note(f"it said:\n{words}")
            raise
        finally:
            if process.returncode is None:
                process.terminate()
            try:
                async with asyncio.timeout(_ENDS_WITHIN):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


async def _answers(process: asyncio.subprocess.Process, port: int) -> None:
    deadline = asyncio.get_running_loop().time() + _STARTS_WITHIN
    async with aiohttp.ClientSession() as session:
        while asyncio.get_running_loop().time() < deadline:
            if process.returncode is not None:
                raise NotStarted(process.returncode)
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
    raise NotStarted("it does not answer")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
