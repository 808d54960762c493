"""The month's messages of a channel that has only so many: counted, alarmed about, and kept for what matters most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import structlog

from bot.composing import Compose
from storage.database import Database
from storage.outbox import Claimed, Composed, Later, Urgency
from storage.work import Work

log = structlog.get_logger()

ALARM = 0.8
KEPT = 0.1


class MonthlyQuota:
    """Counts what a channel sends, with an alarm once when `ALARM` of the month's `limit` is used up, and at the end."""

    def __init__(self, database: Database, channel: str, limit: int) -> None:
        self.limit = limit
        self._database = database
        self._channel = channel
        self._uncounted = 0
        self._used = 0

    @property
    def nearly_used(self) -> bool:
        """Whether the last count was past the alarm."""
        return self._used >= self.limit * ALARM

    async def count(self) -> None:
        """Count one message; never raises: while the database is down it is kept in mind and counted later."""
        self._uncounted += 1
        more, self._uncounted = self._uncounted, 0
        now = datetime.now(UTC)
        try:
            async with self._database.work(now) as work:
                used = await work.quota.add(self._channel, more)
        except Exception as error:  # noqa: BLE001 - the message has left, whatever becomes of its count
            self._uncounted += more
            log.warning("message not counted", action="uncounted", channel=self._channel, error=type(error).__name__)
            return
        self._used = used
        for share in (ALARM, 1.0):
            # the count is one for all processes, so that only one of them steps over each mark
            if used - more < self.limit * share <= used:
                log.critical("monthly quota", action="alarm", channel=self._channel, used=used, limit=self.limit)

    async def used(self) -> int:
        """Return this month's count."""
        async with self._database.read(datetime.now(UTC)) as work:
            self._used = await work.quota.used(self._channel)
        return self._used


class Sparing:
    """Composes as `compose` does, but once all but `KEPT` of the month is used, no digest leaves by `channel`.

    It goes to another account of the person, or is `unreachable`: what is left is for answers and notices.
    """

    def __init__(self, compose: Compose, channel: str, limit: int) -> None:
        self._compose = compose
        self._channel = channel
        self._most = limit * (1 - KEPT)

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the message and where it goes, or the status a row without one gets."""
        made = await self._compose(work, row)
        if (
            isinstance(made, str | Later)
            or row.urgency != Urgency.DIGEST
            or (made.channel or row.channel) != self._channel
        ):
            return made
        if await work.quota.used(self._channel) < self._most:
            return made
        ways = await work.chain.ways(row)
        other = next((way for way in ways if way.channel != self._channel), None)
        log.warning(
            "digest spared", action="quota_spared", channel=self._channel, row=row.id, to=other and other.channel
        )
        if other is None:
            return "unreachable"
        return replace(made, chat=other.chat, account_id=other.account_id, channel=other.channel)
