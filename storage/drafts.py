"""Notices being prepared: kept apart, so that nothing unapproved is ever counted or reminded of."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.draft_json import from_json, to_json
from core.drafts import DraftNotice
from core.errors import ChangedMeanwhile
from storage.schema import drafts

OPEN_DRAFT = ("preparing", "submitted", "asked", "answered")

_COLUMNS = (drafts.c.id, drafts.c.agency_id, drafts.c.status, drafts.c.content, drafts.c.prepared_by, drafts.c.version)
_OPEN = (
    select(*_COLUMNS)
    .where(drafts.c.agency_id == bindparam("agency"), drafts.c.status.in_(OPEN_DRAFT))
    .order_by(drafts.c.id.desc())
)
_OPEN_EARLIER = select(*_COLUMNS, drafts.c.earlier).where(
    drafts.c.agency_id == bindparam("agency"), drafts.c.status.in_(OPEN_DRAFT)
)
_BY_ID = select(*_COLUMNS).where(drafts.c.id == bindparam("draft"))
_OPEN_OF_FILE = select(drafts.c.id).where(
    drafts.c.status.in_(OPEN_DRAFT), drafts.c.content["file_ref"].as_string() == bindparam("file")
)
_FOLLOWED = select(drafts.c.id).where(
    drafts.c.agency_id == bindparam("agency"), drafts.c.number == bindparam("number"), drafts.c.status == "followed"
)
_NEW: dict[str, Any] = {
    name: bindparam(name) for name in ("agency_id", "number", "year", "status", "content", "prepared_by", "updated_at")
}
_BEGIN = {
    "postgresql": postgresql.insert(drafts).values(_NEW).on_conflict_do_nothing().returning(drafts.c.id),
    "sqlite": sqlite.insert(drafts).values(_NEW).on_conflict_do_nothing().returning(drafts.c.id),
}
_SAVE = (
    update(drafts)
    .where(drafts.c.id == bindparam("draft"), drafts.c.version == bindparam("was"))
    .values(
        content=bindparam("new_content", type_=drafts.c.content.type),
        status=bindparam("new_status"),
        earlier=bindparam("new_earlier", type_=drafts.c.earlier.type),
        updated_at=bindparam("at"),
        version=drafts.c.version + 1,
    )
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice being prepared; `status` is preparing, submitted, asked, answered, followed or dropped."""

    id: int
    agency_id: int
    status: str
    notice: DraftNotice
    prepared_by: int | None
    version: int


class Drafts:
    """Keeps what was read and settled until it is approved."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def open(self, agency_id: int) -> list[Draft]:
        """Return the agency's open drafts, newest first."""
        return [_draft(row) for row in await self._connection.execute(_OPEN, {"agency": agency_id})]

    async def was_followed(self, agency_id: int, number: str) -> bool:
        """Tell whether a draft of this number was approved before."""
        return (await self._connection.execute(_FOLLOWED, {"agency": agency_id, "number": number})).first() is not None

    async def get(self, draft_id: int) -> Draft | None:
        """Return one draft whatever its status."""
        row = (await self._connection.execute(_BY_ID, {"draft": draft_id})).one_or_none()
        return _draft(row) if row is not None else None

    async def is_open(self, file_ref: str) -> bool:
        """Tell whether a notice read from this kept file is still being prepared."""
        return (await self._connection.execute(_OPEN_OF_FILE, {"file": file_ref})).first() is not None

    async def add(self, agency_id: int, notice: DraftNotice, prepared_by: int | None) -> int:
        """Begin a draft and return its id; raises `ChangedMeanwhile` if somebody began one of this number just now."""
        year = (notice.issued_on or self._now).year
        values = {
            "agency_id": agency_id,
            # two papers whose numbers could not be read are not therefore one
            "number": notice.number or f"?{secrets.token_hex(8)}",
            "year": year,
            "status": "preparing",
            "content": to_json(notice),
            "prepared_by": prepared_by,
            "updated_at": self._now,
        }
        begun = (await self._connection.execute(_BEGIN[self._connection.dialect.name], values)).scalar_one_or_none()
        if begun is None:
            raise ChangedMeanwhile(notice.number)
        return int(begun)

    async def save(self, draft: Draft, notice: DraftNotice, status: str, *, entry_id: int | None = None) -> None:
        """Write a changed draft; raises `ChangedMeanwhile` if somebody else changed it since it was read.

        With the audit entry of an edit, `take_back` can undo it until the draft is saved again.
        """
        values: dict[str, Any] = {
            "draft": draft.id,
            "was": draft.version,
            "new_content": to_json(notice),
            "new_status": status,
            "new_earlier": _earlier(draft, entry_id) if entry_id is not None else None,
            "at": self._now,
        }
        if (await self._connection.execute(_SAVE, values)).rowcount != 1:
            raise ChangedMeanwhile(notice.number)

    async def take_back(self, agency_id: int, entry_id: int) -> Draft | None:
        """Undo the edit of this audit entry and return the draft as it is again; `None` if it was changed since."""
        for row in (await self._connection.execute(_OPEN_EARLIER, {"agency": agency_id})).all():
            if row.earlier is not None and row.earlier["entry"] == entry_id:
                draft = _draft(row)
                before = from_json(row.earlier["content"])
                await self.save(draft, before, row.earlier["status"])
                return replace(draft, notice=before, status=row.earlier["status"], version=draft.version + 1)
        return None


def _earlier(draft: Draft, entry_id: int) -> dict[str, Any]:
    return {"entry": entry_id, "content": to_json(draft.notice), "status": draft.status}


def _draft(row: Any) -> Draft:
    return Draft(row.id, row.agency_id, row.status, from_json(row.content), row.prepared_by, row.version)
