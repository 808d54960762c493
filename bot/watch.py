"""A look at how deliveries and ticks fare, each minute: figures for the metrics, and an alarm where somebody must look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

import structlog

from bot.clock import EVERY, Clock
from bot.metrics import Metrics
from bot.out_of_reach import hand_on
from bot.settling import PATIENCE
from storage.database import Database
from storage.deliveries import Health
from storage.marks import TICK

log = structlog.get_logger()

UNSENT = timedelta(minutes=10)
"""After how long a message that may leave and has not is an alarm."""
LOST = 10
"""How many messages refused or uncertain within `WINDOW`, on one channel, are an alarm."""
WINDOW = timedelta(hours=1)
STILL = timedelta(minutes=5)
"""After how long without a tick nobody is reminded any more."""
_EVERY = 60.0
_AGAIN = 3600.0


def count_missed(metrics: Metrics, last: datetime | None, now: datetime) -> None:
    """Count the ticks nobody did between the last one, by whatever process, and the one `now`; a long gap is an alarm."""
    gap = now - last if last is not None else timedelta()
    if (missed := round(gap.total_seconds() / EVERY) - 1) <= 0:
        return
    metrics.missed_ticks.inc(missed)
    if gap > STILL:
        log.critical("ticks missed", action="alarm", count=missed, minutes=int(gap.total_seconds() // 60))
    else:
        log.warning("ticks missed", action="ticks_missed", count=missed)


class Watch:
    """Looks, and says the same alarm at most once an hour until what it is about is over.

    With a `wake`, it also hands on what has waited longer than `patience` for a channel nobody here or elsewhere sends
    for any more, say because its token was taken out of the settings.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        metrics: Metrics,
        channels: frozenset[str],
        *,
        wake: Callable[[str], None] | None = None,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._wake = wake
        self._patience = patience
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._channels = channels
        self._said: dict[tuple[str, str], float] = {}

    async def run(self, every: float = _EVERY) -> None:
        """Look every so often, for as long as it is let."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.look()
            except Exception as error:
                log.warning("not looked", action="watch_disturbed", exc_info=error)

    async def look(self) -> None:
        """Look once."""
        async with self._database.read(self._clock.now()) as work:
            found = {health.channel: health for health in await work.deliveries.health(WINDOW)}
            tick, real = await work.marks.get(TICK), work.real
            sending = {name.split(":")[1] for name in await work.leases.held("sender:")}
        for channel in self._channels | {name for name in found if name}:
            health = found.get(channel, Health(channel))
            self._metrics.waiting.labels(channel).set(health.waiting)
            waited = real - health.oldest if health.oldest is not None else timedelta()
            # here and not by who sends alone: where nobody sends, somebody must still say so
            self._metrics.unsent_age.labels(channel).set(max(0.0, waited.total_seconds()))
            self._judge("unsent for long", channel, waited > UNSENT, waiting=health.waiting)
            lost = health.failed + health.uncertain
            self._judge("many messages lost", channel, lost >= LOST, failed=health.failed, uncertain=health.uncertain)
        self._judge("ticks stand still", "", tick is not None and real - tick.at > STILL)
        if self._wake is None:
            return
        for health in found.values():
            waits = health.oldest is not None and real - health.oldest >= self._patience
            if waits and health.channel not in self._channels | sending:
                to, moved = await hand_on(self._database, health.channel, "nobody sends for it", self._clock.now())
                self._metrics.handed_on.labels(health.channel).inc(moved)
                for channel in to:
                    self._wake(channel)

    def _judge(self, event: str, channel: str, bad: bool, **figures: int) -> None:
        key, now = (event, channel), monotonic()
        if not bad:
            if self._said.pop(key, None) is not None and event == "unsent for long":
                log.info("recovered", action="alarm_over", channel=channel)
        elif now - self._said.get(key, now - _AGAIN) >= _AGAIN:
            self._said[key] = now
            log.critical(event, action="alarm", channel=channel, **figures)
