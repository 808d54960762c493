"""Notices under follow-up, their directives and each unit's part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.tasks import Kind, PartRole, shown_title
from storage.schema import assignments, notices, tasks

_NOTICE = (notices.c.id, notices.c.agency_id, notices.c.number, notices.c.year, notices.c.issued_on, notices.c.title)
_FIND = (
    select(*_NOTICE)
    .where(
        notices.c.agency_id == bindparam("agency"),
        notices.c.replaced_by_id.is_(None),
        or_(notices.c.number == bindparam("number"), notices.c.number.like(bindparam("prefix"), escape="\\")),
    )
    .order_by(notices.c.year.desc(), notices.c.id.desc())
)
_FIND_REPLACED = (
    select(*_NOTICE, notices.c.replaced_by_id)
    .where(
        notices.c.agency_id == bindparam("agency"),
        notices.c.replaced_by_id.is_not(None),
        or_(notices.c.number == bindparam("number"), notices.c.number.like(bindparam("prefix"), escape="\\")),
    )
    .order_by(notices.c.year.desc(), notices.c.id.desc())
)
_BY_ID = select(*_NOTICE, notices.c.replaced_by_id).where(notices.c.id == bindparam("notice"))
_NEWEST = (
    select(*_NOTICE)
    .where(notices.c.agency_id == bindparam("agency"), notices.c.replaced_by_id.is_(None), notices.c.kind == "notice")
    .order_by(notices.c.issued_on.desc().nulls_last(), notices.c.id.desc())
)
_WORDS = (
    tasks.c.id,
    tasks.c.code,
    tasks.c.title,
    tasks.c.text,
    tasks.c.kind,
    tasks.c.product,
    tasks.c.deadline_text,
    tasks.c.restricted,
)
_TASKS = select(*_WORDS).where(tasks.c.notice_id == bindparam("notice")).order_by(tasks.c.position)
_BY_CODE = (
    select(*_NOTICE, *_WORDS)
    .join(notices, notices.c.id == tasks.c.notice_id)
    .where(
        tasks.c.agency_id == bindparam("agency"), tasks.c.code == bindparam("code"), notices.c.replaced_by_id.is_(None)
    )
    .order_by(notices.c.issued_on.desc().nulls_last(), notices.c.id.desc())
)
_older = tasks.alias("older")
_SUCCESSOR = (
    select(*_NOTICE, *_WORDS, tasks.c.notice_id)
    .join(notices, notices.c.id == tasks.c.notice_id)
    .join(_older, _older.c.successor_id == tasks.c.id)
    .where(_older.c.notice_id == bindparam("notice"), _older.c.code == bindparam("code"))
)
_TASK = select(*_WORDS).where(tasks.c.id == bindparam("task"))
_LOCK = select(tasks.c.id).where(tasks.c.id == bindparam("task")).with_for_update(key_share=True)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice under follow-up."""

    id: int
    agency_id: int
    number: str
    year: int
    issued_on: date | None
    title: str

    @property
    def short(self) -> str:
        """Return the number as people say it: 718."""
        return self.number.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Task:
    """One directive with its words."""

    id: int
    code: str
    title: str
    text: str
    kind: Kind
    product: str | None
    deadline_text: str | None
    restricted: bool = False

    @property
    def shown_title(self) -> str:
        """Return the title as messengers show it."""
        return shown_title(self.title, restricted=self.restricted)

    @property
    def shown_text(self) -> str:
        """Return the words as messengers show them."""
        return shown_title(self.text, restricted=self.restricted)


