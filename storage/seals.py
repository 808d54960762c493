"""The audit is sealed behind those who write it, one chain an agency."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.sealing import START, Breach, Chain, Sealed
from storage.changes import Changes
from storage.schema import audit_chains, audit_entries, people, units

_MOST = 1000
"""How many acts one round seals."""

_ROW = tuple(
    audit_entries.c[name]
    for name in ("id", "agency_id", "person_id", "channel", "act", "subject", "said", "detail", "at", "payload_hash",
                 "changes_hash", "seal", "sealed_no")
)  # fmt: skip
_UNSEALED = (
    select(*_ROW)
    .where(text("audit_entries.sealed_no IS NULL"))
    .order_by(audit_entries.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
_AGENCY = audit_entries.c.agency_id == bindparam("agency")
_SEALED = (
    select(*_ROW)
    .where(_AGENCY, text("audit_entries.sealed_no IS NOT NULL"), audit_entries.c.sealed_no <= bindparam("length"))
    .order_by(audit_entries.c.sealed_no)
)  # fmt: skip
_ALL = (
    select(*_ROW, people.c.key, people.c.title, audit_entries.c.undone_by)
    .outerjoin(people, people.c.id == audit_entries.c.person_id)
    .where(_AGENCY)
    .order_by(audit_entries.c.id)
)
# whoever seals holds the chains: a second one waits, and finds nothing left to do
_ENDS = select(audit_chains).order_by(audit_chains.c.agency_id).with_for_update()
_END = select(audit_chains.c.length, audit_chains.c.seal).where(audit_chains.c.agency_id == bindparam("agency"))
_START = insert(audit_chains).from_select(
    ["agency_id", "length", "seal"],
    select(units.c.id, bindparam("none", 0, audit_chains.c.length.type), bindparam("start", START, audit_chains.c.seal.type))
    .where(units.c.id == units.c.agency_id, ~select(audit_chains).where(audit_chains.c.agency_id == units.c.id).exists()),
)  # fmt: skip
_SET_END = (
    update(audit_chains)
    .where(audit_chains.c.agency_id == bindparam("agency"))
    .values(length=bindparam("new_length"), seal=bindparam("new_seal"))
)
_SET = (
    update(audit_entries)
    .where(audit_entries.c.id == bindparam("entry"))
    .values(
        payload_hash=bindparam("payload"),
        changes_hash=bindparam("changes"),
        seal=bindparam("new_seal"),
        sealed_no=bindparam("number"),
    )
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an agency's chain was found: how long, its last seal, and where it breaks."""

    length: int
    seal: bytes
    breach: Breach | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act with who did it, for whoever reads the audit elsewhere."""

    sealed: Sealed
    key: str | None
    title: str | None
    undone_by: int | None


class Seals:
    """Seals acts, and tells whether every seal still holds."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def seal(self) -> int:
        """Seal what was written since, up to a thousand acts, and return how many."""
        found = (await self._connection.execute(_UNSEALED, {"most": 1})).first()
        if found is None:
            return 0
        await self._connection.execute(_START)
        ends = {row.agency_id: (row.length, row.seal) for row in await self._connection.execute(_ENDS)}
        rows = [Sealed(*row) for row in await self._connection.execute(_UNSEALED, {"most": _MOST})]
        changes = await Changes(self._connection).hashes([act.id for act in rows])
        made: list[dict[str, Any]] = []
        for agency, acts in groupby(sorted(rows, key=lambda act: (act.agency_id, act.id)), lambda act: act.agency_id):
            number, seal = ends[agency]
            for act in acts:
                number, payload = number + 1, act.payload()
                seal = act.following(seal, payload, number, changes[act.id])
                made.append(
                    {
                        "entry": act.id,
                        "payload": payload,
                        "changes": changes[act.id],
                        "new_seal": seal,
                        "number": number,
                    }
                )
            await self._connection.execute(_SET_END, {"agency": agency, "new_length": number, "new_seal": seal})
        if made:
            await self._connection.execute(_SET, made)
        return len(made)

    async def verify(self, agency_id: int) -> Verdict:
        """Follow an agency's chain to its end; the first row that does not hold ends it."""
        # read first: what is sealed meanwhile is beyond it
        end = (await self._connection.execute(_END, {"agency": agency_id})).one_or_none() or (0, START)
        chain = Chain()
        async with self._connection.stream(_SEALED, {"agency": agency_id, "length": end[0]}) as rows:
            async for some in rows.partitions(_MOST):
                acts = [Sealed(*row) for row in some]
                changes = await Changes(self._connection).hashes([act.id for act in acts])
                for act in acts:
                    if (breach := chain.breach(act, changes[act.id])) is not None:
                        return Verdict(chain.length, chain.seal, breach, act.id)
        if (chain.length, chain.seal) != tuple(end):
            return Verdict(chain.length, chain.seal, "end")
        return Verdict(chain.length, chain.seal)

    async def everything(self, agency_id: int) -> AsyncIterator[Recorded]:
        """Yield every act of an agency, oldest first."""
        width = len(_ROW)
        async with self._connection.stream(_ALL, {"agency": agency_id}) as rows:
            async for row in rows:
                yield Recorded(Sealed(*row[:width]), *row[width:])
