"""Alarms: what the log calls one reaches whoever runs the system, once a day for each thing, by day."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

import structlog

from bot.clock import Clock
from core.deadlines import local, today
from core.messages import Message
from core.people import Role
from handlers.catalogue import Catalogue
from handlers.phrasing import clock_time, day_month
from handlers.settings import CHANNELS
from storage.database import Database
from storage.outbox import Outgoing
from storage.people import Office
from storage.work import Work

log = structlog.get_logger()

KINDS = {
    "locked out": "locked-out",
    "monthly quota": "monthly-quota",
    "monthly quota used up": "monthly-quota",
    "quota used up": "monthly-quota",
    "no way to new tokens": "tokens",
    "refresh token lost": "tokens",
    "new token not stored yet": "tokens",
    "a refresh may be lost": "tokens",
    "tick failed": "tick",
    "ticks stand still": "tick",
    "ticks missed": "gap",
    "polling fails": "polling",
    "unsent for long": "unsent",
    "many messages lost": "lost",
    "event refused": "events",
    "a loop ended": "loop",
    "recovered": "over",
}
"""What each event of the log is called where people read of it; the rest is `other`."""
_MOST = 100
_AGAIN = 5.0
_FIRST_HOUR, _LAST_HOUR = 7, 20


class _Ear(logging.Handler):
    """Hears every line of the log that is an alarm, from whatever thread."""

    def __init__(self, heard: Callable[[str, str], None]) -> None:
        super().__init__(logging.INFO)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        """Take the event, nothing that stands beside it: it may hold what is nobody's business."""
        line: Any = record.msg
        if isinstance(line, dict) and line.get("action") in {"alarm", "alarm_over"}:
            self._heard(str(line.get("event")), str(line.get("channel", "")))


class Alarms:
    """While entered, hears the log; `run` writes what it heard to the administrators, by a channel that is not concerned."""

    def __init__(self, database: Database, clock: Clock, catalogue: Catalogue) -> None:
        self._database = database
        self._clock = clock
        self._catalogue = catalogue
        self._heard: deque[tuple[str, str]] = deque(maxlen=_MOST)
        self._stir = asyncio.Event()
        self._ear = _Ear(self._hear)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        logging.getLogger().addHandler(self._ear)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self._ear)

    async def run(self) -> None:
        """Pass on what is heard, for as long as it is let; while the database is down it is kept."""
        while True:
            await self._stir.wait()
            self._stir.clear()
            while self._heard:
                event, channel = self._heard[0]
                try:
                    async with self._database.work(self._clock.now()) as work:
                        await self._tell(work, KINDS.get(event, "other"), channel)
                except Exception as error:
                    log.warning("alarm not told yet", action="alarm_untold", exc_info=error)
                    await asyncio.sleep(_AGAIN)
                    continue
                self._heard.popleft()

    def _hear(self, event: str, channel: str) -> None:
        if (event, channel) not in self._heard:
            self._heard.append((event, channel))
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stir.set)

    async def _tell(self, work: Work, kind: str, channel: str) -> None:
        for office in await _keepers(work):
            ways = await work.accounts.reach(office.person_id)
            way = next((one for one in ways if one.channel != channel), ways[0] if ways else None)
            if way is None:
                continue
            message = Message.of(self._words(way.language, kind, channel, work.now))
            key = f"alarm:{kind}:{channel}:{office.person_id}:{today(work.now)}"
            await work.outbox.say_once(
                Outgoing.notice(way, office.person_id, message, key=key, after=_until_day(work.now))
            )

    def _words(self, language: str, kind: str, channel: str, now: datetime) -> str:
        def t(key: str, **arguments: Any) -> str:
            return self._catalogue.text(language, key, **arguments)

        named = t(f"channel-{channel}") if channel in CHANNELS else "none"
        moment = {"time": clock_time(now), "date": day_month(today(now))}
        if kind == "over":
            return t("alarm-over", channel=named, **moment)
        return t("alarm", what=t(f"alarm-{kind}"), channel=named, **moment)


async def _keepers(work: Work) -> list[Office]:
    """Return who runs the system, of every agency; where nobody does, who keeps the follow-up."""
    found: list[Office] = []
    for agency in await work.people.agencies():
        for role in (Role.ADMIN, Role.CLERK):
            if offices := await work.people.offices(agency.id, roles={role}):
                found += offices
                break
    return list({office.person_id: office for office in found}.values())


def _until_day(now: datetime) -> timedelta:
    moment = local(now)
    if _FIRST_HOUR <= moment.hour < _LAST_HOUR:
        return timedelta()
    opens = moment.replace(hour=_FIRST_HOUR, minute=0, second=0, microsecond=0)
    return opens - moment + (timedelta() if moment.hour < _FIRST_HOUR else timedelta(days=1))
