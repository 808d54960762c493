"""Addresses one person may hand in files by, for one part and for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import accounts, people, upload_links

LIFETIME = timedelta(hours=24)

_STANDS = (upload_links.c.id == bindparam("link"), upload_links.c.revoked_at.is_(None))
_FIND = (
    select(
        upload_links.c.id,
        upload_links.c.assignment_id,
        accounts.c.person_id,
        accounts.c.channel,
        accounts.c.external_id,
        accounts.c.chat,
        people.c.language,
    )
    .join(accounts, accounts.c.id == upload_links.c.account_id)
    .join(people, people.c.id == accounts.c.person_id)
    .where(*_STANDS, upload_links.c.expires_at > bindparam("at"), people.c.ended_at.is_(None))
)
_REVOKE = (
    update(upload_links)
    .where(
        upload_links.c.assignment_id == bindparam("part"),
        upload_links.c.account_id == bindparam("account"),
        upload_links.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class UploadLink:
    """An address that stands: for which part, and the account in whose name files come by it."""

    id: int
    part_id: int
    person_id: int
    channel: str
    external_id: str
    chat: str
    language: str


class Uploads:
    """Makes and revokes upload addresses, in real time."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def make(self, part_id: int, account_id: int) -> int:
        """Return the id of a new address; one made before for the same part and account no longer stands."""
        await self._connection.execute(_REVOKE, {"part": part_id, "account": account_id, "at": self._real})
        values = {
            "assignment_id": part_id, "account_id": account_id, "made_at": self._real,
            "expires_at": self._real + LIFETIME,
        }  # fmt: skip
        row = await self._connection.execute(insert(upload_links).values(values).returning(upload_links.c.id))
        return int(row.scalar_one())

    async def find(self, link_id: int) -> UploadLink | None:
        """Return an address that has not expired, was not revoked and whose account is still somebody's."""
        row = (await self._connection.execute(_FIND, {"link": link_id, "at": self._real})).one_or_none()
        return UploadLink(*row) if row is not None else None
