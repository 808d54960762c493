"""The process is killed again and again while the morning's digests leave: none lost, none doubled unmarked."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic
from typing import get_args

import pytest

from tests.kill.burst import Town, Trouble, check, rows
from tests.kill.ledger import Ledger
from tests.kill.product import Product


async def test_a_few_kills_during_a_burst(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with asyncio.timeout(180):
        told = await play(database_url, tmp_path, heads=45, kills=4, seed=718)
    with capsys.disabled():
        print(f"\n{told}")


@pytest.mark.soak
async def test_a_hundred_kills_during_a_burst_of_3000(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with asyncio.timeout(1800):
        told = await play(database_url, tmp_path, heads=3000, kills=100, seed=100)
    with capsys.disabled():
        print(f"\n{told}")


async def play(url: str, folder: Path, *, heads: int, kills: int, seed: int) -> str:
    """Let it all happen, check what came of it, and return it in one line."""
    ledger = Ledger(url)
    random = Random(f"{seed} {ledger.on_sqlite}")
    struck: Counter[int] = Counter()
    began = monotonic()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with Town(heads, port, random) as town, ledger:
        await town.settle_in(url)
        async with Product(town.settings(url), folder) as product:
            for _ in range(kills):
                kind: Trouble = random.choice(get_args(Trouble)) if random.random() < 0.5 else "none"
                await town.trouble(kind, random)
                before = town.arrived
                wanted = random.randint(1, max(2, 2 * heads // kills - 4))
                await product.start()
                with suppress(TimeoutError):  # Telegram may be away, or everything said already
                    await town.until(lambda before=before, wanted=wanted: town.arrived >= before + wanted, 6.0)
                await asyncio.sleep(random.uniform(0.0, 0.03))
                await product.kill()
                struck.update(await ledger.in_flight())
            await town.trouble("none", random)
            left = town.arrived
            product.start_command()
            await ledger.until_quiet(240.0)
            assert await product.stop_command() == 0, product.log()
        async with ledger.connected() as connection:
            found = await rows(connection)
        assert len(found) == heads
        tally = check(town, found, struck)
    engine = "SQLite" if ledger.on_sqlite else "PostgreSQL"
    words = ", ".join(f"{count} {name}" for name, count in sorted(tally.items()))
    return (
        f"{engine}: {kills} kills during a burst of {heads} digests ({left} had arrived by the last), "
        f"{struck.total()} on their way at a kill, {town.cut} answers cut; {words}; {monotonic() - began:.0f} s"
    )
