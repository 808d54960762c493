"""An office to rehearse in: the roster of notice 718, the dispatcher, and people who say and hear things."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update

from core.messages import Incoming, IncomingFile, Kind, Message
from documents.roster_file import read_roster
from handlers.catalogue import Catalogue
from handlers.dispatch import Dispatcher
from handlers.roster import import_roster
from storage.database import Database
from storage.schema import outbox
from tests.furnished import furnish
from tests.handlers.reading import read_waiting

DATA = Path(__file__).parents[1] / "data" / "notice-718"
EVERYONE = ("gd", "cvp", "th", "tp-qlcn", "tp-qltm", "tp-qlnl", "tp-khtcth")
"""All but the head of TTKC, who is not linked, and the deputies."""


class Clock:
    def __init__(self, at: str) -> None:
        self.at = datetime.fromisoformat(at)

    def now(self) -> datetime:
        return self.at


class Office:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock("2023-04-04T09:00:00+07:00")
        self.catalogue = Catalogue()
        self.dispatcher = Dispatcher(database, self.clock, self.catalogue)
        self.events = itertools.count(1)
        self.seen: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.agency = 0

    @classmethod
    async def open(cls, database: Database, *, linked: tuple[str, ...] = EVERYONE) -> Office:
        office = cls(database)

        async def link() -> None:
            async with database.work(office.clock.now()) as work:
                await import_roster(work, read_roster((DATA / "roster.yaml").read_bytes(), "roster.yaml"))
                for person in await work.people.everyone((await work.people.agencies())[0].id):
                    if person.key in linked:
                        await work.accounts.add_linked("plain", person.key, person.key, person.id)

        await furnish(database, f"office with {linked}", link)
        async with database.read(office.clock.now()) as work:
            office.agency = (await work.people.agencies())[0].id
            office.people = {person.key: person.id for person in await work.people.everyone(office.agency)}
        return office

    async def says(
        self,
        who: str,
        text: str,
        *,
        kind: Kind = "text",
        files: tuple[IncomingFile, ...] = (),
        album: str | None = None,
        group: str | None = None,
    ) -> list[str]:
        """Let somebody say this; return what they hear, each message as plain text."""
        self.seen[who] = await self._last()
        event = Incoming(
            "plain", str(next(self.events)), who, group or who, text, kind, group is None, files=files, album=album
        )
        await self.dispatcher.receive(event)
        await read_waiting(self.database, self.clock.now(), self.catalogue)
        return await self.hears(who)

    async def presses(self, who: str, label: str) -> list[str]:
        """Let somebody press the button of this label in the last message that has it."""
        for message in reversed(await self.messages(who)):
            for button in message.buttons:
                if button.label == label:
                    assert len(button.command.encode()) <= 64
                    return await self.says(who, button.command, kind="button")
        raise AssertionError(f"{who} has no button {label}")

    async def hears(self, who: str) -> list[str]:
        """Return what somebody was told since they last spoke or listened."""
        told = [message.plain() for message in await self.messages(who, after=self.seen.get(who, 0))]
        self.seen[who] = await self._last()
        return told

    async def messages(self, who: str, *, after: int = 0) -> list[Message]:
        """Deliver everything, and return what somebody got, oldest first."""
        async with self.database.work(self.clock.now()) as work:
            await work.connection.execute(update(outbox).where(outbox.c.status == "queued").values(status="sent"))
            statement = select(outbox.c.content).where(outbox.c.chat == who, outbox.c.id > after).order_by(outbox.c.id)
            return [Message.from_json(content) for content in (await work.connection.execute(statement)).scalars()]

    async def reads_files(self, content: bytes) -> None:
        """Do the jobs that wait, whatever file they ask for being this one."""
        await read_waiting(self.database, self.clock.now(), self.catalogue, content)

    async def _last(self) -> int:
        async with self.database.read(datetime.now(UTC)) as work:
            rows = (await work.connection.execute(select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1))).scalar()
            return rows or 0
