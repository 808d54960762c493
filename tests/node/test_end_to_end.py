"""The product against a pretended Telegram nobody here wrote, from a stranger's first word to a taken back report."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.app import App
from config.settings import Settings, load
from storage.database import Database
from tests.node.pretended import Pretended, free_port, installed
from tests.office import MORNING, open_office

TOKEN = "666:pretended-by-others"

pytestmark = pytest.mark.node


@pytest.fixture(scope="session")
def modules() -> Path:
    return installed()


@pytest.mark.parametrize("wire", ["polling", "webhook"])
async def test_a_conversation(
    modules: Path, sqlite_url: str, wire: Literal["polling", "webhook"], tmp_path: Path
) -> None:
    database = Database(sqlite_url)
    try:
        await open_office(database)
        code = await _invite(database)
        async with asyncio.timeout(60), Pretended(modules, TOKEN, tmp_path) as telegram:
            settings = _settings(sqlite_url, telegram.url, wire, tmp_path)
            async with App(settings, database):
                while bool(await telegram.webhook()) != (wire == "webhook"):
                    await asyncio.sleep(0.02)
                await _converse(telegram, code)
            assert telegram.running
        await _check(database)
    finally:
        await database.close()


async def _converse(telegram: Pretended, code: str) -> None:
    stranger = await telegram.asks("xin chào")
    assert "chưa được liên kết" in _text(stranger)
    offer = await telegram.asks(f"/start {code}")
    assert "Trưởng phòng QLTM" in _text(offer)
    assert _labels(offer) == ["Đúng", "Không phải"]
    linked = await telegram.asks("Đúng")
    assert "Đã liên kết" in _text(linked)
    tasks = await telegram.asks("/tasks")
    assert all(code in _text(tasks) for code in ("3.2.2", "3.4", "3.5", "3.7"))
    done = await telegram.asks("/done 3.7")
    assert "Đã ghi 3.7 hoàn thành" in _text(done)
    assert "Đã hoàn tác" in _text(await telegram.asks("/undo"))
    done = await telegram.asks("/done 3.4")
    assert "Đã ghi 3.4 hoàn thành" in _text(done)
    assert "3.4 trở lại: Đã giao" in _text(await telegram.presses(done, "Hoàn tác"))
    asked = await telegram.asks("/done 3.5")
    assert "Cho số, ngày văn bản" in _text(asked)
    later = await telegram.presses(asked, "Chưa có số, báo sau")
    assert "chờ số văn bản" in _text(later)
    assert await telegram.left_over() == []


async def _invite(database: Database) -> str:
    async with database.work(MORNING) as work:
        head = (await work.people.named("tp-qltm"))[0]
        return (await work.invites.create(head.id, None)).text


async def _check(database: Database) -> None:
    async with database.read(datetime.now(UTC)) as work:
        agency = (await work.people.agencies())[0]
        states = {}
        for code in ("3.4", "3.5", "3.7"):
            part = next(p for p in await work.parts.by_code(agency.id, code) if p.unit_code == "QLTM")
            states[code] = (part.progress.state.value, part.version)
    assert states == {"3.4": ("assigned", 3), "3.5": ("reported", 2), "3.7": ("assigned", 3)}


def _settings(url: str, telegram: str, wire: str, folder: Path) -> Settings:
    port = free_port()
    given: dict[str, Any] = {"public_url": f"http://127.0.0.1:{port}"} if wire == "webhook" else {}
    return load(
        None,
        database_url=url,
        files_url=f"file:{folder / 'files'}",
        port=port,
        telegram_bot_token=TOKEN,
        telegram_api_url=telegram,
        send_pace=False,
        clock_start=MORNING.isoformat(),
        **given,
    )


def _text(message: dict[str, Any]) -> str:
    return str(message["message"]["text"])


def _labels(message: dict[str, Any]) -> list[str]:
    rows = message["message"]["reply_markup"]["inline_keyboard"]
    return [button["text"] for row in rows for button in row]
