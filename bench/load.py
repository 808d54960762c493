"""The people of the office at full speed: each sends `/done`, waits for the reply, and sends the next."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass

import aiohttp

from bench.standin import StandIn

FIRST_CHAT = 5_000_001
PATIENCE = 30.0


def code_of(number: int) -> str:
    """Return the code of the office's directive of that number, counted from 0."""
    return f"{number // 40 + 1}.{number % 40 + 1}"


@dataclass(frozen=True, slots=True)
class Burst:
    """What a run was like from outside, in seconds."""

    lasted: float
    latencies: tuple[float, ...]


class WrongReply(Exception):
    """A contender answered something else, or not as a webhook must."""


class Load:
    """Speaks to one contender's webhook for `people` heads of units, never twice about the same directive.

    An update is in flight from its first byte until its reply has arrived at the stand-in.
    """

    def __init__(self, standin: StandIn, webhook: str, people: int) -> None:
        self._standin = standin
        self._webhook = webhook
        self._free = deque(range(people))
        self._said = [0] * people
        self._updates = 0
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()

    @property
    def told(self) -> dict[int, list[str]]:
        """The codes each chat has sent, in order."""
        return {FIRST_CHAT + who: [code_of(n) for n in range(count)] for who, count in enumerate(self._said)}

    async def run(self, updates: int, in_flight: int) -> Burst:
        """Send that many updates; return once each was acknowledged and answered."""
        left = iter(range(updates))
        latencies: list[float] = []
        secret = self._standin.webhook.get("secret_token")
        headers = {"Content-Type": "application/json"}
        if secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret

        async def lane() -> None:
            latencies.extend([await self._one(headers) for _ in left])

        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(in_flight):
                group.create_task(lane())
        return Burst(time.perf_counter() - began, tuple(latencies))

    async def _one(self, headers: dict[str, str]) -> float:
        who = self._free.popleft()
        code, chat = code_of(self._said[who]), FIRST_CHAT + who
        self._said[who] += 1
        self._updates += 1
        body = _update(self._updates, chat, f"/done {code}")
        reply = self._standin.next_reply(chat)
        began = time.perf_counter()
        async with self._session.post(self._webhook, data=body, headers=headers) as response:
            await response.read()
        if response.status != 200:
            raise WrongReply(response.status)
        async with asyncio.timeout(PATIENCE):
            text = await reply
        if code not in text:
            raise WrongReply(text)
        self._free.append(who)
        return time.perf_counter() - began


def _update(number: int, chat: int, text: str) -> bytes:
    names = {"first_name": "Trưởng phòng", "last_name": f"Số {chat}", "username": f"head{chat}"}
    message = {
        "message_id": number,
        "from": {"id": chat, "is_bot": False, **names, "language_code": "vi"},
        "chat": {"id": chat, **names, "type": "private"},
        "date": 1682640000,
        "text": text,
        "entities": [{"offset": 0, "length": 5, "type": "bot_command"}],
    }
    return json.dumps({"update_id": number, "message": message}).encode()
