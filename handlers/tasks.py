"""What is open, and one directive in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.deadlines import Deadline, TimeState, local
from core.errors import WhichTask
from core.extensions import times_granted
from core.messages import Button, Message
from core.partition import days_late, is_overdue
from core.people import ANYONE, LEADERSHIP, SEES_PROGRESS, Role
from core.speech import TaskRef
from core.tasks import Kind, Part, PartRole, State
from core.units import Unit
from handlers.below import meant_below, named_below, whose
from handlers.context import Context
from handlers.coordination import silent
from handlers.history import page_asked, told
from handlers.notices import drafted
from handlers.pages import page_of, words_beside_page
from handlers.phrasing import (
    acts_on,
    clock_time,
    due_words,
    full_date,
    near_date,
    part_due,
    reference,
    short_number,
    source_called,
)
from handlers.proposed import proposed
from handlers.resolve import actionable, meant, must_name_one, no_part
from handlers.routing import COMMANDS, Answer, command

_READERS = ANYONE - {Role.ADMIN}
"""Who may read directives: everybody but those who only run the system."""


@command("tasks", who=_READERS)
async def tasks(context: Context) -> Answer:
    """List the open parts of the sender's units by due date; `soon` keeps what is late or due within three days."""
    parts = await context.work.parts.own_open(context.actor)
    only_soon = words_beside_page(context) in {"soon", "gap", "sap den han"}
    every = len(parts)
    if only_soon:
        near = {TimeState.DUE_SOON, TimeState.OVERDUE}
        parts = [part for part in parts if part.time_state(context.now) in near and part.kind is Kind.TRACKED]
    if not parts and not context.actor.unit_ids:
        if only_soon and context.actor.is_any(SEES_PROGRESS):
            return await COMMANDS["due"].run(context)
        lists = [context.button(f"label-{name}", f"/{name}") for name in ("summary", "overdue", "due")]
        return context.say("tasks-not-yours", *(lists if context.actor.is_any(SEES_PROGRESS) else []), menu=True)
    if not parts and every:
        return context.say("tasks-none-soon", count=every)
    if not parts:
        return context.say("tasks-none", unit=context.actor.unit_code)
    lines = listing(context, parts)
    page = page_of(context, lines, "/tasks soon" if only_soon else "/tasks", list)
    title = context.t("tasks-title", unit=context.actor.unit_code, count=len(parts))
    return Message(tuple(page.lines), title, page.buttons, menu=True)


def listing(context: Context, parts: list[Part]) -> list[str]:
    """Return parts as the lines of a list: the unit's own first, by due date, then cooperation and standing duties."""
    own = [part for part in parts if part.kind is Kind.TRACKED and part.role is not PartRole.COOPERATING]
    lines = [_line(context, part) for part in sorted(own, key=_by_due)]
    cooperating = [part.code for part in parts if part.kind is Kind.TRACKED and part.role is PartRole.COOPERATING]
    standing = [part.code for part in parts if part.kind is Kind.STANDING]
    if cooperating:
        lines.append(context.t("tasks-cooperating", codes=", ".join(cooperating)))
    if standing:
        lines.append(context.t("tasks-standing", codes=", ".join(standing)))
    if any(part.progress.due is not None and part.progress.due.basis for part in own):
        basis = next(part.progress.due.basis for part in own if part.progress.due and part.progress.due.basis)
        lines.append(context.t("tasks-basis", basis=basis))
    return lines


def _by_due(part: Part) -> tuple[bool, date]:
    due = part.progress.due
    return (due is None, due.on if due is not None else date.max)


def _line(context: Context, part: Part) -> str:
    due = part_due(part, context.today)
    late = days_late(part.progress, context.now) if is_overdue(part.progress, context.now) else 0
    state = context.t(f"state-{part.progress.state.value}")
    return context.t(
        "tasks-line",
        code=part.code,
        title=part.title,
        due=due or "",
        dated="yes" if due else "no",
        late=late,
        state=state,
        shown="no" if part.progress.state.value in {"assigned", "acknowledged", "in_progress"} else "yes",
    )


@command("task", who=_READERS)
async def task(context: Context) -> Answer:
    """Show one directive: for those who may see that how it stands and what happened, its words, deadline, product."""
    if not context.said.refs:
        raise await must_name_one(context, "task", await actionable(context))
    return [await _show(context, ref) for ref in dict.fromkeys(context.said.refs)]


async def _show(context: Context, ref: TaskRef) -> Message:
    if (below := await named_below(context, ref, "task")) is not None:
        return await _show_below(context, *below)
    parts = await context.work.parts.by_code(context.actor.agency_id, ref.code)
    parts = meant(parts, ref, context)
    meanings = list(dict.fromkeys(part.task_id for part in parts))
    if not parts:
        if (prepared := await drafted(context, ref)) is not None:
            return prepared
        if (below := await meant_below(context, ref, "task")) is not None:
            return await _show_below(context, *below)
        raise await no_part(context, ref)
    if len(meanings) > 1:
        firsts = [next(part for part in parts if part.task_id == task_id) for task_id in meanings]
        choices = tuple((f"/task {reference(p)}", whose(context, p)) for p in firsts)
        raise WhichTask("task-notice", choices)
    context.about = reference(parts[0])
    title = f"{parts[0].code} – {source_called(context.t, parts[0].notice_number)}"
    if len(context.said.refs) > 1:
        return Message(tuple(await _told(context, parts)), title)
    made, earlier = await _with_history(context, parts, title)
    if page_asked(context) > 1:
        return made.with_buttons(*earlier)
    own = [part for part in await actionable(context) if part.task_id == parts[0].task_id]
    if len(own) == 1:
        return made.with_buttons(*acts_on(context.t, own[0]), *earlier)
    judged = [part for part in parts if part.progress.state in {State.SUBMITTED, State.DONE}]
    return made.with_buttons(*(_judgements(context, judged[0]) if len(judged) == 1 else ()), *earlier)


