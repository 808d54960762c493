"""Giao việc: a task given outside any notice is read, shown, and given only once whoever gives it says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.draft_json import tasks_from_json, tasks_to_json
from core.drafts import DraftTask
from core.errors import NoDate, UnknownUnit
from core.giving import Given, Source, read_given, typed_due, typed_recurrence
from core.messages import Message
from core.named_units import named_units
from core.people import ACTS_FOR_ALL, GIVES
from core.reading.titles import short_title
from core.settling import apply_edit, names_edit, read_edits
from core.tasks import Kind
from core.text import clean, fold
from handlers.context import Context
from handlers.given_told import card, give
from handlers.importing import known_agency
from handlers.notice_drafts import is_prose
from handlers.overseeing import beyond, overseen
from handlers.phrasing import full_date
from handlers.routing import Answer, answers, command

_LISTS = frozenset({"summary", "overdue", "due", "tasks", "waiting"})
"""Lists somebody may want to see meanwhile: "tong hop" is no change of the task."""
_MOST_UNITS = 8
_GIVE = frozenset({"giao", "giao di", "gui", "dong y giao", "give", "send"})


@command("new", who=GIVES)
async def new(context: Context) -> Answer:
    """Give a task outside any notice: to whom, what, by when; it is shown first, and told once it is given."""
    words = context.said.rest
    match fold(words).split():
        case []:
            return context.say("new-how")
        case ["send"]:
            return await _give(context)
        case ["edit"]:
            return await _edit(context)
        case ["undated"]:
            given = await _waiting(context)
            return _gone(context) if given is None else await _shown(context, given, dated=True)
        case ["unit", *_] if (given := await _waiting(context)) is not None:
            return await _with_units(context, given, words.partition(" ")[2])
    return await _read(context, words)


@answers("new")
async def answered(context: Context) -> Answer:
    """Take "giao", "sửa", the unit or date that was asked for, or what is to be changed in the task."""
    asked, said, typed = context.question, context.said, clean(context.incoming.text)
    given = await _waiting(context)
    if asked is None or given is None or typed.startswith("/") or not typed:
        return None
    if fold(typed) in _GIVE or (said.intent == "agree" and not said.refs):
        return await _give(context)
    if said.intent == "edit" and not said.rest and not said.refs:
        return await _edit(context)
    agency = await known_agency(context.work, context.actor.agency_id)
    if asked.data["need"] == "unit" and (units := named_units(typed, agency)) and units.end >= len(typed):
        return await _with_units(context, given, typed)
    if said.intent in {"new", "cancel"} or said.refs or (said.intent in _LISTS and said.mentions_unit is None):
        return None
    if asked.data["need"] == "date" and (dated := _dated(context, given, typed)) is not None:
        return await _shown(context, dated)
    if names_edit(typed):
        return await _changed(context, given, typed)
    if not is_prose(context):
        return None
    if asked.data["need"] == "unit":
        return await _with_units(context, given, typed)
    return await _read(context, typed) if asked.data["editing"] else None


async def _read(context: Context, words: str) -> Message:
    """Read the task from somebody's words and show it."""
    agency = await known_agency(context.work, context.actor.agency_id)
    given = read_given(words, agency, today=context.today)
    if not given.task.text:
        return context.say("new-how")
    return await _shown(context, given)


async def _given_to(context: Context, task: DraftTask) -> list[str]:
    """Return the units a task is given to, by code; where it is given to all, each of them."""
    if not task.all_units:
        return list(task.lead)
    agency = await known_agency(context.work, context.actor.agency_id)
    return [*task.lead, *(unit.code for unit in agency.units)]


async def _shown(context: Context, given: Given, *, dated: bool = False, editing: bool = False) -> Message:
    """Show what was understood and ask for what it lacks, or whether it is to be given; nothing is given yet."""
    task = given.task
    agency = await known_agency(context.work, context.actor.agency_id)
    if (not_theirs := await beyond(context, await _given_to(context, task))) is not None:
        return not_theirs
    need = None
    if not task.lead and not task.all_units:
        need = "unit"
    elif (task.due is not None and task.due < context.today) or (task.needs_date and not dated):
        need = "date"
    await context.ask("new", need=need, dated=dated, editing=editing, **_kept(given))
    shown = card(context.t, given, context.today, context.calendar)
    leave = context.button("button-leave", "/cancel", opt_out=True)
    if need == "unit":
        known = agency.units if context.actor.is_any(ACTS_FOR_ALL) else await overseen(context)
        units = [context.button("new-button-unit", f"/new unit {unit.code}", unit=unit.code) for unit in known]
        asked = context.say("new-which-unit", *units[:_MOST_UNITS], leave)
    elif need == "date":
        undated = context.button("new-button-undated", "/new undated")
        past = full_date(task.due) if task.due is not None else ""
        asked = context.say("new-which-date", undated, leave, past=past, passed="yes" if past else "no")
    else:
        give_it = context.button("new-button-give", "/new send")
        change = context.button("button-edit", "/new edit")
        return replace(shown, buttons=(give_it, change, leave))
    return replace(shown, lines=(*shown.lines, *asked.lines), buttons=asked.buttons)


