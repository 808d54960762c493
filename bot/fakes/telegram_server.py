"""The HTTP face: `/bot<token>/<method>`, `/file/bot<token>/<path>` and `/fake/...` on one loopback port."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import hdrs, web

from bot.fakes.telegram_faults import Fault, Faults
from bot.fakes.telegram_methods import METHODS
from bot.fakes.telegram_sending import UPLOAD_LIMIT
from bot.fakes.telegram_spec import JSON, Refusal, Upload, bad, bot_api
from bot.fakes.telegram_state import World
from bot.fakes.telegram_webhook import Webhook

Control = Callable[[web.BaseRequest, str], Awaitable[web.StreamResponse]]
_JSON = "application/json"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Server:
    """Reads calls off the wire, lets faults and limits at them, and answers."""

    def __init__(self, world: World, faults: Faults, control: Control, **webhook: float) -> None:
        self._world = world
        self._faults = faults
        self._control = control
        self._runner: web.ServerRunner | None = None
        self.webhook = Webhook(world, self._execute, **webhook)
        self.port = 0

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on the port it had before if none is given."""
        server = web.Server(self._handle, request_factory=_request, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.webhook.resume()

    async def stop(self) -> None:
        """Stop listening and delivering; what it remembers stays."""
        await self.webhook.close()
        self._world.updates.release()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            refusal = self._wrong_token(token)
            return _answer(refusal.code, refusal.body()) if refusal else await self._method(request, method)
        if path.startswith("/file/bot"):
            token, _, name = path[9:].partition("/")
            refusal = self._wrong_token(token)
            return _answer(refusal.code, refusal.body()) if refusal else self._download(name)
        if path.startswith("/fake/"):
            return await self._control(request, path[6:])
        return _answer(404, Refusal(404).body())

    def _wrong_token(self, token: str) -> Refusal | None:
        if token == self._world.token:
            return None
        number, _, secret = token.partition(":")
        return Refusal(401) if number.isdecimal() and secret else Refusal(404)

    def _download(self, path: str) -> web.StreamResponse:
        stored = self._world.by_path.get(path)
        if stored is None:
            return _answer(404, Refusal(404).body())
        return web.Response(body=stored.content, content_type="application/octet-stream")

    async def _method(self, request: web.BaseRequest, called: str) -> web.StreamResponse:
        method = bot_api().name(called)
        if method is None:
            return _answer(404, Refusal(404, "method not found").body())
        try:
            raw = await _parameters(request)
        except Refusal as refusal:
            return _answer(refusal.code, refusal.body())
        chat = _chat_of(raw)
        fault = self._faults.strike(method, chat)
        if self._faults.latency:
            await asyncio.sleep(self._faults.latency)
        if fault and not fault.kind.endswith("_after"):
            return await self._mishap(fault, request, method, raw)
        status, body = await self._run(method, raw, chat)
        if fault:
            return await self._mishap(fault, request, method, None)
        return _answer(status, body)

    async def _run(self, method: str, raw: JSON, chat: int | None) -> tuple[int, bytes | JSON]:
        try:
            params = bot_api().parse(method, _with_attachments(raw))
            self._faults.admit(method, chat)
            result = await self._result(method, params)
        except Refusal as refusal:
            self._world.record(method, raw, refusal.code)
            return refusal.code, refusal.body()
        self._world.record(method, params, 200)
        if isinstance(result, bytes):
            return 200, b'{"ok":true,"result":' + result + b"}"
        return 200, {"ok": True, "result": result}

    async def _result(self, method: str, params: JSON) -> Any:
        if method == "getUpdates":
            return await self._poll(params)
        if method == "setWebhook":
            return await self.webhook.set(params)
        if method == "deleteWebhook":
            return await self.webhook.delete(params)
        if method == "getWebhookInfo":
            return self.webhook.info()
        return METHODS[method](self._world, params)

    async def _poll(self, params: JSON) -> bytes:
        if self.webhook.url:
            raise Refusal(
                409,
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        updates = self._world.updates
        updates.allow(params.get("allowed_updates"))
        limit = params.get("limit", 100)
        seconds = min(max(params.get("timeout", 0), 0), 50)
        limit = limit if 1 <= limit <= 100 else 100
        return b"[" + b",".join(await updates.poll(params.get("offset", 0), limit, seconds)) + b"]"

    async def _execute(self, called: str, params: JSON) -> object:
        method = bot_api().name(called)
        return await self._run(method, params, _chat_of(params)) if method else None

    async def _mishap(
        self, fault: Fault, request: web.BaseRequest, method: str, raw: JSON | None
    ) -> web.StreamResponse:
        if raw is not None:
            self._world.record(method, raw, int(fault.kind) if fault.kind.isdecimal() else 0)
        if fault.kind.startswith("timeout"):
            await asyncio.sleep(self._faults.hang)
        if not fault.kind.isdecimal():
            if request.transport:
                request.transport.abort()
            return web.Response(status=499)
        refusal = fault.refusal()
        headers = {"Retry-After": str(math.ceil(fault.retry_after))} if fault.kind == "429" else None
        return _answer(refusal.code, refusal.body(), headers)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: asyncio.Task[None]) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=UPLOAD_LIMIT + 65_536)