async def _with_history(context: Context, parts: list[Part], title: str) -> tuple[Message, tuple[Button, ...]]:
    """Return a directive with its history's newest page, or an earlier page alone, and how to see what came before."""
    number = page_asked(context)
    seen = [part for part in parts if _may_see(context, part)]
    past, earlier = await told(context, seen, number) if seen else ([], ())
    facts = await _told(context, parts) if number == 1 else []
    return Message((*facts, *past), title), earlier


async def _told(context: Context, parts: list[Part]) -> list[str]:
    """Return one directive in full: how each unit's part stands, its words, units, deadline, product and extensions."""
    whole = await context.work.notices.task(parts[0].task_id)
    lines = [
        standing(context, part)
        for part in parts
        if part.role is not PartRole.COOPERATING and _may_see(context, part) and part.kind is Kind.TRACKED
    ]
    seen = [part for part in parts if _may_see(context, part)]
    more = [*await _extended(context, parts), *await proposed(context, seen), *await silent(context, parts)]
    return [*lines, whole.shown_text, *_facts(context, parts), *more]


async def _show_below(context: Context, agency: Unit, parts: list[Part]) -> Message:
    """Show a directive of an agency below, to read and not to act upon."""
    context.about = reference(parts[0], agency.code)
    title = context.t("task-below", agency=agency.name, code=parts[0].code, number=short_number(parts[0].notice_number))
    made, earlier = await _with_history(context, parts, title)
    return made.with_buttons(*earlier)


def _judgements(context: Context, part: Part) -> list[Button]:
    """Return what a leader can make of a report: confirm it where it waits for that, or return it."""
    if not context.actor.is_any(LEADERSHIP):
        return []
    ref = f"{reference(part)} {part.unit_code}"
    returned = context.button("button-return", f"/return {ref}", code=part.code)
    if part.progress.state is State.DONE:
        return [returned]
    return [context.button("button-confirm", f"/confirm {ref}", code=part.code), returned]


async def _extended(context: Context, parts: list[Part]) -> list[str]:
    """Return how often a part's date was moved, how it stands against the first one, and what is asked for."""
    lines = []
    for part in parts:
        if part.role is PartRole.COOPERATING or not _may_see(context, part):
            continue
        asked = await context.work.extensions.of_part(part.id)
        if (times := times_granted(asked, part.original_due)) and part.original_due is not None:
            first = replace(part.progress, due=Deadline(part.original_due))
            late = days_late(first, context.now)
            lines.append(context.t("task-extended", times=times, original=full_date(part.original_due), late=late))
        elif part.original_due not in {None, part.progress.due.on if part.progress.due is not None else None}:
            lines.append(context.t("task-first-due", original=full_date(part.original_due)))
        lines += [
            context.t("task-asked", until=full_date(one.until), reason=part.shown(one.reason))
            for one in asked
            if one.is_open
        ]
    return lines


def _may_see(context: Context, part: Part) -> bool:
    return context.actor.is_any(SEES_PROGRESS) or part.unit_id in {m.unit_id for m in context.actor.memberships}


def _facts(context: Context, parts: list[Part]) -> list[str]:
    lines = []
    kept = [part for part in parts if part.progress.state is not State.DROPPED] or parts
    for role in PartRole:
        units = dict.fromkeys(part.unit_code for part in kept if part.role is role)
        if units and parts[0].kind is Kind.TRACKED:
            lines.append(context.t(f"task-{role.value}", units=", ".join(units)))
    first = kept[0]
    if first.kind is Kind.STANDING:
        lines.append(context.t("task-standing"))
    else:
        due = part_due(first, context.today)
        basis = first.progress.due.basis if first.progress.due is not None else None
        lines.append(context.t("task-due", due=due or "", dated="yes" if due else "no"))
        if basis:
            lines.append(context.t("tasks-basis", basis=basis))
    if first.needs_document:
        lines.append(context.t("task-product", product=first.product or first.title))
    return lines


def standing(context: Context, part: Part) -> str:
    """Return how one part stands, in one or two sentences: state, dates, document and the unit's own words."""
    progress = part.progress
    due = due_words(progress.due, part.deadline_text, context.today)
    late = days_late(progress, context.now)
    return context.t(
        f"standing-{progress.state.value}",
        unit=part.unit_code,
        done=full_date(progress.completed_on) if progress.completed_on else "",
        document=progress.document or "",
        has="yes" if progress.document else "no",
        presented=near_date(progress.presented_on, context.today) if progress.presented_on else "",
        expected=near_date(progress.expected_on, context.today) if progress.expected_on else "",
        dated="yes" if progress.expected_on else "no",
        words=part.shown(progress.note),
        quoted="yes" if progress.note else "no",
        percent=progress.percent if progress.percent is not None else -1,
        due=due or "",
        late=late,
        missing=part.shown(progress.missing),
        lacks="yes" if progress.mend_by else "no",
        mend=f"{clock_time(progress.mend_by)} {near_date(local(progress.mend_by).date(), context.today)}"
        if progress.mend_by
        else "",
    )


@command("question", who=_READERS, menu=False)
async def question(context: Context) -> Answer:
    """Answer a question without a code: the whole notice for those who lead, the sender's own open parts else."""
    from handlers.reports import summary

    if context.said.notice is not None or context.actor.is_any(SEES_PROGRESS):
        return await summary(context)
    return await tasks(context)
