"""The Zalo Bot Platform by long polling: what Zalo hands out is gone there, so it is committed before anything else."""

from __future__ import annotations

import asyncio

import structlog

from bot.telegram_polling import Lease
from bot.zalo_bot_client import ZaloBotClient, ZaloBotError, ZaloBotRefused
from bot.zalo_bot_intake import Arrival, Intake
from handlers.dispatch import Unavailable

log = structlog.get_logger()

_TOO_QUICK = 0.1
_LONGEST_PAUSE = 30.0
_UNAUTHORISED_PAUSE = 300.0
_QUOTA_PAUSE = 60.0
_ALARM = 10


class Polling:
    """Polls one bot while its lease is ours: one update at a time, each committed before the next poll.

    At most once: an update whose answer is lost on the way, or that is in our hands when the process is killed, is
    lost. `timeout` is the length of a long poll in seconds, `pause` the unit of waiting after an error.
    """

    def __init__(
        self,
        client: ZaloBotClient,
        intake: Intake,
        lease: Lease,
        *,
        timeout: int = 30,
        pause: float = 1.0,
        patience: float = 10.0,
    ) -> None:
        self._client = client
        self._intake = intake
        self._lease = lease
        self._timeout = timeout
        self._pause = pause
        self._patience = patience
        self._prepared = False
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled; what was handed out by then is still committed, for at most `patience` seconds."""
        log.warning(
            "polling Zalo loses a message if this process dies with it; a webhook does not", action="at_most_once"
        )
        while True:
            if not self._lease.valid():
                self._prepared = False
                await asyncio.sleep(self._pause)
                continue
            try:
                await self._turn()
            except ZaloBotError as error:
                await asyncio.sleep(self._pause_after(error))

    async def _turn(self) -> None:
        if not self._prepared:
            await self._prepare()
        began = asyncio.get_running_loop().time()
        arrivals = self._intake.read(await self._client.poll(self._timeout))
        self._failures = 0
        if arrivals:
            await self._commit(arrivals)
        elif asyncio.get_running_loop().time() - began < _TOO_QUICK:
            # an answer that came at once and held nothing for us: do not spin
            await asyncio.sleep(self._pause / 4)

    async def _prepare(self) -> None:
        await self._client.identify()
        info = await self._client.call("getWebhookInfo")
        if isinstance(info, dict) and info.get("url"):
            log.warning("removing the webhook, because updates are polled", action="webhook_removed")
            await self._client.call("deleteWebhook")
        self._prepared = True

    async def _commit(self, arrivals: list[Arrival]) -> None:
        """Return once all are committed: they are nowhere else, so a database that is down is waited for."""
        task = asyncio.ensure_future(self._settle(arrivals))
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task], timeout=self._patience)
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                log.critical("update lost", action="update_lost", updates=len(arrivals))
            raise

    async def _settle(self, arrivals: list[Arrival]) -> None:
        for arrival in arrivals:
            pause = self._pause
            while True:
                try:
                    await self._intake.settle(arrival)
                    break
                except Unavailable:
                    log.warning("database is down, update waits", action="update_waits", channel="zalo_bot")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _pause_after(self, error: ZaloBotError) -> float:
        """Say what went wrong, and return how many seconds to leave Zalo alone."""
        self._failures += 1
        growing = min(self._pause * 2.0 ** min(self._failures - 1, 10), _LONGEST_PAUSE)
        code = error.code if isinstance(error, ZaloBotRefused) else 0
        if code == 401:
            log.error("Zalo does not take the token", action="zalo_bot_unauthorised", error=str(error))
            return _UNAUTHORISED_PAUSE * self._pause
        if code == 429:
            log.error("Zalo refuses to be polled", action="poll_refused", error=str(error))
            return max(growing, _QUOTA_PAUSE * self._pause)
        # Zalo answers 400 to a poll while a webhook is set
        self._prepared = self._prepared and code != 400
        if self._failures % _ALARM == 0:
            log.critical("polling fails", action="alarm", channel="zalo_bot", error=str(error), times=self._failures)
        else:
            log.warning("polling failed", action="poll_failed", error=str(error), again_in=growing)
        return growing
