"""Morning messages that were sent and list something answered since: which they are, and what they said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, bindparam, cast, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.messages import Message
from storage.outbox import LISTED, Listed
from storage.people import held
from storage.planning import MORNING
from storage.schema import assignments, delegations, memberships, outbox

EDIT = "edit:"
"""How the key of a row begins that changes a message; that message's row follows, then what tells changes apart."""

_units = select(assignments.c.unit_id).where(assignments.c.id.in_(bindparam("parts", expanding=True))).scalar_subquery()


def _key_of(person: Any) -> Any:
    return literal(MORNING) + cast(person, String) + literal(":") + bindparam("on", type_=String)


# whoever may hear of these parts as a head; what their message really lists stands with its row
_KEYS = (
    select(_key_of(memberships.c.person_id))
    .where(memberships.c.unit_id.in_(_units), *held())
    .union(
        select(_key_of(delegations.c.deputy_id)).where(
            delegations.c.unit_id.in_(_units), delegations.c.ended_at.is_(None), *held(delegations)
        )
    )
)
_TOLD = select(
    outbox.c.id, outbox.c.channel, outbox.c.chat, outbox.c.account_id, outbox.c.person_id, outbox.c.status,
    outbox.c.external_id, outbox.c.page_ids, outbox.c.parts_sent, outbox.c.content, outbox.c.intent,
)  # fmt: skip
_LISTING = _TOLD.where(
    outbox.c.key.in_(_KEYS),
    outbox.c.status.in_(("sent", "sending")),
    outbox.c.channel.in_(bindparam("channels", expanding=True)),
).order_by(outbox.c.id)
_ONE = _TOLD.where(outbox.c.id == bindparam("row"))
_NEWER = (
    select(outbox.c.id)
    .where(outbox.c.key.like(bindparam("pattern")), outbox.c.id > bindparam("than"), text("outbox.status = 'queued'"))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Told:
    """A morning message on its way or sent: where it stands, what it said and which parts it lists.

    `pages` are the platform's ids of its pages, none where one of them is not known.
    """

    id: int
    channel: str
    chat: str
    account_id: int
    person_id: int
    status: str
    pages: tuple[str, ...]
    content: Message | None
    listed: tuple[Listed, ...]


class Edits:
    """Finds messages that can be brought up to date where they stand."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def listing(self, part_ids: Collection[int], day: date, channels: Sequence[str]) -> list[Told]:
        """Return that day's morning messages on these channels that list one of these parts as their reader's own."""
        values = {"parts": sorted(part_ids), "day": day, "on": day.isoformat(), "channels": list(channels)}
        told = [_told(row) for row in await self._connection.execute(_LISTING, values)]
        return [one for one in told if any(listed.part_id in part_ids for listed in one.listed)]

    async def told(self, row_id: int) -> Told | None:
        """Return one message as it was sent."""
        row = (await self._connection.execute(_ONE, {"row": row_id})).one_or_none()
        return None if row is None else _told(row)

    async def is_overtaken(self, row_id: int, by_more_than: int) -> bool:
        """Tell whether a later change of the same message waits."""
        values = {"pattern": f"{EDIT}{row_id}:%", "than": by_more_than}
        return (await self._connection.execute(_NEWER, values)).first() is not None


def _told(row: Any) -> Told:
    listed = tuple(Listed(*one) for one in (row.intent or {}).get(LISTED, ()))
    content = Message.from_json(row.content) if row.content else None
    return Told(
        row.id,
        row.channel,
        row.chat or "",
        row.account_id or 0,
        row.person_id,
        row.status,
        _pages(row),
        content,
        listed,
    )


def _pages(row: Any) -> tuple[str, ...]:
    earlier = (row.page_ids or "").split() if row.parts_sent > 1 else []
    known = (*earlier, row.external_id) if row.external_id else ()
    return known if len(known) == row.parts_sent else ()
