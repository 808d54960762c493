"""Two agencies in one installation, alike to the letter but for what they must not see of each other; one is of a province."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select, text

from core.drafts import DraftNotice, DraftTask
from core.messages import Incoming, Kind, Message
from core.roster import Roster, RosterPerson, RosterUnit
from core.tasks import Kind as TaskKind
from handlers.catalogue import Catalogue
from handlers.dispatch import Dispatcher
from handlers.following import follow_up
from handlers.roster import import_roster
from storage.database import Database
from storage.schema import accounts, assignment_versions, assignments, audit_entries, incidents, jobs, outbox, questions
from storage.work import Work
from tests.furnished import furnish
from tests.handlers.reading import read_waiting

OWN, FOREIGN = "SCT", "SNN"
PROVINCE = "QNG"
"""The agency that `OWN` belongs to, and `FOREIGN` does not."""
SECRET = "Ngoại vụ kín"
"""Stands in everything the other agency follows or prepares."""

ROLES = {
    "leader": "gd", "deputy_leader": "pgd", "office_chief": "cvp", "head": "tp-qltm", "deputy_head": "pp-qltm",
    "officer": "cv-qltm", "clerk": "th", "admin": "qt",
}  # fmt: skip
_PEOPLE = (
    RosterPerson("gd", "Giám đốc Sở", "", "leader"),
    RosterPerson("pgd", "Phó Giám đốc Sở", "", "deputy_leader", oversees=("QLTM",)),
    RosterPerson("cvp", "Chánh Văn phòng", "VP", "office_chief"),
    RosterPerson("th", "Chuyên viên tổng hợp", "VP", "clerk"),
    RosterPerson("th-2", "Văn thư", "VP", "clerk"),
    RosterPerson("qt", "Quản trị hệ thống", "VP", "admin"),
    RosterPerson("tp-qltm", "Trưởng phòng QLTM", "QLTM", "head"),
    RosterPerson("pp-qltm", "Phó Trưởng phòng QLTM", "QLTM", "deputy_head"),
    RosterPerson("cv-qltm", "Chuyên viên QLTM", "QLTM", "officer"),
    RosterPerson("tp-qlnl", "Trưởng phòng QLNL", "QLNL", "head"),
    RosterPerson("tp-qlcn", "Trưởng phòng QLCN", "QLCN", "head"),
)
_UNITS = (
    RosterUnit("QLTM", "Phòng Quản lý Thương mại", ("phòng QLTM",)),
    RosterUnit("QLNL", "Phòng Quản lý Năng lượng"),
    RosterUnit("QLCN", "Phòng Quản lý Công nghiệp"),
    RosterUnit("VP", "Văn phòng Sở", ("Văn phòng",)),
)


_NAMES = {OWN: "Sở Công Thương", PROVINCE: "Tỉnh Quảng Ngãi"}


def roster(code: str) -> Roster:
    """Return the roster all the agencies have, under their own code."""
    people = tuple(replace(person, unit=person.unit or code) for person in _PEOPLE)
    name = _NAMES.get(code, f"Sở {SECRET}")
    return Roster(code, name, (), _UNITS, people, PROVINCE if code == OWN else None)


def notice(code: str) -> DraftNotice:
    """Return notice 718 of an agency; the foreign one has a directive more, and its secret in every word."""
    tail = f" {SECRET}" if code == FOREIGN else ""
    due = date(2023, 4, 29)

    def task(number: str, title: str, **more: Any) -> DraftTask:
        return DraftTask(number, f"{title} theo kết luận{tail}.", f"{title}{tail}", **more)

    tasks = [
        task("3.1", "Chấp hành kỷ luật", kind=TaskKind.STANDING, all_units=True),
        task("3.3", "Quy hoạch tỉnh", lead=("QLCN", "QLNL"), cooperating=("QLTM",), due=date(2023, 6, 30)),
        task("3.5", "Đề án TMĐT", lead=("QLTM",), due=due, product="Tờ trình", needs_document=True),
        task("3.6", "Vướng mắc thủy điện", lead=("QLNL",), due=date(2023, 4, 20)),
        task("3.7", "Sàn TMĐT", lead=("QLTM",), due=date(2023, 5, 31)),
        task("3.8", "Vị trí việc làm", lead=("VP",), due=date(2023, 5, 31)),
    ]
    if code == FOREIGN:
        tasks.append(task("3.9", "Việc riêng", lead=("QLTM",), due=due))
    return DraftNotice("718/TB-SCT", date(2023, 4, 4), f"Sở{tail}", f"Kết luận{tail}", tasks=tuple(tasks))


_CATALOGUE = Catalogue()


class Clock:
    """Business time that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime.fromisoformat("2023-04-28T08:00:00+07:00")

    def now(self) -> datetime:
        """Return business time now."""
        return self.at


