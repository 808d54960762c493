"""One-time codes that tie a chat account to a person; only their digest is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.codes import DRAWN, LENGTH, LIFETIME, TRIES_OF_ALL, WINDOW, body_of, digest, is_typeable, shown
from storage.schema import accounts, invites, people, units

_INVITE = (
    select(
        invites.c.id,
        invites.c.person_id,
        people.c.agency_id,
        units.c.code,
        units.c.name,
        people.c.key,
        people.c.title,
        people.c.language,
        invites.c.created_by,
        invites.c.expires_at,
    )
    .join(people, people.c.id == invites.c.person_id)
    .join(units, units.c.id == people.c.agency_id)
    .where(invites.c.used_at.is_(None), invites.c.expires_at > bindparam("real"), people.c.ended_at.is_(None))
)
_BY_DIGEST = _INVITE.where(invites.c.code_hash == bindparam("digest"))
_BY_ID = _INVITE.where(invites.c.id == bindparam("invite"))
_AGENCY = (
    select(units.c.code).join(people, people.c.agency_id == units.c.id).where(people.c.id == bindparam("person"))
)  # fmt: skip
_VOID = (
    update(invites)
    .where(
        invites.c.person_id == bindparam("person"), invites.c.used_at.is_(None), invites.c.expires_at > bindparam("at")
    )
    .values(expires_at=bindparam("at"))
)
_USE = (
    update(invites)
    .where(invites.c.id == bindparam("invite"), invites.c.used_at.is_(None), invites.c.expires_at > bindparam("at"))
    .values(used_at=bindparam("at"))
)
_WRONG = select(func.coalesce(func.sum(accounts.c.wrong_codes), 0)).where(accounts.c.wrong_since > bindparam("since"))


@dataclass(frozen=True, slots=True)
class Code:
    """A new code, shown once and never again."""

    invite_id: int
    person_id: int
    text: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InviteRow:
    """An invite that can be used, and whom it names."""

    id: int
    person_id: int
    agency_id: int
    agency_code: str
    agency_name: str
    key: str
    title: str
    language: str
    created_by: int | None
    expires_at: datetime


class Invites:
    """Makes codes and takes each once; everything here is real time."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def create(self, person_id: int, created_by: int | None, *, lifetime: timedelta = LIFETIME) -> Code:
        """Make a code for the person and void every older one that was not used."""
        await self.void(person_id)
        body = _drawn()
        expires_at = self._real + lifetime
        values = {
            "person_id": person_id,
            "code_hash": digest(body),
            "created_at": self._real,
            "expires_at": expires_at,
            "created_by": created_by,
        }
        invite_id = (
            await self._connection.execute(insert(invites).values(values).returning(invites.c.id))
        ).scalar_one()
        agency_code = (await self._connection.execute(_AGENCY, {"person": person_id})).scalar_one()
        return Code(int(invite_id), person_id, shown(agency_code, body), expires_at)

    async def find(self, code: str) -> InviteRow | None:
        """Return the invite of a code however it was typed, if it is good now."""
        body = body_of(code)
        return None if body is None else await self._one(_BY_DIGEST, digest=digest(body))

    async def get(self, invite_id: int) -> InviteRow | None:
        """Return an invite found earlier, if it is still good."""
        return await self._one(_BY_ID, invite=invite_id)

    async def _one(self, statement: Any, **values: Any) -> InviteRow | None:
        row = (await self._connection.execute(statement, {**values, "real": self._real})).one_or_none()
        return InviteRow(*row) if row is not None else None

    async def use(self, invite_id: int) -> bool:
        """Take the invite; `False` if somebody was faster, it expired or a newer one voided it."""
        taken = await self._connection.execute(_USE, {"invite": invite_id, "at": self._real})
        return bool(taken.rowcount == 1)

    async def void(self, person_id: int) -> None:
        """Make the person's unused codes worthless."""
        await self._connection.execute(_VOID, {"person": person_id, "at": self._real})

    async def too_many_wrong(self) -> bool:
        """Tell whether so many wrong codes came lately, over all accounts, that none is looked at for now.

        It adds up what is counted against each account anyway, so it holds across processes and restarts and needs no
        table of its own; windows that began within the last 15 minutes count, so at most twice the limit gets through.
        """
        wrong = await self._connection.execute(_WRONG, {"since": self._real - WINDOW})
        return bool(wrong.scalar_one() >= TRIES_OF_ALL)


def _drawn() -> str:
    while True:
        body = "".join(secrets.choice(DRAWN) for _ in range(LENGTH))
        if is_typeable(body):
            return body
