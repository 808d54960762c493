"""The running process, put together: which parts there are, and in which order they start and stop."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import timedelta
from time import monotonic
from typing import Self

import structlog

from bot.alarms import Alarms
from bot.channel import Channel
from bot.clock import EVERY, Clock, Metronome
from bot.composing import Compose
from bot.fetching import Received
from bot.jobs import JobRunner
from bot.leases import LENGTH
from bot.links import Links
from bot.loops import Loops
from bot.metrics import Metrics
from bot.pacing import Pacer
from bot.sender import Sender
from bot.sent_files import SentFiles
from bot.typing import Typing
from bot.upload_page import UploadPage
from bot.wake import Wakes
from bot.watch import Watch, count_missed
from bot.web import Routes, make_app, serve
from bot.wires import WIRES
from bot.zalo_bot import MONTHLY
from bot.zalo_bot import NAME as ZALO_BOT
from bot.zalo_bot_quota import Sparing
from config.keys import signing_key
from config.settings import Settings
from core.workdays import WorkCalendar
from handlers.catalogue import Catalogue
from handlers.discarding_job import DISCARDING, DiscardJob
from handlers.dispatch import Dispatcher
from handlers.handed_files import LOOKING
from handlers.intents import every_intent
from handlers.keeping_job import KeepFilesJob
from handlers.looking_job import LookAtFilesJob
from handlers.office_word import tell_office
from handlers.reading_job import ReadNoticeJob
from handlers.reminders import tick
from storage.database import Database
from storage.files import files_at
from storage.marks import TICK
from storage.migrate import is_current

log = structlog.get_logger()

SHORT_LEASE = timedelta(seconds=4)
"""On SQLite there is one process, so that only its own next start waits for a lease it left by being killed."""

_TIDY = 600.0
"""Real seconds between two rounds of throwing away what nobody needs any more."""

UNPACED = Pacer(None, None, None)
"""No pace at all: for a stand-in of a messenger on one's own machine."""


