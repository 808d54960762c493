"""Giving a directive to the units that lead it and cooperate in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.deadlines import Deadline
from core.errors import NotAllowed, UnknownUnit
from core.named_units import UnitsNamed, named_units
from core.people import GIVES
from core.periods import current
from core.speech import TaskRef
from core.tasks import Part, PartRole, State
from core.text import fold
from core.units import Tree
from handlers.context import Context
from handlers.importing import known_agency
from handlers.overseeing import beyond, decides
from handlers.overtaken import by_another, without_seen
from handlers.phrasing import source_called, units_given
from handlers.resolve import no_part
from handlers.routing import Answer, command
from storage.notices import Notice, Task


@command("assign", who=GIVES)
async def assign(context: Context) -> Answer:
    """Give a directive to the unit that leads it and those that cooperate; who led it before is let go, history stays."""
    words, seen = without_seen(context.said.rest)
    words = words.strip() or context.said.mentions_unit or ""
    if not context.said.refs or not words:
        return context.say("assign-how")
    ref = context.said.refs[0]
    if ref.agency is not None and fold(ref.agency) != fold(context.actor.agency_code):
        context.said = replace(context.said, mentions_unit=None)
        raise await no_part(context, ref)
    units = await _units(context, words)
    found = await context.work.notices.task_by_code(context.actor.agency_id, ref.code, ref.notice, ref.year)
    if found is None:
        context.said = replace(context.said, mentions_unit=None)
        raise await no_part(context, ref)
    notice, task = found
    if not await decides(context, task.id):
        raise NotAllowed("assign")
    if (not_theirs := await beyond(context, units.lead)) is not None:
        return not_theirs
    subject = str(TaskRef(task.code, notice.short, notice.year))
    await context.work.notices.lock(task.id)
    if (faster := await by_another(context, "assign", subject, f"/assign {subject} {words}", seen)) is not None:
        return faster
    shown = _shown(context, units)
    parts = await context.work.parts.of_task(task.id)
    detail = {"units": [*units.lead, *units.cooperating], "what": shown, "task": task.id,
              "roles": {str(part.id): part.role.value for part in parts},
              "versions": {str(part.id): part.version for part in parts}}  # fmt: skip
    entry = await context.record("assign", subject, undoable=True, detail=detail)
    let_go = await _give(context, notice, task, units, entry)
    await _tell(context, notice, task, units, let_go, subject)
    context.about = subject
    undo = context.button("button-undo", "/undo")
    return context.say("assign-recorded", undo, menu=True, code=task.code, units=shown)


async def _units(context: Context, words: str) -> UnitsNamed:
    """Return the units the words name; raises `UnknownUnit`."""
    agency = await known_agency(context.work, context.actor.agency_id)
    units = named_units(words, agency)
    if units.lead or units.cooperating:
        return units
    tree = Tree(await context.work.people.units(context.actor.agency_id))
    unit = tree.called(context.said.mentions_unit or words)
    if unit is None or unit.is_agency:
        raise UnknownUnit(context.said.mentions_unit or words, tuple(one.code for one in tree.divisions()))
    return UnitsNamed((unit.code,), (), len(words))


def _shown(context: Context, units: UnitsNamed) -> str:
    return units_given(context.t, units.lead, units.cooperating)


async def _give(context: Context, notice: Notice, task: Task, units: UnitsNamed, entry: int) -> list[int]:
    """Give every unit its part, new or as it is, and let go whoever led until now; return those let go."""
    work = context.work
    ids = {unit.code: unit.id for unit in await work.people.units(context.actor.agency_id)}
    wanted = {ids[code]: PartRole.COOPERATING for code in units.cooperating}
    wanted |= {ids[code]: PartRole.LEAD for code in units.lead}
    parts = await work.parts.of_task(task.id)
    # of what returns the period under way counts
    due = next((part.progress.due for part in sorted(parts, key=_is_over) if part.progress.due is not None), None)
    let_go = []
    if units.lead and (due_next := await _from_next_period(context, task, wanted, entry)) is not None:
        due = due_next
    for part in current(parts):
        role = wanted.get(part.unit_id)
        if role is PartRole.COOPERATING and part.role is PartRole.LEAD and part.progress.is_open and not units.lead:
            continue  # whoever leads goes on leading
        if role is not None:
            await _take_up(context, part, role, due, entry)
        elif units.lead and part.role is PartRole.LEAD and part.progress.is_open:
            await work.parts.save(part, replace(part.progress, state=State.DROPPED), entry)
            let_go.append(part.unit_id)
    for unit_id, role in wanted.items():
        if all(part.unit_id != unit_id for part in parts):
            await work.follow_up.give(notice, task, unit_id, role, due, entry)
    return let_go


async def _from_next_period(
    context: Context, task: Task, wanted: Mapping[int, PartRole], entry: int
) -> Deadline | None:
    """Let those go who have done their period of what returns; return the next day it is due, where all of them have."""
    leading = [one for one in await context.work.periods.latest(task.id) if one.part.role is PartRole.LEAD]
    days = []
    for one in leading:
        if not one.part.progress.is_open:
            period = await context.work.periods.following(one)
            days.append(period.due)
            if one.part.unit_id not in wanted:
                await context.work.periods.let_go(one, period, entry)
    return Deadline(min(days)) if days and len(days) == len(leading) else None


def _is_over(part: Part) -> bool:
    return not part.progress.is_open


async def _take_up(context: Context, part: Part, role: PartRole, due: Deadline | None, entry: int) -> None:
    if part.role is not role:
        await context.work.notices.set_role(part.id, role)
    if part.progress.state is State.DROPPED:
        # the date may have moved while the unit was let go
        again = replace(part.progress, state=State.ASSIGNED, due=due or part.progress.due)
        await context.work.parts.save(part, again, entry)


async def _tell(
    context: Context, notice: Notice, task: Task, units: UnitsNamed, let_go: Sequence[int], subject: str
) -> None:
    tree = {unit.code: unit.id for unit in await context.work.people.units(context.actor.agency_id)}
    keys = dict.fromkeys(let_go, "assign-moved")
    keys |= {tree[code]: "assign-told-with" for code in units.cooperating}
    keys |= {tree[code]: "assign-told" for code in units.lead}
    lead = ", ".join(units.lead)
    for office in await context.work.acting.heads(context.actor.agency_id, keys):
        if office.person_id == context.actor.person_id:
            continue
        await context.tell(
            office.person_id, keys[office.unit_id], now=True, about=subject, code=task.code, title=task.shown_title,
            notice=source_called(context.t, notice.number), lead=lead, has="yes" if lead else "no",
            partners=", ".join(units.cooperating), shared="yes" if units.cooperating else "no",
        )  # fmt: skip
