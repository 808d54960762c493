"""What is new, told to open pages as it happens (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from aiohttp import web

from bot.webchat_guard import HEADERS

QUIET = 15.0
"""Seconds after which an idle page is told something, so that a closed one is noticed and the clock goes on."""


class Pulse:
    """Wakes every open page when anything was said or the clock was moved."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()
        self.closed = False

    def beat(self) -> None:
        """Let every listener look again."""
        for listener in self._listeners:
            listener.set()

    def close(self) -> None:
        """Let every listener go, so that the server can stop."""
        self.closed = True
        self.beat()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """Give an event that is set at every beat."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)


class Stream:
    """One page's connection: pieces of the conversation, each once and in order, and what stands around it."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._response = web.StreamResponse(
            headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store"}
        )
        self._state = ""

    async def open(self) -> web.StreamResponse:
        """Begin; a page that lost the connection comes back after a second."""
        await self._response.prepare(self._request)
        await self._response.write(b"retry: 1000\n\n")
        return self._response

    async def tell(self, line_id: int, piece: str) -> None:
        """Send one message's HTML under its id, from which the browser resumes."""
        # a carriage return would end the event's line, and the text with it
        lines = piece.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        await self._write([f"id: {line_id}", *(f"data: {line}" for line in lines)])

    async def stand(self, state: Mapping[str, Any]) -> None:
        """Send the unread counts and the clock if they changed, otherwise only a sign of life."""
        text = json.dumps(state, ensure_ascii=False)
        if text == self._state:
            await self._response.write(b":\n\n")
            return
        self._state = text
        await self._write(["event: state", f"data: {text}"])

    async def _write(self, lines: list[str]) -> None:
        await self._response.write(("\n".join(lines) + "\n\n").encode())


async def wait(listener: asyncio.Event, seconds: float) -> None:
    """Return at the next beat, at the latest after so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await listener.wait()
    listener.clear()
