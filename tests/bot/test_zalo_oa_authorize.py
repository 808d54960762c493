"""`dondoc zalo authorize`: from the link an administrator opens to a stored pair."""

from __future__ import annotations

import asyncio
import logging
import threading
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import structlog

from bot.cli import zalo
from bot.cli.failures import CommandFailed
from bot.cli.parser import Parser
from bot.fakes.zalo_oa import APP_ID, APP_SECRET, SECRET_KEY, FakeZaloOa
from config.settings import Settings
from storage.database import Database

BACK = "https://so.example"


@pytest.fixture
def fake() -> Iterator[FakeZaloOa]:
    """The stand-in on a loop of its own, as another program is."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def make() -> FakeZaloOa:
        return await FakeZaloOa().start()

    made = asyncio.run_coroutine_threadsafe(make(), loop).result()
    yield made
    asyncio.run_coroutine_threadsafe(made.__aexit__(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(autouse=True)
def _settings(fake: FakeZaloOa, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    given = {
        "DATABASE_URL": sqlite_url,
        "PUBLIC_URL": BACK,
        "ZALO_OA_APP_ID": APP_ID,
        "ZALO_OA_APP_SECRET": APP_SECRET,
        "ZALO_OA_SECRET_KEY": SECRET_KEY,
        "ZALO_OA_API_URL": fake.url,
        "ZALO_OAUTH_URL": fake.url,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def _run(*argv: str) -> None:
    parser = Parser(prog="dondoc")
    zalo.add(parser.add_subparsers())
    arguments: Namespace = parser.parse_args(["zalo", "authorize", *argv])
    assert await arguments.call(arguments) == 0


async def _consent(link: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(link, allow_redirects=False) as response:
        assert response.status == 302
        return response.headers["Location"]


async def test_the_link_leads_to_a_code_and_the_code_to_a_pair(
    fake: FakeZaloOa, sqlite_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await _run()
    link = capsys.readouterr().out.strip()
    query = parse_qs(urlsplit(link).query)
    assert query["app_id"] == [APP_ID]
    assert query["redirect_uri"] == [BACK]
    assert len(query["code_challenge"][0]) == 43
    address = await _consent(link)
    with pytest.raises(CommandFailed, match="liên kết khác"):
        await _run("--code", address.replace("state=", "state=x"))
    await _run("--code", address)
    said = capsys.readouterr()
    assert fake.world.refresh_token not in said.out + said.err
    async with sqlite_database.read(datetime.now(UTC)) as work:
        token = await work.tokens.get(f"zalo_oa:{APP_ID}")
    assert token is not None
    assert token.status == "ok"
    assert (token.access_token, token.refresh_token) == (fake.world.access_token, fake.world.refresh_token)
    assert "consent" not in token.notes
    with pytest.raises(CommandFailed, match="chạy trước"):
        await _run("--code", address)


async def test_a_code_of_another_link_is_refused(fake: FakeZaloOa, capsys: pytest.CaptureFixture[str]) -> None:
    await _run("--redirect", f"{BACK}/zalo")
    first = await _consent(capsys.readouterr().out.strip())
    await _run()
    code = parse_qs(urlsplit(first).query)["code"][0]
    with pytest.raises(CommandFailed, match="Zalo không nhận mã"):
        await _run("--code", code)


async def test_without_the_application_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APP_ID", "APP_SECRET", "SECRET_KEY"):
        monkeypatch.delenv(f"ZALO_OA_{name}")
    with pytest.raises(CommandFailed, match="ZALO_OA_APP_ID"):
        await _run()
