"""What others are told of an act, gathered: several such notices to one person leave as one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, null, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.messages import Message
from storage.delivery import Claimed, Urgency
from storage.schema import outbox

ASIDE = "aside"
"""The kind of a notice to somebody an act concerns who neither did it nor asked for it."""
_WITH = "with:"
_GONE = frozenset({"sent", "sending", "uncertain"})
_TO_COME = frozenset({"queued", "unreachable"})

_COLUMNS = (outbox.c.id, outbox.c.content, outbox.c.about, outbox.c.queued_at, outbox.c.not_before)
# the partial index serves only a status that stands in the statement to the letter
_IS_QUEUED = text("outbox.status = 'queued'")
_IS_NOTICE = text(f'outbox."class" = {int(Urgency.NOTICE)}')
_WAITING = (
    select(*_COLUMNS)
    .where(
        outbox.c.channel == bindparam("channel"), _IS_NOTICE, _IS_QUEUED,
        outbox.c.person_id == bindparam("person"), outbox.c.intent["kind"].as_string() == ASIDE,
        outbox.c.has_choices.is_(False),
    )
    .order_by(outbox.c.id)
)  # fmt: skip
_TAKEN_IN = (
    select(*_COLUMNS)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.status == "superseded")
    .order_by(outbox.c.id)
)
_TAKE_IN = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _IS_QUEUED)
    .values(status="superseded", key=bindparam("with"), finished_at=bindparam("at"))
)
_HOLDS = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(intent=bindparam("holds", type_=outbox.c.intent.type), about=bindparam("of"))
)
_OF_ENTRY = select(
    outbox.c.id, outbox.c.person_id, outbox.c.about, outbox.c.status, outbox.c.key, outbox.c.intent
).where(outbox.c.entry_id == bindparam("entry"), _IS_NOTICE, outbox.c.person_id.is_not(null()))
_STATUSES = select(outbox.c.id, outbox.c.status).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_VOID = update(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True))).values(status="void")
_RELEASE = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.status == "superseded")
    .values(status="queued", key=null(), finished_at=null())
)


@dataclass(frozen=True, slots=True)
class Aside:
    """One such notice: what it says, of which directive, and when it was queued and may leave."""

    id: int
    message: Message
    about: str | None
    queued_at: datetime
    not_before: datetime


class Gathering:
    """Finds the notices that leave together, and knows afterwards which message each of them left in."""

    def __init__(self, connection: AsyncConnection, real: datetime) -> None:
        self._connection = connection
        self._real = real

    async def waiting(self, row: Claimed) -> list[Aside]:
        """Return the other notices that wait to go where this one goes, and ask for nothing, oldest first."""
        return await self._read(_WAITING, {"channel": row.channel, "person": row.person_id})

    async def taken_in(self, row: Claimed) -> list[Aside]:
        """Return what this message took in at an earlier try, but for what was taken back since."""
        return await self._read(_TAKEN_IN, {"ids": _within(row.intent)})

    async def take_in(self, row: Claimed, own: Message, others: Sequence[Aside]) -> list[Aside]:
        """Let these leave in this row, whose own words are kept beside them; return those nobody took back meanwhile."""
        taken = []
        for one in others:
            values = {"row": one.id, "with": f"{_WITH}{row.id}:{one.id}", "at": self._real}
            if (await self._connection.execute(_TAKE_IN, values)).rowcount:
                taken.append(one)
        if taken:
            # a reply to several has no one directive it is about
            within = [*_within(row.intent), *(one.id for one in taken)]
            holds = {**(row.intent or {}), "said": own.to_json(), "with": within}
            await self._connection.execute(_HOLDS, {"row": row.id, "holds": holds, "of": None})
        return taken

    async def take_back(self, entry_id: int) -> dict[int, list[str]]:
        """Leave out what an undone act was going to say; return whom it reached already, and of which directives.

        To be asked before what is queued of the act becomes void.
        """
        found = (await self._connection.execute(_OF_ENTRY, {"entry": entry_id})).all()
        into = {one.id: int(one.key.split(":")[1]) for one in found if (one.key or "").startswith(_WITH)}
        statuses: dict[int, str] = {}
        if into:
            held = await self._connection.execute(_STATUSES, {"ids": list(set(into.values()))})
            statuses = {one.id: one.status for one in held}
        reached: dict[int, list[str]] = {}
        void = []
        for one in found:
            status = statuses.get(into[one.id], "") if one.id in into and one.status == "superseded" else one.status
            if status in _GONE:
                reached.setdefault(one.person_id, []).extend([one.about] if one.about else [])
            elif status in _TO_COME:
                void.append(one.id)
                await self._connection.execute(_RELEASE, {"ids": _within(one.intent)})
        if void:
            await self._connection.execute(_VOID, {"ids": void})
        return reached

    async def _read(self, statement: Any, values: dict[str, Any]) -> list[Aside]:
        rows = await self._connection.execute(statement, values)
        return [
            Aside(row.id, Message.from_json(row.content), row.about, row.queued_at, row.not_before)
            for row in rows
            if row.content is not None
        ]


def _within(intent: Mapping[str, Any] | None) -> list[int]:
    return list((intent or {}).get("with", ()))
