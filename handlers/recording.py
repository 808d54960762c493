"""Ghi nhận thay: the office records a unit's part done by the document that shows it; seen first, then told to the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core import tasks
from core.errors import WhichNotice, WhichTask
from core.messages import Message
from core.people import OFFICE, Role
from core.speech import DocumentRef, understand
from core.submissions import Submission
from core.tasks import Part, Progress, State
from core.text import fold
from handlers.acts import must_be_open, must_have_an_end
from handlers.context import Context
from handlers.finishing import finished, tell_who_confirms
from handlers.phrasing import day_month, full_date, near_date, part_due, reference
from handlers.resolve import only_known_unit, recorded_part, unit_apart
from handlers.routing import Answer, answers, command

_AT_ONCE = "now"
"""The word behind [Ghi nhận]: what was shown is recorded."""


@command("record", who=OFFICE)
async def record(context: Context) -> Answer:
    """Record a part done on its unit's behalf, by a document's number and date; shown before anything is written."""
    return await _recorded(context)


async def _recorded(context: Context) -> Message:
    said = context.said
    if not said.refs:
        return context.say("record-how")
    await only_known_unit(context)
    try:
        part = await recorded_part(context, said.refs[0], "record")
    except (WhichTask, WhichNotice) as which:
        paper = _typed(said.document)
        which.choices = tuple((f"{typed} {paper}".strip(), label) for typed, label in which.choices)
        raise
    return await on_behalf(context, part)


async def on_behalf(context: Context, part: Part) -> Message:
    """Show what would be recorded for the part's unit, or ask for the document it rests on."""
    given = context.said.document
    if given is None or given.dated is None:
        must_have_an_end(part)
        must_be_open(part)
        return await _ask_basis(context, part)
    new = await finished(context, part, given, basis=True)
    if context.said.intent == "record" and fold(unit_apart(context, part)) == _AT_ONCE:
        return await _write(context, part, new)
    return await _show(context, part, new)


def records_for_others(context: Context, part: Part) -> bool:
    """Tell whether the sender speaks of the part as the office does, and not as the unit that answers for it."""
    actor = context.actor
    if actor.is_any({Role.LEADER}) or part.unit_id in actor.unit_ids or part.progress.handed_to == actor.person_id:
        return False
    return actor.is_any(OFFICE)


@answers("record")
async def shown(context: Context) -> Answer:
    """Take "ghi nhận" or "đúng" as the tap on what was shown, all of it where one message showed several."""
    asked, said = context.question, context.said
    if asked is None or said.refs or said.rest or said.intent not in {"record", "agree"}:
        return None
    told = list[Message]()
    for typed in asked.data["commands"]:
        context.said = understand(typed, today=context.today)
        told.append(await _recorded(context))
        context.beside.first_entry = context.beside.first_entry or context.entry_id
    return told[0] if len(told) == 1 else _together(context, told)


def _together(context: Context, told: Sequence[Message]) -> Message:
    """Return what was recorded of each in one message that ends with what an undo takes back."""
    hint = context.t("undo-hint")
    lines = [line for one in told for line in one.lines if line != hint]
    return replace(told[-1], lines=(*lines, context.t("undo-hint-all")))


@answers("record-basis")
async def basis_given(context: Context) -> Answer:
    """Take a number and date as the document the record rests on."""
    asked, said = context.question, context.said
    number = said.intent == "choice" and said.choice is not None and said.choice > 0 and not said.rest
    if asked is None or said.refs or not (number or (said.intent == "document" and said.document is not None)):
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    return await on_behalf(context, parts[0]) if parts else None


async def _ask_basis(context: Context, part: Part) -> Message:
    await context.ask("record-basis", part=part.id)
    context.about = reference(part)
    leave = context.button("button-leave", "/cancel", opt_out=True)
    return context.say("record-basis", leave, code=part.code, title=part.title, unit=part.unit_code)


async def _show(context: Context, part: Part, new: Progress) -> Message:
    paper = f"{new.document} {_day(new)}"
    typed = f"/record {reference(part)} {part.unit_code} {paper} {_AT_ONCE}"
    context.beside.shown.append(typed)
    await context.ask("record", commands=context.beside.shown)
    leave = context.button("button-leave", "/cancel", opt_out=True)
    told = context.say("record-shown", context.button("button-record", typed), leave,
                       today=near_date(context.today, context.today), **_facts(context, part, new))  # fmt: skip
    count = len(context.beside.shown)
    return replace(told, lines=(*told.lines, context.t("record-all-how", count=count))) if count > 1 else told


async def _write(context: Context, part: Part, new: Progress) -> Message:
    """Record it by its document; the unit hears of it and may say that it is wrong."""
    basis = f"{new.document} {_day(new)}"
    entry = await context.record(
        "record", reference(part), undoable=True, detail={"unit": part.unit_code, "basis": basis}
    )
    await context.work.parts.save(part, new, entry)
    await context.work.submissions.add(part.id, Submission(new.document, new.document_on, context.now), entry)
    if context.question is not None and context.question.kind in {"record", "record-basis"}:
        await context.settle()
    if new.state is State.SUBMITTED:
        await tell_who_confirms(context, part, new)
    facts = _facts(context, part, new)
    await context.tell_unit(part, "record-told", **facts)
    context.about = reference(part)
    return context.say("record-recorded", context.button("button-undo", "/undo"), menu=True, **facts)


def _facts(context: Context, part: Part, new: Progress) -> dict[str, Any]:
    due = part_due(part, context.today)
    return {
        "code": part.code,
        "title": part.title,
        "unit": part.unit_code,
        "date": full_date(new.completed_on or context.today),
        "standing": "none" if due is None else "on-time" if tasks.on_time(new) else "late",
        "due": due or "",
        "document": new.document or "",
        "dated": full_date(new.document_on or context.today),
        "awaits": "yes" if new.state is State.SUBMITTED else "no",
    }


def _day(new: Progress) -> str:
    day = new.document_on
    return f"{day.day}/{day.month}/{day.year}" if day is not None else ""


def _typed(given: DocumentRef | None) -> str:
    if given is None:
        return ""
    if given.dated is None:
        return given.number
    return f"{given.number} {full_date(given.dated) if given.year_typed else day_month(given.dated)}"
