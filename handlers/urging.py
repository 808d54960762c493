"""Đôn đốc: units are urged to report; the exact text is shown first, and how often each was urged is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.deadlines import local
from core.errors import DatePassed, UnknownUnit
from core.messages import Message
from core.partition import is_overdue
from core.people import ACTS_FOR_ALL, GIVES, OFFICE, Role
from core.quiet import until_open
from core.tasks import Part
from core.text import clean, fold
from core.units import Tree, Unit
from handlers.acts import kept, must_be_open
from handlers.catalogue import LANGUAGES
from handlers.context import Context
from handlers.inquiring import remind_as_lead
from handlers.leaving import readers
from handlers.notice_drafts import is_prose
from handlers.overseeing import beyond, overseen
from handlers.phrasing import clock_time, near_date, reference
from handlers.reminders.answers import await_answer
from handlers.resolve import only_known_unit, recorded_part
from handlers.routing import Answer, answers, command
from handlers.until import by_when, named_hour
from handlers.urged import row_of

_ALL = re.compile(r"\b(?:tat ca|toan bo|all|qua han|overdue)\b")


_ANY = ACTS_FOR_ALL | OFFICE
_URGE = GIVES | OFFICE


@command("remind", who=_URGE | {Role.HEAD, Role.DEPUTY_HEAD})
async def remind(context: Context) -> Answer:
    """Urge the unit of a directive, a unit for what it is late with, or all that are late; nothing leaves unseen.

    A deputy leader urges the units they oversee; a head reminds units that owe theirs an answer, and nobody else.
    """
    if not context.actor.is_any(_URGE):
        return await remind_as_lead(context)
    step = fold(context.said.rest)
    if step in {"send", "edit"} and not context.said.refs:
        return await (_send(context) if step == "send" else _edit(context))
    await only_known_unit(context)
    if context.said.refs:
        parts = list(dict.fromkeys([await recorded_part(context, ref, "remind") for ref in context.said.refs]))
        if not context.actor.is_any(_ANY) and (not_theirs := await beyond(context, [part.unit_code for part in parts])):
            return not_theirs
        for part in parts:
            must_be_open(part)
    else:
        unit = await _unit(context)
        if unit is None and not _ALL.search(step):
            return context.say("remind-how")
        if unit is not None and not context.actor.is_any(_ANY) and (not_theirs := await beyond(context, [unit.code])):
            return not_theirs
        parts = await _overdue(context, unit)
        if not parts:
            return context.say("remind-none", unit=unit.code if unit else "", has="yes" if unit else "no")
    until = _until(context)
    return await _shown(context, parts, until, "")


@answers("reminder")
async def answered(context: Context) -> Answer:
    """Take "gửi", "sửa", or the text typed instead of the one that was shown."""
    asked, said = context.question, context.said
    if asked is None or said.refs or context.incoming.text.startswith("/"):
        return None
    if said.intent == "agree":
        return await _send(context)
    if said.intent == "edit" and not said.rest:
        return await _edit(context)
    if not asked.data["editing"] or not is_prose(context):
        return None
    parts = await _still_open(context)
    until = asked.data["plan"][0].get("until")
    by = datetime.fromisoformat(until) if until else None
    return await _shown(context, parts, by, kept(clean(context.incoming.text))) if parts else _gone(context)


async def _unit(context: Context) -> Unit | None:
    words = context.said.mentions_unit
    tree = Tree(await context.work.people.units(context.actor.agency_id))
    if words is None:
        words = context.said.rest if not _ALL.search(fold(context.said.rest)) else None
        return tree.called(words) if words else None
    unit = tree.called(words)
    if unit is None or unit.is_agency:
        raise UnknownUnit(words, tuple(one.code for one in tree.divisions()))
    return unit


async def _overdue(context: Context, unit: Unit | None) -> list[Part]:
    lines = await context.work.reports.due_until(context.actor.agency_id, context.today)
    mine = None if context.actor.is_any(_ANY) else {one.id for one in await overseen(context)}
    late = {
        (line.task_id, line.unit_id)
        for line in lines
        if is_overdue(line.progress, context.now)
        and (unit is None or line.unit_id == unit.id)
        and (mine is None or line.unit_id in mine)
    }
    parts = await context.work.parts.open_of_units(list({unit_id for _, unit_id in late if unit_id is not None}))
    return [part for part in parts if (part.task_id, part.unit_id) in late]


def _until(context: Context) -> datetime | None:
    """Return by when an answer is wanted: the day that was named, by its hour or 17:00."""
    said = context.said
    if said.date is None and named_hour(said.rest) is None:
        return None
    until = by_when(said, said.rest, context.today)
    if until <= context.now:
        raise DatePassed(until.date())
    return until


async def _shown(context: Context, parts: Sequence[Part], until: datetime | None, words: str) -> Message:
    """Show what each unit would get, and to whom it goes, before anything leaves."""
    plan: list[dict[str, Any]] = []
    lines = []
    for unit_id in dict.fromkeys(part.unit_id for part in parts):
        own = [part for part in parts if part.unit_id == unit_id]
        people = await _people(context, own)
        if not people:
            lines.append(context.t("remind-nobody", unit=own[0].unit_code))
            continue
        text = _text(context, own, until, words, await _language(context, people))
        titles = {office.person_id: office.title for office in await _offices(context, unit_id)}
        names = ", ".join(titles.get(person, own[0].unit_code) for person in people)
        lines.append(context.t("remind-shown", to=names, text=text))
        by = until.isoformat() if until is not None else None
        plan.append({"parts": [part.id for part in own], "people": people, "text": text, "until": by})
    if not plan:
        return Message.of("\n".join(lines))
    await context.ask("reminder", plan=plan, editing=False)
    buttons = [context.button("button-send", "/remind send")]
    if len(plan) == 1 and not any(part.restricted for part in parts):
        buttons.append(context.button("button-edit", "/remind edit"))
    leave = context.button("button-leave", "/cancel", opt_out=True)
    return Message.of("\n".join(lines), *buttons, leave)


async def _offices(context: Context, unit_id: int) -> list[Any]:
    return await context.work.people.offices(context.actor.agency_id, unit_ids={unit_id})


async def _people(context: Context, parts: Sequence[Part]) -> list[int]:
    """Return who is reminded of these parts of one unit, the sender apart."""
    return [person for person in await readers(context.work, parts) if person != context.actor.person_id]


async def _language(context: Context, people: Sequence[int]) -> str:
    """Return the language those who are reminded read; where they read several, the first of the catalogue's."""
    ways = [way for person in people for way in (await context.work.accounts.reach(person))[:1]]
    spoken = {way.language for way in ways} or {context.actor.language}
    return spoken.pop() if len(spoken) == 1 else LANGUAGES[0]


