"""The process is killed again and again while people report: every word counts once, every answer arrives."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import Literal, get_args

import pytest

from tests.kill.ledger import Ledger
from tests.kill.messengers import Messenger
from tests.kill.over_telegram import TelegramPolling, TelegramWebhook
from tests.kill.over_zalo import ZaloBotWebhook, ZaloOaWebhook
from tests.kill.product import Product, settings
from tests.kill.stream import Step, make_stream

Moment = Literal["sending", "acknowledging", "any", "working"]
"""As a message arrives, as an update is taken, any moment at all, one soon after a message left."""

_LATENCIES = (0.0, 0.005, 0.03)
_REDELIVERED = 0.3
_PATIENCE = 5.0
"""Seconds until its moment is not waited for any longer; a busy machine needs some to start the process."""

TELEGRAM: tuple[type[Messenger], ...] = (TelegramPolling, TelegramWebhook)
ZALO: tuple[type[Messenger], ...] = (ZaloBotWebhook, ZaloOaWebhook)


def _named(wire: type[Messenger]) -> str:
    return wire.name


@pytest.mark.parametrize(
    ("database_url", "messenger"),
    [("sqlite", TelegramPolling), ("sqlite", TelegramWebhook), ("postgres", TelegramWebhook)],
    ids=["sqlite-polling", "sqlite-webhook", "postgres-webhook"],
    indirect=True,
)
async def test_a_few_kills(
    office_url: str, messenger: Messenger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with asyncio.timeout(120):
        told = await Story(office_url, messenger, tmp_path, seed=718).play(updates=30, kills=3)
    with capsys.disabled():
        print(f"\n{told}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("messenger", ZALO, ids=_named, indirect=True)
async def test_a_few_kills_over_zalo(
    office_url: str, messenger: Messenger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with asyncio.timeout(120):
        told = await Story(office_url, messenger, tmp_path, seed=718).play(updates=20, kills=2)
    with capsys.disabled():
        print(f"\n{told}")


@pytest.mark.soak
@pytest.mark.parametrize("messenger", [*TELEGRAM, *ZALO], ids=_named, indirect=True)
async def test_a_hundred_kills(
    office_url: str, messenger: Messenger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with asyncio.timeout(900):
        told = await Story(office_url, messenger, tmp_path, seed=100).play(updates=200, kills=100)
    with capsys.disabled():
        print(f"\n{told}")


class Story:
    """One office, a messenger that survives, and a product that does not."""

    def __init__(self, url: str, messenger: Messenger, folder: Path, *, seed: int) -> None:
        self._url = url
        self._messenger = messenger
        self._folder = folder
        self._ledger = Ledger(url)
        self._random = Random(f"{seed} {messenger.name} {self._ledger.on_sqlite}")

    async def play(self, *, updates: int, kills: int) -> str:
        """Let it all happen, check what came of it, and return it in one line."""
        messenger = self._messenger
        steps, outcome = make_stream(updates, self._random)
        moments = [moment for _, moment in zip(range(kills), cycle(get_args(Moment)), strict=False)]
        self._random.shuffle(moments)
        lives = Counter(self._random.randrange(kills + 1) for _ in steps)
        waiting = iter(steps)
        struck: Counter[int] = Counter()
        began = monotonic()
        async with messenger, self._ledger:
            async with Product(settings(self._url, messenger), self._folder) as product:
                for life, moment in enumerate(moments):
                    messenger.slow(self._random.choice(_LATENCIES))
                    sent = messenger.sent
                    await product.start()
                    speaking = asyncio.create_task(self._say(list(islice(waiting, lives[life]))))
                    await self._moment(moment, sent)
                    await product.kill()
                    struck.update(await self._ledger.in_flight())
                    await speaking
                messenger.slow(0.0)
                product.start_command()
                await self._say(list(waiting))
                await self._quiet(updates)
                assert await product.stop_command() == 0, product.log()
            await self._ledger.check_effects(steps, messenger, outcome)
            tally = await self._ledger.check_answers(steps, messenger, struck)
        engine = "SQLite" if self._ledger.on_sqlite else "PostgreSQL"
        return (
            f"{engine}, {messenger.name}: {kills} kills, {updates} updates, {messenger.redelivered} redelivered on top; "
            f"{struck.total()} messages on their way at a kill, {tally.marked} sent again marked, "
            f"{tally.repeats} read twice, {tally.given_up} given up after three; {monotonic() - began:.0f} s"
        )

    async def _say(self, steps: list[Step]) -> None:
        """Let people write, and hand over again what was written before."""
        for step in steps:
            await asyncio.sleep(self._random.expovariate(1 / 0.02))
            await self._messenger.says(step.who, step.text)
            if self._random.random() < _REDELIVERED:
                self._messenger.redeliver_one(self._random)

    async def _moment(self, kind: Moment, sent: int) -> None:
        """Return when it is to die; the kinds other than "any" soon give up waiting for theirs."""
        messenger, most = self._messenger, 0

        def acknowledged() -> bool:
            nonlocal most
            most = max(most, messenger.pending)
            return messenger.pending < most

        if kind == "any":
            await asyncio.sleep(self._random.uniform(0.0, 1.5))
            return
        wanted = sent + (1 if kind == "working" else self._random.randint(1, 3))
        with suppress(TimeoutError):
            if kind == "acknowledging":
                await messenger.until(acknowledged, _PATIENCE)
            else:
                await messenger.until(lambda: messenger.sent >= wanted, _PATIENCE)
        if kind == "working":
            await asyncio.sleep(self._random.uniform(0.0, 0.3))

    async def _quiet(self, updates: int) -> None:
        """Return once every update is in and every answer is out."""
        while self._messenger.pending or not await self._ledger.is_settled(updates):
            await asyncio.sleep(0.1)