def _kept(given: Given) -> dict[str, Any]:
    source = given.source.to_json() if given.source is not None else None
    return {"task": tasks_to_json([given.task])[0], "source": source}


async def _waiting(context: Context) -> Given | None:
    """Return the task that was shown and waits for a word, unless that was too long ago."""
    asked = context.asked("new")
    if asked is None:
        return None
    return Given(tasks_from_json([asked.data["task"]])[0], Source.from_json(asked.data["source"]))


def _gone(context: Context) -> Message:
    return context.say("new-gone")


async def _edit(context: Context) -> Message:
    given = await _waiting(context)
    if given is None or context.question is None:
        return _gone(context)
    await context.ask("new", **{**context.question.data, "editing": True})
    return context.say("new-edit", context.button("button-leave", "/cancel", opt_out=True))


async def _with_units(context: Context, given: Given, words: str) -> Message:
    """Take the units named as those that get the task; raises `UnknownUnit`."""
    agency = await known_agency(context.work, context.actor.agency_id)
    units = named_units(words, agency)
    if not units.lead and not units.everyone:
        return await _changed(context, given, f"đơn vị {words}")
    partners = tuple(unit for unit in units.cooperating or given.task.cooperating if unit not in units.lead)
    task = replace(given.task, lead=units.lead, all_units=units.everyone, cooperating=partners)
    return await _shown(context, replace(given, task=task), dated=_undated(context))


def _undated(context: Context) -> bool:
    return context.question is not None and bool(context.question.data["dated"])


def _dated(context: Context, given: Given, typed: str) -> Given | None:
    """Return the task with the date the words name, or how often they want it; `None` where they name none."""
    if (again := typed_recurrence(typed)) is not None:
        return replace(
            given, task=replace(given.task, recurrence=again[0], due=None, due_time=None, deadline_text=again[1])
        )
    task = typed_due(replace(given.task, due=None, due_time=None, deadline_text=None), typed, today=context.today)
    return replace(given, task=replace(task, title=given.task.title)) if task.due is not None else None


async def _changed(context: Context, given: Given, typed: str) -> Message:
    """Change what the words name: "đơn vị QLCN", "hạn 20/5", "nội dung …"; raises `UnknownUnit` and `NoDate`."""
    agency = await known_agency(context.work, context.actor.agency_id)
    task, dated = given.task, _undated(context)
    for one in read_edits(typed, agency, today=context.today):
        if one.what == "due":
            found = _dated(context, replace(given, task=task), typed)
            if found is None:
                raise NoDate(typed)
            task = found.task
            continue
        if one.what in {"lead", "coordinate"} and not one.units:
            raise UnknownUnit(typed, tuple(unit.code for unit in agency.units))
        task, dated = apply_edit(task, one), dated or one.what == "no_due"
    if task.kind is Kind.UNTRACKED:
        task = replace(task, kind=given.task.kind, kind_reason=None)
    return await _shown(context, replace(given, task=_renamed(given.task, task)), dated=dated)


def _renamed(before: DraftTask, task: DraftTask) -> DraftTask:
    """Return the task under a name that fits its new words."""
    return (
        replace(task, title=short_title(task.text, task.product))
        if task.text != before.text and task.title == before.title
        else task
    )


async def _give(context: Context) -> Answer:
    given = await _waiting(context)
    if given is None or context.question is None:
        return _gone(context)
    if context.question.data["need"] is not None:
        return await _shown(context, given, dated=_undated(context))
    # whom somebody oversees may have changed since it was shown
    if (not_theirs := await beyond(context, await _given_to(context, given.task))) is not None:
        return not_theirs
    await context.settle()
    return await give(context, given)