class Notices:
    """Finds notices under follow-up by the number people say, and their directives."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def find(self, agency_id: int, number: str, year: int | None = None) -> list[Notice]:
        """Return the agency's notices called `718` or `718/TB-SCT`, newest first, but for those that were replaced."""
        return [Notice(*row) for row in await self._called(_FIND, agency_id, number, year)]

    async def in_place_of(self, agency_id: int, number: str, year: int | None = None) -> Notice | None:
        """Return the notice that stands today in the place of a replaced one; `None` where none of this name was."""
        for old in await self._called(_FIND_REPLACED, agency_id, number, year):
            row = old
            while row.replaced_by_id is not None:
                row = (await self._connection.execute(_BY_ID, {"notice": row.replaced_by_id})).one()
            return Notice(*row[:6])
        return None

    async def _called(self, statement: Any, agency_id: int, number: str, year: int | None) -> list[Any]:
        short = re.sub(r"([\\%_])", r"\\\1", number.partition("/")[0])
        values = {"agency": agency_id, "number": number, "prefix": f"{short}/%"}
        found = list(await self._connection.execute(statement, values))
        if "/" in number:
            found = [row for row in found if row.number.casefold() == number.casefold()]
        return [row for row in found if year is None or row.year == year]

    async def newest(self, agency_id: int) -> Notice | None:
        """Return the agency's latest notice."""
        row = (await self._connection.execute(_NEWEST.limit(1), {"agency": agency_id})).one_or_none()
        return Notice(*row) if row is not None else None

    async def latest(self, agency_id: int, most: int) -> list[Notice]:
        """Return the agency's newest notices, up to so many, newest first."""
        return [Notice(*row) for row in await self._connection.execute(_NEWEST.limit(most), {"agency": agency_id})]

    async def tasks(self, notice_id: int) -> list[Task]:
        """Return the directives of a notice in its order."""
        return [_task(row) for row in await self._connection.execute(_TASKS, {"notice": notice_id})]

    async def task(self, task_id: int) -> Task:
        """Return one directive."""
        return _task((await self._connection.execute(_TASK, {"task": task_id})).one())

    async def is_by_superior(self, task_id: int) -> bool:
        """Tell whether somebody above the agency gave this directive, so that its date is not the agency's to move."""
        statement = select(tasks.c.by_superior).where(tasks.c.id == task_id)
        return bool((await self._connection.execute(statement)).scalar_one())

    async def task_by_code(
        self, agency_id: int, code: str, number: str | None = None, year: int | None = None
    ) -> tuple[Notice, Task] | None:
        """Return the directive with this code in the newest notice that has it, of this number and year where given."""
        rows = (await self._connection.execute(_BY_CODE, {"agency": agency_id, "code": code})).all()
        named = None
        if number is not None:
            named = {notice.id for notice in await self.find(agency_id, number, year)}
            gone = await self._called(_FIND_REPLACED, agency_id, number, year) if not named else []
            for old in gone:
                # a replaced notice's code goes on under the code of its successor
                values = {"notice": old.id, "code": code}
                rows = (await self._connection.execute(_SUCCESSOR, values)).all()
                named, year = {row.notice_id for row in rows}, None
        for row in rows:
            notice = Notice(*row[:6])
            if (named is None or notice.id in named) and (year is None or notice.year == year):
                return notice, Task(*row[6:10], Kind(row[10]), *row[11:14])
        return None

    async def lock(self, task_id: int) -> None:
        """Let nobody else who locks it give or change this directive before the commit."""
        await self._connection.execute(_LOCK, {"task": task_id})

    async def set_role(self, part_id: int, role: PartRole) -> None:
        """Change what a unit is to a directive."""
        await self._connection.execute(update(assignments).where(assignments.c.id == part_id).values(role=role.value))

    async def reword(self, task_id: int, text: str, title: str) -> None:
        """Change a directive's words and name."""
        await self._connection.execute(update(tasks).where(tasks.c.id == task_id).values(text=text, title=title))
        await self._connection.execute(update(assignments).where(assignments.c.task_id == task_id).values(title=title))

    async def word_back(self, task_id: int, now: Mapping[str, str], was: Mapping[str, str]) -> bool:
        """Give a directive its earlier words again; `False` where it has other words than these by now."""
        task = await self.task(task_id)
        if (task.text, task.title) != (now["text"], now["title"]):
            return False
        await self.reword(task_id, was["text"], was["title"])
        return True


def _task(row: Any) -> Task:
    return Task(row.id, row.code, row.title, row.text, Kind(row.kind), row.product, row.deadline_text, row.restricted)