@dataclass(frozen=True, slots=True)
class Told:
    """A message that was queued: to which chat, how urgent, and what it says."""

    chat: str
    urgency: int
    message: Message


@dataclass(slots=True)
class Seen:
    """What one event came to."""

    told: list[Told] = field(default_factory=list)
    changed: int = 0
    """How many versions of parts it wrote."""
    entries: int = 0
    incidents: list[str] = field(default_factory=list)
    accounts: int = 0
    jobs: list[str] = field(default_factory=list)
    """What kinds of work it put off: what is looked at first is answered afterwards."""

    def to(self, chat: str) -> str:
        """Return everything this chat was told, as plain text."""
        return "\n".join(one.message.plain() for one in self.told if one.chat == chat)

    @property
    def all(self) -> str:
        """Return everything anybody was told, its buttons' commands and files' names too."""
        words = []
        for one in self.told:
            words.append(one.message.plain())
            words += [f"{button.label} {button.command}" for button in one.message.buttons]
            words += [f"{file.ref} {file.name}" for file in one.message.files]
        return "\n".join(words)


class Rehearsal(Database):
    """A database whose units of work are looked at and then taken back, so that each event meets the same world."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.seen = Seen()

    @asynccontextmanager
    async def work(self, now: datetime, *, real: datetime | None = None) -> AsyncIterator[Work]:
        """Open a transaction that leaves nothing behind."""
        async with self.engine.connect() as connection:
            transaction = await connection.begin()
            try:
                before = await _marks(connection)
                yield Work(connection, now, real or datetime.now(now.tzinfo))
                self.seen = await _seen(connection, before)
            finally:
                await transaction.rollback()


# built once: they are asked around every event
_MARKS = select(
    *(
        select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery()
        for table in (outbox, audit_entries, incidents, jobs)
    ),
    select(func.count()).select_from(assignment_versions).scalar_subquery(),
)
_TOLD = select(outbox).where(outbox.c.id > bindparam("since")).order_by(outbox.c.id)
_FAILED = select(incidents.c.error).where(incidents.c.id > bindparam("since"))
_ACCOUNTS = select(func.count()).select_from(accounts)
_PUT_OFF = select(jobs.c.kind).where(jobs.c.id > bindparam("since"))


async def _marks(connection: Any) -> tuple[int, int, int, int, int]:
    said, entries, failed, waiting, versions = (await connection.execute(_MARKS)).one()
    return said, entries, failed, versions, waiting


async def _seen(connection: Any, before: tuple[int, int, int, int, int]) -> Seen:
    said, entries, failed, versions, waiting = before
    after = await _marks(connection)
    rows = (await connection.execute(_TOLD, {"since": said})).all()
    errors = (await connection.execute(_FAILED, {"since": failed})).scalars().all()
    count = (await connection.execute(_ACCOUNTS)).scalar_one()
    told = [Told(row.chat, row._mapping["class"], Message.from_json(row.content)) for row in rows if row.content]
    kinds = (await connection.execute(_PUT_OFF, {"since": waiting})).scalars().all()
    return Seen(told, after[3] - versions, after[1] - entries, list(errors), count, list(kinds))


class Town:
    """The agencies with their people linked, notice 718 followed in each, and whoever speaks."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.catalogue = _CATALOGUE
        self.dispatcher = Dispatcher(database, self.clock, self.catalogue, bot_name="dondoc_bot")
        self.events = itertools.count(1)
        self.agencies: dict[str, int] = {}
        self.heard_until = 0

    @classmethod
    async def build(cls, database: Database) -> Town:
        """Fill an empty database; people speak from chats called SCT:tp-qltm."""
        town = cls(database)
        await furnish(database, "town", town._furnish)
        async with database.read(town.clock.now()) as work:
            town.agencies = {agency.code: agency.id for agency in await work.people.agencies()}
        return town

    async def _furnish(self) -> None:
        async with self.database.work(self.clock.now()) as work:
            for code in (OWN, FOREIGN, PROVINCE):
                await import_roster(work, replace(roster(code), agency_parent=None))
            await import_roster(work, roster(OWN))
            for agency in await work.people.agencies():
                for person in await work.people.everyone(agency.id):
                    chat = f"{agency.code}:{person.key}"
                    await work.accounts.add_linked("plain", chat, chat, person.id)
                draft = notice(agency.code)
                await follow_up(work, self.catalogue, agency.id, draft, by=None, entry_id=None)
                coming = replace(draft, number="800/TB-SCT", issued_on=date(2023, 4, 20))
                await work.drafts.add(agency.id, coming, None)

    def event(self, who: str, said: str, *, kind: Kind = "text", **more: Any) -> Incoming:
        """Return an event of its own, said in private unless told otherwise."""
        return Incoming("plain", f"e{next(self.events)}", who, more.pop("chat", who), said, kind, **more)

    async def says(self, who: str, said: str, *, kind: Kind = "text", **more: Any) -> str:
        """Let somebody say this for good; return what their own chat is told, as plain text."""
        return "\n".join(message.plain() for message in await self.messages(who, said, kind=kind, **more))

    async def messages(self, who: str, said: str, *, kind: Kind = "text", **more: Any) -> list[Message]:
        """Let somebody say this for good; return the messages to their own chat, all of which are delivered."""
        since = await self.last("outbox")
        await self.dispatcher.receive(self.event(who, said, kind=kind, **more))
        await read_waiting(self.database, self.clock.now(), self.catalogue)
        await self.deliver()
        async with self.database.read(self.clock.now()) as work:
            statement = select(outbox.c.content).where(outbox.c.chat == who, outbox.c.id > since).order_by(outbox.c.id)
            return [Message.from_json(row) for row in (await work.connection.execute(statement)).scalars()]

    async def deliver(self) -> None:
        """Let everything queued count as delivered, each message under its row's number."""
        statement = "UPDATE outbox SET status = 'sent', external_id = CAST(id AS TEXT) WHERE status = 'queued'"
        async with self.database.work(self.clock.now()) as work:
            await work.connection.execute(text(statement))

    async def last(self, table: str) -> int:
        """Return the highest id of a table."""
        async with self.database.read(self.clock.now()) as work:
            found = (await work.connection.execute(text(f"SELECT max(id) FROM {table}"))).scalar()
            return int(found or 0)

    async def rows(self, table: str, columns: str = "*", where: str = "1 = 1") -> list[Any]:
        """Return rows of a table as they are committed."""
        async with self.database.read(self.clock.now()) as work:
            return list(await work.connection.execute(text(f"SELECT {columns} FROM {table} WHERE {where}")))

    async def state(self, code: str, unit: str = "QLTM", agency: str = OWN) -> tuple[str, int]:
        """Return the work state and version of a unit's part."""
        where = (
            "code = '{}' AND agency_id = {} AND unit_id = (SELECT id FROM units WHERE code = '{}' AND agency_id = {})"
        )
        number = self.agencies[agency]
        (row,) = await self.rows("assignments", "state, version", where.format(code, number, unit, number))
        return row.state, row.version

    async def everything(self) -> list[tuple[Any, ...]]:
        """Return every part as it stands, history and open questions included: equal means that nothing was done."""
        async with self.database.read(self.clock.now()) as work:
            parts = await work.connection.execute(select(assignments).order_by(assignments.c.id))
            versions = await work.connection.execute(select(func.count()).select_from(assignment_versions))
            asked = await work.connection.execute(select(questions.c.person_id, questions.c.kind))
            entries = await work.connection.execute(select(func.count()).select_from(audit_entries))
            return [tuple(row) for result in (parts, versions, asked, entries) for row in result]
