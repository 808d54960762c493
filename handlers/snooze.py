"""A reminder is put off to another morning; the deadline stays, and days that matter are told all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from core.errors import NotYours, WhichTask
from core.messages import Message
from core.people import ACTS_FOR_ALL, OFFICE, UNIT
from core.reminders.digest import is_reminded
from core.reminders.snooze import is_told_all_the_same
from core.tasks import Part
from core.text import fold
from core.units import Tree
from handlers.acts import must_be_open
from handlers.context import Context
from handlers.phrasing import label, near_date, reference
from handlers.reminders.contents import contents_of
from handlers.resolve import MOST_CHOICES, own_part
from handlers.routing import Answer, command
from handlers.urging import remind
from storage.ladders import Ladders

_ALL = re.compile(r"\b(?:tat ca|toan bo|het|all)\b")
_TOMORROW = re.compile(r"\btomorrow\b")
_NEXT_WEEK = re.compile(r"\b(?:tuan (?:sau|toi|tiep)|next week)\b")
_WEEKDAY = re.compile(r"\b(?:thu|t[2-7]|chu nhat|cuoi|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
_MOST_DAYS = 60


@command("snooze", who=UNIT | OFFICE)
async def snooze(context: Context) -> Answer:
    """Put off the morning's reminder of directives to another working day; the deadline stays as it is."""
    if await _urges(context):
        return await remind(context)
    parts = [await own_part(context, ref, "snooze") for ref in context.said.refs]
    until = _until(context)
    if until is None:
        return _when(context, parts)
    if not context.today < until <= context.today + timedelta(days=_MOST_DAYS):
        return context.say("snooze-far", days=_MOST_DAYS)
    if not parts:
        parts = await _listed(context)
        if not parts:
            return context.say("snooze-nothing")
        if len(parts) > 1 and not _ALL.search(fold(context.said.rest)):
            raise _which(context, parts, until)
    return await _put_off(context, list(dict.fromkeys(parts)), until)


async def _urges(context: Context) -> bool:
    """Tell whether somebody above the units means to urge one of them: "nhắc lại QLNL"."""
    actor = context.actor
    if not actor.is_any(ACTS_FOR_ALL | OFFICE):
        return False
    if not actor.unit_ids:
        return True
    tree = Tree(await context.work.people.units(actor.agency_id))
    named = tree.called(context.said.mentions_unit) if context.said.mentions_unit else None
    return named is not None and named.id not in actor.unit_ids


def _until(context: Context) -> date | None:
    """Return the working day that was asked for, `None` where no day was named."""
    words, day, today = fold(context.said.rest), context.said.date, context.today
    if _TOMORROW.search(words):
        day = today + timedelta(days=1)
    elif _NEXT_WEEK.search(words) and not _WEEKDAY.search(words):
        day = today + timedelta(days=7 - today.weekday())
    if day is None or day <= today:
        return day
    return day if context.calendar.is_working(day) else context.calendar.next_working_after(day)


def _when(context: Context, parts: Sequence[Part]) -> Message:
    """Ask until when, with the two days most wanted."""
    today = context.today
    monday = context.calendar.next_working_after(today + timedelta(days=6 - today.weekday()))
    codes = " ".join(reference(part) for part in parts)
    buttons = [
        context.button(
            "snooze-day", f"/snooze {codes} {day.isoformat()}".replace("  ", " "),
            weekday=context.t(f"weekday-{day.weekday()}"), date=near_date(day, today),
        )
        for day in dict.fromkeys((context.calendar.next_working_after(today), monday))
    ]  # fmt: skip
    return context.say("snooze-when", *buttons, context.button("button-leave", "/cancel", opt_out=True))


async def _listed(context: Context) -> list[Part]:
    """Return what the sender's message of this morning lists of their own, nothing where there is none."""
    contents = await contents_of(context.work, context.calendar, context.actor.person_id, None)
    return list(contents.digest.parts) if contents is not None and contents.digest is not None else []


def _which(context: Context, parts: Sequence[Part], until: date) -> WhichTask:
    day = until.isoformat()
    choices = [(f"/snooze {reference(part)} {day}", label(part, context.today)) for part in parts[: MOST_CHOICES - 1]]
    choices.append((f"/snooze all {day}", context.t("snooze-all")))
    return WhichTask("snooze", tuple(choices), max(0, len(parts) - MOST_CHOICES + 1))


async def _put_off(context: Context, parts: Sequence[Part], until: date) -> Message:
    """Write down for this person alone that these parts come back on that day, and say what is told before it."""
    ladders = await context.work.ladders.all()
    off, lines = list[Part](), list[str]()
    for part in parts:
        must_be_open(part)
        if part.unit_id not in context.actor.unit_ids and part.progress.handed_to != context.actor.person_id:
            raise NotYours(part.code, (part.unit_code,), context.actor.unit_code)
        if is_reminded(part, context.today):
            off.append(part)
        else:
            lines.append(context.t("snooze-unasked", code=part.code))
    if not off:
        return Message.of("\n".join(lines))
    context.about = reference(off[0])
    entry = await context.record(
        "snooze", context.about, undoable=True,
        detail={"until": until.isoformat(), "parts": [reference(part) for part in off]},
    )  # fmt: skip
    await context.work.snoozes.put_off([part.id for part in off], context.actor.person_id, until, entry)
    said = context.t(
        "snooze-recorded", codes=", ".join(dict.fromkeys(part.code for part in off)),
        weekday=context.t(f"weekday-{until.weekday()}"), date=near_date(until, context.today),
    )  # fmt: skip
    before = [(part, _told_before(context, part, until, ladders)) for part in off]
    told = [
        context.t("snooze-before", code=part.code, date=near_date(day, context.today))
        for part, day in before
        if day is not None
    ]
    return Message.of("\n".join([said, *lines, *told]), context.button("button-undo", "/undo"))


def _told_before(context: Context, part: Part, until: date, ladders: Ladders) -> date | None:
    """Return the first day before the one asked for on which this part is told of all the same."""
    day = context.calendar.next_working_after(context.today)
    while day < until:
        if is_told_all_the_same(part, day, context.calendar, ladders.of(part)):
            return day
        day = context.calendar.next_working_after(day)
    return None
