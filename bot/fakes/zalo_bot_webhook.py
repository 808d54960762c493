"""Webhook delivery of the pretended Zalo: in order, and again after a failure, which the real one does not promise."""

from __future__ import annotations

import asyncio
import json
from collections import deque

import aiohttp

from bot.fakes.zalo_bot_state import JSON, World

_USER_AGENT = "Java/1.8.0_192"


class Deliveries:
    """Posts updates to the webhook that is set.

    Retries are undocumented. Assumed here: a delivery that is not answered with 200 comes again, `attempts` times in
    all, after `backoff` seconds and then twice that, up to `backoff_limit`; with `attempts=1` it is lost at once.
    `wrapped`: whether a body is in the documented envelope, or bare as it was seen; `None` does both in turn.
    """

    def __init__(
        self, world: World, *, attempts: int, backoff: float, backoff_limit: float, wrapped: bool | None
    ) -> None:
        self.attempts = 0
        self.wrapped = wrapped
        self.waiting: deque[JSON] = deque()
        self._world = world
        self._most = attempts
        self._backoff = backoff
        self._backoff_limit = backoff_limit
        self._timeout = aiohttp.ClientTimeout(total=10)
        self._task: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def refresh(self) -> None:
        """Deliver from now on if a webhook is set, and queue for polling if none is."""
        self._world.deliver = self._enqueue if self._world.webhook_url else None

    async def probe(self) -> None:
        """Post the empty body that follows setWebhook; what is answered changes nothing."""
        await self._post(b"{}", {})

    async def close(self) -> None:
        """Stop delivering."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _enqueue(self, update: JSON) -> None:
        self.waiting.append(update)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self.waiting:
            await self._deliver(self.waiting[0])
            self.waiting.popleft()
            self._world.changes.tell()

    async def _deliver(self, update: JSON) -> None:
        pause = self._backoff
        for left in range(self._most, 0, -1):
            self.attempts += 1
            wrapped = self.attempts % 2 == 0 if self.wrapped is None else self.wrapped
            body = {"ok": True, "result": update} if wrapped else update
            headers = {"X-Bot-Api-Secret-Token": self._world.webhook_secret}
            if await self._post(_encoded(body), headers) == 200:
                return
            if left > 1:
                await asyncio.sleep(pause)
                pause = min(pause * 2, self._backoff_limit)
        self._world.lost += 1

    async def _post(self, body: bytes, headers: dict[str, str]) -> int:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, headers={"User-Agent": _USER_AGENT})
        headers = {"Content-Type": "application/json", **headers}
        try:
            async with self._session.post(
                self._world.webhook_url, data=body, headers=headers, allow_redirects=False
            ) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, OSError):
            return 0


def _encoded(body: JSON) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
