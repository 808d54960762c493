"""Business time goes on from where it was anchored, and the metronome beats by it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock, Metronome
from bot.metrics import Metrics
from storage.database import Database
from tests.bot.scripted import until

SETTING = "2023-04-28T07:25:00+07:00"
START = datetime(2023, 4, 28, 0, 25, tzinfo=UTC)
SOON = timedelta(seconds=30)


async def test_without_a_setting_business_time_is_real(database: Database) -> None:
    clock = Clock()
    await clock.load(database, None)
    assert abs(clock.now() - datetime.now(UTC)) < SOON
    assert clock.now().tzinfo is UTC


async def test_a_setting_anchors_and_restarts_continue_it(database: Database) -> None:
    first = Clock()
    await first.load(database, SETTING)
    assert START <= first.now() < START + SOON
    await first.move_to(database, START + timedelta(hours=5))
    again = Clock()
    await again.load(database, "2023-04-28T00:25:00Z")  # the same moment, written otherwise
    assert again.anchor == first.anchor
    assert again.now() >= START + timedelta(hours=5)


async def test_a_new_setting_anchors_anew_and_none_ends_the_pretence(database: Database) -> None:
    clock = Clock()
    await clock.load(database, SETTING)
    await clock.load(database, "2023-05-02T07:25:00+07:00")
    assert clock.now().day == 2
    await clock.load(database, None)
    assert abs(clock.now() - datetime.now(UTC)) < SOON
    assert Clock().anchor is None


async def test_a_time_moved_by_hand_outlives_a_restart(sqlite_database: Database) -> None:
    clock = Clock()
    moment = datetime.now(UTC) + timedelta(days=3)
    await clock.move_to(sqlite_database, moment)
    again = Clock()
    await again.load(sqlite_database, None)
    assert moment <= again.now() < moment + SOON


async def test_business_time_only_goes_forward(sqlite_database: Database) -> None:
    clock = Clock()
    await clock.load(sqlite_database, SETTING)
    with pytest.raises(ValueError, match="forward"):
        await clock.move_to(sqlite_database, START - timedelta(seconds=1))
    assert clock.now() < START + SOON


@pytest.mark.parametrize("setting", ["2023-04-28T07:25:00", "tomorrow"])
async def test_a_setting_that_is_no_moment_is_refused(sqlite_database: Database, setting: str) -> None:
    with pytest.raises(ValueError, match=r"offset|isoformat"):
        await Clock().load(sqlite_database, setting)


async def test_two_processes_that_start_together_agree(postgres_url: str) -> None:
    databases = [Database(postgres_url) for _ in range(4)]
    clocks = [Clock() for _ in databases]
    await asyncio.gather(*(clock.load(base, SETTING) for clock, base in zip(clocks, databases, strict=True)))
    assert len({clock.anchor for clock in clocks}) == 1
    for base in databases:
        await base.close()


async def test_other_processes_follow(sqlite_database: Database) -> None:
    one, other = Clock(), Clock()
    await one.load(sqlite_database, SETTING)
    following = asyncio.create_task(other.follow(sqlite_database, 0.02))
    await until(lambda: other.anchor == one.anchor)
    await one.move_to(sqlite_database, START + timedelta(days=1))
    await until(lambda: other.anchor == one.anchor)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def test_the_metronome_beats_and_survives_errors() -> None:
    metrics, beats = Metrics(), 0

    async def tick() -> None:
        nonlocal beats
        beats += 1
        if beats == 2:
            raise ZeroDivisionError

    async with Metronome(Clock(), tick, every=0.05, metrics=metrics):
        await until(lambda: beats >= 4)
    after = beats
    await asyncio.sleep(0.12)
    assert beats == after
    assert metrics.registry.get_sample_value("dondoc_tick_failures_total") == 1
    assert metrics.registry.get_sample_value("dondoc_ticks_total") == beats - 1


async def test_a_slow_tick_is_never_doubled() -> None:
    at_once, most, beats = 0, 0, 0

    async def tick() -> None:
        nonlocal at_once, most, beats
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.25)
        at_once -= 1
        beats += 1

    async with Metronome(Clock(), tick, every=0.05) as metronome:
        await asyncio.gather(metronome.tick_now(), metronome.tick_now())
        await until(lambda: beats >= 4)
    assert most == 1
    assert at_once == 0, "leaving waits for the tick under way"


async def test_an_error_in_a_tick_asked_for_is_raised() -> None:
    async def tick() -> None:
        raise ZeroDivisionError

    metronome = Metronome(Clock(), tick, every=60)
    with pytest.raises(ZeroDivisionError):
        await metronome.tick_now()