def _text(context: Context, parts: Sequence[Part], until: datetime | None, words: str, language: str) -> str:
    codes = ", ".join(dict.fromkeys(part.code for part in parts))
    if words and not any(part.restricted for part in parts):
        return context.catalogue.text(language, "remind-own-words", by=context.actor.title, codes=codes, words=words)
    day = near_date(local(until).date(), context.today) if until is not None else ""
    return context.catalogue.text(
        language, "remind-text", by=context.actor.title, unit=parts[0].unit_code, codes=codes,
        has="yes" if until is not None else "no", time=clock_time(until) if until is not None else "", date=day,
    )  # fmt: skip


async def _edit(context: Context) -> Message:
    asked = context.question
    if asked is None or asked.kind != "reminder" or len(asked.data["plan"]) != 1:
        return _gone(context)
    if any(part.restricted for part in await _still_open(context)):
        return context.say("restricted-words")
    await context.ask("reminder", plan=asked.data["plan"], editing=True)
    return context.say("remind-edit", context.button("button-leave", "/cancel", opt_out=True))


async def _still_open(context: Context) -> list[Part]:
    asked = context.asked("reminder")
    if asked is None:
        return []
    ids = [part for one in asked.data["plan"] for part in one["parts"]]
    return [part for part in await context.work.parts.by_ids(ids) if part.progress.is_open]


def _gone(context: Context) -> Message:
    return context.say("remind-gone")


async def _send(context: Context) -> Message:
    """Queue what was shown, count it for each part, and say when it leaves."""
    parts = {part.id: part for part in await _still_open(context)}
    if context.question is None or not parts:
        return _gone(context)
    plan = context.question.data["plan"]
    await context.settle()
    counted, missed = list[str](), list[str]()
    for one in plan:
        own = [parts[part] for part in one["parts"] if part in parts]
        if not own:
            continue
        entries: list[int] = []
        for part in own:
            times = await context.work.audit.count(context.actor.agency_id, "remind", _subject(part)) + 1
            detail = {"times": times, "text": one["text"]}
            if not entries and one.get("until"):
                detail |= {"parts": [each.id for each in own], "people": one["people"]}
            entries.append(await context.record("remind", _subject(part), detail=detail))
            counted.append(context.t("remind-counted", code=part.code, unit=part.unit_code, times=times))
        if one.get("until"):
            await await_answer(context.work, entries[0], datetime.fromisoformat(one["until"]))
        for person in one["people"]:
            row = await row_of(context.work, person, own, one["text"], entries[0])
            context.rows.append(row)
            if not row.channel:
                missed.append(own[0].unit_code)
    wait = until_open(context.now, context.calendar)
    leaves = context.now + wait
    return context.say(
        "remind-sent", waits="yes" if wait else "no", time=clock_time(leaves),
        date=near_date(local(leaves).date(), context.today), list=", ".join(counted),
        missed=", ".join(dict.fromkeys(missed)), has="yes" if missed else "no",
    )  # fmt: skip


def _subject(part: Part) -> str:
    """Return under what a part's reminders are kept: a directive is urged for each of its units apart."""
    return f"{reference(part)} {part.unit_code}"
