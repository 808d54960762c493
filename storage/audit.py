"""Who did what, when and through which channel; and what can still be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.prepared import Prepared
from storage.schema import audit_entries

UNDO_WINDOW = timedelta(minutes=10)

ADDED = (
    insert(audit_entries)
    .values({c: bindparam(c) for c in ("agency_id", "person_id", "channel", "act", "subject", "said", "detail", "at",
                                       "undoable")})
    .returning(audit_entries.c.id)
)  # fmt: skip
"""Writes a `NewEntry` down and gives its id, alone or together with what it is about."""
_ADD = Prepared(ADDED)
# SQLite asks a column whether it equals 1, which its partial index does not know to be the same
_IS_UNDOABLE = text("audit_entries.undoable")
_LAST = (
    select(audit_entries.c.id, audit_entries.c.act, audit_entries.c.subject, audit_entries.c.at)
    .where(audit_entries.c.person_id == bindparam("person"), _IS_UNDOABLE)
    .order_by(audit_entries.c.id.desc())
    .limit(1)
)
_MOST_OF_A_MESSAGE = 40
_LATELY = (
    select(*_LAST.selected_columns, audit_entries.c.detail)
    .where(audit_entries.c.person_id == bindparam("person"), _IS_UNDOABLE, audit_entries.c.id <= bindparam("newest"))
    .order_by(audit_entries.c.id.desc())
    .limit(_MOST_OF_A_MESSAGE)
)
_COUNT = (
    select(func.count())
    .select_from(audit_entries)
    .where(
        audit_entries.c.agency_id == bindparam("agency"),
        audit_entries.c.act == bindparam("act"),
        audit_entries.c.subject == bindparam("subject"),
        audit_entries.c.undone_by.is_(None),
    )
)
_LAST_OF = (
    select(*_LAST.selected_columns, audit_entries.c.detail, audit_entries.c.person_id)
    .where(
        audit_entries.c.agency_id == bindparam("agency"),
        audit_entries.c.act == bindparam("act"),
        audit_entries.c.subject == bindparam("subject"),
        audit_entries.c.at >= bindparam("since"),
        audit_entries.c.undone_by.is_(None),
    )
    .order_by(audit_entries.c.id.desc())
    .limit(1)
)
_BY_ID = select(*_LAST.selected_columns, audit_entries.c.detail, audit_entries.c.person_id).where(
    audit_entries.c.id == bindparam("entry")
)
_UNDONE = (
    update(audit_entries).where(audit_entries.c.id == bindparam("entry")).values(undoable=False, undone_by=bindparam("by"))
)  # fmt: skip

_DISPUTED = update(audit_entries).where(audit_entries.c.id == bindparam("entry")).values(undone_by=bindparam("by"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as it was written down."""

    id: int
    act: str
    subject: str
    at: datetime
    detail: dict[str, Any] = field(default_factory=dict)
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An act to be written down."""

    agency_id: int
    person_id: int | None
    channel: str
    act: str
    subject: str
    said: str | None = None
    detail: dict[str, Any] | None = None
    undoable: bool = False

    def columns(self, at: datetime) -> dict[str, Any]:
        """Return the act as the columns it is kept in."""
        return {
            "agency_id": self.agency_id,
            "person_id": self.person_id,
            "channel": self.channel,
            "act": self.act,
            "subject": self.subject,
            "said": self.said,
            "detail": self.detail or {},
            "at": at,
            "undoable": self.undoable,
        }


class Audit:
    """Appends what was done; entries are never changed but for the mark that one was undone."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def add(
        self,
        agency_id: int,
        person_id: int | None,
        channel: str,
        act: str,
        subject: str,
        *,
        said: str | None = None,
        detail: dict[str, Any] | None = None,
        undoable: bool = False,
    ) -> int:
        """Write an act down and return its id."""
        return await self.write(NewEntry(agency_id, person_id, channel, act, subject, said, detail, undoable))

    async def write(self, entry: NewEntry) -> int:
        """Write an act down and return its id."""
        (added,) = await _ADD.rows(self._connection, entry.columns(self._now))
        return int(added.id)

    async def count(self, agency_id: int, act: str, subject: str) -> int:
        """Return how often this was done to a subject and not taken back."""
        values = {"agency": agency_id, "act": act, "subject": subject}
        return int((await self._connection.execute(_COUNT, values)).scalar_one())

    async def last_undoable(self, person_id: int) -> Entry | None:
        """Return the person's last act, if it can be taken back and is not older than ten minutes."""
        row = (await self._connection.execute(_LAST, {"person": person_id})).one_or_none()
        if row is None or self._now - row.at > UNDO_WINDOW:
            return None
        return Entry(row.id, row.act, row.subject, row.at)

    async def of_one_message(self, person_id: int, newest: Entry) -> list[Entry]:
        """Return the acts that came in one message with this, its newest one, that one first.

        The later acts of a message name its first one in their detail, under `with`.
        """
        rows = (await self._connection.execute(_LATELY, {"person": person_id, "newest": newest.id})).all()
        first = rows[0].detail.get("with", newest.id)
        return [Entry(*row[:5]) for row in rows if row.detail.get("with", row.id) == first]

    async def last(self, agency_id: int, act: str, subject: str, since: datetime) -> Entry | None:
        """Return the last time this was done to a subject since a moment and not taken back."""
        values = {"agency": agency_id, "act": act, "subject": subject, "since": since}
        row = (await self._connection.execute(_LAST_OF, values)).one_or_none()
        return None if row is None else Entry(row.id, row.act, row.subject, row.at, row.detail, row.person_id)

    async def entry(self, entry_id: int) -> Entry | None:
        """Return one act, if it was written down."""
        row = (await self._connection.execute(_BY_ID, {"entry": entry_id})).one_or_none()
        return None if row is None else Entry(row.id, row.act, row.subject, row.at, row.detail, row.person_id)

    async def mark_undone(self, entry_id: int, by: int) -> None:
        """Mark an act as taken back by another entry."""
        await self._connection.execute(_UNDONE, {"entry": entry_id, "by": by})

    async def mark_standing(self, entry_id: int) -> None:
        """Take the mark of a dispute off an act again."""
        await self._connection.execute(_DISPUTED, {"entry": entry_id, "by": None})

    async def mark_disputed(self, entry_id: int, by: int) -> None:
        """Mark an act as taken back by somebody else: its author's undo still finds it, and nothing older in its place."""
        await self._connection.execute(_DISPUTED, {"entry": entry_id, "by": by})
