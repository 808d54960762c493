"""The process is killed again and again while people report: every word counts once, every answer arrives."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import Literal, get_args

import pytest

from bot.fakes.telegram import FakeTelegram
from storage.database import Database
from tests.kill.ledger import Ledger
from tests.kill.office import SUNDAY, first_phone, open_large_office, second_phone
from tests.kill.product import Product
from tests.kill.stream import UNITS, Step, make_stream

Wire = Literal["polling", "webhook"]
Moment = Literal["any", "working", "sending", "acknowledging"]
"""Any moment at all, one soon after a message left, one as a message arrives, one as an update is taken."""

_LATENCIES = (0.0, 0.005, 0.03)
_REDELIVERED = 0.3
_LONGEST_PAUSE = 0.5


@pytest.fixture
async def office_url(database_url: str) -> str:
    database = Database(database_url)
    await open_large_office(database)
    await database.close()
    return database_url


@pytest.mark.parametrize("wire", ["polling", "webhook"])
async def test_a_few_kills(office_url: str, wire: Wire, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with asyncio.timeout(120):
        told = await Story(office_url, wire, tmp_path, seed=718).play(updates=40, kills=4)
    with capsys.disabled():
        print(f"\n{told}")


@pytest.mark.soak
@pytest.mark.parametrize("wire", ["polling", "webhook"])
async def test_a_hundred_kills(office_url: str, wire: Wire, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with asyncio.timeout(900):
        told = await Story(office_url, wire, tmp_path, seed=100).play(updates=200, kills=100)
    with capsys.disabled():
        print(f"\n{told}")


class Story:
    """One office, a messenger that survives, and a product that does not."""

    def __init__(self, url: str, wire: Wire, folder: Path, *, seed: int) -> None:
        self._url = url
        self._wire = wire
        self._folder = folder
        self._ledger = Ledger(url)
        self._random = Random(f"{seed} {wire} {self._ledger.on_sqlite}")
        self._fake = FakeTelegram()
        self._numbers: list[int] = []
        self._redelivered = 0

    async def play(self, *, updates: int, kills: int) -> str:
        """Let it all happen, check what came of it, and return it in one line."""
        steps, outcome = make_stream(updates, self._random)
        moments = [moment for _, moment in zip(range(kills), cycle(get_args(Moment)), strict=False)]
        self._random.shuffle(moments)
        lives = Counter(self._random.randrange(kills + 1) for _ in steps)
        waiting = iter(steps)
        struck: Counter[int] = Counter()
        began = monotonic()
        async with self._fake, self._ledger:
            self._fake._server.webhook._backoff_limit = _LONGEST_PAUSE
            for unit in range(UNITS):
                for chat in (first_phone(unit), second_phone(unit)):
                    self._fake.private(self._fake.person(chat))
            async with Product(self._settings(), self._folder) as product:
                for life, moment in enumerate(moments):
                    self._fake.faults.latency = self._random.choice(_LATENCIES)
                    sent = self._sent()
                    await product.start()
                    speaking = asyncio.create_task(self._say(list(islice(waiting, lives[life]))))
                    await self._moment(moment, sent)
                    await product.kill()
                    struck.update(await self._ledger.in_flight())
                    await speaking
                self._fake.faults.latency = 0.0
                product.start_command()
                await self._say(list(waiting))
                await self._quiet(updates)
                assert await product.stop_command() == 0, product.log()
            await self._ledger.check_effects(steps, self._numbers, self._fake.world.bot["id"], outcome)
            tally = await self._ledger.check_answers(steps, self._fake, struck)
        engine = "SQLite" if self._ledger.on_sqlite else "PostgreSQL"
        return (
            f"{engine}, {self._wire}: {kills} kills, {updates} updates, {self._redelivered} redelivered on top; "
            f"{struck.total()} messages on their way at a kill, {tally.marked} sent again marked, "
            f"{tally.repeats} read twice, {tally.given_up} given up; {monotonic() - began:.0f} s"
        )

    def _settings(self) -> dict[str, str]:
        port = _free_port()
        webhook = {"PUBLIC_URL": f"http://127.0.0.1:{port}"} if self._wire == "webhook" else {}
        return {
            "DATABASE_URL": self._url,
            "PORT": str(port),
            "SECRET_KEY": "kept through every restart",
            "TELEGRAM_BOT_TOKEN": self._fake.token,
            "TELEGRAM_API_URL": self._fake.url,
            "SEND_PACE": "false",
            "CLOCK_START": SUNDAY.isoformat(),
            "LOG_FORMAT": "json",
            **webhook,
        }

    async def _say(self, steps: list[Step]) -> None:
        """Let people write, and hand over again what was written before."""
        for step in steps:
            await asyncio.sleep(self._random.expovariate(1 / 0.02))
            said = await self._fake.person(first_phone(step.who)).sends(step.text)
            assert said.update_id is not None
            self._numbers.append(said.update_id)
            if self._random.random() < _REDELIVERED:
                self._fake.redeliver(self._random.choice(self._numbers[-20:]))
                self._redelivered += 1

    async def _moment(self, kind: Moment, sent: int) -> None:
        """Return when it is to die; the kinds other than "any" soon give up waiting for theirs."""
        most = 0

        def acknowledged() -> bool:
            nonlocal most
            most = max(most, self._fake.pending)
            return self._fake.pending < most

        if kind == "any":
            await asyncio.sleep(self._random.uniform(0.0, 1.5))
            return
        wanted = sent + (1 if kind == "working" else self._random.randint(1, 3))
        with suppress(TimeoutError):
            if kind == "acknowledging":
                await self._fake.changes.until(acknowledged, 2.0)
            else:
                await self._fake.changes.until(lambda: self._sent() >= wanted, 2.0)
        if kind == "working":
            await asyncio.sleep(self._random.uniform(0.0, 0.3))

    def _sent(self) -> int:
        return self._fake.world.counts["sendMessage", 200]

    async def _quiet(self, updates: int) -> None:
        """Return once every update is in and every answer is out."""
        while self._fake.pending or not await self._ledger.is_settled(updates):
            await asyncio.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
