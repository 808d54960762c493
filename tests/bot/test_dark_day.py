"""Telegram goes dark for a day: messages go another way in time, nobody is written off, and nothing comes twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.app import App
from bot.fakes.telegram import FakeTelegram
from bot.fakes.zalo_bot import FakeZaloBot
from bot.watch import Watch
from config.settings import load
from core.deadlines import HANOI
from storage.database import Database
from storage.schema import accounts, outbox
from tests.bot.scripted import logging_as_it_runs, until
from tests.office import open_office

DUE = datetime(2023, 6, 30, 7, 25, tzinfo=HANOI)
MORNING = datetime(2023, 6, 30, 7, 30, tzinfo=HANOI)
NEXT = datetime(2023, 7, 3, 7, 30, tzinfo=HANOI)
BOTH, ONLY_TELEGRAM, ONLY_ZALO = "tp-qltm", "tp-qlnl", "tp-qlcn"
CHATS = {BOTH: 501, ONLY_TELEGRAM: 502, ONLY_ZALO: 503}
LONG = 10_000_000


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let minutes be moments."""
    monkeypatch.setattr("bot.sender._SURVEY", 0.2)
    monkeypatch.setattr("bot.telegram_errors._RECONNECT", 0.05)
    monkeypatch.setattr("bot.telegram_errors._WALLED", 0.05)
    monkeypatch.setattr("bot.breaker._LONGEST", 0.3)
    for module in ("bot.settling", "bot.flights"):
        monkeypatch.setattr(f"{module}.ASK_AGAIN", timedelta(milliseconds=30))


class Street:
    """Both messengers, the office that uses them, and the product, which may be started anew."""

    def __init__(self, database: Database, url: str, folder: Path, telegram: FakeTelegram, zalo: FakeZaloBot) -> None:
        self.database = database
        self.telegram = telegram
        self.zalo = zalo
        self._settings = load(
            None,
            database_url=url,
            files_url=f"file:{folder / 'files'}",
            clock_start=DUE.isoformat(),
            secret_key="a key for tests, long enough",
            port=0,
            send_pace=False,
            telegram_bot_token=telegram.token,
            telegram_api_url=telegram.url,
            zalo_bot_token=zalo.token,
            zalo_bot_api_url=zalo.url,
        ).model_copy(update={"next_account_minutes": 1.5 / 60})

    async def open(self) -> None:
        """Link the people: the one with both messengers prefers Telegram."""
        agency = await open_office(self.database, DUE)
        async with self.database.work(DUE) as work:
            heads = {office.key: office.person_id for office in await work.people.offices(agency)}
            for key in (BOTH, ONLY_ZALO):
                self.zalo.user(key, f"z-{key}").chat.opened = True
                await work.accounts.add_linked("zalo_bot", f"z-{key}", f"z-{key}", heads[key])
            for key in (BOTH, ONLY_TELEGRAM):
                self.telegram.private(self.telegram.person(CHATS[key]))
                await work.accounts.add_linked("telegram", str(CHATS[key]), str(CHATS[key]), heads[key])
            await work.accounts.prefer(heads[BOTH], "telegram")

    def without_zalo(self) -> None:
        """Take the Zalo bot's token out of the settings."""
        self._settings = self._settings.model_copy(update={"zalo_bot_token": None})

    @asynccontextmanager
    async def product(self) -> AsyncIterator[App]:
        app = App(self._settings, self.database, web=False)
        async with app:
            yield app

    def by_telegram(self, key: str) -> list[str]:
        return [text for text in self.telegram.person(CHATS[key]).chat.texts if "thứ Sáu 30/6" in text]

    def by_zalo(self, key: str) -> list[str]:
        return [text for text in self.zalo.user(key, f"z-{key}").chat.texts if "thứ Sáu 30/6" in text]

    async def rows(self) -> dict[str, list[tuple[str, str, int]]]:
        """Return channel, status and doubts of each head's digests."""
        async with self.database.read(MORNING) as work:
            names = {person.id: person.key for person in await work.people.everyone()}
            found = await work.connection.execute(
                select(outbox.c.person_id, outbox.c.channel, outbox.c.status, outbox.c.uncertain)
                .where(outbox.c["class"] == 2)
                .order_by(outbox.c.id)
            )
            rows: dict[str, list[tuple[str, str, int]]] = {}
            for row in found:
                rows.setdefault(names[row.person_id], []).append((row.channel, row.status, row.uncertain))
            return rows


@pytest.fixture
async def street(database: Database, database_url: str, tmp_path: Path) -> AsyncIterator[Street]:
    async with FakeTelegram() as telegram, FakeZaloBot() as zalo:
        made = Street(database, database_url, tmp_path, telegram, zalo)
        await made.open()
        yield made


async def _comes_back(street: Street, port: int) -> None:
    street.telegram.faults.planned.clear()
    if street.telegram._server._runner is None:
        await street.telegram.start(port)


def _port(url: str) -> int:
    return int(url.rpartition(":")[2])


