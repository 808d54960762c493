"""The HTTP face of the pretended Official Account API, its token service and the media people sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.fakes.zalo_oa_state import JSON, UPLOADS, Button, Fault, OaMessage, Refusal, Upload, World

V3, V2 = "/v3.0/oa/message/cs", "/v2.0/oa/message"
TEMPLATE = "/v3.0/oa/message/template"
GRANT = "/v4/oa/access_token"
_UPLOADS = {
    "/v2.0/oa/upload/image": ({".jpg", ".jpeg", ".png"}, 1024 * 1024, "attachment_id"),
    "/v2.0/oa/upload/gif": ({".gif"}, 5 * 1024 * 1024, "attachment_id"),
    "/v2.0/oa/upload/file": ({".pdf", ".doc", ".docx"}, 5 * 1024 * 1024, "token"),
}
_MAGIC = {
    ".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".gif": b"GIF8", ".pdf": b"%PDF",
    ".docx": b"PK", ".doc": b"",
}  # fmt: skip
_TYPES = {"oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.phone", "oa.open.sms"}
_HANG = 60.0

Act = Callable[[web.Request], Awaitable[JSON]]


class Server:
    """Reads calls, lets mishaps at them, checks their shape, and answers as Zalo does: errors over HTTP 200.

    `latency` is the seconds a call takes, half of them before it acts and half after.
    """

    def __init__(self, world: World, sent: Callable[[], None]) -> None:
        self._world = world
        self._sent = sent
        self.hang = _HANG
        self.latency = 0.0

    def routes(self, app: web.Application) -> None:
        """Add every address of the API."""
        for path in (V3, V2):
            app.router.add_post(path, self._answering(self._message))
        app.router.add_post(TEMPLATE, self._answering(self._template))
        for path in _UPLOADS:
            app.router.add_post(path, self._answering(self._upload))
        app.router.add_post(GRANT, self._grant)
        app.router.add_get("/v4/oa/permission", self._permission)
        app.router.add_get("/v2.0/oa/getoa", self._answering(self._account))
        app.router.add_get("/v3.0/oa/user/detail", self._answering(self._detail))
        app.router.add_get("/media/{name}", self._media)

    def _answering(self, act: Act) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            async def run() -> tuple[JSON, int]:
                try:
                    self._world.check(request.headers.get("access_token"), request.headers.get("appsecret_proof"))
                    return {"data": await act(request), "error": 0, "message": "Success"}, 0
                except Refusal as refusal:
                    return {"error": refusal.code, "message": refusal.message}, refusal.code

            return await self._through(request, run)

        return handle

    async def _through(
        self, request: web.Request, run: Callable[[], Awaitable[tuple[JSON, int]]]
    ) -> web.StreamResponse:
        """Answer a call, unless a mishap was planned for it."""
        fault = self._world.strike(request.path)
        kind = fault.kind if fault else ""
        if fault is not None and not kind.endswith("_after"):
            return await self._mishap(request, fault)
        await asyncio.sleep(self.latency / 2)
        answer, code = await run()
        self._world.calls.append((request.path, answer, code))
        await asyncio.sleep(self.latency / 2)
        return web.json_response(answer) if fault is None else await self._mishap(request, fault)

    async def _mishap(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        what, _, number = fault.kind.partition(":")
        if what == "error":
            answer = {"error": int(number), "message": "a planned error"}
            self._world.calls.append((request.path, answer, int(number)))
            return web.json_response(answer)
        if what == "http":
            return web.Response(status=int(number), text="<html>nginx</html>", content_type="text/html")
        if what.startswith("timeout"):
            await asyncio.sleep(self.hang)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _grant(self, request: web.Request) -> web.StreamResponse:
        form = dict(await request.post()) if request.content_type == "application/x-www-form-urlencoded" else {}

        async def run() -> tuple[JSON, int]:
            try:
                return self._world.grant(form, request.headers.get("secret_key", "")), 0
            except Refusal as refusal:
                return {
                    "error": refusal.code,
                    "error_name": refusal.message,
                    "error_description": refusal.message,
                }, refusal.code

        return await self._through(request, run)

    async def _permission(self, request: web.Request) -> web.StreamResponse:
        """Consent at once, as an administrator would by pressing the button."""
        query = request.query
        if query.get("app_id") != self._world.app_id or not query.get("redirect_uri"):
            return web.json_response({"error": -14003, "message": "Invalid redirect uri"})
        code = self._world.consent(query.get("code_challenge", ""))
        back = urlencode({"code": code, "oa_id": self._world.oa_id, "state": query.get("state", "")})
        raise web.HTTPFound(f"{query['redirect_uri']}?{back}")

    async def _account(self, _: web.Request) -> JSON:
        return {"oa_id": self._world.oa_id, "name": "Sở Công Thương", "oa_type": 4 if self._world.government else 2}

    async def _detail(self, request: web.Request) -> JSON:
        user = self._world.users.get(str(json.loads(request.query["data"]).get("user_id")))
        if user is None or not user.follows:
            raise Refusal(-213, "User has not followed the OA")
        return {"user_id": user.id, "display_name": user.name, "user_is_follower": True}

    async def _media(self, request: web.Request) -> web.StreamResponse:
        found = self._world.media.get(request.match_info["name"])
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found[0], content_type=found[1])

    async def _upload(self, request: web.Request) -> JSON:
        endings, most, key = _UPLOADS[request.path]
        field = (await request.post()).get("file")
        if not isinstance(field, web.FileField):
            raise Refusal(-201, "Params is invalid: file")
        content, ending = field.file.read(), PurePosixPath(field.filename).suffix.lower()
        if ending not in endings or not content.startswith(_MAGIC[ending]):
            raise Refusal(-201, "Params is invalid: file type")
        if len(content) > most:
            raise Refusal(-210, "Parameter exceeds allowable limit")
        number = self._world.number()
        self._world.uploads[number] = Upload(key, field.filename, content, self._world.clock())
        return {key: number}

    async def _message(self, request: web.Request) -> JSON:
        world = self._world
        if request.path == V3 and world.government:
            raise Refusal(-235, "This API does not support this type of OA")
        if request.path == V2 and not world.government:
            raise Refusal(-240, "This API is no longer supported")
        body = await _json(request)
        recipient, message = body.get("recipient"), body.get("message")
        if not isinstance(recipient, dict) or not isinstance(message, dict) or set(body) != {"recipient", "message"}:
            raise Refusal(-201, "Params is invalid")
        user = world.users.get(recipient.get("user_id", ""))
        text, buttons, file = _content(world, message)
        quota = world.open_window(user)
        made = OaMessage(world.number(), recipient["user_id"], text, buttons, file, quota, request.path)
        if user is not None:
            user.messages.append(made)
        self._sent()
        return {"message_id": made.id, "user_id": made.user, "quota": {"quota_type": quota}}

    async def _template(self, request: web.Request) -> JSON:
        """Send a template by user id: charged, and whenever the person was ever heard."""
        world = self._world
        body = await _json(request)
        if set(body) != {"user_id", "template_id", "template_data"}:
            raise Refusal(-201, "Params is invalid")
        template, data = world.templates.get(str(body["template_id"])), body["template_data"]
        if template is None:
            raise Refusal(-201, "Params is invalid: template_id")
        if not template.by_user:
            raise Refusal(-249, "Template is not a UID template")
        if not isinstance(data, dict) or set(data) != template.parameters:
            raise Refusal(-201, "Params is invalid: template_data")
        if not all(isinstance(value, str) and 0 < len(value.strip()) <= template.longest for value in data.values()):
            raise Refusal(-201, "Params is invalid: template_data")
        user = world.users.get(str(body["user_id"]))
        world.heard_at(user)
        text = "\n".join(data[name] for name in sorted(data))
        made = OaMessage(world.number(), str(body["user_id"]), text, quota="template", path=TEMPLATE)
        if user is not None:
            user.messages.append(made)
        self._sent()
        return {"message_id": made.id, "user_id": made.user}


async def _json(request: web.Request) -> JSON:
    try:
        body: Any = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict) or request.content_type != "application/json":
        raise Refusal(-201, "Params is invalid")
    return body


def _content(world: World, message: JSON) -> tuple[str, tuple[Button, ...], Upload | None]:
    text, attachment = message.get("text", ""), message.get("attachment")
    if not isinstance(text, str) or set(message) - {"text", "attachment", "quote_message_id"}:
        raise Refusal(-201, "Params is invalid: message")
    if len(text) > 2000:
        raise Refusal(-210, "Parameter exceeds allowable limit: text")
    if attachment is None:
        if not text.strip():
            raise Refusal(-201, "Params is invalid: text")
        return text, (), None
    payload = attachment.get("payload", {})
    if attachment.get("type") == "file":
        if text:
            raise Refusal(-201, "Params is invalid: a file has no text")
        return "", (), _uploaded(world, payload.get("token"), "token")
    if attachment.get("type") != "template":
        raise Refusal(-201, "Params is invalid: attachment")
    if payload.get("template_type") == "media":
        (element,) = payload["elements"]
        return text, (), _uploaded(world, element.get("attachment_id"), "attachment_id")
    return text, _buttons(world, text, payload), None


def _uploaded(world: World, number: object, kind: str) -> Upload:
    upload = world.uploads.get(str(number))
    if upload is None or upload.kind != kind or world.clock() - upload.at > UPLOADS:
        raise Refusal(-100, "Media does not exist or has expired")
    return upload


def _buttons(world: World, text: str, payload: JSON) -> tuple[Button, ...]:
    given = payload.get("buttons")
    if world.no_buttons or not text.strip() or not isinstance(given, list) or not 1 <= len(given) <= 5:
        raise Refusal(-201, "Params is invalid: buttons")
    made = tuple(Button(one.get("title", ""), one.get("type", ""), one.get("payload")) for one in given)
    for button in made:
        query = button.type.startswith("oa.query")
        fits = 1 <= len(button.label) <= 100 and button.type in _TYPES
        if not fits or (query and not (isinstance(button.payload, str) and 1 <= len(button.payload) <= 1000)):
            raise Refusal(-201, "Params is invalid: button")
    return made
