"""A real Chromium and a served office to talk to in it; without a Chromium these tests are skipped and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from storage.database import Database
from tests.bot.webchat_office import Office, open_office

_REFUSED = ("Failed to load resource", "Response Status Error Code")
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


def _is_complaint(said: ConsoleMessage) -> bool:
    # a refused request is logged too; those the tests ask for
    return said.type in {"error", "warning"} and not said.text.startswith(_REFUSED)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None or not Path(path).exists():
        pytest.skip("no Chromium: install Debian's chromium, or name one in CHROMIUM")
    # a file is looked at in a process of its own, which takes its time on a busy machine
    expect.set_options(timeout=30_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        await browser.close()


@pytest.fixture
async def office(sqlite_database: Database) -> Office:
    return await open_office(sqlite_database)


@pytest.fixture
async def address(office: Office) -> AsyncIterator[str]:
    async with office.served() as url:
        yield url


@pytest.fixture
def width() -> int:
    return 1280


@pytest.fixture
async def page(chromium: Browser, address: str, width: int) -> AsyncIterator[Page]:
    """A page whose every complaint (an error, a blocked script or style) fails the test."""
    context = await chromium.new_context(
        viewport={"width": width, "height": 740}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", base_url=address
    )
    context.set_default_timeout(10_000)
    opened = await context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
    yield opened
    await context.close()
    assert complaints == []
