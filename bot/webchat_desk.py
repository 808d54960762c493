"""What every route of the demo page works with, and finding whom the page is about."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from aiohttp import web

from bot.webchat_form import Form, read_form
from bot.webchat_guard import Guard, Refused
from bot.webchat_news import Pulse
from bot.webchat_view import View, address
from core.messages import Incoming, Receipt
from storage.database import Database
from storage.webchat import Person
from storage.work import Work


class Clock(Protocol):
    """Business time, which can be moved on."""

    def now(self) -> datetime:
        """Return business time now."""
        ...

    async def move_to(self, database: Database, moment: datetime) -> object:
        """Let business time go on from a later moment."""
        ...


class Receiver(Protocol):
    """Takes what people say."""

    async def receive(self, incoming: Incoming) -> Receipt:
        """Return once the event's effects are committed."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The things at hand, shared by the routes."""

    database: Database
    clock: Clock
    read_file: Callable[[str], Awaitable[bytes]]
    samples: tuple[Path, ...]
    guard: Guard
    view: View
    pulse: Pulse = field(default_factory=Pulse)

    def read(self) -> AbstractAsyncContextManager[Work]:
        """Open a transaction that only reads."""
        return self.database.read(self.clock.now())

    async def people(self) -> list[Person]:
        """Return everybody one can speak as."""
        async with self.read() as work:
            return await work.webchat.people()

    async def person(self, request: web.Request) -> Person:
        """Return the person the address names."""
        return find(await self.people(), request.match_info["chat"])

    async def form(self, request: web.Request) -> Form:
        """Return the submitted form, known to come from a page of ours."""
        return await read_form(request, lambda token: self.guard.check(request, token))


def find(people: list[Person], chat: str) -> Person:
    """Return the person of this conversation."""
    for person in people:
        if person.chat == chat:
            return person
    raise Refused(404, "Không có người này trong danh sách.")


def done(request: web.Request, chat: str | None = None) -> web.Response:
    """Answer a form that was carried out: nothing to a script, the page again to a plain browser."""
    if "HX-Request" in request.headers:
        return web.Response(status=204)
    raise web.HTTPSeeOther(address(chat) if chat else "/")


def new_nonce() -> str:
    """Return a mark for one submission."""
    return secrets.token_hex(16)


def number(text: str) -> int:
    """Return a number a browser sent; what is none is beyond every row and place."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 10**15
