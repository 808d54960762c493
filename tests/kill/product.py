"""The product as processes that can be killed: many by the runner, and the command itself at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.kill.messengers import Messenger
from tests.kill.office import SUNDAY

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


def settings(url: str, messenger: Messenger) -> dict[str, str]:
    """Return how the product is set up for the office at this database and a messenger that has started."""
    return {
        "DATABASE_URL": url,
        "PORT": str(messenger.port),
        "SECRET_KEY": "kept through every restart",
        "SEND_PACE": "false",
        "CLOCK_START": SUNDAY.isoformat(),
        "LOG_FORMAT": "json",
        **messenger.settings(),
    }


class Product:
    """At most one living process; all of them write one log. Leaving ends whatever still runs."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        self._environment = {**_neutral(), **settings, "PYTHONPATH": str(_ROOT)}
        self._folder = folder
        self._runner: subprocess.Popen[str] | None = None
        self._child: int | None = None
        self._command: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        self._runner = self._popen([sys.executable, "-m", "tests.kill.runner"])
        if await asyncio.wait_for(self._line(), _PATIENCE) != "ready":
            await self.__aexit__(None, None, None)
            raise RuntimeError(f"the runner did not start:\n{self.log()}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None:
            os.kill(self._child, signal.SIGKILL)
            self._child = None
        for process in (self._runner, self._command):
            if process is not None:
                _end(process)

    async def start(self) -> None:
        """Start it; returns at once."""
        assert self._runner is not None
        assert self._runner.stdin is not None
        self._runner.stdin.write("\n")
        self._runner.stdin.flush()
        self._child = int(await asyncio.wait_for(self._line(), _PATIENCE))

    async def kill(self) -> None:
        """Kill it with SIGKILL at this instant; returns once it is gone."""
        assert self._child is not None
        os.kill(self._child, signal.SIGKILL)
        code = int(await asyncio.wait_for(self._line(), _PATIENCE))
        self._child = None
        if code != -signal.SIGKILL:
            raise RuntimeError(f"it had ended by itself with {code}:\n{self.log()}")

    def start_command(self) -> None:
        """Start it as its operator does, with the settings it has in real life."""
        self._command = self._popen([sys.executable, "-m", "bot", "run"])

    async def stop_command(self) -> int:
        """Ask it to stop once it serves, which it may not have come to yet, and return its exit code."""
        assert self._command is not None
        async with asyncio.timeout(_PATIENCE):
            while self._command.poll() is None and not await _listens(int(self._environment["PORT"])):
                await asyncio.sleep(0.05)
        self._command.terminate()
        return await asyncio.to_thread(self._command.wait, _PATIENCE)

    def log(self) -> str:
        """What all of them wrote."""
        return (self._folder / "product.log").read_text(encoding="utf-8", errors="replace")

    async def _line(self) -> str:
        assert self._runner is not None
        assert self._runner.stdout is not None
        return (await asyncio.to_thread(self._runner.stdout.readline)).strip()

    def _popen(self, command: list[str]) -> subprocess.Popen[str]:
        with (self._folder / "product.log").open("a") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=self._folder,
                env=self._environment,
            )


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def _neutral() -> dict[str, str]:
    """The environment without any setting of the product's."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
