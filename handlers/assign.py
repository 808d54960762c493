"""Giving a directive to a unit that leads it."""

from __future__ import annotations

from dataclasses import replace

from core.errors import UnknownUnit
from core.people import ACTS_FOR_ALL, GETS_DIGEST
from core.speech import TaskRef
from core.tasks import PartRole, State
from core.text import fold
from core.units import Tree, Unit
from handlers.context import Context
from handlers.phrasing import source_called
from handlers.resolve import no_part
from handlers.routing import Answer, command


@command("assign", who=ACTS_FOR_ALL)
async def assign(context: Context) -> Answer:
    """Give a directive to a lead unit; the unit that led it before is let go, its history stays."""
    words = context.said.mentions_unit or context.said.rest
    if not context.said.refs or not words.strip():
        return context.say("assign-how")
    ref = context.said.refs[0]
    if ref.agency is not None and fold(ref.agency) != fold(context.actor.agency_code):
        context.said = replace(context.said, mentions_unit=None)
        raise await no_part(context, ref)
    unit = await _unit(context, words)
    found = await context.work.notices.task_by_code(context.actor.agency_id, ref.code, ref.notice, ref.year)
    if found is None:
        context.said = replace(context.said, mentions_unit=None)
        raise await no_part(context, ref)
    notice, task = found
    subject = str(TaskRef(task.code, notice.short, notice.year))
    entry = await context.record("assign", subject, detail={"unit": unit.code})
    due = None
    has_part = False
    let_go: list[int] = []
    for part in await context.work.parts.of_task(task.id):
        due = due or part.progress.due
        if part.unit_id == unit.id:
            has_part = True
            await context.work.notices.make_lead(part.id)
            if part.progress.state is State.DROPPED:
                await context.work.parts.save(part, replace(part.progress, state=State.ASSIGNED), entry)
        elif part.role is PartRole.LEAD and part.progress.is_open:
            await context.work.parts.save(part, replace(part.progress, state=State.DROPPED), entry)
            let_go.append(part.unit_id)
    if not has_part:
        await context.work.notices.add_lead(notice, task, unit.id, due, entry)
    concerned = [unit.id, *let_go]
    for office in await context.work.people.offices(context.actor.agency_id, roles=GETS_DIGEST, unit_ids=concerned):
        if office.person_id == context.actor.person_id:
            continue
        key = "assign-told" if office.unit_id == unit.id else "assign-moved"
        await context.tell(
            office.person_id, key, now=True, about=subject, code=task.code, title=task.shown_title, notice=source_called(context.t, notice.number),
            unit=unit.code,
        )  # fmt: skip
    context.about = subject
    return context.say("assign-recorded", code=task.code, unit=unit.code)


async def _unit(context: Context, words: str) -> Unit:
    tree = Tree(await context.work.people.units(context.actor.agency_id))
    unit = tree.called(words)
    if unit is None or unit.is_agency:
        raise UnknownUnit(words, tuple(one.code for one in tree.divisions()))
    return unit
