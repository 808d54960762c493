"""An office behind the chat page: a roster in a database, a clock to move, and a bot that says back what it hears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from sqlalchemy import insert

from bot.webchat import WebChat, introduce
from core.deadlines import HANOI
from core.messages import Button, Incoming, Message, Receipt
from storage import schema
from storage.database import Database

NOTICE = Path(__file__).parents[1] / "data" / "notice-718"
START = datetime(2023, 4, 28, 7, 25, tzinfo=HANOI)
CLERK = "SCT:th"
HEAD = "SCT:tp-qltm"


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    async def move_to(self, _database: Database, moment: datetime) -> None:
        if moment < self.moment:
            raise ValueError(moment)
        self.moment = moment


class Echo:
    """Takes each event once and answers with what it heard; "chọn" brings a question, "lỗi" breaks."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.seen: set[str] = set()
        self.chat: WebChat | None = None
        self.pause = 0.0

    async def receive(self, incoming: Incoming) -> Receipt:
        if incoming.event_id in self.seen:
            return Receipt(duplicate=True)
        await asyncio.sleep(self.pause)
        if incoming.text == "lỗi":
            raise ConnectionError
        self.seen.add(incoming.event_id)
        self.heard.append(incoming)
        assert self.chat is not None
        await self.chat.send(incoming.chat, self.answer(incoming), resend=False, part=0)
        return Receipt(answer="ok")

    def answer(self, incoming: Incoming) -> Message:
        if incoming.text == "chọn":
            choices = (Button("3.5 KH Đề án TMĐT", "xong 3.5"), Button("Chưa xong mục nào", "thoi", opt_out=True))
            return Message(("Trả lời số:",), "Đồng chí báo xong mục nào?", choices)
        files = "".join(f" [{file.name}]" for file in incoming.files)
        return Message((f"Nghe: {incoming.text}{files}",))


class Office:
    """The page with everything behind it; `files` holds what was uploaded, by reference."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = MovableClock()
        self.bot = Echo()
        self.files: dict[str, bytes] = {}
        self.ticks: list[datetime] = []
        self.chat = WebChat(
            database,
            self.clock,
            self.bot,
            save_file=self._save,
            delete_file=self._delete,
            read_file=self._read,
            tick=self._tick,
            samples=[NOTICE / "notice-718.docx"],
            bot_name="Nhắc việc SCT",
        )
        self.bot.chat = self.chat
        self.app = web.Application()
        self.chat.register(self.app)

    async def _delete(self, ref: str) -> None:
        self.files.pop(ref, None)

    async def _save(self, name: str, data: bytes) -> str:
        ref = f"{len(self.files)}/{name}"
        self.files[ref] = data
        return ref

    async def _read(self, ref: str) -> bytes:
        return self.files[ref]

    async def _tick(self) -> None:
        self.ticks.append(self.clock.moment)

    async def transcript(self, chat: str) -> list[Any]:
        async with self.database.read(START) as work:
            return [(line.from_bot, line.content) for line in await work.webchat.latest(chat, 100)]

    async def says(self, chat: str, *lines: str, **parts: Any) -> str | None:
        sent: Any = await self.chat.send(chat, Message(lines, **parts), resend=False, part=0)
        return sent.external_id

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        runner = web.AppRunner(self.app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


async def open_office(database: Database) -> Office:
    """Set the roster of notice 718 up and link everybody in it."""
    roster = yaml.safe_load((NOTICE / "roster.yaml").read_text(encoding="utf-8"))
    async with database.work(START) as work:
        run = work.connection.execute
        units: dict[str, int] = {}
        agency: int | None = None
        for position, unit in enumerate([roster["agency"], *roster["units"]]):
            values = {
                "kind": "unit" if agency else "agency",
                "code": unit["code"],
                "name": unit["name"],
                "settings": {},
            }
            row = {**values, "aliases": unit["aliases"], "position": position, "agency_id": agency}
            units[unit["code"]] = (
                await run(insert(schema.units).values(row).returning(schema.units.c.id))
            ).scalar_one()
            agency = agency or units[unit["code"]]
        for person in roster["people"]:
            row = {"agency_id": agency, "key": person["key"], "title": person["title"]}
            number = (await run(insert(schema.people).values(row).returning(schema.people.c.id))).scalar_one()
            row = {"person_id": number, "unit_id": units[person["unit"]], "role": person["role"]}
            await run(insert(schema.memberships).values({**row, "valid_from": date(2023, 1, 1)}))
            for code in person.get("oversees", ()):
                await run(insert(schema.oversights).values(person_id=number, unit_id=units[code]))
    await introduce(database, START)
    return Office(database)
