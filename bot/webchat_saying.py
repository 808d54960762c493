"""Speaking on the demo page: a message, files, or a pressed button, each taken exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from bot.webchat_desk import Desk, Receiver, done, number
from bot.webchat_form import Form, Upload
from bot.webchat_guard import Refused
from bot.webchat_view import PICTURES
from core.messages import Incoming, IncomingFile, Kind, Message
from core.people import Role
from storage.webchat import CHANNEL, Person

log = structlog.get_logger()

_RECENT = 60


class Saying:
    """Writes down what a person says and hands it over."""

    def __init__(self, desk: Desk, receiver: Receiver, save_file: Callable[[str, bytes], Awaitable[str]]) -> None:
        self._desk = desk
        self._receiver = receiver
        self._save_file = save_file
        self._turns: dict[str, asyncio.Lock] = {}

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Take a message with its files, or the sample notice."""
        person = await self._desk.person(request)
        form = await self._desk.form(request)
        uploads = [*form.files, *self._sample(person, form)]
        if not form.text and not uploads:
            raise Refused(422, "Tin chưa có nội dung.")
        content: dict[str, Any] = {"text": form.text, "kind": _kind(uploads)}
        if replied_to := form.fields.get("replied_to"):
            async with self._desk.read() as work:
                line = await work.webchat.line(person.chat, number(replied_to))
            if line is not None and line.from_bot:
                content |= {"replied_to": str(line.id), "quote": self._desk.view.bubbles([line])[0].summary}
        await self._hand_over(person, form.nonce, content, uploads)
        return done(request, person.chat)

    async def press(self, request: web.Request) -> web.StreamResponse:
        """Take a pressed button: the command behind it, as if it had been typed."""
        person = await self._desk.person(request)
        form = await self._desk.form(request)
        row, _, place = form.fields.get("button", "").partition(".")
        async with self._desk.read() as work:
            line = await work.webchat.line(person.chat, number(row))
        buttons = Message.from_json(line.content["message"]).buttons if line is not None and line.from_bot else ()
        if number(place) >= len(buttons):
            raise Refused(422, "Nút này không còn. Đồng chí tải lại trang.")
        button = buttons[number(place)]
        # pressing one button twice in a blink is one press, pressing two is two
        nonce = f"{form.nonce}:{row}.{place}"
        await self._hand_over(person, nonce, {"text": button.label, "command": button.command, "kind": "button"}, [])
        return done(request, person.chat)

    async def _hand_over(self, person: Person, nonce: str, content: dict[str, Any], uploads: list[Upload]) -> None:
        """Write down what was said and let it be answered; both happen once for one nonce, however often it comes."""
        async with self._turns.setdefault(person.chat, asyncio.Lock()):
            async with self._desk.read() as work:
                recent = await work.webchat.latest(person.chat, _RECENT)
            said = next((dict(line.content) for line in recent if line.content.get("nonce") == nonce), None)
            if said is None:
                said = {**content, "nonce": nonce, "files": [await self._keep(upload) for upload in uploads]}
                async with self._desk.database.work(self._desk.clock.now()) as work:
                    await work.webchat.add(person.chat, said, from_bot=False)
                self._desk.pulse.beat()
            try:
                await self._receiver.receive(_incoming(person, nonce, said))
            except Exception as error:
                # nothing was committed, and the same nonce makes another try safe
                log.exception("message not taken", action="webchat_not_taken", chat=person.chat)
                raise Refused(503, "Hệ thống đang bận, chưa nhận được tin. Đồng chí bấm gửi lại.") from error

    async def _keep(self, upload: Upload) -> dict[str, Any]:
        ref = await self._save_file(upload.name, upload.data)
        return {"ref": ref, "name": upload.name, "size": len(upload.data), "mime": upload.mime}

    def _sample(self, person: Person, form: Form) -> list[Upload]:
        chosen = form.fields.get("sample")
        if chosen is None or person.role != Role.CLERK or number(chosen) >= len(self._desk.samples):
            return []
        path = self._desk.samples[number(chosen)]
        return [Upload(path.name, path.read_bytes())]


def _incoming(person: Person, nonce: str, said: dict[str, Any]) -> Incoming:
    pressed = said["kind"] == "button"
    files = said["files"] if said["kind"] != "voice" else ()
    return Incoming(
        CHANNEL,
        f"{person.id}:{nonce}",
        person.chat,
        person.chat,
        said["command"] if pressed else said["text"],
        said["kind"],
        files=tuple(IncomingFile(file["ref"], file["name"], file["size"], file["mime"]) for file in files),
        replied_to=said.get("replied_to"),
        callback=nonce if pressed else None,
    )


def _kind(uploads: list[Upload]) -> Kind:
    if not uploads:
        return "text"
    if all(upload.mime in PICTURES for upload in uploads):
        return "photo"
    return "voice" if all(upload.mime.startswith("audio/") for upload in uploads) else "file"
