from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.zalo_bot_polling import Polling
from tests.bot.telegram_rig import running
from tests.bot.zalo_bot_rig import Rig, rigged


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with rigged() as rig:
        yield rig


def polling(rig: Rig) -> Polling:
    return Polling(rig.client, rig.intake, rig.lease, timeout=1, pause=0.02, patience=0.3)


async def until(rig: Rig, *texts: str) -> None:
    async with asyncio.timeout(5):
        while rig.notes.texts != list(texts):
            await asyncio.sleep(0.01)


async def test_what_is_said_arrives_in_order(rig: Rig) -> None:
    async with running(polling(rig).run()):
        for number in range(5):
            await rig.tam.sends(f"việc {number}")
        await until(rig, *(f"việc {number}" for number in range(5)))


async def test_nothing_is_read_before_the_last_is_committed(rig: Rig) -> None:
    held = rig.notes.held["một"]
    async with running(polling(rig).run()):
        await rig.tam.sends("một")
        await rig.tam.sends("hai")
        await asyncio.sleep(0.15)
        assert rig.fake.pending == 1
        assert rig.notes.begun == ["một"]
        held.set()
        await until(rig, "một", "hai")


async def test_a_database_that_is_down_is_waited_for(rig: Rig) -> None:
    rig.notes.down = True
    async with running(polling(rig).run()):
        await rig.tam.sends("một")
        await rig.tam.sends("hai")
        await asyncio.sleep(0.15)
        assert rig.fake.pending == 1
        rig.notes.down = False
        await until(rig, "một", "hai")


async def test_what_was_read_is_committed_before_we_go(rig: Rig) -> None:
    held = rig.notes.held["một"]
    async with running(polling(rig).run()):
        await rig.tam.sends("một")
        async with asyncio.timeout(5):
            while not rig.notes.begun:
                await asyncio.sleep(0.01)
        asyncio.get_running_loop().call_later(0.05, held.set)
    assert rig.notes.texts == ["một"]


async def test_it_says_once_that_messages_may_be_lost(rig: Rig) -> None:
    with structlog.testing.capture_logs() as logs:
        async with running(polling(rig).run()):
            await rig.tam.sends("một")
            await until(rig, "một")
    assert [entry["log_level"] for entry in logs if entry["action"] == "at_most_once"] == ["warning"]


async def test_what_cannot_be_committed_in_time_is_said_to_be_lost(rig: Rig) -> None:
    rig.notes.down = True
    with structlog.testing.capture_logs() as logs:
        async with running(polling(rig).run()):
            await rig.tam.sends("một")
            async with asyncio.timeout(5):
                while not rig.notes.tried:
                    await asyncio.sleep(0.01)
    assert any(entry["action"] == "update_lost" for entry in logs)


async def test_a_webhook_that_is_set_is_removed(rig: Rig) -> None:
    await rig.client.call("setWebhook", {"url": "http://127.0.0.1:1/x", "secret_token": "12345678"})
    async with running(polling(rig).run()):
        await rig.fake.changes.until(lambda: not rig.fake.world.webhook_url)
        await rig.tam.sends("một")
        await until(rig, "một")
        await rig.client.call("setWebhook", {"url": "http://127.0.0.1:1/x", "secret_token": "12345678"})
        await rig.fake.changes.until(lambda: not rig.fake.world.webhook_url)
        await rig.tam.sends("hai")
        await until(rig, "một", "hai")


async def test_only_the_holder_of_the_lease_polls(rig: Rig) -> None:
    rig.lease.ours = False
    async with running(polling(rig).run()):
        await rig.tam.sends("một")
        await asyncio.sleep(0.1)
        assert rig.fake.pending == 1
        rig.lease.ours = True
        await until(rig, "một")


async def test_an_outage_is_waited_out(rig: Rig) -> None:
    rig.fake.world.outage = True
    with structlog.testing.capture_logs() as logs:
        async with running(polling(rig).run()):
            await rig.tam.sends("một")
            await asyncio.sleep(0.1)
            rig.fake.world.outage = False
            await until(rig, "một")
    assert any(entry["action"] == "poll_failed" for entry in logs)


async def test_a_long_outage_is_an_alarm(rig: Rig) -> None:
    rig.fake.world.outage = True
    one = polling(rig)
    one._pause = 0.0001
    with structlog.testing.capture_logs() as logs:
        async with running(one.run()):
            async with asyncio.timeout(5):
                while not any(entry["action"] == "alarm" for entry in logs):
                    await asyncio.sleep(0.01)
    assert one._failures >= 10


async def test_an_odd_update_does_not_stop_the_line(rig: Rig) -> None:
    rig.fake.inject({"event_name": "message.text.received", "message": 5})
    rig.fake.inject({"event_name": "user.left"})
    async with running(polling(rig).run()):
        await rig.tam.sends("một")
        await until(rig, "một")
    assert len(rig.notes.rejected) == 1
