"""An Official Account's events by webhook: 200 only after the commit, and within the two seconds Zalo waits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Counter

from bot.receiving import Receiver, reject
from bot.zalo_oa import NAME
from bot.zalo_oa_signature import HEADER, matching
from bot.zalo_oa_updates import Event, Receipt, UnreadableEvent, read
from core.messages import Incoming
from handlers.dispatch import Unavailable
from storage.database import Database

log = structlog.get_logger()

PATH = "/webhooks/zalo-oa"
REPLAY = timedelta(hours=24)
"""How old or early an event may be: retries take two hours, and what is younger than a week never acts twice."""

_PATIENCE = 1.7
_MINUTE = timedelta(minutes=1)
_MOST_KNOWN = 10_000
_ALARM_AGAIN = 600.0
_LATER = {"Retry-After": "3"}
_CLOSING = 5.0


class OaWebhook:
    """Takes the events of one application at `PATH`; `owns` tells whether an account is ours."""

    def __init__(
        self,
        database: Database,
        receiver: Receiver,
        *,
        app_id: str,
        secret_key: str,
        app_secret: str = "",
        owns: Callable[[str], Awaitable[bool]] | None = None,
        registry: CollectorRegistry | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: float = _PATIENCE,
    ) -> None:
        self._database = database
        self._receiver = receiver
        self._keys = {"app_id": app_id, "secret_key": secret_key, "app_secret": app_secret}
        self._owns = owns
        self._clock = clock
        self._patience = patience
        self._matched: str | None = None
        self._alarmed = -_ALARM_AGAIN
        self._last: dict[str, datetime] = {}
        self._settling: set[asyncio.Task[None]] = set()
        registry = registry or CollectorRegistry()
        self.refused = Counter(
            "dondoc_zalo_oa_refused", "Events that were not signed as agreed", ["why"], registry=registry
        )

    def routes(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_post(PATH, self.handle)

    async def close(self) -> None:
        """Let events that are being taken in finish, for a moment."""
        if self._settling:
            await asyncio.wait(self._settling, timeout=_CLOSING)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one delivery: 401 for what Zalo did not sign, 503 while the database does not answer."""
        body = await request.read()
        event = _parsed(body)
        if event == {} or not body.strip():
            return web.Response()  # the console's probe when the address is saved; it is not signed
        given = request.headers.get(HEADER, "")
        candidate = matching(given, event if isinstance(event, dict) else {}, body, **self._keys)
        if candidate is None:
            self._refuse("signature" if given else "unsigned")
            return web.Response(status=401)
        if candidate != self._matched:
            self._matched = candidate
            log.info("signature fits", action="signature_matched", channel=NAME, candidate=candidate)
        if isinstance(event, dict) and event.get("app_id") not in {None, self._keys["app_id"]}:
            log.warning("event of another application", action="event_foreign", channel=NAME)
            return web.Response()
        # what was begun goes on though nobody waits any more: the redelivery then finds it done
        task = asyncio.create_task(self._settle(event, body))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        task.add_done_callback(lambda done: None if done.cancelled() else done.exception())
        try:
            await asyncio.wait_for(asyncio.shield(task), self._patience)
        except (Unavailable, TimeoutError):
            return web.Response(status=503, headers=_LATER)
        return web.Response()

    async def _settle(self, raw: object, body: bytes) -> None:
        """Return once the event is committed, or kept as unreadable; raises only `Unavailable`."""
        try:
            event = read(raw)
        except UnreadableEvent as error:
            log.warning("event rejected", action="update_rejected", channel=NAME, error=str(error))
            await reject(self._receiver, NAME, body, str(error))
            return
        if event.receipt is not None:
            await self._received(event.receipt, event.moment)
            return
        if event.incoming is None:
            if not event.known:
                log.warning("unknown event", action="event_unknown", channel=NAME, event_name=event.name)
            return
        if not await self._is_ours(event):
            log.warning("event of another account", action="event_foreign", channel=NAME, oa_id=event.account)
            return
        real = self._clock()
        if event.moment is not None and abs(real - event.moment) > REPLAY:
            self.refused.labels("stale").inc()
            log.error("stale event", action="event_stale", channel=NAME, moment=event.moment.isoformat())
            return
        await self._heard(event.incoming, min(real, event.moment or real))
        try:
            await self._receiver.receive(event.incoming)
        except Unavailable:
            raise
        except Exception as error:
            log.exception("event failed", action="update_failed", event_id=event.incoming.event_id)
            await reject(self._receiver, NAME, body, f"{type(error).__name__}: {error}")

    async def _is_ours(self, event: Event) -> bool:
        if event.account is None or self._owns is None:
            return True
        try:
            return await self._owns(event.account)
        except Exception as error:
            raise Unavailable from error

    async def _heard(self, incoming: Incoming, moment: datetime) -> None:
        """Remember when the person was heard, to the minute: it opens the window in which we may write to them."""
        before = self._last.get(incoming.sender)
        if incoming.kind == "blocked" or (before is not None and moment - before < _MINUTE):
            return
        try:
            async with self._database.work(moment) as work:
                await work.tokens.seen(NAME, incoming.sender, moment)
        except Exception as error:
            raise Unavailable from error
        self._last[incoming.sender] = moment
        while len(self._last) > _MOST_KNOWN:
            del self._last[next(iter(self._last))]

    async def _received(self, receipt: Receipt, moment: datetime | None) -> None:
        """Keep when a message was received or seen: the earliest word counts."""
        real = self._clock()
        try:
            async with self._database.work(real) as work:
                await work.deliveries.receipt(
                    NAME, receipt.between, receipt.messages, min(real, moment or real), seen=receipt.seen
                )
        except Exception as error:
            raise Unavailable from error

    def _refuse(self, why: str) -> None:
        self.refused.labels(why).inc()
        if monotonic() - self._alarmed < _ALARM_AGAIN:
            return
        self._alarmed = monotonic()
        log.critical(
            "event refused",
            action="alarm",
            channel=NAME,
            why=why,
            repair="compare ZALO_OA_SECRET_KEY with the key on the account's webhook page",
        )


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
