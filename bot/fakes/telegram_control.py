"""`/fake/...`: the same pretended people and mishaps, driven over HTTP from another process."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.fakes.telegram_chats import BotMessage, Chat
from bot.fakes.telegram_faults import Limits
from bot.fakes.telegram_people import Person, Said
from bot.fakes.telegram_spec import JSON, Upload

if TYPE_CHECKING:
    from bot.fakes.telegram import FakeTelegram

Verb = Callable[[JSON], Awaitable[Any]]


class Control:
    """One verb for each path; a body is a JSON object (a list of updates for `updates`), an answer is JSON."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self._verbs: dict[tuple[str, str], Verb] = {
            ("POST", "updates"): self._inject,
            ("POST", "users"): self._user,
            ("POST", "groups"): self._group,
            ("POST", "say"): self._say,
            ("POST", "file"): self._file,
            ("POST", "press"): self._press,
            ("POST", "block"): self._block,
            ("POST", "redeliver"): self._redeliver,
            ("POST", "faults"): self._fail,
            ("DELETE", "faults"): self._no_faults,
            ("POST", "settings"): self._settings,
            ("POST", "clear"): self._clear,
            ("GET", "messages"): self._messages,
            ("GET", "calls"): self._calls,
            ("GET", "status"): self._status,
        }

    async def answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer one control request: 404 for an unknown verb, 400 with the reason for a wrong one."""
        verb = self._verbs.get((request.method, path.strip("/")))
        if verb is None:
            return web.json_response({"error": "no such verb"}, status=404)
        try:
            body = await request.read()
            given = json.loads(body) if body else dict(request.query)
            return web.json_response(await verb(given))
        except (ValueError, KeyError, TypeError, LookupError, binascii.Error) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    def _person(self, given: JSON) -> Person:
        return self._fake.person(int(given["user"]))

    def _chat(self, given: JSON) -> Chat | None:
        return self._fake.world.chats[int(given["chat"])] if given.get("chat") is not None else None

    async def _inject(self, given: Any) -> list[int]:
        return [self._fake.inject(raw) for raw in (given if isinstance(given, list) else [given])]

    async def _user(self, given: JSON) -> JSON:
        person = self._fake.user(int(given.pop("id")), **{k: v for k, v in given.items() if k != "started"})
        person.chat.started = bool(given.get("started", False))
        return person.user

    async def _group(self, given: JSON) -> JSON:
        members = [self._person({"user": number}) for number in given.pop("members")]
        return {"id": self._fake.group(members, **given).id}

    async def _say(self, given: JSON) -> JSON:
        return _said(
            await self._person(given).sends(given["text"], chat=self._chat(given), reply_to=given.get("reply_to"))
        )

    async def _file(self, given: JSON) -> JSON:
        content = base64.b64decode(given["content"], validate=True)
        person, chat, reply_to = self._person(given), self._chat(given), given.get("reply_to")
        name, caption = given.get("name"), given.get("caption", "")
        if not name:
            return _said(await person.sends_photo(content, caption, chat=chat, reply_to=reply_to))
        return _said(await person.sends_file(content, name, given.get("mime"), caption, chat=chat, reply_to=reply_to))

    async def _press(self, given: JSON) -> JSON:
        person = self._person(given)
        chat = self._chat(given) or person.chat
        number = given.get("message_id")
        message = chat.last if number is None else self._fake.world.find(chat, int(number))
        if message is None:
            raise LookupError(f"no message {number} of the bot in chat {chat.id}")
        press = await person.presses(message, given["button"])
        return {"update_id": press.update_id, "callback_query_id": press.query_id}

    async def _block(self, given: JSON) -> bool:
        person = self._person(given)
        await (person.blocks() if given.get("blocked", True) else person.unblocks())
        return True

    async def _redeliver(self, given: JSON) -> bool:
        self._fake.redeliver(int(given["update_id"]))
        return True

    async def _fail(self, given: JSON) -> bool:
        self._fake.fail(given.pop("method"), given.pop("kind"), **given)
        return True

    async def _no_faults(self, _: JSON) -> bool:
        self._fake.faults.planned.clear()
        return True

    async def _settings(self, given: JSON) -> bool:
        if "latency" in given:
            self._fake.faults.latency = float(given["latency"])
        if "limits" in given:
            limits = given["limits"]
            self._fake.limit(Limits(**limits) if isinstance(limits, dict) else Limits() if limits else None)
        if "keep_messages" in given:
            self._fake.world.keep = bool(given["keep_messages"])
        return True

    async def _clear(self, _: JSON) -> bool:
        self._fake.world.clear()
        return True

    async def _messages(self, given: JSON) -> list[JSON]:
        chat = self._chat(given)
        chats = [chat] if chat else list(self._fake.world.chats.values())
        after = int(given.get("after", 0))
        return [_shown(message) for one in chats for message in one.messages if message.id > after]

    async def _calls(self, given: JSON) -> list[JSON]:
        wanted = given.get("method")
        return [
            {"method": call.method, "status": call.status, "at": call.at, "params": _plain(call.params)}
            for call in self._fake.calls
            if wanted in (None, call.method)
        ]

    async def _status(self, _: JSON) -> JSON:
        world = self._fake.world
        return {
            "pending": self._fake.pending,
            "sent": {str(chat.id): chat.sent for chat in world.chats.values() if chat.sent},
            "counts": [[method, status, times] for (method, status), times in world.counts.items()],
            "webhook_attempts": self._fake.webhook_attempts,
            "presses": [dataclasses.asdict(press) for press in world.presses.values()],
        }


def _said(said: Said) -> JSON:
    return {"message_id": said.id, "update_id": said.update_id}


def _shown(message: BotMessage) -> JSON:
    return {**message.raw, "edits": message.edits, "deleted": message.deleted, "at": message.at}


def _plain(params: JSON) -> JSON:
    return {key: value.name if isinstance(value, Upload) else value for key, value in params.items()}
