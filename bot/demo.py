"""The demonstration: the real bot on one's own machine, a chat page instead of a messenger, no token and no account."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from tempfile import mkdtemp
from typing import Self

from bot.app import App
from bot.webchat import WebChat, introduce
from config.keys import signing_key
from config.settings import load
from core.documents import read_document
from documents.notice_file import lines_of
from documents.roster_file import read_roster
from handlers.importing import import_notice, known_agency
from handlers.roster import import_roster
from storage.database import Database
from storage.migrate import migrate

BOT_NAME = "Nhắc việc SCT"


@dataclass(frozen=True, slots=True)
class Demo:
    """What a demonstration starts from. Without `data` it lives in a new folder that goes when it ends."""

    port: int
    now: datetime
    data: Path | None = None
    loaded: bool = False


class Demonstration:
    """The running demonstration, as a context; `address` is where the page is."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._stack = AsyncExitStack()
        self.address = ""

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _start(self) -> None:
        folder = self._demo.data or self._new_folder()
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        settings = load(
            None,
            database_url=f"sqlite:///{folder / 'demo.db'}",
            files_url=f"file:{folder / 'files'}",
            clock_start=self._demo.now.isoformat(),
            host="127.0.0.1",
            port=self._demo.port,
            telegram_bot_token=None,
            public_url=None,
        )
        database = Database(settings.database_url)
        self._stack.push_async_callback(database.close)
        await migrate(database)
        await self._furnish(database)
        app = App(settings, database)
        await introduce(database, self._demo.now)
        page = WebChat(
            database,
            app.clock,
            app.dispatcher,
            save_file=lambda _name, content: app.files.save(content),
            read_file=app.read_file,
            delete_file=app.files.delete,
            tick=app.metronome.tick_now,
            samples=[] if self._demo.loaded else [sample("notice-718.docx")],
            bot_name=BOT_NAME,
            calendar=app.calendar,
            secret=signing_key(settings),
        )
        app.add_channel(page)
        app.routes.append(page.register)
        await self._stack.enter_async_context(app)
        self.address = f"http://127.0.0.1:{app.port}/"

    def _new_folder(self) -> Path:
        folder = Path(mkdtemp(prefix="dondoc-demo-"))
        self._stack.callback(shutil.rmtree, folder, ignore_errors=True)
        return folder

    async def _furnish(self, database: Database) -> None:
        """Bring in the roster, and with `loaded` the notice as the office chief would have approved it."""
        roster = await asyncio.to_thread(sample("roster.yaml").read_bytes)
        async with database.work(self._demo.now) as work:
            await import_roster(work, read_roster(roster, "roster.yaml"))
        if not self._demo.loaded:
            return
        lines = await asyncio.to_thread(lambda: lines_of(sample("notice-718.docx").read_bytes(), "notice-718.docx"))
        async with database.work(self._demo.now) as work:
            agency = (await work.people.agencies())[0]
            if await work.notices.newest(agency.id) is None:
                notice = read_document(lines, await known_agency(work, agency.id))
                await import_notice(work, agency.id, notice, by=None, approve=True, accept_basis="ý kiến Giám đốc 05/4")


def sample(name: str) -> Path:
    """Return a file of the notice that ships with the product."""
    return Path(str(resources.files("bot").joinpath("samples", name)))
