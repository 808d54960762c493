"""Plays many seeds, one line each: `python -m tests.simulation 2000 2999 --engine postgresql`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import structlog

from storage.database import Database
from storage.migrate import migrate
from tests.engines import compiled_once
from tests.postgres import PostgresServer
from tests.quick import quick
from tests.simulation.play import Play
from tests.simulation.test_quarter import STRETCH, differences, played


async def _migrated(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()


async def _ended(playing: Coroutine[object, object, Play]) -> list[Play | BaseException]:
    """Wait for one play; one that breaks is told of like one that differs, and the next is played."""
    return list(await asyncio.gather(playing, return_exceptions=True))


@contextmanager
def fresh_databases(engine: str) -> Iterator[Callable[[], str]]:
    """Give a function that makes an empty, migrated database, and forgets the one it made before."""
    if engine == "postgresql":
        with PostgresServer() as server:
            asyncio.run(_migrated(server.create_database("empty")))

            def made() -> str:
                server.drop_database("played")
                return server.create_database("played", template="empty")

            server.create_database("played")
            yield made
        return
    with tempfile.TemporaryDirectory() as folder:
        empty, used = Path(folder, "empty.db"), Path(folder, "played.db")
        asyncio.run(_migrated(f"sqlite+aiosqlite:///{empty}"))

        def copied() -> str:
            for left in Path(folder).glob("played.db*"):
                left.unlink()
            shutil.copy(empty, used)
            return f"sqlite+aiosqlite:///{used}"

        yield copied


def play_all(first: int, last: int, *, engine: str, days: int, log: TextIO) -> int:
    """Play every seed from first to last, say of each what came of it, and return how many differed."""
    differed = 0
    with fresh_databases(engine) as fresh:
        for seed in range(first, last + 1):
            begun = time.perf_counter()
            (play,) = asyncio.run(_ended(played(fresh(), seed, days)))
            if isinstance(play, Play):
                wrong, oracle = differences(play), play.oracle
                sent = len(oracle.sent) + len(oracle.rings.sent) + len(oracle.inquiries.sent)
            else:
                wrong, sent = [f"broke: {play!r}"], 0
            took = time.perf_counter() - begun
            said = "; ".join(wrong) or f"agreed on {sent} messages"
            differed += bool(wrong)
            print(f"{engine} {seed}: {said} ({took:.1f} s)", file=log, flush=True)
        print(f"{last - first + 1 - differed} agreed, {differed} differed", file=log, flush=True)
    return differed


def main() -> int:
    """Read the command line, play, and return 1 where anything differed."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--days", type=int, default=STRETCH)
    parser.add_argument("--log", type=Path, help="a file to write to, instead of the screen")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with asked.log.open("a", encoding="utf-8") if asked.log else _screen() as log, compiled_once(), quick():
        return int(bool(play_all(asked.first, asked.last, engine=asked.engine, days=asked.days, log=log)))


@contextmanager
def _screen() -> Iterator[TextIO]:
    yield sys.stdout


if __name__ == "__main__":
    raise SystemExit(main())