class App:
    """One process. `web` answers webhooks and pages, `worker` polls, sends, reads files and keeps time.

    Entering it starts everything in order; leaving it stops in the opposite order, finishing what is on its way.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        web: bool = True,
        worker: bool = True,
        lease_length: timedelta | None = None,
    ) -> None:
        self.settings = settings
        self.database = database
        self.metrics = Metrics()
        self.catalogue = Catalogue()
        self.clock = Clock()
        self.wakes = Wakes(database)
        self.files = files_at(settings.files_url)
        self.read_file = SentFiles(database, self.clock, self.files).read
        self.links = Links(signing_key(settings), settings.public_url, self.read_file, stands=self._may_read)
        self.calendar = WorkCalendar()
        self.channels: dict[str, Channel] = {}
        self.dispatcher = Dispatcher(database, self.clock, self.catalogue, calendar=self.calendar, wake=self.wakes.wake)
        self.uploads = UploadPage(
            signing_key(settings),
            settings.public_url,
            database,
            self.clock,
            self.dispatcher,
            self.files,
            self.catalogue,
        )
        self.dispatcher.upload_address = self.uploads.address
        self.routes: list[Routes] = [self.links.routes, self.uploads.routes]
        self.web = web
        self.worker = worker
        self.lease_length = lease_length or (SHORT_LEASE if database.is_sqlite else LENGTH)
        self.holder_id = secrets.token_hex(8)
        self.stack = AsyncExitStack()
        self.loops = Loops(self.stack)
        self.metronome = Metronome(self.clock, self.tick, metrics=self.metrics)
        self._tidied = float("-inf")
        self._fingerprints: dict[str, str] = {}
        self.port: int | None = None

    def add_channel(self, channel: Channel, fingerprint: str = "") -> None:
        """Add a wire before the start; `fingerprint` names its token without giving it away."""
        self.channels[channel.name] = channel
        self._fingerprints[channel.name] = fingerprint

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self.stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stack.aclose()

    async def _start(self) -> None:
        if not await is_current(self.database):
            raise OldSchema
        setting = self.settings.clock_start.isoformat() if self.settings.clock_start else None
        await self.clock.load(self.database, setting)
        self.loops.run(lambda: self.clock.follow(self.database), "clock")
        await self._read_calendar()
        if not self.worker:  # where there is one, every tick reads it
            self.loops.run(self._follow_calendar, "calendar")
        await self.stack.enter_async_context(self.wakes)
        for add in WIRES:
            await add(self)
        if self.worker:
            await self._start_worker()
        # a web half looks too: it is there to say so when no worker is
        watch = Watch(
            self.database,
            self.clock,
            self.metrics,
            frozenset(self.channels),
            wake=self.wakes.wake if self.worker else None,
            patience=timedelta(minutes=self.settings.next_account_minutes),
        )
        self.loops.run(watch.run, "watch")
        if self.web:
            await self._serve(self.settings.port, self.routes)
        elif self.settings.metrics_port is not None:
            await self._serve(self.settings.metrics_port, ())

    async def _read_calendar(self) -> None:
        async with self.database.read(self.clock.now()) as work:
            self.calendar.overlay(await work.clock.calendar())

    async def _follow_calendar(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self._read_calendar()
            except Exception as error:
                log.warning("calendar not read", action="calendar_unknown", exc_info=error)

    async def _start_worker(self) -> None:
        compose: Compose = every_intent(self.catalogue, self.calendar)
        if ZALO_BOT in self.channels:
            compose = Sparing(compose, ZALO_BOT, MONTHLY)
        for name, channel in self.channels.items():
            sender = Sender(
                self.database,
                channel,
                self.clock,
                compose,
                self.holder_id,
                wakes=self.wakes,
                fingerprint=self._fingerprints[name],
                metrics=self.metrics,
                pacer=None if self.settings.send_pace else UNPACED,
                undelivered=tell_office,
                lease_length=self.lease_length,
                patience=timedelta(minutes=self.settings.next_account_minutes),
            )
            self.loops.run(sender.run, f"send {name}", stop=sender.stop)
        alarms = Alarms(self.database, self.clock, self.catalogue)
        await self.stack.enter_async_context(alarms)
        self.loops.run(alarms.run, "alarms")
        received = Received(self.channels)
        reading = ReadNoticeJob(received.fetch, self.files.save, self.catalogue)
        keeping = KeepFilesJob(received.fetch, self.files.save, self.catalogue)
        looking = LookAtFilesJob(received.fetch, self.catalogue, self.calendar)
        discarding = DiscardJob(received.discard)
        jobs = JobRunner(
            self.database,
            self.clock,
            {"read_notice": reading, LOOKING: looking, "keep_files": keeping, DISCARDING: discarding},
            wakes=self.wakes,
            metrics=self.metrics,
            typing=Typing(self.channels),
        )
        self.loops.run(jobs.run, "jobs", stop=jobs.stop)
        await self.stack.enter_async_context(self.metronome)

    async def tick(self) -> None:
        """Plan what is due now; late, twice or on two machines at once it comes to the same."""
        await self._read_calendar()
        async with self.database.work(self.clock.now()) as work:
            planned = await tick(work, self.calendar, told=False)
            last, real = await work.marks.get(TICK), work.real
            await work.marks.set(TICK, real)
            if monotonic() - self._tidied > _TIDY:
                await work.inbox.forget_old()
                await work.accounts.forget_strangers()
                await work.outbox.forget_codes()
                await work.deliveries.tidy()
        count_missed(self.metrics, last.at if last is not None else None, real)
        async with self.database.work(self.clock.now()) as work:
            await work.seals.seal()
        self._tidied = monotonic() if monotonic() - self._tidied > _TIDY else self._tidied
        for line in planned:
            if line.queued:
                log.info("planned", action="planned", person=line.person, kind=line.kind)
        for channel in self.channels:
            self.wakes.wake(channel)

    async def _may_read(self, channel: str, chat: str, ref: str) -> bool:
        async with self.database.read(self.clock.now()) as work:
            return await work.uploads.may_read(channel, chat, ref)

    async def _ready(self) -> bool:
        return await is_current(self.database)

    async def _serve(self, port: int, routes: Iterable[Routes]) -> None:
        application = make_app(routes, ready=self._ready, registry=self.metrics.registry)
        runner, self.port = await serve(application, self.settings.host, port, patience=5)
        self.stack.push_async_callback(runner.cleanup)


class OldSchema(Exception):
    """The database is not at the version this program was written for."""
