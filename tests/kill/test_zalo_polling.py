"""A Zalo bot that is polled: what a killed process had in hand is lost, that alone, and the log said so before."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from core.tasks import State
from tests.kill.ledger import Ledger
from tests.kill.over_zalo import ZaloBotPolling
from tests.kill.product import Product, settings
from tests.kill.stream import Outcome, Step, codes_of


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("messenger", [ZaloBotPolling], ids=["zalo-bot-polling"], indirect=True)
async def test_a_kill_between_receipt_and_commit_loses_that_one_update(
    office_url: str, messenger: ZaloBotPolling, tmp_path: Path
) -> None:
    before, lost, meanwhile, after = steps = [
        Step(unit, f"/done {_code(unit)}", _code(unit), "done") for unit in range(4)
    ]
    async with asyncio.timeout(120), messenger, Ledger(office_url) as ledger:
        async with Product(settings(office_url, messenger), tmp_path) as product:
            await product.start()
            await _say(messenger, before)
            await _settled(ledger, 1)
            await messenger.until(lambda: messenger.polling, 10.0)
            with nobody_else_writing(office_url):
                await _say(messenger, lost)
                await messenger.until(lambda: not messenger.pending, 10.0)
                await asyncio.sleep(0.1)
                await product.kill()
            await _say(messenger, meanwhile)
            await product.start()
            await _say(messenger, after)
            await _settled(ledger, 3)
            assert product.log().count('"action": "at_most_once"') == 2
        del messenger.events[steps.index(lost)]
        kept = [before, meanwhile, after]
        codes = [step.code for step in kept]
        outcome = Outcome(dict.fromkeys(codes, State.DONE), {}, Counter(codes))
        await ledger.check_effects(kept, messenger, outcome)
        await ledger.check_answers(kept, messenger, Counter())


@contextmanager
def nobody_else_writing(url: str) -> Iterator[None]:
    """Keep the product from committing anything."""
    connection = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


async def _say(messenger: ZaloBotPolling, step: Step) -> None:
    await messenger.says(step.who, step.text)


async def _settled(ledger: Ledger, updates: int) -> None:
    while not await ledger.is_settled(updates):
        await asyncio.sleep(0.05)


def _code(unit: int) -> str:
    return codes_of(unit)[0]
