"""Webhook delivery as Telegram does it: serial in each line, lines in parallel, again until answered with 2xx."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from urllib.parse import urlsplit

import aiohttp

from bot.fakes.telegram_spec import JSON, bad
from bot.fakes.telegram_state import World
from bot.fakes.telegram_updates import Update

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_LONGEST_PAUSE = 3600.0


class Webhook:
    """The URL the bot asked for and the deliveries to it.

    `backoff` seconds grow twofold up to `backoff_limit` between attempts after the first repeat, which is at once;
    the real server starts at 2 and ends at 60 to 120.
    """

    def __init__(
        self,
        world: World,
        execute: Callable[[str, JSON], Awaitable[object]],
        *,
        backoff: float = 0.05,
        backoff_limit: float = 60.0,
        timeout: float = 30.0,
    ) -> None:
        self._world = world
        self._execute = execute
        self._backoff = backoff
        self._backoff_limit = backoff_limit
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)
        self._lines: dict[Hashable, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._max_connections = 40
        self._secret: str | None = None
        self._error: tuple[int, str] | None = None
        self.url = ""
        self.attempts = 0

    async def set(self, params: JSON) -> bool:
        """Answer setWebhook."""
        url = params["url"]
        if not url:
            return await self.delete(params)
        _check_url(url)
        secret = params.get("secret_token")
        if secret is not None and not _SECRET.match(secret):
            raise bad("secret token contains unallowed characters")
        if not 1 <= params.get("max_connections", 40) <= 100:
            raise bad("max_connections must be between 1 and 100")
        await self._stop()
        self.url, self._secret, self._error = url, secret, None
        self._max_connections = params.get("max_connections", 40)
        self._world.updates.allow(params.get("allowed_updates"))
        self._world.updates.interrupt("terminated by setWebhook request")
        if params.get("drop_pending_updates"):
            self._world.updates.drop()
        self.resume()
        return True

    async def delete(self, params: JSON) -> bool:
        """Answer deleteWebhook."""
        await self._stop()
        self.url, self._secret, self._error = "", None, None
        self._world.updates.listener = None
        if params.get("drop_pending_updates"):
            self._world.updates.drop()
        return True

    def info(self) -> JSON:
        """Answer getWebhookInfo."""
        info: JSON = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates.waiting),
        }
        if self.url:
            info |= {"max_connections": self._max_connections, "ip_address": "127.0.0.1"}
        if self._error:
            info |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        if self._world.updates.allowed is not None:
            info["allowed_updates"] = sorted(self._world.updates.allowed)
        return info

    def resume(self) -> None:
        """Start delivering what waits, where a webhook is set."""
        if not self.url:
            return
        self._slots = asyncio.Semaphore(self._max_connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            timeout=self._timeout,
            headers={"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else None,
        )
        self._world.updates.listener = self._enqueue
        for update in list(self._world.updates.waiting.values()):
            self._enqueue(update)

    async def close(self) -> None:
        """Stop delivering; the URL and what waits stay."""
        await self._stop()
        if self.url:
            self._world.updates.listener = lambda _: None

    async def _stop(self) -> None:
        tasks, self._tasks = self._tasks, set()
        self._lines.clear()
        for task in tasks:
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.gather(*(t for t in tasks if t is not asyncio.current_task()), return_exceptions=True)
        if self._session:
            await self._session.close()
            self._session = None

    def _enqueue(self, update: Update) -> None:
        line = self._lines.get(update.line)
        if line is not None:
            line.append(update)
            return
        self._lines[update.line] = deque([update])
        task = asyncio.get_running_loop().create_task(self._deliver_line(update.line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_line(self, name: Hashable) -> None:
        line = self._lines[name]
        while line:
            await self._deliver(line[0])
            line.popleft()
        del self._lines[name]

    async def _deliver(self, update: Update) -> None:
        pause = 0.0
        while self._world.clock() < update.expires and update.id in self._world.updates.waiting:
            async with self._slots:
                wait = await self._attempt(update)
            if wait is None:
                break
            await asyncio.sleep(wait or pause)
            pause = min(max(pause * 2, self._backoff), self._backoff_limit)
        self._world.updates.acknowledge(update.id)

    async def _attempt(self, update: Update) -> float | None:
        """Post once: `None` if taken, otherwise the pause the receiver asked for, 0 if it did not."""
        if self._session is None:
            raise asyncio.CancelledError
        self.attempts += 1
        try:
            async with self._session.post(
                self.url, data=update.body, headers={"Content-Type": "application/json"}, allow_redirects=False
            ) as response:
                answer = await response.read()
                if 200 <= response.status < 300:
                    await self._execute_answer(answer)
                    return None
                self._fail(f"Wrong response from the webhook: {response.status} {response.reason}")
                return _retry_after(response.headers.get("Retry-After", ""))
        except TimeoutError:
            self._fail("Read timeout expired")
        except aiohttp.ClientConnectorError:
            self._fail("Connection refused")
        except aiohttp.ClientError:
            self._fail("Connection closed unexpectedly")
        return 0.0

    async def _execute_answer(self, answer: bytes) -> None:
        """Execute a call named in the receiver's answer; as with the real server nobody sees its result."""
        if answer:
            with contextlib.suppress(ValueError):
                body = json.loads(answer)
                if isinstance(body, dict) and "method" in body:
                    await self._execute(str(body.pop("method")), body)

    def _fail(self, message: str) -> None:
        self._error = (int(self._world.clock()), message)
        self._world.changes.tell()


def _retry_after(header: str) -> float:
    try:
        return min(max(float(header), 0.0), _LONGEST_PAUSE)
    except ValueError:
        return 0.0


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return
    # the real server takes HTTPS only; plain HTTP is for a bot on this very machine
    raise bad("bad webhook: An HTTPS URL must be provided for webhook")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
