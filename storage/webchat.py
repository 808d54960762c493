"""The demo page's own record: who can be spoken as, and what was said in each conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, and_, bindparam, exists, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from core.deadlines import today
from core.people import Role
from storage.schema import accounts, memberships, oversights, people, units, webchat_messages

CHANNEL = "webchat"

_agency = units.alias("agency")
_later = webchat_messages.alias("later")

_COLUMNS = (
    webchat_messages.c.id,
    webchat_messages.c.chat,
    webchat_messages.c.from_bot,
    webchat_messages.c.content,
    webchat_messages.c.at,
)
_LATEST = (
    select(*_COLUMNS)
    .where(webchat_messages.c.chat == bindparam("chat"))
    .order_by(webchat_messages.c.id.desc())
    .limit(bindparam("most"))
)
_AFTER = (
    select(*_COLUMNS)
    .where(webchat_messages.c.chat == bindparam("chat"), webchat_messages.c.id > bindparam("after"))
    .order_by(webchat_messages.c.id)
    .limit(bindparam("most"))
)
_ONE = select(*_COLUMNS).where(webchat_messages.c.chat == bindparam("chat"), webchat_messages.c.id == bindparam("row"))
_UNANSWERED = select(webchat_messages.c.chat, webchat_messages.c.id).where(
    webchat_messages.c.from_bot,
    ~exists().where(
        _later.c.chat == webchat_messages.c.chat, _later.c.id > webchat_messages.c.id, _later.c.from_bot.is_(False)
    ),
)


def _holds(valid_from: Column[date], valid_until: Column[date]) -> ColumnElement[bool]:
    return and_(
        or_(valid_from.is_(None), valid_from <= bindparam("day")),
        or_(valid_until.is_(None), valid_until >= bindparam("day")),
    )


_PEOPLE = (
    select(
        people.c.id,
        people.c.key,
        people.c.title,
        _agency.c.code.label("agency_code"),
        units.c.code.label("unit_code"),
        units.c.name.label("unit_name"),
        memberships.c.role,
    )
    .join(_agency, _agency.c.id == people.c.agency_id)
    .join(memberships, memberships.c.person_id == people.c.id)
    .join(units, units.c.id == memberships.c.unit_id)
    .where(people.c.ended_at.is_(None), _holds(memberships.c.valid_from, memberships.c.valid_until))
    .order_by(_agency.c.id, people.c.id, memberships.c.id)
)
_OVERSEEN = (
    select(oversights.c.person_id, units.c.code)
    .join(units, units.c.id == oversights.c.unit_id)
    .where(_holds(oversights.c.valid_from, oversights.c.valid_until))
    .order_by(units.c.position, units.c.id)
)
_ACCOUNTS = select(accounts.c.person_id).where(accounts.c.channel == CHANNEL)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the roster one can speak as; `chat` is both the conversation and the account's outside id."""

    id: int
    chat: str
    title: str
    unit_code: str
    unit_name: str
    role: Role
    oversees: tuple[str, ...] = ()
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation, by the bot or by the person; `content` is the page's own form of it."""

    id: int
    chat: str
    from_bot: bool
    content: Mapping[str, Any]
    at: datetime


class Webchat:
    """Keeps the transcript and lists the people."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def people(self) -> list[Person]:
        """Return everybody who holds an office today, in the roster's order, each by the first office held."""
        day = {"day": today(self._now)}
        linked = set((await self._connection.execute(_ACCOUNTS)).scalars())
        overseen: dict[int, list[str]] = {}
        for person_id, code in await self._connection.execute(_OVERSEEN, day):
            overseen.setdefault(person_id, []).append(code)
        found: dict[int, Person] = {}
        for row in await self._connection.execute(_PEOPLE, day):
            person = Person(
                row.id,
                f"{row.agency_code}:{row.key}",
                row.title,
                row.unit_code,
                row.unit_name,
                Role(row.role),
                tuple(overseen.get(row.id, ())),
                row.id in linked,
            )
            found.setdefault(row.id, person)
        return list(found.values())

    async def add(self, chat: str, content: Mapping[str, Any], *, from_bot: bool) -> int:
        """Write one message down and return its id, which grows with time."""
        values = {"chat": chat, "from_bot": from_bot, "content": dict(content), "at": self._now}
        result = await self._connection.execute(
            insert(webchat_messages).values(values).returning(webchat_messages.c.id)
        )
        return int(result.scalar_one())

    async def latest(self, chat: str, most: int) -> list[Line]:
        """Return the last messages of a conversation, oldest first."""
        rows = (await self._connection.execute(_LATEST, {"chat": chat, "most": most})).all()
        return [Line(*row) for row in reversed(rows)]

    async def after(self, chat: str, line_id: int, most: int) -> list[Line]:
        """Return what was said after that message, oldest first."""
        values = {"chat": chat, "after": line_id, "most": most}
        return [Line(*row) for row in await self._connection.execute(_AFTER, values)]

    async def line(self, chat: str, line_id: int) -> Line | None:
        """Return one message of this conversation."""
        row = (await self._connection.execute(_ONE, {"chat": chat, "row": line_id})).one_or_none()
        return Line(*row) if row is not None else None

    async def unanswered(self) -> dict[str, list[int]]:
        """Return, by conversation, the bot's messages that came after the person's last one."""
        found: dict[str, list[int]] = {}
        for chat, line_id in await self._connection.execute(_UNANSWERED):
            found.setdefault(chat, []).append(line_id)
        return found