def _answer(status: int, body: bytes | JSON, headers: dict[str, str] | None = None) -> web.Response:
    if not isinstance(body, bytes):
        body = _encode(body).encode("utf-8", "surrogatepass")
    return web.Response(status=status, body=body, content_type=_JSON, headers=headers)


def _chat_of(raw: JSON) -> int | None:
    chat = raw.get("chat_id")
    if isinstance(chat, str) and chat.lstrip("-").isdecimal():
        return int(chat)
    return chat if isinstance(chat, int) else None


async def _parameters(request: web.BaseRequest) -> JSON:
    raw: JSON = dict(parse_qsl(request.query_string, keep_blank_values=True)) if request.query_string else {}
    if request.method not in ("GET", "POST"):
        raise Refusal(404)
    kind = request.content_type if request.can_read_body else ""
    if kind == "multipart/form-data":
        await _read_multipart(request, raw)
        return raw
    try:
        body = await request.read() if kind else b""
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413) from None
    if kind == _JSON and body.strip():
        try:
            given = json.loads(body)
        except ValueError:
            raise bad("can't parse parameters JSON") from None
        if not isinstance(given, dict):
            raise bad("JSON object expected")
        raw.update(given)
    elif kind == "application/x-www-form-urlencoded":
        raw.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return raw


async def _read_multipart(request: web.BaseRequest, raw: JSON) -> None:
    total = 0
    async for part in aiohttp.MultipartReader(request.headers, request.content):
        if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
            raise bad("field name in multipart/form-data not found")
        content = bytes(await part.read())
        total += len(content)
        if total > UPLOAD_LIMIT:
            raise Refusal(413)
        disposition = part.headers.get(hdrs.CONTENT_DISPOSITION, "")
        if "filename*" in disposition and "filename=" not in disposition:
            # the real server does not know this form and would take the file for a text parameter
            raise bad(f'part "{part.name}" names its file in a way the server cannot read')
        if part.filename is not None:
            raw[part.name] = Upload(content, part.filename, part.headers.get(hdrs.CONTENT_TYPE))
        else:
            raw[part.name] = content.decode("utf-8", "replace")


def _with_attachments(raw: JSON) -> JSON:
    if not any(isinstance(value, Upload) for value in raw.values()):
        return raw
    params = dict(raw)
    for key, value in raw.items():
        if isinstance(value, str) and value.startswith("attach://"):
            attached = params.pop(value[9:], None)
            if not isinstance(attached, Upload):
                raise bad("wrong file identifier/HTTP URL specified")
            params[key] = attached
    return params
