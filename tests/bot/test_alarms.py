"""What the log calls an alarm reaches whoever runs the system: once a day for each thing, by day, by another channel."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from sqlalchemy import select, update

from bot.alarms import KINDS, Alarms
from bot.clock import Clock
from bot.metrics import Metrics
from bot.watch import Watch, count_missed
from config.logs import configure
from core.messages import Message
from handlers.catalogue import Catalogue
from storage.clock import Anchor
from storage.database import Database
from storage.marks import TICK
from storage.outbox import Outgoing, Urgency
from storage.schema import outbox
from tests.bot.scripted import until
from tests.office import MORNING, open_office

NOON = datetime(2023, 4, 28, 5, 0, tzinfo=UTC)
log = structlog.get_logger()


@pytest.fixture(autouse=True)
def logged() -> object:
    root, kept = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    configure("info", "json", stream=io.StringIO())
    yield
    root.handlers[:], root.level = handlers, level
    structlog.configure(**kept)


@asynccontextmanager
async def listening(database: Database, at: datetime = NOON) -> AsyncIterator[None]:
    clock = Clock(Anchor("test", at, datetime.now(UTC)))
    async with Alarms(database, clock, Catalogue()) as alarms:
        task = asyncio.create_task(alarms.run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def keeper(database: Database, *channels: str) -> None:
    """Link the clerk, who hears alarms where nobody runs the system."""
    async with database.work(MORNING) as work:
        (clerk,) = await work.people.named("th")
        for channel in channels:
            await work.accounts.add_linked(channel, f"{channel}-th", f"{channel}-th", clerk.id)


async def told(database: Database) -> list[tuple[str, str, timedelta]]:
    async with database.read(MORNING) as work:
        rows = await work.connection.execute(select(outbox).where(outbox.c.key.like("alarm:%")).order_by(outbox.c.id))
        return [(r.channel, Message.from_json(r.content).plain(), r.not_before - datetime.now(UTC)) for r in rows]


async def test_an_alarm_is_told_once_by_a_channel_that_is_not_concerned(database: Database) -> None:
    await open_office(database)
    await keeper(database, "zalo_bot", "telegram")
    async with listening(database):
        for _ in range(5):
            structlog.get_logger().critical("locked out", action="alarm", channel="telegram", reason="123:SECRET")
        structlog.get_logger().warning("uncertain", action="uncertain", channel="telegram")
        await until(lambda: _any(database))
        await asyncio.sleep(0.2)
    ((channel, text, wait),) = await told(database)
    assert channel == "zalo_bot"
    assert text == "Cảnh báo hệ thống 12:00 28/4: mã của bot không được chấp nhận (Telegram). Kiểm tra: dondoc doctor"
    assert wait < timedelta(seconds=1)
    assert "SECRET" not in text


async def _any(database: Database) -> bool:
    return bool(await told(database))


async def test_nobody_is_woken_by_one(sqlite_database: Database) -> None:
    await open_office(sqlite_database)
    await keeper(sqlite_database, "telegram")
    async with listening(sqlite_database, NOON + timedelta(hours=11)):  # 23:00
        structlog.get_logger().critical("something new", action="alarm")
        await until(lambda: _any(sqlite_database))
    ((_, text, wait),) = await told(sqlite_database)
    assert "có lỗi cần xem nhật ký. Kiểm tra" in text
    assert timedelta(hours=7, minutes=59) < wait <= timedelta(hours=8)


def test_every_kind_of_alarm_is_worded() -> None:
    catalogue = Catalogue()
    for kind in {*KINDS.values(), "other"}:
        assert catalogue.has("vi", f"alarm-{kind}")
        assert catalogue.has("en", f"alarm-{kind}")


async def test_the_watch_sees_what_waits_what_is_lost_and_a_clock_that_stands_still(database: Database) -> None:
    metrics = Metrics()
    watch = Watch(database, Clock(), metrics, frozenset({"telegram"}))
    with structlog.testing.capture_logs() as logs:
        await watch.look()
        assert logs == []
        async with database.work(MORNING) as work:
            await work.outbox.say([Outgoing("telegram", str(n), Urgency.NOTICE, Message(("x",))) for n in range(12)])
            await work.connection.execute(update(outbox).values(not_before=work.real - timedelta(minutes=11)))
            await work.marks.set(TICK, work.real - timedelta(minutes=6))
        for _ in range(3):
            await watch.look()
        assert [entry["event"] for entry in logs] == ["unsent for long", "ticks stand still"]
        assert metrics.registry.get_sample_value("dondoc_queue_depth", {"channel": "telegram"}) == 12
        age = metrics.registry.get_sample_value("dondoc_oldest_unsent_seconds", {"channel": "telegram"})
        assert age is not None
        assert 660 <= age < 720
        async with database.work(MORNING) as work:
            await work.connection.execute(update(outbox).values(status="uncertain", finished_at=work.real))
            await work.marks.set(TICK, work.real)
        await watch.look()
        assert {entry["event"] for entry in logs[2:]} == {"many messages lost", "recovered"}
    assert all(entry["action"] in {"alarm", "alarm_over"} for entry in logs)
    assert metrics.registry.get_sample_value("dondoc_oldest_unsent_seconds", {"channel": "telegram"}) == 0


def test_ticks_nobody_did_are_counted_and_a_long_gap_is_an_alarm() -> None:
    metrics, now = Metrics(), datetime.now(UTC)
    with structlog.testing.capture_logs() as logs:
        count_missed(metrics, None, now)  # the very first
        count_missed(metrics, now - timedelta(seconds=21), now)
        count_missed(metrics, now + timedelta(hours=1), now)  # a clock set back
        assert logs == []
        count_missed(metrics, now - timedelta(seconds=61), now)
        assert metrics.registry.get_sample_value("dondoc_ticks_missed_total") == 2
        count_missed(metrics, now - timedelta(minutes=30), now)
    assert [entry["action"] for entry in logs] == ["ticks_missed", "alarm"]
    assert KINDS[logs[1]["event"]] == "gap"
    assert metrics.registry.get_sample_value("dondoc_ticks_missed_total") == 91
