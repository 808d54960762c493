"""Requests for more time: one open at a time for a part, opinion and decision given once, nothing ever deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ActedUpon
from core.extensions import Extension, Moved, Outcome
from storage.schema import assignments, extensions

_COLUMNS = (
    extensions.c.id,
    extensions.c.assignment_id,
    extensions.c.what,
    extensions.c.until,
    extensions.c.reason,
    extensions.c.asked_by,
    extensions.c.asked_at,
    extensions.c.supported,
    extensions.c.outcome,
    extensions.c.granted_until,
    extensions.c.document,
    extensions.c.document_on,
)
_ALL = select(*_COLUMNS).order_by(extensions.c.id)
_OF_PART = _ALL.where(extensions.c.assignment_id == bindparam("part"))
_OPEN = (
    _ALL.join(assignments, assignments.c.id == extensions.c.assignment_id)
    .where(extensions.c.outcome.is_(None), assignments.c.agency_id == bindparam("agency"))
)  # fmt: skip
_ASK: dict[str, Any] = {"postgresql": postgresql.insert(extensions), "sqlite": sqlite.insert(extensions)}
_UNDECIDED = (extensions.c.id == bindparam("extension"), extensions.c.outcome.is_(None))
_OPINION = update(extensions).where(*_UNDECIDED, extensions.c.supported.is_(None)).values(
    supported=bindparam("support"), opinion_by=bindparam("by"), opinion_entry=bindparam("entry")
)  # fmt: skip
_DECIDE = update(extensions).where(*_UNDECIDED).values(
    {c: bindparam(f"new_{c}") for c in ("outcome", "granted_until", "document", "document_on", "decided_by",
                                        "decided_at", "decided_entry")}
)  # fmt: skip
_BY_ENTRY = (
    select(*_COLUMNS, extensions.c.asked_entry, extensions.c.opinion_entry, extensions.c.decided_entry,
           assignments.c.code)
    .join(assignments, assignments.c.id == extensions.c.assignment_id)
    .where(or_(*(extensions.c[f"{act}_entry"] == bindparam("entry") for act in ("asked", "opinion", "decided"))))
    .with_for_update(of=extensions)
)  # fmt: skip


class Extensions:
    """Keeps what was asked, by whom it was supported and how it was decided."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def of_part(self, part_id: int) -> list[Extension]:
        """Return everything ever asked for a part, oldest first."""
        return [_extension(row) for row in await self._connection.execute(_OF_PART, {"part": part_id})]

    async def open(self, agency_id: int) -> list[Extension]:
        """Return what the agency has not decided yet, oldest first."""
        return [_extension(row) for row in await self._connection.execute(_OPEN, {"agency": agency_id})]

    async def get(self, extension_id: int) -> Extension | None:
        """Return one request."""
        row = (await self._connection.execute(_ALL.where(extensions.c.id == extension_id))).one_or_none()
        return _extension(row) if row is not None else None

    async def ask(
        self, part_id: int, what: Moved, until: date, reason: str, *, by: int | None, entry_id: int | None
    ) -> int | None:
        """Keep a request and return its id; `None` where one of this part's is still open."""
        values = {
            "assignment_id": part_id, "what": what.value, "until": until, "reason": reason, "asked_by": by,
            "asked_at": self._now, "asked_entry": entry_id,
        }  # fmt: skip
        new = _ASK[self._connection.dialect.name].values(values).on_conflict_do_nothing().returning(extensions.c.id)
        row = (await self._connection.execute(new)).one_or_none()
        return int(row.id) if row is not None else None

    async def give_opinion(self, extension_id: int, *, supported: bool, by: int, entry_id: int | None) -> bool:
        """Record the overseeing deputy's opinion; `False` where there is one or it is decided already."""
        values = {"extension": extension_id, "support": supported, "by": by, "entry": entry_id}
        return (await self._connection.execute(_OPINION, values)).rowcount == 1

    async def decide(
        self,
        extension_id: int,
        outcome: Outcome,
        *,
        by: int | None,
        entry_id: int | None,
        until: date | None = None,
        document: str | None = None,
        document_on: date | None = None,
    ) -> bool:
        """Record the decision; `False` where somebody else decided first."""
        values: dict[str, Any] = {
            "extension": extension_id, "new_outcome": outcome.value, "new_granted_until": until,
            "new_document": document, "new_document_on": document_on, "new_decided_by": by,
            "new_decided_at": self._now, "new_decided_entry": entry_id,
        }  # fmt: skip
        return (await self._connection.execute(_DECIDE, values)).rowcount == 1

    async def take_back(self, entry_id: int) -> None:
        """Undo what an act asked, thought or decided; raises `ActedUpon` where another step followed."""
        for row in (await self._connection.execute(_BY_ENTRY, {"entry": entry_id})).all():
            await self._set(row.id, await self._before(row, entry_id))

    async def _before(self, row: Any, entry_id: int) -> dict[str, Any]:
        undecided = dict.fromkeys(
            ("outcome", "granted_until", "document", "document_on", "decided_by", "decided_at", "decided_entry")
        )
        if row.asked_entry == entry_id:
            if (row.outcome is not None and row.decided_entry != entry_id) or row.supported is not None:
                raise ActedUpon(row.code)
            return {"outcome": Outcome.WITHDRAWN.value, "decided_at": self._now}
        if row.opinion_entry == entry_id:
            if row.outcome is not None:
                raise ActedUpon(row.code)
            return {"supported": None, "opinion_by": None, "opinion_entry": None}
        if any(one.is_open for one in await self.of_part(row.assignment_id)):
            raise ActedUpon(row.code)
        return undecided

    async def _set(self, extension_id: int, values: dict[str, Any]) -> None:
        await self._connection.execute(update(extensions).where(extensions.c.id == extension_id).values(values))


def _extension(row: Any) -> Extension:
    return Extension(
        row.id,
        row.assignment_id,
        Moved(row.what),
        row.until,
        row.reason,
        row.asked_by,
        row.asked_at,
        row.supported,
        Outcome(row.outcome) if row.outcome is not None else None,
        row.granted_until,
        row.document,
        row.document_on,
    )
