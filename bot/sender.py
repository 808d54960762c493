"""The one door out: claims what is queued for a channel, lets it leave in order, writes back what became of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

import structlog

from bot.channel import Channel, Outcome
from bot.clock import Clock
from bot.composing import Compose, compose_all
from bot.flights import Flights
from bot.leases import LENGTH, Holder
from bot.metrics import Metrics
from bot.out_of_reach import OutOfReach
from bot.pacing import Pacer
from bot.settling import PATIENCE, Flight, Undelivered, settle
from bot.wake import Wakes
from handlers.reminders.alone import alone
from storage.database import Database
from storage.faults import is_conflict, is_down
from storage.outbox import Result
from storage.turns import Turns
from storage.work import Work

log = structlog.get_logger()

_POLL = 1.0
_SURVEY = 15.0
_SOON = 0.05
_MOST_INTENTS = 8


class Sender:
    """Delivers one channel's messages, alone while it holds the lease `sender:<channel>:<fingerprint>`.

    In order in each chat, one at a time there; each sent once, or once more, marked, after its answer was lost.
    `fingerprint` names the token without giving it away; `holder_id` must be new at every start.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        clock: Clock,
        compose: Compose,
        holder_id: str,
        *,
        wakes: Wakes,
        fingerprint: str = "",
        metrics: Metrics | None = None,
        pacer: Pacer | None = None,
        undelivered: Undelivered | None = None,
        window: int = 32,
        lease_length: timedelta = LENGTH,
        grace: float = 10.0,
        patience: timedelta = PATIENCE,
    ) -> None:
        self.name = name = channel.name
        self._can = channel.can
        self._database = database
        self._clock = clock
        self._compose = compose
        self._undelivered = undelivered
        self._wakes = wakes
        self._grace = grace
        self._patience = patience
        self._lease = f"sender:{name}:{fingerprint}"
        self._stir = wakes.event(name)
        self._holder = Holder(database, self._lease, holder_id, length=lease_length, on_change=self._stir.set)
        self._turns = Turns(database.engine, name, self._lease)
        self._reach = OutOfReach(database, name, self._lease, patience)
        metrics = metrics or Metrics()
        pacer = pacer or Pacer.of(channel.can)
        self._flights = Flights(channel, pacer, window, metrics, self._stir, self._holder.valid)
        self._age = metrics.unsent_age.labels(name)
        self._paused = metrics.paused.labels(name)
        self._handed_on = metrics.handed_on.labels(name)
        self._active = metrics.sending.labels(name)
        self._fence = 0
        self._stopping = False
        self._lost_track = False
        self._surveyed = 0.0

    @property
    def active(self) -> bool:
        """Whether this process is the one that sends for the channel."""
        return self._holder.valid()

    async def run(self) -> None:
        """Send until `stop` is called, whenever the lease is ours; faults of the database are waited out."""
        try:
            async with self._holder:
                await self._work_on()
                await self._leave()
        finally:
            await self._turns.close()  # also where we are cancelled: nobody else would close its connection

    def stop(self) -> None:
        """Let `run` end once what is on its way has landed, and the next sender take over."""
        self._stopping = True
        self._stir.set()

    async def _work_on(self) -> None:
        pause = 0.1
        while not self._stopping:
            try:
                if self._holder.held is None:
                    await self._rest(_POLL)
                else:
                    await self._serve(self._holder.held.fence)
                pause = 0.1
            except Exception as error:
                log.warning("sender disturbed", action="sender_disturbed", channel=self.name, exc_info=error)
                self._lost_track = True
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)
            finally:
                self._wakes.serving.discard(self.name)
                self._active.set(0)
                self._paused.set(0)  # what another process waits for is that one's to show

    async def _serve(self, fence: int) -> None:
        flights = self._flights
        if fence != self._fence:
            flights.start(fence)
            self._fence, self._surveyed = fence, 0.0
            await self._reach.taken_over(flights)
        self._wakes.serving.add(self.name)
        self._active.set(1)
        due = True
        while not self._stopping and (held := self._holder.held) is not None and held.fence == fence:
            stale = not self._surveyed or self._lost_track or monotonic() - self._surveyed > _SURVEY
            if stale or self._reach.must_note(flights):
                await self._survey()
            if flights.unsettled:
                await self._settle()
            flights.send_pages()
            if self._stir.is_set():
                self._stir.clear()
                due = True
            room, wait = flights.room()
            if flights.results and due and 0 < wait <= _SOON:
                await asyncio.sleep(wait)  # the next may leave in a moment: one turn then serves both
                room, wait = flights.room()
            if room and due:
                due = await self._turn(room)
            elif flights.results:
                await self._turn(0)
            else:
                await self._rest(min(wait or _POLL, flights.next_moment()))
                due = True
        await self._turn(0)

    async def _turn(self, room: int) -> bool:
        """Write back and claim in one go; return whether there may be more to claim."""
        flights = self._flights
        results, flights.results = flights.results, []
        if not results and not room:
            return False
        began = monotonic()
        busy = flights.busy() if room else ()
        try:
            rows = await self._turns.turn(results, self._fence, room, busy, datetime.now(UTC))
        except BaseException:
            flights.results = results + flights.results
            raise
        flights.written(results)
        intents: list[int] = []
        for row in rows:
            if row.waiting:
                intents.append(row.id)
            else:
                flights.launch(row)
        if intents:
            await self._send_intents(intents[:_MOST_INTENTS])
        if rows:
            flights.fetched(monotonic() - began)
        return len(rows) >= room or bool(intents)

    async def _send_intents(self, ids: list[int]) -> None:
        async with self._database.work(self._clock.now()) as work:
            rows = await work.outbox.take(ids, self._fence, self._lease)
            busy = self._flights.busy()
            batch = await compose_all(work, rows, self._compose, self.name, self._fence, busy)
            for person in dict.fromkeys(row.person_id for row in batch.lost if row.person_id is not None):
                await self._tell(work, person)
        for channel in batch.elsewhere:
            self._wakes.wake(channel)
        for row in batch.ready:
            self._flights.launch(row)

    async def _tell(self, work: Work, person: int) -> None:
        """Tell of somebody who was not reached; where that fails the batch is written back all the same, with an alarm."""
        if self._undelivered is None:
            return
        telling = self._undelivered(work, person)
        await alone(work, f"word of {person}", telling, None, alarm="office not told", channel=self.name)

    async def _rest(self, longest: float) -> None:
        """Wait until something happens or may."""
        timer = asyncio.get_running_loop().call_later(longest, self._stir.set)
        await self._stir.wait()
        timer.cancel()
        self._stir.clear()

    async def _settle(self) -> None:
        """Write back, in one transaction, what concerns chats and accounts too."""
        unsettled = list(self._flights.unsettled)
        async with self._database.work(self._clock.now()) as work:
            channels = {await self._settle_one(work, flight, outcome) for flight, outcome in unsettled}
        del self._flights.unsettled[: len(unsettled)]
        self._flights.settled(flight for flight, _ in unsettled)
        for channel in channels:
            if channel is not None:
                self._wakes.wake(channel)
        self._stir.set()

    async def _settle_one(self, work: Work, flight: Flight, outcome: Outcome) -> str | None:
        hold = partial(self._flights.hold, flight)
        try:
            async with work.connection.begin_nested():
                return await settle(
                    work,
                    flight,
                    outcome,
                    can=self._can,
                    hold=hold,
                    undelivered=self._undelivered,
                    patience=self._patience,
                )
        except Exception as error:
            if is_down(error) or is_conflict(error):
                raise
            log.exception("not settled", action="poison", channel=self.name, row=flight.row.id)
            await work.outbox.finish([Result(flight.row.id, "failed", None, repr(error))], flight.fence)
            return None

    async def _survey(self) -> None:
        """Take over what was left without an answer, by others or by a lost claim, and measure the queue."""
        known = self._flights.known()
        async with self._database.work(self._clock.now()) as work:
            if self._lost_track:
                await work.outbox.reclaim(self.name, self._fence, known)
            left = await work.outbox.recover(self.name, self._fence)
            oldest = await work.outbox.oldest_unsent(self.name)
            await self._reach.look(work, self._flights)
        self._lost_track = False
        self._surveyed = monotonic()
        self._age.set(max(0.0, (datetime.now(UTC) - oldest).total_seconds()) if oldest else 0.0)
        self._paused.set(1 if self._flights.resting else 0)
        if self._reach.is_due():
            await self._hand_on()
        for row in left:
            self._flights.doubt(row, "the sender stopped before the answer came")
        await self._turn(0)  # before anything else of the same chats can be claimed

    async def _hand_on(self) -> None:
        """Let what has waited here for too long go by people's other accounts; it does not come back."""
        channels, moved = await self._reach.hand_on(self._clock.now())
        self._handed_on.inc(moved)
        for channel in channels:
            self._wakes.wake(channel)

    async def _leave(self) -> None:
        """Write back what comes home in time; what does not is known to the next sender by its status."""
        flights = self._flights
        await flights.land_all(self._grace)
        try:
            if flights.unsettled:
                await self._settle()
            await self._turn(0)
            flights.send_pages(last=True)
            await self._turn(0)
        except Exception as error:
            log.warning("not written back", action="sender_disturbed", channel=self.name, exc_info=error)
