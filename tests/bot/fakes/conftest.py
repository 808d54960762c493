"""A running fake and a bare client that shows the server's answers as they are."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.fakes.telegram import FakeTelegram


class Api:
    def __init__(self, fake: FakeTelegram, session: aiohttp.ClientSession) -> None:
        self.fake = fake
        self.session = session

    async def __call__(self, method: str, /, **params: Any) -> Any:
        status, body = await self.raw(method, params)
        assert status == 200, body
        return body["result"]

    async def refused(self, method: str, /, **params: Any) -> str:
        status, body = await self.raw(method, params)
        assert body["ok"] is False
        assert body["error_code"] == status
        return f"{status} {body['description']}"

    async def raw(self, method: str, params: dict[str, Any], token: str | None = None) -> tuple[int, Any]:
        url = f"{self.fake.url}/bot{token or self.fake.token}/{method}"
        async with self.session.post(url, json=params) as response:
            return response.status, await response.json()


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def api(fake: FakeTelegram) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(fake, session)


class Receiver:
    """A webhook whose answers the test dictates, 200 when it has no more to say."""

    def __init__(self) -> None:
        self.answers: list[web.Response] = []
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.url = ""
        self.gate: Any = None

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.updates.append(json.loads(await request.read()))
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.gate is not None:
            await self.gate(self.updates[-1])
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()
