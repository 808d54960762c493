"""The whole process starts and stops in order, leaves nothing behind, and makes way for another."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from sqlalchemy import select, text

from bot.app import SHORT_LEASE, App, OldSchema
from bot.fakes.telegram import FakeTelegram
from bot.fakes.telegram_chats import Chat
from bot.leases import LENGTH
from bot.loops import LoopEnded
from bot.watch import Watch
from bot.wires import fingerprint
from config.settings import Settings, load
from storage.database import Database
from storage.marks import TICK
from storage.schema import inbox, leases
from tests.bot.scripted import logging_as_it_runs
from tests.office import MORNING, open_office
from tests.postgres import OTHERS


def settings(url: str, folder: Path, fake: FakeTelegram | None = None, **more: Any) -> Settings:
    if fake is not None:
        more |= {"telegram_bot_token": fake.token, "telegram_api_url": fake.url}
    return load(
        None,
        database_url=url,
        files_url=f"file:{folder / 'files'}",
        secret_key="a key for tests, long enough",
        host="127.0.0.1",
        port=more.pop("port", 0),
        send_pace=False,
        **more,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def nothing_left() -> AsyncIterator[None]:
    """After the block no task is left that was not there before."""
    before = asyncio.all_tasks()
    yield
    await asyncio.sleep(0)
    assert [task.get_name() for task in asyncio.all_tasks() - before] == []


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


async def connections(database: Database) -> int:
    """How many others are connected to this database."""
    if database.is_sqlite:
        return 0
    async with database.engine.connect() as connection:
        return int((await connection.execute(text(OTHERS))).scalar_one())


async def answered(fake: FakeTelegram, number: int, most: float = 10.0) -> None:
    """Wait until this person, a stranger, has got an answer to what they say now."""
    person = fake.user(number)
    chat = fake.private(person)
    before = len(chat.messages)
    await person.sends("xin chào")
    async with asyncio.timeout(most):
        await fake.changes.until(lambda: len(chat.messages) > before)


async def held(database: Database) -> dict[str, str]:
    async with database.read(MORNING) as work:
        return {row.name.partition(":")[0]: row.holder for row in await work.connection.execute(select(leases))}


async def eventually(holds: Callable[[], Any], most: float = 10.0) -> None:
    async with asyncio.timeout(most):
        while not await holds():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_it_starts_answers_stops_and_starts_again(
    database_url: str, tmp_path: Path, fake: FakeTelegram, webhook: bool
) -> None:
    more: dict[str, Any] = {}
    if webhook:
        port = free_port()
        more = {"port": port, "public_url": f"http://127.0.0.1:{port}"}
    given = settings(database_url, tmp_path, fake, **more)
    async with nothing_left():
        for number in (7, 8):  # a lease that was given up is no one's: the second start waits for nothing
            database = Database(database_url)
            async with App(given, database) as app:
                await answered(fake, number)
                async with aiohttp.ClientSession(f"http://127.0.0.1:{app.port}") as session:
                    for path in ("/healthz", "/readyz", "/metrics"):
                        async with session.get(path) as response:
                            assert response.status == 200
            assert set((await held(database)).values()) <= {""}
            async with database.read(MORNING) as work:
                assert len((await work.connection.execute(select(inbox))).all()) == number - 6
            await database.close()
    database = Database(database_url)
    await eventually(lambda: _is_zero(database))
    await database.close()


async def _is_zero(database: Database) -> bool:
    return await connections(database) == 0


async def test_the_halves_do_their_own_and_work_together(postgres_url: str, tmp_path: Path, fake: FakeTelegram) -> None:
    port = free_port()
    given = settings(postgres_url, tmp_path, fake, port=port, public_url=f"http://127.0.0.1:{port}")
    front, back = Database(postgres_url), Database(postgres_url)
    async with nothing_left():
        async with App(given, front, worker=False) as web, App(given, back, web=False) as worker:
            assert (web.port, worker.port) == (port, None)
            await answered(fake, 7)
        await front.close()
        await back.close()


async def test_a_worker_shows_its_metrics_where_it_is_given_a_port(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    given = settings(sqlite_url, tmp_path, metrics_port=0, port=1)
    async with nothing_left():
        async with App(given, database, web=False) as app, aiohttp.ClientSession() as session:
            answers = {}
            for path in ("healthz", "readyz", "metrics", "d/token", "webhooks/telegram"):
                async with session.get(f"http://127.0.0.1:{app.port}/{path}") as response:
                    answers[path] = response.status
                    words = await response.text()
                    if path == "metrics":
                        assert "dondoc_ticks_total" in words
        await database.close()
    assert answers == {"healthz": 200, "readyz": 200, "metrics": 200, "d/token": 404, "webhooks/telegram": 404}


async def test_after_a_standstill_the_missed_ticks_are_counted_and_the_keeper_hears(
    database: Database, database_url: str, tmp_path: Path, fake: FakeTelegram
) -> None:
    await open_office(database)
    async with database.work(MORNING) as work:
        (clerk,) = await work.people.named("th")
        await work.accounts.add_linked("telegram", "501", "501", clerk.id)
        await work.marks.set(TICK, work.real - timedelta(hours=2))
    chat = fake.private(fake.person(501))
    given = settings(database_url, tmp_path, fake, clock_start=MORNING.replace(hour=9).isoformat())
    with logging_as_it_runs():
        async with App(given, database, web=False) as app:
            await eventually(lambda: _heard(chat, "đã ngừng một lúc"))
            missed = app.metrics.registry.get_sample_value("dondoc_ticks_missed_total")
            await app.metronome.tick_now()
            assert app.metrics.registry.get_sample_value("dondoc_ticks_missed_total") == missed
    assert missed is not None
    assert 355 <= missed <= 365


async def _heard(chat: Chat, words: str) -> bool:
    return any(words in text for text in chat.texts)


async def test_a_web_half_says_so_when_no_worker_is_there(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watch.run, "__defaults__", (0.1,))
    database = Database(postgres_url)
    async with database.work(MORNING) as work:
        await work.marks.set(TICK, work.real - timedelta(minutes=6))
    with structlog.testing.capture_logs() as logs:
        async with App(settings(postgres_url, tmp_path), database, worker=False):
            await eventually(lambda: _said(logs, "ticks stand still"))
    await database.close()


async def _said(logs: Sequence[Mapping[str, Any]], event: str) -> bool:
    return any(entry["event"] == event and entry["action"] == "alarm" for entry in logs)


async def test_what_zalos_papers_leave_open_reaches_the_wires(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    known, further, nowhere = "https://a.zdn.vn/x", "https://a.media.example.vn/x", "http://127.0.0.1:9"
    for hosts, allowed in (("", False), (" media.example.vn, other.example.vn", True)):
        given = settings(
            sqlite_url,
            tmp_path,
            zalo_bot_token="718:a-token-of-a-zalo-bot",
            zalo_bot_api_url=nowhere,
            zalo_oa_api_url=nowhere,
            zalo_oauth_url=nowhere,
            zalo_oa_app_id="718",
            zalo_oa_app_secret="an application's secret",
            zalo_oa_secret_key="the key of events",
            zalo_oa_button_template="list",
            zalo_media_hosts=hosts,
        )
        async with App(given, sqlite_database, web=False, worker=False) as app:
            for name in ("zalo_bot", "zalo_oa"):
                media = app.channels[name]._media
                assert (media.allows(known), media.allows(further)) == (True, allowed)
            assert app.channels["zalo_oa"]._template == "list"


async def test_a_web_half_reads_the_days_that_are_set_while_it_runs(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.EVERY", 0.01)
    day = MORNING.date() + timedelta(days=3)
    async with App(settings(sqlite_url, tmp_path), sqlite_database, worker=False) as app:
        before = app.calendar.is_working(day)
        async with sqlite_database.work(MORNING) as work:
            await work.clock.set_day(day, working=not before, name="", source="dondoc calendar")
        async with asyncio.timeout(10):
            while app.calendar.is_working(day) is before:
                await asyncio.sleep(0.01)


async def test_an_old_schema_is_refused(tmp_path: Path, fake: FakeTelegram) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    database = Database(url)
    async with nothing_left():
        with pytest.raises(OldSchema):
            await App(settings(url, tmp_path, fake), database).__aenter__()
        await database.close()
    assert fake.calls == []


async def test_a_start_that_fails_leaves_nothing_running(sqlite_url: str, tmp_path: Path, fake: FakeTelegram) -> None:
    database = Database(sqlite_url)
    async with nothing_left():
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            app = App(settings(sqlite_url, tmp_path, fake, port=taken.getsockname()[1]), database)
            with pytest.raises(OSError, match="address"):
                await app.__aenter__()
        assert set((await held(database)).values()) <= {""}
        await database.close()


async def dies() -> None:
    raise ZeroDivisionError


async def returns() -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize(("body", "cause"), [(dies, ZeroDivisionError), (returns, type(None))])
async def test_a_loop_that_ends_ends_the_process_with_an_error(
    sqlite_url: str, tmp_path: Path, body: Any, cause: type
) -> None:
    database = Database(sqlite_url)
    async with nothing_left():
        async with App(settings(sqlite_url, tmp_path), database) as app:
            app.loops.run(body, "a loop of ours")
            with pytest.raises(LoopEnded, match="a loop of ours") as ended:
                await asyncio.wait_for(app.loops.until_stopped(asyncio.Event()), 5)
        assert isinstance(ended.value.__cause__, cause)
        await database.close()


async def test_it_goes_on_until_it_is_asked_to_stop(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    stop = asyncio.Event()
    async with nothing_left():
        async with App(settings(sqlite_url, tmp_path), database) as app:
            app.loops.run(returns, "one that may end", ends=True)
            waiting = asyncio.create_task(app.loops.until_stopped(stop))
            await asyncio.sleep(0.1)
            assert not waiting.done()
            stop.set()
            await asyncio.wait_for(waiting, 5)
        await database.close()


async def test_a_second_process_stands_by_and_takes_over(postgres_url: str, tmp_path: Path, fake: FakeTelegram) -> None:
    given = settings(postgres_url, tmp_path, fake)
    first_database, second_database = Database(postgres_url), Database(postgres_url)
    length = timedelta(seconds=1)
    async with nothing_left():
        first = App(given, first_database, lease_length=length)
        await first.__aenter__()
        async with App(given, second_database, lease_length=length) as second:
            await answered(fake, 7)
            await asyncio.sleep(0.5)
            assert await held(first_database) == {"poller": first.holder_id, "sender": first.holder_id}
            await first.__aexit__()
            await answered(fake, 8)
            assert await held(second_database) == {"poller": second.holder_id, "sender": second.holder_id}
        await first_database.close()
        await second_database.close()
    for number in (7, 8):
        assert len(fake.private(fake.user(number)).messages) == 1


def test_on_sqlite_nobody_waits_long_for_a_dead_process(sqlite_url: str, tmp_path: Path) -> None:
    given = settings(sqlite_url, tmp_path)
    alone, shared = Database(sqlite_url), Database("postgresql+asyncpg://nobody@127.0.0.1:1/none")
    assert App(given, alone).lease_length == SHORT_LEASE < LENGTH == App(given, shared).lease_length
    assert App(given, alone, lease_length=LENGTH).lease_length == LENGTH


async def test_after_a_kill_the_next_start_takes_over_what_is_left(
    sqlite_url: str, tmp_path: Path, fake: FakeTelegram
) -> None:
    database = Database(sqlite_url)
    length = timedelta(seconds=1)
    async with database.work(MORNING) as work:
        bot_id = fake.token.partition(":")[0]
        for lease in (f"poller:telegram:{bot_id}", f"sender:telegram:{fingerprint(fake.token)}"):
            assert await work.leases.take(lease, "the dead one", length) is not None
    async with nothing_left():
        async with App(settings(sqlite_url, tmp_path, fake), database, lease_length=length) as app:
            await answered(fake, 7, most=5)
            assert set((await held(database)).values()) == {app.holder_id}
        await database.close()


async def test_the_clock_is_the_pretended_one(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    given = settings(sqlite_url, tmp_path, clock_start=MORNING.isoformat())
    async with nothing_left():
        async with App(given, database, web=False) as app:
            assert timedelta() <= app.clock.now() - MORNING < timedelta(minutes=1)
        await database.close()
