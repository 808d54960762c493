"""Who waits sees that an answer is being written; nothing waits for that to be shown, and nothing fails by it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.app import App
from bot.fakes.telegram import FakeTelegram
from bot.fakes.zalo_bot import FakeZaloBot
from bot.telegram import TelegramChannel
from bot.telegram_connection import Connection
from bot.typing import Typing
from bot.zalo_bot import ZaloBotChannel
from storage.database import Database
from tests.bot.scripted import ScriptedChannel, until
from tests.bot.test_app import settings
from tests.bot.zalo_bot_rig import rigged
from tests.dialogues.loaded import load
from tests.dialogues.rigs import PollingRig
from tests.office import DATA as FILES
from tests.office import MORNING

DATA = {"channel": "telegram", "chat": "7"}


@dataclass
class Watched(ScriptedChannel):
    """Remembers in which chats something was shown; takes `pause` seconds over each, and may fail."""

    shown: list[str] = field(default_factory=list)
    pause: float = 0.0
    failure: Exception | None = None

    def __post_init__(self) -> None:
        self.can = replace(self.can, typing=True)

    async def type(self, chat: str) -> None:
        self.shown.append(chat)
        await asyncio.sleep(self.pause)
        if self.failure is not None:
            raise self.failure


async def test_it_is_shown_again_while_the_work_lasts_and_no_longer() -> None:
    wire = Watched()
    async with Typing({"telegram": wire}, moment=0.0, again=0.01).shown(DATA):
        await until(lambda: len(wire.shown) >= 3)
    count = len(wire.shown)
    await asyncio.sleep(0.05)
    assert wire.shown == ["7"] * count


async def test_short_work_shows_nothing() -> None:
    wire = Watched()
    async with Typing({"telegram": wire}, moment=0.2).shown(DATA):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    assert wire.shown == []


async def test_the_work_waits_for_no_slow_messenger() -> None:
    wire = Watched(pause=60.0)
    async with asyncio.timeout(5), Typing({"telegram": wire}, moment=0.0).shown(DATA):
        await until(lambda: bool(wire.shown))


async def test_one_that_fails_is_not_asked_again_and_the_work_goes_on() -> None:
    wire = Watched(failure=OSError("gone"))
    async with Typing({"telegram": wire}, moment=0.0, again=0.0).shown(DATA):
        await until(lambda: bool(wire.shown))
        await asyncio.sleep(0.05)
    assert wire.shown == ["7"]


@pytest.mark.parametrize("data", [{}, {"channel": "zalo_oa", "chat": "7"}, {"channel": "telegram", "chat": None}])
async def test_where_nobody_waits_or_nothing_can_be_shown_nothing_is(data: dict[str, object]) -> None:
    wire = Watched()
    async with Typing({"telegram": wire, "zalo_oa": ScriptedChannel()}, moment=0.0).shown(data):
        await asyncio.sleep(0.02)
    assert wire.shown == []


async def test_work_that_fails_ends_it_too() -> None:
    wire = Watched()

    async def work() -> None:
        async with Typing({"telegram": wire}, moment=0.0, again=0.01).shown(DATA):
            await until(lambda: bool(wire.shown))
            raise ValueError("spoilt")

    with pytest.raises(ValueError, match="spoilt"):
        await work()
    count = len(wire.shown)
    await asyncio.sleep(0.05)
    assert len(wire.shown) == count


async def test_zalo_shows_it_once_and_its_refusal_is_of_no_consequence() -> None:
    async with rigged() as rig:
        await rig.tam.sends("chào")
        assert ZaloBotChannel.can.typing
        await rig.channel.type(rig.tam.chat.id)
        assert rig.tam.chat.actions == ["typing"]
        await rig.channel.type("nobody")
        assert rig.tam.chat.messages == []


async def test_telegram_shows_it_once_and_its_refusal_is_of_no_consequence() -> None:
    async with FakeTelegram() as fake, Connection(fake.token, api_url=fake.url) as connection:
        channel = TelegramChannel(connection, _no_file)
        assert channel.can.typing
        person = fake.user(7, "An")
        await person.sends("/start")
        await channel.type(str(person.chat.id))
        assert person.chat.actions == ["typing"]
        await channel.type("1")
        await channel.type("no number")


async def test_who_sent_a_notice_on_telegram_sees_it_while_that_is_read(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    await load(sqlite_database, "notice-718", MORNING)
    rig = PollingRig(sqlite_url, tmp_path, MORNING)
    with patch("bot.app.Typing", partial(Typing, moment=0.0)):
        await rig.open(["th"])
    try:
        await rig.sends("th", FILES / "notice-718.docx", "")
        await until(lambda: rig.chats["th"].actions, 60)
    finally:
        await rig.close()
    assert set(rig.chats["th"].actions) == {"typing"}


async def test_who_waits_long_on_the_zalo_bot_sees_it(
    sqlite_database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    async with FakeZaloBot() as fake:
        given = settings(sqlite_url, tmp_path, zalo_bot_token=fake.token, zalo_bot_api_url=fake.url)
        async with App(given, sqlite_database):
            tam = fake.user("Tâm", "a" * 20)
            await until(lambda: fake.world.polling, 60)
            async with sqlite_database.work(MORNING):  # nothing else is written meanwhile
                await tam.sends("xin chào")
                await until(lambda: tam.chat.actions, 60)
                assert tam.chat.messages == []
            await until(lambda: tam.chat.messages, 60)
    assert set(tam.chat.actions) == {"typing"}


async def _no_file(_: str) -> bytes:
    raise LookupError
