"""A task given outside any notice: how it is shown, written down and told to its units; and how it is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core.drafts import DraftTask
from core.giving import Given
from core.messages import Message
from core.papers import paper_called
from core.periods import period_from
from core.speech import TaskRef
from core.tasks import Part, PartRole
from core.workdays import WorkCalendar
from handlers.context import Context
from handlers.notice_words import Words, counted_due, due_text
from handlers.phrasing import full_date, near_date, reference
from storage.notices import Notice


def card(t: Words, given: Given, day: date, calendar: WorkCalendar) -> Message:
    """Return what was understood: words, units, deadline, product and the paper it comes from."""
    task, source = given.task, given.source
    lines = [task.text]
    if task.all_units:
        lines.append(t("notice-item-all"))
    if task.lead:
        lines.append(t("new-lead", units=", ".join(task.lead)))
    if task.cooperating:
        lines.append(t("new-cooperating", units=", ".join(task.cooperating)))
    lines.append(t("new-due", due=due_text(t, task, day)))
    if task.recurrence is not None:
        due = period_from(task.recurrence, day).due
        last = calendar.last_working_on_or_before(due)
        off = "no" if due == last else "yes"
        lines.append(t("new-first-period", date=near_date(due, day), off=off, last=near_date(last, day)))
    if task.product:
        lines.append(t("new-product", product=task.product))
    if source is not None:
        dated = full_date(source.issued_on) if source.issued_on is not None else ""
        lines.append(t("new-source", number=source.number, date=dated, dated="yes" if dated else "no"))
    return Message(tuple(lines), t("new-title"))


async def give(context: Context, given: Given) -> Message:
    """Put the task under follow-up, tell the heads of its units, and say under which code it is followed."""
    actor = context.actor
    units = {unit.code: unit.id for unit in await context.work.people.units(actor.agency_id) if not unit.is_agency}
    store = context.work.given
    notice, code = await store.place(actor.agency_id, actor.agency_code, given.source, by=actor.person_id)
    task = replace(given.task, code=code)
    ref = str(TaskRef(code, notice.short, notice.year))
    entry = await context.record("new", ref, undoable=True, detail=_detail(given))
    await store.give(notice, task, units, entry_id=entry)
    missed = await _tell(context, notice, task, ref)
    context.about = ref
    return context.say(
        "new-given", context.button("button-undo", "/undo"), menu=True, code=code, title=task.title,
        units=", ".join(task.lead) or context.t("notice-item-all"), due=due_text(context.t, task, context.today),
        missed=", ".join(missed), has="yes" if missed else "no",
    )  # fmt: skip


def _detail(given: Given) -> dict[str, Any]:
    task, source = given.task, given.source
    return {
        "text": task.text, "lead": list(task.lead), "cooperating": list(task.cooperating),
        "due": task.due.isoformat() if task.due else None, "source": source.number if source else None,
    }  # fmt: skip


async def _tell(context: Context, notice: Notice, task: DraftTask, ref: str) -> list[str]:
    """Tell the heads of every unit what it has to do; return the units nobody of which can be reached."""
    due = counted_due(task, context.today) or (task.deadline_text if task.recurrence is not None else None)
    said = {
        "by": context.actor.title, "code": task.code, "text": task.text, "title": task.title,
        "lead": ", ".join(task.lead), "partners": ", ".join(task.cooperating),
        "shared": "yes" if task.cooperating else "no", "due": due or "", "dated": "yes" if due else "no",
        "source": notice.number, "paper": "yes" if paper_called(notice.number) else "no",
    }  # fmt: skip
    reached: dict[str, bool] = {}
    for part in await context.work.parts.of_notice(notice.id):
        if part.code != task.code:
            continue
        reached.setdefault(part.unit_code, False)
        key = "new-told-with" if part.role is PartRole.COOPERATING else "new-told"
        for office in await context.work.acting.heads(notice.agency_id, {part.unit_id}):
            way = office.person_id == context.actor.person_id or await context.tell(
                office.person_id, key, ("notice-button-received", f"/acknowledge {ref}"), now=True, about=ref, **said
            )
            reached[part.unit_code] = reached[part.unit_code] or way
    return [unit for unit, way in reached.items() if not way]


async def withdraw(context: Context, parts: Sequence[Part]) -> None:
    """Tell the heads of the units that what was given them is withdrawn."""
    for part in parts:
        for office in await context.work.acting.heads(part.agency_id, {part.unit_id}):
            if office.person_id != context.actor.person_id:
                await context.tell(
                    office.person_id, "new-withdrawn-told", now=True, about=reference(part),
                    by=context.actor.title, code=part.code, title=part.title,
                )  # fmt: skip
