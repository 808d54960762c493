"""A Bot API of a few lines, so that it costs little beside what it measures: it answers, counts and tells who waits."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

BOT = {"id": 1234567, "is_bot": True, "first_name": "Đôn Đốc", "username": "dondoc_bot"}
TOKEN = "1234567:AAFakeTokenForMeasurements"


class StandIn:
    """Listens on 127.0.0.1 as the Bot API of one contender; `async with` starts and stops it."""

    def __init__(self) -> None:
        self.heard: dict[int, list[str]] = {}
        self.webhook: dict[str, Any] = {}
        self.registered = asyncio.Event()
        self._waiting: dict[int, asyncio.Future[str]] = {}
        self._runner: web.ServerRunner | None = None
        self._messages = 0
        self.url = ""

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=512).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def next_reply(self, chat: int) -> asyncio.Future[str]:
        """Return what will hold the next text sent to the chat."""
        return self._waiting.setdefault(chat, asyncio.get_running_loop().create_future())

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        if request.content_type == "application/json":
            given = json.loads(body or b"{}")
        else:
            given = dict(parse_qsl(body.decode()))
        result = self._answer(request.path.rpartition("/")[2], given)
        answer = json.dumps({"ok": True, "result": result}).encode()
        return web.Response(body=answer, content_type="application/json")

    def _answer(self, method: str, given: dict[str, Any]) -> Any:
        if method == "sendMessage":
            return self._take(int(given["chat_id"]), str(given["text"]))
        if method == "getMe":
            return BOT
        if method == "getWebhookInfo":
            return {"url": "", "has_custom_certificate": False, "pending_update_count": 0, **self.webhook}
        if method == "setWebhook":
            self.webhook = given
            self.registered.set()
        return True

    def _take(self, chat: int, text: str) -> dict[str, Any]:
        self.heard.setdefault(chat, []).append(text)
        waiting = self._waiting.pop(chat, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(text)
        self._messages += 1
        to = {"id": chat, "first_name": "Trưởng phòng", "type": "private"}
        return {"message_id": self._messages, "from": BOT, "chat": to, "date": 1682640000, "text": text}