@pytest.mark.parametrize(
    ("database_url", "darkness"),
    [*(("sqlite", darkness) for darkness in ("refused", "drop_before", "502", "wall")), ("postgres", "wall")],
    indirect=["database_url"],
)
async def test_telegram_dark_for_a_day_moves_on_and_comes_back_without_a_copy(street: Street, darkness: str) -> None:
    port = _port(street.telegram.url)
    wall = Wall(port)
    if darkness in {"refused", "wall"}:
        await street.telegram.stop()
    else:
        street.telegram.fail("*", darkness, times=LONG)
    if darkness == "wall":
        await wall.start()
    async with street.product() as app:
        await app.clock.move_to(street.database, MORNING)
        await app.metronome.tick_now()
        await until(lambda: street.by_zalo(BOTH) and street.by_zalo(ONLY_ZALO), 15.0)
    for _ in range(2):  # the day is long, and the product is started anew
        async with street.product() as app:
            await asyncio.sleep(0.7)
            await app.metronome.tick_now()
    rows = await street.rows()
    assert [len(street.by_zalo(key)) for key in (BOTH, ONLY_ZALO)] == [1, 1]
    assert [(channel, status) for channel, status, _ in rows[BOTH]] == [("zalo_bot", "sent")]
    assert [(channel, status) for channel, status, _ in rows[ONLY_TELEGRAM]] == [("telegram", "queued")]
    assert await account_states(street.database) == {"active"}
    await wall.stop()
    await _comes_back(street, port)
    async with street.product() as app:
        await until(lambda: street.by_telegram(ONLY_TELEGRAM), 15.0)
        await asyncio.sleep(0.5)
        # what went another way does not come back, and what waited is marked if its answer had been lost
        assert street.by_telegram(BOTH) == []
        (late,) = street.by_telegram(ONLY_TELEGRAM)
        ((channel, status, doubts),) = (await street.rows())[ONLY_TELEGRAM]
        assert (channel, status) == ("telegram", "sent")
        assert late.startswith("(gửi lại)") == bool(doubts)
        assert doubts <= 1
        # the next working day goes by Telegram again
        await app.clock.move_to(street.database, NEXT)
        await app.metronome.tick_now()
        await until(lambda: any("03/7" in text for text in street.telegram.person(CHATS[BOTH]).chat.texts), 15.0)
    assert [len(street.by_zalo(key)) for key in (BOTH, ONLY_ZALO)] == [1, 1]


async def test_a_short_outage_moves_nothing(street: Street) -> None:
    port = _port(street.telegram.url)
    await street.telegram.stop()
    async with street.product() as app:
        await app.clock.move_to(street.database, MORNING)
        await app.metronome.tick_now()
        await until(lambda: street.by_zalo(ONLY_ZALO), 10.0)
        await street.telegram.start(port)
        await until(lambda: street.by_telegram(BOTH) and street.by_telegram(ONLY_TELEGRAM), 10.0)
        await asyncio.sleep(1.0)
    assert street.by_zalo(BOTH) == []
    assert [len(street.by_telegram(key)) for key in (BOTH, ONLY_TELEGRAM)] == [1, 1]


async def test_while_it_is_dark_the_office_sees_who_waits_and_its_end_is_told(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watch.run, "__defaults__", (0.2,))
    monkeypatch.setattr("bot.watch.UNSENT", timedelta(seconds=1))
    monkeypatch.setattr("storage.deliveries.SLOW", timedelta(seconds=1))
    clerk = street.zalo.user("th", "z-th")
    clerk.chat.opened = True
    async with street.database.work(DUE) as work:
        (person,) = await work.people.named("th")
        await work.accounts.add_linked("zalo_bot", "z-th", "z-th", person.id)
    port = _port(street.telegram.url)
    await street.telegram.stop()
    with logging_as_it_runs():
        async with street.product() as app:
            await app.clock.move_to(street.database, MORNING)
            await app.metronome.tick_now()
            await until(lambda: any("tin chờ gửi quá lâu (Telegram)" in text for text in clerk.chat.texts), 15.0)
            await until(lambda: street.by_zalo(BOTH), 15.0)
            waits: list[str] = []
            while not waits:  # between two tries it waits, while one is made it may just be leaving
                answers = len(clerk.chat.texts)
                await clerk.sends("chưa nhận")
                await until(lambda seen=answers: len(clerk.chat.texts) > seen, 15.0)
                waits = [text for text in clerk.chat.texts if "Telegram chưa nhận, đang chờ gửi" in text]
            assert waits[0].count("đang chờ gửi") == 1, "who reads on Zalo is not named"
            await _comes_back(street, port)
            await until(lambda: street.by_telegram(ONLY_TELEGRAM), 15.0)
            await until(lambda: any("Telegram đã gửi lại bình thường" in text for text in clerk.chat.texts), 15.0)


async def test_a_messenger_taken_out_of_the_settings_keeps_nobodys_message(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watch.run, "__defaults__", (0.2,))
    street.without_zalo()
    async with street.database.work(DUE) as work:
        (both,) = await work.people.named(BOTH)
        await work.accounts.prefer(both.id, "zalo_bot")
    async with street.product() as app:
        await app.clock.move_to(street.database, MORNING)
        await app.metronome.tick_now()
        await until(lambda: street.by_telegram(BOTH) and street.by_telegram(ONLY_TELEGRAM), 15.0)
    rows = await street.rows()  # what came of them is written down by now
    assert [(channel, status) for channel, status, _ in rows[BOTH]] == [("telegram", "sent")]
    assert [(channel, status) for channel, status, _ in rows[ONLY_ZALO]] == [("zalo_bot", "queued")]
    assert street.by_zalo(BOTH) == []


async def account_states(database: Database) -> set[str]:
    async with database.read(MORNING) as work:
        return set((await work.connection.execute(select(accounts.c.status))).scalars())


class Wall:
    """What stands in the way and answers every call with a page of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._runner: web.ServerRunner | None = None

    async def start(self) -> None:
        async def blocked(_: web.BaseRequest) -> web.Response:
            return web.Response(status=403, text="<html>This site is blocked</html>", content_type="text/html")

        self._runner = web.ServerRunner(web.Server(blocked, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
