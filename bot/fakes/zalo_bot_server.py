"""The HTTP face: `/bot<token>/<method>`, `/media/<name>` and `/fake/...` on one loopback port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.fakes.zalo_bot_methods import run
from bot.fakes.zalo_bot_state import JSON, Fault, Refusal, World
from bot.fakes.zalo_bot_webhook import Deliveries

Control = Callable[[str, JSON], Awaitable[Any]]

_TEXTS = {
    "400": "Bad Request",
    "401": "Unauthorized",
    "403": "Internal server error",
    "404": "Not found",
    "408": "Request timeout",
    "429": "Quota exceeded",
}
_PAGES = {"500": 500, "502": 502, "504": 504, "waf": 403, "not_json": 200}


class Server:
    """Reads calls off the wire, lets mishaps at them, and answers.

    Refusals come over HTTP 200 unless `http_errors`; `text_codes` gives their codes as texts. `latency` is the seconds
    a call takes, half of them before it acts and half after.
    """

    def __init__(self, world: World, deliveries: Deliveries, control: Control) -> None:
        self.http_errors = False
        self.text_codes = False
        self.hang = 60.0
        self.latency = 0.0
        self.port = 0
        self._world = world
        self._deliveries = deliveries
        self._control = control
        self._runner: web.ServerRunner | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on the port it had before if none is given."""
        server = web.Server(self._handle, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port or self.port).start()
        self.port = int(self._runner.addresses[0][1])
        self._deliveries.refresh()

    async def stop(self) -> None:
        """Stop listening and delivering; what it remembers stays."""
        await self._deliveries.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/media/"):
            kept = self._world.media.get(path.removeprefix("/media/"))
            return web.Response(body=kept[0], content_type=kept[1]) if kept else web.Response(status=404)
        if path.startswith("/fake/"):
            return web.json_response(await self._control(path.removeprefix("/fake/"), await _parameters(request)))
        if self._world.outage:
            return _page(502)
        if not path.startswith("/bot"):
            return _page(404)
        token, _, method = path[4:].partition("/")
        if token != self._world.token:
            return self._refused(Refusal(401, "Unauthorized"))
        try:
            params = await _parameters(request)
        except Refusal as refusal:
            return self._refused(refusal)
        return await self._call(request, method, params)

    async def _call(self, request: web.BaseRequest, method: str, params: JSON) -> web.StreamResponse:
        chat = params.get("chat_id")
        fault = self._world.strike(method, chat if isinstance(chat, str) else None)
        if fault is not None and not fault.kind.endswith("_after"):
            self._world.record(method, params, int(fault.kind) if fault.kind.isdecimal() else -1)
            return await self._mishap(fault, request)
        await asyncio.sleep(self.latency / 2)
        try:
            result = await run(self._world, method, params)
        except Refusal as refusal:
            if not (method == "getUpdates" and refusal.code == 408):
                self._world.record(method, params, refusal.code)
            return _page(502) if self._world.outage else self._refused(refusal)
        self._world.record(method, params, 0)
        if method in ("setWebhook", "deleteWebhook"):
            self._deliveries.refresh()
        if method == "setWebhook":
            await self._deliveries.probe()
        await asyncio.sleep(self.latency / 2)
        if fault is not None:
            return await self._mishap(fault, request)
        return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})

    async def _mishap(self, fault: Fault, request: web.BaseRequest) -> web.StreamResponse:
        kind = fault.kind
        if kind in _PAGES:
            return _page(_PAGES[kind])
        if kind.isdecimal():
            return self._refused(Refusal(int(kind), fault.text or _TEXTS[kind]))
        if kind.startswith("timeout"):
            await asyncio.sleep(self.hang)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=499)

    def _refused(self, refusal: Refusal) -> web.Response:
        code: object = str(refusal.code) if self.text_codes else refusal.code
        body = {"ok": False, "description": refusal.description, "error_code": code}
        return web.json_response(body, status=refusal.code if self.http_errors else 200)


def _page(status: int) -> web.Response:
    return web.Response(status=status, text=f"<html><h1>{status}</h1></html>", content_type="text/html")


async def _parameters(request: web.BaseRequest) -> JSON:
    raw: JSON = dict(parse_qsl(request.query_string, keep_blank_values=True))
    if request.method == "GET" or not request.can_read_body:
        return raw
    if request.content_type == "application/json":
        body = await request.read()
        try:
            given = json.loads(body) if body.strip() else {}
        except ValueError:
            raise Refusal(400, "Bad Request: can't parse JSON") from None
        if not isinstance(given, dict):
            raise Refusal(400, "Bad Request: JSON object expected")
        return {**raw, **given}
    # an uploaded file is no text, and is refused like any other parameter of a wrong type
    return {**raw, **dict(await request.post())}
