"""A messenger that is out of reach: since when, whatever process noticed, and when its messages go another way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

import structlog

from storage.chain import OUT_OF_REACH
from storage.database import Database
from storage.marks import out_of_reach, paused
from storage.work import Work

log = structlog.get_logger()

_WORTH_KEEPING = 5.0


class Way(Protocol):
    """What is known of the way out of this process."""

    @property
    def out_of_reach(self) -> float | None:
        """The monotonic moment since when nothing came through."""
        ...

    @property
    def is_proven(self) -> bool:
        """Whether something has come through."""
        ...

    @property
    def told_to_rest(self) -> float:
        """For how many more seconds the platform asked us to be quiet."""
        ...

    def rest(self, seconds: float) -> None:
        """Send nothing for a while."""
        ...


class OutOfReach:
    """Keeps in the database since when a channel is out of reach and how long it was told to be quiet.

    So a restart neither begins to count anew nor forgets what the messenger asked for. `patience` is how long messages
    wait for the channel before they are handed on.
    """

    def __init__(self, database: Database, channel: str, lease: str, patience: timedelta) -> None:
        self._database = database
        self._channel = channel
        self._lease = lease
        self._patience = patience
        self._since: datetime | None = None
        self._known = True  # an earlier process may have left its mark
        self._noted = 0.0

    async def taken_over(self, way: Way) -> None:
        """Obey what an earlier sender was told."""
        now = datetime.now(UTC)
        async with self._database.read(now) as work:
            mark = await work.marks.get(paused(self._lease))
        if mark is not None and (left := (mark.at - now).total_seconds()) > 0:
            log.warning("paused", action="paused", channel=self._channel, seconds=left, reason="told before")
            way.rest(left)

    def must_note(self, way: Way) -> bool:
        """Tell whether the messenger has asked for a longer rest than is written down: a kill must not forget it."""
        told = way.told_to_rest
        return told > _WORTH_KEEPING and monotonic() + told > self._noted + 1

    async def look(self, work: Work, way: Way) -> None:
        """Write down how the way out stands."""
        if way.told_to_rest > _WORTH_KEEPING:
            self._noted = monotonic() + way.told_to_rest
            await work.marks.set(paused(self._lease), work.real + timedelta(seconds=way.told_to_rest))
        name = out_of_reach(self._channel)
        if way.out_of_reach is not None:
            since = work.real - timedelta(seconds=monotonic() - way.out_of_reach)
            await work.marks.set(name, since, first=True)
            mark = await work.marks.get(name)
            self._since, self._known = mark.at if mark is not None else since, True
            return
        self._since = None
        if self._known and way.is_proven:  # one that has not tried yet does not know
            await work.marks.clear(name)
            self._known = False

    def is_due(self) -> bool:
        """Tell whether the patience is over."""
        return self._since is not None and datetime.now(UTC) - self._since >= self._patience

    async def hand_on(self, now: datetime) -> tuple[frozenset[str], int]:
        """Hand on all that waits for the channel and has another way; return where to, and how many messages."""
        since = self._since.isoformat(timespec="seconds") if self._since is not None else ""
        return await hand_on(self._database, self._channel, f"{OUT_OF_REACH} since {since}", now)


async def hand_on(database: Database, channel: str, why: str, now: datetime) -> tuple[frozenset[str], int]:
    """Hand on all that waits for a channel and has another way; return where to, and how many messages."""
    channels: frozenset[str] = frozenset()
    moved, after = 0, 0
    while True:
        async with database.work(now) as work:
            done = await work.chain.hand_on(channel, why, after)
        channels, moved = channels | done.channels, moved + done.moved
        if done.last is None:
            break
        after = done.last
    if moved:
        log.warning("handed on", action="handed_on", channel=channel, messages=moved, to=sorted(channels))
    return channels, moved
