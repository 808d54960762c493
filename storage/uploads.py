"""Addresses one person may hand in files by, for one part and for a day, and who may still read a file sent as a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import accounts, chat_groups, people, submission_files, submissions, upload_links

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
_ACCOUNT = exists().where(
    accounts.c.channel == bindparam("channel"), accounts.c.chat == bindparam("chat"), accounts.c.status != "revoked",
    people.c.id == accounts.c.person_id, people.c.ended_at.is_(None),
)  # fmt: skip
_GROUP = exists().where(
    chat_groups.c.channel == bindparam("channel"), chat_groups.c.chat == bindparam("chat"),
    chat_groups.c.ended_at.is_(None),
)  # fmt: skip
_HANDED_IN = exists().where(
    submission_files.c.ref == bindparam("ref"), submissions.c.id == submission_files.c.submission_id
)
_STILL = _HANDED_IN.where(submissions.c.withdrawn_at.is_(None))
_MAY_READ = select(and_(or_(_ACCOUNT, _GROUP), or_(not_(_HANDED_IN), _STILL)))


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

    async def may_read(self, channel: str, chat: str, ref: str) -> bool:
        """Tell whether a file may be given to a chat: somebody's own or a linked group, and no result taken back."""
        values = {"channel": channel, "chat": chat, "ref": ref}
        return bool((await self._connection.execute(_MAY_READ, values)).scalar_one())
