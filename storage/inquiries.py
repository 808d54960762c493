"""What lead units ask of cooperating ones: one question open at a time for a part, answered once, nothing ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ActedUpon
from core.inquiries import Answered, By, Decided, Inquiry, UnitAnswer
from storage.schema import UNANSWERED, UNSUMMED, Moment, assignments, inquiries, inquiry_answers, units

_earlier = inquiry_answers.alias("earlier")
_IS_OPEN = text("inquiry_answers." + UNANSWERED)
_ANSWER = (
    select(
        inquiry_answers.c.id,
        inquiry_answers.c.inquiry_id,
        inquiry_answers.c.assignment_id,
        assignments.c.unit_id,
        units.c.code,
        inquiry_answers.c.due,
        inquiry_answers.c.strict,
        inquiry_answers.c.state,
        inquiry_answers.c.wanted,
        inquiry_answers.c.answered_at,
        inquiry_answers.c.reminded_at,
        inquiry_answers.c.summed_at.is_not(None).label("summed"),
    )
    .join(assignments, assignments.c.id == inquiry_answers.c.assignment_id)
    .join(units, units.c.id == assignments.c.unit_id)
    .where(inquiry_answers.c.state != "withdrawn", assignments.c.state != "dropped")
    .order_by(inquiry_answers.c.inquiry_id, assignments.c.position, inquiry_answers.c.id)
)
_ANSWERS = _ANSWER.where(inquiry_answers.c.inquiry_id.in_(bindparam("ids", expanding=True)))
_OF_PARTS = _ANSWER.where(inquiry_answers.c.assignment_id.in_(bindparam("parts", expanding=True)))
_INQUIRY = select(
    inquiries.c.id,
    inquiries.c.agency_id,
    inquiries.c.task_id,
    inquiries.c.unit_id,
    inquiries.c.words,
    inquiries.c.due,
    inquiries.c.strict,
).order_by(inquiries.c.id.desc())
_BY_IDS = _INQUIRY.where(inquiries.c.id.in_(bindparam("ids", expanding=True)))
_STANDS = _INQUIRY.where(inquiries.c.withdrawn_at.is_(None))
_OF_TASKS = _STANDS.where(inquiries.c.task_id.in_(bindparam("tasks", expanding=True)))
_UNSUMMED = select(inquiry_answers.c.inquiry_id, inquiry_answers.c.due).where(
    text("inquiry_answers." + UNSUMMED), inquiry_answers.c.due <= bindparam("day")
)
_SUM_UP = (
    update(inquiry_answers)
    .where(inquiry_answers.c.due <= bindparam("day"), text("inquiry_answers." + UNSUMMED))
    .values(summed_at=bindparam("at", type_=Moment))
)
_ADD = (
    insert(inquiries)
    .values({
        c: bindparam(c)
        for c in ("agency_id", "task_id", "unit_id", "words", "due", "strict", "asked_by", "asked_at", "entry_id")
    })
    .returning(inquiries.c.id)
)  # fmt: skip
_ADD_ANSWER = {
    name: made(inquiry_answers)
    .values({c: bindparam(c) for c in ("inquiry_id", "assignment_id", "due", "strict", "state")})
    .on_conflict_do_nothing()
    .returning(inquiry_answers.c.id)
    for name, made in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
_GIVE = (
    update(inquiry_answers)
    .where(inquiry_answers.c.id == bindparam("answer"), _IS_OPEN)
    .values({c: bindparam(f"new_{c}") for c in ("state", "wanted", "answered_by", "answered_at", "entry_id")})
)
_MOVE = (
    update(inquiry_answers)
    .where(
        inquiry_answers.c.id == bindparam("answer"),
        inquiry_answers.c.state == bindparam("was"),
        inquiry_answers.c.due == bindparam("was_due"),
    )
    .values(state="asked", due=bindparam("new_due"), strict=bindparam("new_strict"), summed_at=None)
)
_MOVE_BACK = (
    update(inquiry_answers)
    .where(
        inquiry_answers.c.id == bindparam("answer"),
        inquiry_answers.c.state == "asked",
        inquiry_answers.c.due == bindparam("now_due"),
        inquiry_answers.c.strict == bindparam("now_strict"),
    )
    .values(
        state=bindparam("new_state"), due=bindparam("new_due"), strict=bindparam("new_strict"),
        summed_at=bindparam("new_summed_at", type_=Moment),
    )
)  # fmt: skip
_KEEP = (
    update(inquiry_answers)
    .where(inquiry_answers.c.id == bindparam("answer"), inquiry_answers.c.state == "more_time")
    .values(state="asked")
)
_REMIND = (
    update(inquiry_answers)
    .where(
        inquiry_answers.c.id == bindparam("answer"),
        _IS_OPEN,
        (inquiry_answers.c.reminded_at.is_(None)) | (inquiry_answers.c.reminded_at < bindparam("since", type_=Moment)),
    )
    .values(reminded_at=bindparam("at", type_=Moment))
)
_ASKED_BY_ENTRY = (
    select(inquiries.c.id, inquiry_answers.c.assignment_id, assignments.c.code, inquiry_answers.c.state)
    .join(inquiry_answers, inquiry_answers.c.inquiry_id == inquiries.c.id)
    .join(assignments, assignments.c.id == inquiry_answers.c.assignment_id)
    .where(inquiries.c.entry_id == bindparam("entry"))
    .with_for_update(of=inquiry_answers)
)
_WITHDRAW = update(inquiries).where(inquiries.c.entry_id == bindparam("entry")).values(withdrawn_at=bindparam("at"))
_WITHDRAW_ANSWERS = (
    update(inquiry_answers).where(inquiry_answers.c.inquiry_id == bindparam("inquiry")).values(state="withdrawn")
)
_GIVEN_BY_ENTRY = (
    select(inquiry_answers.c.id, assignments.c.code, inquiry_answers.c.state)
    .join(assignments, assignments.c.id == inquiry_answers.c.assignment_id)
    .where(inquiry_answers.c.entry_id == bindparam("entry"))
    .with_for_update(of=inquiry_answers)
)
_ASKED_AGAIN = (
    select(inquiry_answers.c.id)
    .where(
        _IS_OPEN,
        inquiry_answers.c.assignment_id.in_(
            select(_earlier.c.assignment_id).where(_earlier.c.entry_id == bindparam("entry"))
        ),
    )
    .limit(1)
)
_UNGIVE = (
    update(inquiry_answers)
    .where(inquiry_answers.c.entry_id == bindparam("entry"))
    .values(state="asked", wanted=None, answered_by=None, answered_at=None, entry_id=None)
)


class Inquiries:
    """Keeps what was asked, of whom and by when, and each unit's one answer."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    async def ask(
        self,
        task: tuple[int, int],
        unit_id: int,
        words: str,
        by: By,
        part_ids: Sequence[int],
        *,
        person_id: int,
        entry_id: int | None,
    ) -> list[int]:
        """Ask the units of these parts and return the parts asked: not those with a question open already.

        `task` is the agency and the directive.
        """
        values = {
            "agency_id": task[0], "task_id": task[1], "unit_id": unit_id, "words": words, "due": by.day,
            "strict": by.strict, "asked_by": person_id, "asked_at": self._now, "entry_id": entry_id,
        }  # fmt: skip
        inquiry = (await self._connection.execute(_ADD, values)).scalar_one()
        asked = []
        for part in part_ids:
            row = {"inquiry_id": inquiry, "assignment_id": part, "due": by.day, "strict": by.strict, "state": "asked"}
            added = await self._connection.execute(_ADD_ANSWER[self._connection.dialect.name], row)
            if added.one_or_none() is not None:
                asked.append(part)
        return asked

    async def of_tasks(self, task_ids: Sequence[int]) -> list[Inquiry]:
        """Return what was asked about these directives and not taken back, newest first."""
        return await self._with_answers(_OF_TASKS, tasks=list(task_ids)) if task_ids else []

    async def by_ids(self, ids: Sequence[int]) -> list[Inquiry]:
        """Return these, newest first; one that was taken back has no answers."""
        return await self._with_answers(_BY_IDS, ids=list(ids)) if ids else []

    async def _with_answers(self, statement: Any, **values: Any) -> list[Inquiry]:
        rows = (await self._connection.execute(statement, values)).all()
        answers = await self._answers(_ANSWERS, ids=[row.id for row in rows])
        return [
            Inquiry(
                row.id, row.agency_id, row.task_id, row.unit_id, row.words, By(row.due, row.strict),
                tuple(one for one in answers if one.inquiry_id == row.id),
            )
            for row in rows
        ]  # fmt: skip

    async def _answers(self, statement: Any, **values: Any) -> list[UnitAnswer]:
        return [
            UnitAnswer(
                row.id,
                row.inquiry_id,
                row.assignment_id,
                row.unit_id,
                row.code,
                By(row.due, row.strict),
                Answered(row.state),
                row.wanted,
                row.answered_at,
                row.reminded_at,
                row.summed,
            )
            for row in await self._connection.execute(statement, values)
        ]

    async def of_parts(self, part_ids: Sequence[int]) -> list[UnitAnswer]:
        """Return what these parts' units were asked and answered, oldest first."""
        return await self._answers(_OF_PARTS, parts=list(part_ids)) if part_ids else []

    async def give(
        self, answer_id: int, state: Answered, *, person_id: int, entry_id: int | None, wanted: date | None = None
    ) -> bool:
        """Keep a unit's answer; `False` where somebody else of it was faster."""
        values = {
            "answer": answer_id, "new_state": state.value, "new_wanted": wanted, "new_answered_by": person_id,
            "new_answered_at": self._now, "new_entry_id": entry_id,
        }  # fmt: skip
        return (await self._connection.execute(_GIVE, values)).rowcount == 1

    async def move(self, was: UnitAnswer, by: By) -> bool:
        """Let a unit answer by another day; `False` where it answered, or another day was set, meanwhile."""
        values = {
            "answer": was.id, "was": was.state.value, "was_due": was.by.day, "new_due": by.day, "new_strict": by.strict,
        }  # fmt: skip
        return (await self._connection.execute(_MOVE, values)).rowcount == 1

    async def keep(self, answer_id: int) -> bool:
        """Leave the day as it is for a unit that asked for more time; `False` where it waits for that no more."""
        return (await self._connection.execute(_KEEP, {"answer": answer_id})).rowcount == 1

    async def move_back(self, decided: Decided) -> bool:
        """Undo what the lead decided of a unit's day; `False` where the unit answered, or it was decided anew, since."""
        values = {
            "answer": decided.answer_id, "now_due": decided.by.day, "now_strict": decided.by.strict,
            "new_state": decided.state.value, "new_due": decided.before.day, "new_strict": decided.before.strict,
            "new_summed_at": self._now if decided.summed else None,
        }  # fmt: skip
        return (await self._connection.execute(_MOVE_BACK, values)).rowcount == 1

    async def remind(self, answer_id: int, since: datetime) -> bool:
        """Note that a unit is reminded; `False` where it answered, or was reminded after that moment."""
        values = {"answer": answer_id, "since": since, "at": self._now}
        return (await self._connection.execute(_REMIND, values)).rowcount == 1

    async def to_sum_up(self, day: date) -> list[tuple[int, date]]:
        """Return the inquiries whose day has come and of which the lead was not told yet, with that day."""
        rows = await self._connection.execute(_UNSUMMED, {"day": day})
        return list(dict.fromkeys((row.inquiry_id, row.due) for row in rows))

    async def sum_up(self, day: date) -> None:
        """Note that the leads are told of everything asked for by that day."""
        await self._connection.execute(_SUM_UP, {"day": day, "at": self._now})

    async def take_back(self, entry_id: int) -> list[int]:
        """Undo what an act asked or answered, and return the parts that are asked no more.

        Raises `ActedUpon` where somebody answered, or decided on it, since.
        """
        asked = (await self._connection.execute(_ASKED_BY_ENTRY, {"entry": entry_id})).all()
        for row in asked:
            if row.state != Answered.ASKED:
                raise ActedUpon(row.code)
        if asked:
            await self._connection.execute(_WITHDRAW, {"entry": entry_id, "at": self._now})
            for inquiry in {row.id for row in asked}:
                await self._connection.execute(_WITHDRAW_ANSWERS, {"inquiry": inquiry})
        given = (await self._connection.execute(_GIVEN_BY_ENTRY, {"entry": entry_id})).all()
        for one in given:
            if one.state == Answered.ASKED or (one.state != Answered.MORE_TIME and await self._asked_again(entry_id)):
                raise ActedUpon(one.code)
        if given:
            await self._connection.execute(_UNGIVE, {"entry": entry_id})
        return [row.assignment_id for row in asked]

    async def _asked_again(self, entry_id: int) -> bool:
        return (await self._connection.execute(_ASKED_AGAIN, {"entry": entry_id})).first() is not None
