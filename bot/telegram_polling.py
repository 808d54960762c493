"""Telegram by long polling: an update is confirmed only after it is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.lanes import Lanes
from bot.telegram_connection import Connection
from bot.telegram_intake import Arrival, Intake
from bot.telegram_request import redacted, retry_after_seconds
from bot.telegram_updates import ALLOWED
from handlers.dispatch import Unavailable

log = structlog.get_logger()

_BATCH = 100
_READ_MARGIN = 10.0
_TOGETHER = 0.2
_TOO_QUICK = 0.1
_LONGEST_PAUSE = 30.0
_UNAUTHORISED_PAUSE = 300.0
_ALARM = 10
"""How many failures in a row are an alarm, and as many more the next: some minutes."""


class Lease(Protocol):
    """Whether we are the one who polls."""

    def valid(self) -> bool:
        """Tell whether the lease is ours right now."""
        ...


class Polling:
    """Polls one bot while its lease is ours. Updates act in order within a chat, `width` chats at a time.

    Each poll confirms what lies below the lowest update not yet committed, and nothing else; what is not confirmed
    comes again, to us or to whoever polls next. `timeout` is the length of a long poll in seconds, at most 50.
    """

    def __init__(
        self,
        connection: Connection,
        intake: Intake,
        lease: Lease,
        *,
        timeout: int = 30,
        width: int = 16,
        pause: float = 1.0,
        patience: float = 10.0,
    ) -> None:
        self._connection = connection
        self._intake = intake
        self._lease = lease
        self._timeout = timeout
        self._pause = pause
        self._patience = patience
        self._lanes = Lanes(width)
        self._open: set[int] = set()
        self._done: set[int] = set()
        self._progress = asyncio.Event()
        self._stopping = asyncio.Event()
        self._prepared = False
        self._failures = 0
        self._quiet = 0

    async def run(self) -> None:
        """Poll until cancelled; then finish what has begun, and confirm what is committed and no more."""
        try:
            while True:
                await self._turn()
        finally:
            self._stopping.set()
            await self._lanes.stop(self._patience)
            await self._confirm()

    async def _turn(self) -> None:
        if not self._lease.valid():
            self._prepared = False
            await asyncio.sleep(self._pause)
            return
        try:
            if not self._prepared:
                await self._prepare()
            fresh = await self._poll(0 if self._open else self._timeout)
            self._failures = 0
            await self._breathe(fresh)
        except TelegramError as error:
            await asyncio.sleep(self._pause_after(error))

    async def _prepare(self) -> None:
        await self._connection.identify()
        info = await self._connection.call("getWebhookInfo")
        if info.get("url"):
            log.warning("removing the webhook, because updates are polled", action="webhook_removed")
            await self._connection.call("deleteWebhook")
        self._prepared = True

    async def _poll(self, seconds: int) -> int | None:
        """Return how many new updates came; `None` if none came at all."""
        offset = self._offset()
        parameters: dict[str, Any] = {"timeout": seconds, "limit": _BATCH, "allowed_updates": ALLOWED}
        # told once: after a quiet week the numbers start anew, and an old offset would hide the new ones
        if offset:
            parameters["offset"] = offset
        began = asyncio.get_running_loop().time()
        updates = await self._connection.call("getUpdates", parameters, read=seconds + _READ_MARGIN)
        if not isinstance(updates, list):
            raise TelegramError("getUpdates gave no list")
        self._done = {number for number in self._done if number >= offset}
        if seconds and not updates and asyncio.get_running_loop().time() - began < _TOO_QUICK:
            # some servers do not know long polls
            await asyncio.sleep(self._pause / 4)
        return sum(map(self._begin, updates)) if updates else None

    def _offset(self) -> int:
        if self._open:
            return min(self._open)
        return max(self._done) + 1 if self._done else 0

    def _begin(self, raw: object) -> bool:
        """Start on an update; false if it is known already."""
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if number in self._open or number in self._done:
            return False
        arrival = self._intake.read(raw)
        if not isinstance(number, int):
            # it has no number to confirm, so it goes when one after it is confirmed
            self._lanes.put("", partial(self._settle, None, arrival))
            return False
        if arrival is None:
            self._done.add(number)
        else:
            self._open.add(number)
            self._lanes.put(arrival.lane, partial(self._settle, number, arrival))
        return True

    async def _settle(self, number: int | None, arrival: Arrival | None) -> None:
        pause = self._pause
        while arrival is not None:
            try:
                await self._intake.settle(arrival)
                break
            except Unavailable:
                log.warning("database is down, update waits", action="update_waits", update=number)
            if await self._stopped_within(pause):
                return
            pause = min(pause * 2, _LONGEST_PAUSE)
        if number is not None:
            self._open.discard(number)
            self._done.add(number)
        self._progress.set()

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return False
        return True

    async def _breathe(self, fresh: int | None) -> None:
        """Wait before the next poll: it comes back at once while anything is not yet committed."""
        if fresh:
            self._quiet = 0
            await self._until(lambda: not self._open, _TOGETHER)
        elif self._open or fresh is not None:
            self._quiet = min(self._quiet + 1, 3)
            first = min(self._open, default=None)
            await self._until(lambda: min(self._open, default=None) != first, self._pause / 4 * 2**self._quiet)

    async def _until(self, happened: Callable[[], bool], seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not happened():
                    self._progress.clear()
                    await self._progress.wait()
        except TimeoutError:
            return

    def _pause_after(self, error: TelegramError) -> float:
        """Say what went wrong, and return how many seconds to leave Telegram alone."""
        text = redacted(str(error))
        self._failures += 1
        growing = min(self._pause * 2.0 ** min(self._failures - 1, 10), _LONGEST_PAUSE)
        match error:
            case InvalidToken():
                log.critical("locked out", action="alarm", channel="telegram", reason=text)
                return _UNAUTHORISED_PAUSE * self._pause
            case RetryAfter():
                return retry_after_seconds(error)
            case Conflict() if "webhook" in text:
                self._prepared = False
            case Conflict():
                log.error("another program polls this bot; stop one of them", action="poll_conflict", error=text)
            case _:
                log.warning("polling failed", action="poll_failed", error=text, again_in=growing)
        if self._failures % _ALARM == 0:
            log.critical("polling fails", action="alarm", channel="telegram", error=text, times=self._failures)
        return growing

    async def _confirm(self) -> None:
        offset = self._offset()
        if self._done and self._lease.valid():
            try:
                async with asyncio.timeout(2):
                    await self._connection.call("getUpdates", {"offset": offset, "limit": 1, "timeout": 0})
            except (TelegramError, TimeoutError) as error:
                # they will come again and be known by their ids
                log.debug("last updates not confirmed", action="poll_unconfirmed", error=redacted(str(error)))
