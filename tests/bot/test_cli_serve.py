"""The commands that stay: they start, answer, and stop when asked to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.settings import Settings

PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def started(*argv: str, folder: Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Runs a command of its own process in a folder, and makes sure that it is gone afterwards."""
    known = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in known}
    paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *argv],
        cwd=folder,
        env=kept | paths | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def page(address: str, process: subprocess.Popen[str]) -> str:
    """Returns what an address answers as soon as it answers."""
    end = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < end, f"{address} never answered"
            time.sleep(0.1)


def stopped(process: subprocess.Popen[str], by: signal.Signals) -> int:
    process.send_signal(by)
    return process.wait(PATIENCE)


def test_it_serves_until_it_is_asked_to_stop(sqlite_url: str, tmp_path: Path) -> None:
    port = free_port()
    with started("run", folder=tmp_path, DATABASE_URL=sqlite_url, PORT=str(port)) as process:
        assert page(f"http://127.0.0.1:{port}/healthz", process)
        assert page(f"http://127.0.0.1:{port}/readyz", process)
        assert stopped(process, signal.SIGTERM) == 0


def test_a_taken_port_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started("web", folder=tmp_path, DATABASE_URL=sqlite_url, PORT=str(port)) as process:
            _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "PORT" in err.splitlines()[-1]
    assert "Traceback" not in err


def test_the_demo_prints_an_address_that_answers(tmp_path: Path) -> None:
    with started("demo", "--port", "0", "--data", "demo", "--loaded", folder=tmp_path) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, process.communicate()
        address = line.split()[-1]
        assert "<html" in page(address, process)
        assert (tmp_path / "demo" / "demo.db").exists()
        assert stopped(process, signal.SIGINT) == 0
