"""Proposals of units: one open at a time for a part, opinion and answer given once, nothing ever deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ActedUpon
from core.proposals import Proposal, View
from storage.schema import assignments, proposals

_FIELDS = (
    "id", "assignment_id", "text", "raised_by", "raised_at", "document", "document_on", "told_at", "opinion",
    "opinion_words", "outcome", "words", "decided_by", "decided_at", "withdrawn_at",
)  # fmt: skip
_ALL = select(*(proposals.c[name] for name in _FIELDS)).order_by(proposals.c.id)
_OF_PARTS = _ALL.where(
    proposals.c.assignment_id.in_(bindparam("parts", expanding=True)), proposals.c.withdrawn_at.is_(None)
)
_IS_OPEN = (proposals.c.outcome.is_(None), proposals.c.withdrawn_at.is_(None))
_OPEN = (
    _ALL.join(assignments, assignments.c.id == proposals.c.assignment_id)
    .where(*_IS_OPEN, proposals.c.told_at.is_not(None), assignments.c.agency_id == bindparam("agency"))
)  # fmt: skip
_RAISE: dict[str, Any] = {"postgresql": postgresql.insert(proposals), "sqlite": sqlite.insert(proposals)}
_ONE_OPEN = (proposals.c.id == bindparam("proposal"), *_IS_OPEN)
_ATTACH = update(proposals).where(*_ONE_OPEN, proposals.c.document.is_(None)).values(
    document=bindparam("paper"), document_on=bindparam("dated"), document_entry=bindparam("entry"),
    told_at=case((proposals.c.told_at.is_(None), bindparam("at", type_=proposals.c.told_at.type)), else_=proposals.c.told_at),
    told_entry=case((proposals.c.told_at.is_(None), bindparam("entry")), else_=proposals.c.told_entry),
)  # fmt: skip
_TELL = update(proposals).where(*_ONE_OPEN, proposals.c.told_at.is_(None)).values(
    told_at=bindparam("at"), told_entry=bindparam("entry")
)  # fmt: skip
_OPINION = update(proposals).where(*_ONE_OPEN, proposals.c.opinion.is_(None)).values(
    opinion=bindparam("view"), opinion_words=bindparam("said"), opinion_by=bindparam("by"), opinion_entry=bindparam("entry")
)  # fmt: skip
_ANSWER = update(proposals).where(*_ONE_OPEN).values(
    outcome=bindparam("view"), words=bindparam("said"), decided_by=bindparam("by"), decided_at=bindparam("at"),
    decided_entry=bindparam("entry"),
)  # fmt: skip
_ACTS = ("raised", "document", "told", "opinion", "decided")
_BY_ENTRY = (
    _ALL.add_columns(*(proposals.c[f"{act}_entry"] for act in _ACTS), assignments.c.code)
    .join(assignments, assignments.c.id == proposals.c.assignment_id)
    .where(or_(*(proposals.c[f"{act}_entry"] == bindparam("entry") for act in _ACTS)))
    .with_for_update(of=proposals)
)


class Proposals:
    """Keeps what units propose, what the overseeing deputy thinks of it and what the leader answers."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def of_parts(self, part_ids: list[int]) -> list[Proposal]:
        """Return what was proposed about these parts and not withdrawn, oldest first."""
        return [_proposal(row) for row in await self._connection.execute(_OF_PARTS, {"parts": part_ids})]

    async def open(self, agency_id: int) -> list[Proposal]:
        """Return what the agency's leaders were told of and have not answered yet, oldest first."""
        return [_proposal(row) for row in await self._connection.execute(_OPEN, {"agency": agency_id})]

    async def get(self, proposal_id: int) -> Proposal | None:
        """Return one proposal."""
        row = (await self._connection.execute(_ALL.where(proposals.c.id == proposal_id))).one_or_none()
        return _proposal(row) if row is not None else None

    async def put_forward(
        self,
        part_id: int,
        words: str,
        *,
        by: int,
        entry_id: int,
        document: str | None = None,
        document_on: date | None = None,
        tell: bool = True,
    ) -> Proposal | None:
        """Keep a proposal, to `tell` of at once or to wait for its document; `None` where one of this part's is open."""
        values = {
            "assignment_id": part_id, "text": words, "raised_by": by, "raised_at": self._now, "raised_entry": entry_id,
            "document": document, "document_on": document_on, "told_at": self._now if tell else None,
        }  # fmt: skip
        new = _RAISE[self._connection.dialect.name].values(values).on_conflict_do_nothing().returning(proposals.c.id)
        row = (await self._connection.execute(new)).one_or_none()
        return await self.get(row.id) if row is not None else None

    async def attach(self, proposal_id: int, document: str, document_on: date, *, entry_id: int) -> bool:
        """Keep the document of an open proposal, told of from now on; `False` where it has one or is answered."""
        values = {"proposal": proposal_id, "paper": document, "dated": document_on, "entry": entry_id, "at": self._now}
        return (await self._connection.execute(_ATTACH, values)).rowcount == 1

    async def tell(self, proposal_id: int, *, entry_id: int) -> bool:
        """Let a proposal go before its document; `False` where it has gone already."""
        values = {"proposal": proposal_id, "entry": entry_id, "at": self._now}
        return (await self._connection.execute(_TELL, values)).rowcount == 1

    async def give_opinion(self, proposal_id: int, view: View, words: str | None, *, by: int, entry_id: int) -> bool:
        """Record the overseeing deputy's opinion; `False` where there is one or it is answered already."""
        values = {"proposal": proposal_id, "view": view.value, "said": words, "by": by, "entry": entry_id}
        return (await self._connection.execute(_OPINION, values)).rowcount == 1

    async def answer(self, proposal_id: int, view: View, words: str | None, *, by: int, entry_id: int) -> bool:
        """Record the leader's answer; `False` where somebody else answered first, or it was withdrawn."""
        values = {
            "proposal": proposal_id,
            "view": view.value,
            "said": words,
            "by": by,
            "entry": entry_id,
            "at": self._now,
        }
        return (await self._connection.execute(_ANSWER, values)).rowcount == 1

    async def take_back(self, entry_id: int) -> None:
        """Undo what an act proposed, thought or answered; raises `ActedUpon` where another step followed."""
        for row in (await self._connection.execute(_BY_ENTRY, {"entry": entry_id})).all():
            values = await self._before(row, entry_id)
            await self._connection.execute(update(proposals).where(proposals.c.id == row.id).values(values))

    async def _before(self, row: Any, entry_id: int) -> dict[str, Any]:
        if row.decided_entry == entry_id:
            if any(one.is_open for one in await self.of_parts([row.assignment_id])):
                raise ActedUpon(row.code)
            return dict.fromkeys(("outcome", "words", "decided_by", "decided_at", "decided_entry"))
        if row.outcome is not None:
            raise ActedUpon(row.code)
        if row.opinion_entry == entry_id:
            return dict.fromkeys(("opinion", "opinion_words", "opinion_by", "opinion_entry"))
        followed = row.raised_entry == entry_id and {row.document_entry, row.told_entry} != {None}
        if row.opinion is not None or followed:
            raise ActedUpon(row.code)
        if row.raised_entry == entry_id:
            return {"withdrawn_at": self._now}
        document = ("document", "document_on", "document_entry") if row.document_entry == entry_id else ()
        told = ("told_at", "told_entry") if row.told_entry == entry_id else ()
        return dict.fromkeys((*document, *told))


def _proposal(row: Any) -> Proposal:
    values = dict(zip(_FIELDS, row, strict=False))
    part_id = values.pop("assignment_id")
    for name in ("opinion", "outcome"):
        values[name] = View(values[name]) if values[name] is not None else None
    return Proposal(part_id=part_id, **values)
