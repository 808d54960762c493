"""`python -m tests.kill.runner`: starts `dondoc run` once for each line it reads, so that a start costs no imports.

Each start is a process of its own, whose number is written when it begins and whose end is written when it has ended.
Its leases are short, so that whoever comes after a kill need not wait long.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
from datetime import timedelta

from bot.app import App
from bot.cli import session

LEASE = timedelta(seconds=0.6)
_PR_SET_PDEATHSIG = 1


async def serve() -> None:
    """Do what `dondoc run` does."""
    stop = session.stop_asked()
    given = session.settings(serving=True)
    async with session.opened(given) as database, App(given, database, lease_length=LEASE) as app:
        await app.loops.until_stopped(stop)


def main() -> None:
    _die_with_parent()
    print("ready", flush=True)
    while sys.stdin.readline():
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            _die_with_parent()
            if os.getppid() != parent:
                os._exit(1)
            os.dup2(2, 1)
            os.close(0)
            asyncio.run(serve())
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _die_with_parent() -> None:
    # tests that are killed themselves must leave nothing running
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
