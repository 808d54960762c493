"""What was reported done is confirmed, or returned with what is missing and until when it can be mended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core import tasks
from core.deadlines import local
from core.errors import AlreadyClosed, DatePassed, NotReported, UserError
from core.messages import Message
from core.people import LEADERSHIP, Role
from core.speech import TaskRef
from core.tasks import Part, State
from core.text import fold
from handlers.acts import kept, must_be_open, not_carried, save
from handlers.context import Context
from handlers.mistakes import answer_to
from handlers.phrasing import clock_time, day_month, full_date, near_date, reference
from handlers.resolve import judged_part, only_known_unit, unit_apart
from handlers.routing import Answer, answers, command
from handlers.until import by_when
from handlers.waiting import waiting

_WORDS = frozenset({"text", "unknown", "blocked", "progress", "return"})
_DAYS = 2
"""Working days a unit has to mend what is returned, where no day is named."""


@command("confirm", who=LEADERSHIP)
async def confirm(context: Context) -> Answer:
    """Confirm what units reported done; without a code, list what waits for it."""
    if not context.said.refs:
        return await waiting(context)
    confirmed, wrong = list[Part](), list[str]()
    for ref in context.said.refs:
        try:
            confirmed.append(await _confirm(context, ref))
        except UserError as mistake:
            if len(context.said.refs) == 1:
                raise
            wrong += answer_to(mistake, context.catalogue, context.actor.language).lines[:1]
    if not confirmed:
        return Message.of("\n".join(wrong))
    lines = [context.t("confirm-recorded", code=part.code, date=_completed(part)) for part in confirmed]
    return Message.of("\n".join([*lines, *wrong]), context.button("button-undo", "/undo"), menu=True)


async def _confirm(context: Context, ref: TaskRef) -> Part:
    part = await judged_part(context, ref, "confirm", {State.SUBMITTED})
    try:
        new = tasks.confirm(part.progress)
    except (AlreadyClosed, NotReported) as mistake:
        mistake.code = part.code
        raise
    await save(context, "confirm", part, new)
    await context.tell_unit(part, "confirm-told", code=part.code, title=part.title, by=context.actor.title)
    return part


@command("return", who=LEADERSHIP)
async def send_back(context: Context) -> Answer:
    """Return what was reported done, saying what is missing and by when; asked for where nothing was said."""
    if not context.said.refs:
        return context.say("return-how")
    await only_known_unit(context)
    part = await judged_part(context, context.said.refs[0], "return", {State.SUBMITTED, State.DONE})
    words = unit_apart(context, part)
    if words:
        return await _return(context, part, words)
    _must_be_reported(part)
    await context.ask("missing", part=part.id)
    context.about = reference(part)
    usual = [context.t(f"return-usual-{name}") for name in ("document", "annex", "content")]
    buttons = [context.button("return-choice", f"/return {reference(part)} {part.unit_code} {words}", words=words)
               for words in usual]  # fmt: skip
    leave = context.button("button-leave", "/cancel", opt_out=True)
    return context.say("return-ask", *buttons, leave, code=part.code, **_report(part))


@answers("missing")
async def missing_given(context: Context) -> Answer:
    """Take words without a code as what the report returned lacks."""
    said, asked = context.said, context.question
    if asked is None or said.refs or context.incoming.text.startswith("/") or said.intent not in _WORDS:
        return None
    parts = await context.work.parts.by_ids([asked.data["part"]])
    await context.settle()
    if not parts:
        return None
    return await _return(context, parts[0], said.rest or said.said)


async def _return(context: Context, part: Part, words: str) -> Message:
    """Send the report back; who reported hears what is missing, until when, and from which day it then counts."""
    _must_be_reported(part)
    missing, mend_by = kept(words), _mend_by(context, words)
    if mend_by <= context.now:
        raise DatePassed(local(mend_by).date())
    before = part.progress
    await save(context, "return", part, tasks.send_back(before, missing, mend_by))
    until: dict[str, Any] = {
        "time": clock_time(mend_by),
        "weekday": local(mend_by).weekday(),
        "date": _near(context, mend_by),
    }
    await context.tell_unit(
        part, "return-told", code=part.code, title=part.title, by=context.actor.title, missing=part.shown(missing),
        first=_completed(part), **until,
    )  # fmt: skip
    undo = context.button("button-undo", "/undo")
    told = context.say(
        "return-recorded",
        undo,
        menu=True,
        code=part.code,
        unit=part.unit_code,
        missing=missing,
        **until,
        **_report(part),
    )
    return not_carried(context, part, missing, told)


def _must_be_reported(part: Part) -> None:
    if part.progress.state not in {State.SUBMITTED, State.DONE}:
        must_be_open(part)
        raise NotReported(part.progress.state, part.code)


def _mend_by(context: Context, words: str) -> datetime:
    """Return until when: the day and hour that were named, else 17:00 of the second working day from now."""
    return by_when(context.said, words, context.calendar.add(context.today, _DAYS))


def _near(context: Context, moment: datetime) -> str:
    return near_date(local(moment).date(), context.today)


def _completed(part: Part) -> str:
    return full_date(part.progress.completed_on) if part.progress.completed_on else ""


def _report(part: Part) -> dict[str, Any]:
    """Return which report is meant: its document, and when it came."""
    progress = part.progress
    at = progress.recorded_at
    return {
        "document": progress.document or "",
        "has": "yes" if progress.document else "no",
        "reported": f"{clock_time(at)} {day_month(local(at).date())}" if at is not None else "",
    }


@command("confirming", who=frozenset({Role.OFFICE_CHIEF}), menu=False)
async def confirming(context: Context) -> Answer:
    """Set whether a report counts only once a leader or the office chief has confirmed it."""
    said = set(fold(context.said.rest).split())
    agency = await context.work.people.agency(context.actor.agency_id)
    if said & {"bat", "on", "co"}:
        wanted = True
    elif said & {"tat", "off", "khong"}:
        wanted = False
    else:
        on = context.button("confirming-on", "/confirming on")
        off = context.button("confirming-off", "/confirming off")
        return context.say("confirming-is", off if agency.confirms else on, on="yes" if agency.confirms else "no")
    await context.work.people.change_settings(agency.id, confirm=wanted)
    await context.record("confirming", "on" if wanted else "off", detail={"was": "on" if agency.confirms else "off"})
    return context.say("confirming-set", on="yes" if wanted else "no")
