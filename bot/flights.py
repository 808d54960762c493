"""What is on its way: which messages may leave, those that are out, and what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import monotonic

import structlog

from bot.breaker import Breaker
from bot.channel import Channel, Moved, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.metrics import Metrics
from bot.pacing import Departure, Pacer
from bot.settling import ASK_AGAIN, Flight, plain_result, released
from core.messages import Message
from storage.outbox import Claimed, Result

log = structlog.get_logger()

_LONGEST_HOLD = 30.0
_LOCKED_OUT = 60.0
_ONE_BY_ONE = 0.15
# the clock that holds a chat and the one that delays its row are not the same
_MARGIN = 0.05


class Flights:
    """Sends pages concurrently, at most one to a chat, and keeps what came of them until it is written back.

    `results` need only their row changed, `unsettled` more than that. `may_send` tells whether the lease is surely
    ours; `stir` is set whenever there is something to do.
    """

    def __init__(
        self,
        channel: Channel,
        pacer: Pacer,
        window: int,
        metrics: Metrics,
        stir: asyncio.Event,
        may_send: Callable[[], bool],
    ) -> None:
        self.results: list[Result] = []
        self.unsettled: list[tuple[Flight, Outcome]] = []
        self._channel = channel
        self._pacer = pacer
        self._breaker = Breaker()
        self._window = window
        self._stir = stir
        self._may_send = may_send
        self._fence = 0
        self._out: dict[str, Flight] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._next_pages: list[Flight] = []
        self._held_chats: dict[str, float] = {}
        self._held_since: dict[int, float] = {}
        self._knocking: asyncio.Task[None] | None = None
        self._told_until = 0.0
        self._sent = metrics.sent.labels(channel.name)
        self._failed = metrics.failed.labels(channel.name)
        self._uncertain = metrics.uncertain.labels(channel.name)
        self._retries = metrics.retries.labels(channel.name)

    def start(self, fence: int) -> None:
        """Begin under a new fence; what an earlier one left is the business of whoever held the lease since."""
        self._fence = fence
        self.results.clear()
        self.unsettled.clear()
        for flight in self._next_pages:
            self._out.pop(flight.chat, None)
        self._next_pages.clear()

    def known(self) -> list[int]:
        """Return the rows that are out or not written back yet."""
        rows = [flight.row.id for flight in self._out.values()] + [result.id for result in self.results]
        return rows + [flight.row.id for flight, _ in self.unsettled]

    def room(self) -> tuple[int, float]:
        """Return how many may leave now, and if none may, when it is worth asking again: 0 where an event will tell."""
        now = monotonic()
        if not self._may_send():
            return 0, 0.0
        if wait := self._breaker.wait(now):
            return 0, wait
        if self._breaker.must_knock:
            self._knock()
            return 0, 0.0
        most = (1 if self._breaker.probing else self._window) - len(self._out)
        if most <= 0:
            return 0, 0.0
        room = self._pacer.room(now, most)
        return room, 0.0 if room else self._pacer.until_room(now)

    def fetched(self, took: float) -> None:
        """Note how many seconds it took from asking for rows to letting them leave."""
        self._pacer.fetched(took)

    def busy(self) -> set[str]:
        """Return the chats nothing may be sent to now: one is out, a row of theirs waits, or they need a rest."""
        now = monotonic()
        self._release(now)
        return {*self._out, *self._held_chats, *self._pacer.resting(now)}

    def next_moment(self) -> float:
        """Return the seconds until a chat becomes free by itself, at most one."""
        now = monotonic()
        self._release(now)
        waits = [1.0, *(until - now for until in self._held_chats.values()), *self._pacer.resting(now).values()]
        return max(0.0, min(waits))

    def launch(self, row: Claimed) -> None:
        """Let a claimed row leave, or put it back if it may not any more."""
        flight = Flight(row, row.parts_sent, row.parts_sent + 1, self._fence)
        if not self._may_leave() or (flight.again and not self._trusts()):
            self.results.append(released(flight))
            return
        if row.content is not None and row.content.edits and not self._channel.can.edit:
            self.results.append(Result(row.id, "void"))  # it was handed on to a channel that changes nothing it said
            return
        fault = row.fault
        if row.content is None or not row.chat:
            fault = fault or "no content or no chat"
        else:
            try:
                flight.pages = max(flight.pages, self._channel.parts(row.content))
            except Exception as error:
                log.exception("poisoned message", action="poison", channel=self._channel.name, row=row.id)
                fault = repr(error)
        if fault is not None:
            self.land(flight, Permanent("unreadable", fault))
            return
        if flight.again and any(other.again for other in self._out.values()):
            # if the process dies now, one of them loses its answer a second time, not all
            self._held_chats[flight.chat] = monotonic() + _ONE_BY_ONE
            self.results.append(released(flight))
            return
        if row.withdrawn is not None:
            self.land(flight, Permanent("withdrawn", row.withdrawn))
            return
        self._out[flight.chat] = flight
        self._depart(flight)

    def send_pages(self, *, last: bool = False) -> None:
        """Let further pages leave as soon as the pace allows; once they may not, or it is the `last` time, put back."""
        waiting: list[Flight] = []
        for flight in self._next_pages:
            now = monotonic()
            wait = max(self._breaker.wait(now), self._pacer.wait(flight.chat, now))
            if last or not self._may_send():
                self._out.pop(flight.chat, None)
                self.results.append(released(flight))
            elif wait:
                waiting.append(flight)
                asyncio.get_running_loop().call_later(wait, self._stir.set)
            else:
                self._depart(flight)
        self._next_pages = waiting

    def written(self, results: Iterable[Result]) -> None:
        """Note that results are in the database: pages that follow may leave now."""
        arrived = {result.id for result in results if result.status == "sending"}
        if arrived:
            self._next_pages += [flight for flight in self._out.values() if flight.row.id in arrived]

    def settled(self, flights: Iterable[Flight]) -> None:
        """Note that these are dealt with: their chats are free."""
        for flight in flights:
            if self._out.get(flight.chat) is flight:
                del self._out[flight.chat]

    def hold(self, flight: Flight, wait: float) -> float:
        """Keep the chat's order while its row waits, no longer than half a minute in all; return for how long."""
        now = monotonic()
        if len(self._held_since) > 10_000:
            self._held_since.clear()
        since = self._held_since.setdefault(flight.row.id, now)
        until = min(now + wait, since + _LONGEST_HOLD)
        if until > now:
            self._held_chats[flight.chat] = max(until + _MARGIN, self._held_chats.get(flight.chat, 0.0))
        return max(0.0, until - now)

    def land(self, flight: Flight, outcome: Outcome) -> None:
        """Note what came of a flight; its chat is free again, unless a transaction must settle more first."""
        self._count(flight, outcome)
        result = plain_result(flight, outcome, self._channel.can, datetime.now(UTC))
        if result is None:
            self.unsettled.append((flight, outcome))
            return
        self.results.append(result)
        if result.status == "sending":
            flight.page += 1
            return
        self.settled([flight])
        if result.status == "sent":
            self._held_since.pop(flight.row.id, None)
        elif result.not_before is not None:
            self.hold(flight, ASK_AGAIN.total_seconds())

    def doubt(self, row: Claimed, reason: str) -> None:
        """Take on a row that an earlier sender let leave and never heard of again."""
        self._uncertain.inc()
        flight = Flight(row, row.parts_sent, row.parts_sent + 1, self._fence, left_behind=True)
        result = plain_result(flight, Uncertain(reason), self._channel.can, datetime.now(UTC))
        if result is None:
            self.unsettled.append((flight, Uncertain(reason)))
        else:
            self.results.append(result)
        log.warning("left behind", action="recovered", channel=self._channel.name, row=row.id)

    async def land_all(self, grace: float) -> None:
        """Wait up to `grace` seconds for what is out; what is not back by then is left to the next sender."""
        try:
            async with asyncio.timeout(grace):
                while self._tasks:
                    await asyncio.wait(self._tasks)
        except TimeoutError:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def out_of_reach(self) -> float | None:
        """The monotonic moment since when nothing came through any more, `None` while all is well."""
        return self._breaker.since

    @property
    def is_proven(self) -> bool:
        """Whether something has come through."""
        return self._breaker.is_proven

    @property
    def told_to_rest(self) -> float:
        """For how many more seconds the platform asked us to be quiet."""
        return max(0.0, self._told_until - monotonic())

    def rest(self, seconds: float) -> None:
        """Send nothing for a while: an earlier sender was told so."""
        self._told_until = monotonic() + seconds
        self._breaker.refused(seconds, self._breaker.turn, monotonic())

    @property
    def resting(self) -> float:
        """How many seconds nothing may be sent for."""
        return self._breaker.wait(monotonic())

    def _knock(self) -> None:
        """Ask whether the channel answers at all, before a message is put at risk again."""
        if self._knocking is not None and not self._knocking.done():
            return

        async def ask() -> None:
            answered = await self._channel.answers()
            self._breaker.knocked(answered=answered, now=monotonic())
            self._stir.set()

        self._knocking = asyncio.create_task(ask())
        self._tasks.add(self._knocking)
        self._knocking.add_done_callback(self._tasks.discard)

    def _release(self, now: float) -> None:
        self._held_chats = {chat: until for chat, until in self._held_chats.items() if until > now}

    def _trusts(self) -> bool:
        """Tell whether the channel answers, so that a message that lost its answer once does not lose it again."""
        self._breaker.must_knock |= not self._breaker.is_trusted
        return self._breaker.is_trusted

    def _may_leave(self) -> bool:
        return self._may_send() and not self._breaker.wait(monotonic())

    def _depart(self, flight: Flight) -> None:
        now = monotonic()
        wait = self._pacer.wait(None, now)
        departure = self._pacer.take(flight.chat, now + wait)
        task = asyncio.create_task(self._fly(flight, flight.row.content or Message(()), departure, wait))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _fly(self, flight: Flight, content: Message, departure: Departure, wait: float) -> None:
        outcome: Outcome
        if wait:
            await asyncio.sleep(wait)
            departure[0] = monotonic()
            if not self._may_leave():
                if flight.fence == self._fence:
                    self.results.append(released(flight))
                self.settled([flight])
                self._stir.set()
                return
        flight.turn = self._breaker.turn
        try:
            outcome = await self._channel.send(flight.chat, content, resend=flight.again, part=flight.page)
        except Exception as error:
            log.exception("poisoned message", action="poison", channel=self._channel.name, row=flight.row.id)
            outcome = Permanent("poison", repr(error))
        if flight.fence == self._fence:
            self.land(flight, outcome)
        else:
            self.settled([flight])
        self._stir.set()

    def _count(self, flight: Flight, outcome: Outcome) -> None:
        name, now = self._channel.name, monotonic()
        match outcome:
            case RetryAt(after, whole_channel, reason):
                self._retries.inc()
                self._pacer.refused(now)
                if whole_channel:
                    self._told_until = now + after
                    pause = self._breaker.refused(after, flight.turn, now)
                    log.warning("paused", action="paused", channel=name, seconds=pause, reason=reason)
                    return
            case Permanent("unauthorized", reason):
                self._retries.inc()
                self._breaker.refused(_LOCKED_OUT, flight.turn, now)
                log.critical("locked out", action="alarm", channel=name, reason=reason)
                return
            case Uncertain(reason):
                self._uncertain.inc()
                self._breaker.doubted(flight.turn, now)
                log.warning("no answer", action="uncertain", channel=name, row=flight.row.id, reason=reason)
                return
            case Permanent("withdrawn"):
                return  # nothing was asked of the channel
            case Permanent():
                self._failed.inc()
            case Sent() | Moved():
                self._sent.inc(flight.page + 1 >= flight.pages and isinstance(outcome, Sent))
        self._breaker.arrived(flight.turn)
