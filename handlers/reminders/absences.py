"""The day an absence begins and the first one after it: what is open, told to who stands in and to who is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from core.acting import Delegation
from core.deadlines import HANOI, today
from core.messages import Button, Message
from core.reminders.hours import EVERYBODY, slot_is_open
from core.tasks import Kind, Part, PartRole, State
from core.workdays import WorkCalendar
from handlers.context import THIRD_PERSON_WAIT
from handlers.leaving import Leaving, row_to, sent, waits, way_of
from handlers.office_word import tell_office
from handlers.pages import PAGE
from handlers.phrasing import label, near_date, part_due
from handlers.telling import Telling
from storage.history import Event
from storage.outbox import Claimed, Composed, Later
from storage.work import Work

STANDS_IN = "stands-in"
IS_BACK = "is-back"
_LATELY = timedelta(days=7)
_LONGEST_BREAK = timedelta(days=20)
_LONGEST = timedelta(days=180)
"""How far back an absence is looked for that was prolonged since."""


async def plan_absences(work: Work, calendar: WorkCalendar) -> None:
    """Queue, once for each absence, a word to who stands in as it begins, and to who was away once it is over."""
    if not slot_is_open(EVERYBODY, work.now, calendar):
        return
    day = today(work.now)
    found = await work.acting.around(day - _LONGEST, work.now - THIRD_PERSON_WAIT)
    away = {(one.unit_id, one.absent_id) for one in found if one.holds_on(day)}
    due = [
        (f"{STANDS_IN}:{one.id}", STANDS_IN, one, one.deputy_id)
        for one in found
        if one.holds_on(day) and day - _LATELY <= one.valid_from
    ]
    # an absence that was prolonged is over once
    last = {(one.unit_id, one.absent_id): one for one in sorted(found, key=lambda one: (one.valid_until, one.id))}
    due += [
        (f"{IS_BACK}:{one.id}", IS_BACK, one, one.absent_id)
        for whose, one in last.items()
        if day - _LONGEST_BREAK <= one.valid_until < day and whose not in away
    ]
    said = await work.outbox.said([key for key, *_ in due])
    for key, kind, one, person in due:
        if key in said:
            continue
        row = await row_to(work, person, {"kind": kind, "delegation": one.id}, key=key)
        if await work.outbox.say_once(row) and not row.channel:
            await tell_office(work, person)


class Absences(Leaving):
    """Writes these two messages as they leave, with what is true then."""

    async def __call__(self, work: Work, row: Claimed) -> Composed | Later | str:
        """Return the list of what is open, for who is back with what was done meanwhile; nothing once it is not so."""
        one = await work.acting.delegation(row.intent["delegation"]) if row.intent is not None else None
        if row.person_id is None or row.intent is None or one is None:
            return "void"
        begins = row.intent["kind"] == STANDS_IN
        if begins != one.holds_on(today(work.now)) or one.valid_from > today(work.now):
            return "void"
        if (later := waits(work, self._calendar)) is not None:
            return later
        way = await way_of(work, row)
        if way is None:
            return "unreachable"
        person = await work.people.person(one.absent_id)
        offices = await work.people.offices(person.agency_id, unit_ids={one.unit_id}) if person is not None else []
        absent = next((office.title for office in offices if office.person_id == one.absent_id), "")
        if not begins and not absent:
            return "void"  # they hold no office in the unit any more
        telling = self.telling(work, way)
        parts = [part for part in await work.parts.open_of_units([one.unit_id]) if _is_own(part)]
        message = _starts(one, absent, parts, telling) if begins else await _over(work, one, parts, telling)
        return "void" if message is None else sent(message, way)


def _is_own(part: Part) -> bool:
    return part.role is not PartRole.COOPERATING and part.kind is not Kind.UNTRACKED


def _starts(one: Delegation, absent: str, parts: Sequence[Part], telling: Telling) -> Message:
    t, last = telling.t, near_date(one.valid_until, telling.today)
    opening = t("absence-starts", absent=absent, unit=one.unit_code, last=last, any="yes" if parts else "no")
    return Message((opening, *_open(parts, telling)), buttons=(Button(t("button-tasks"), "/tasks"),), menu=True)


async def _over(work: Work, one: Delegation, parts: Sequence[Part], telling: Telling) -> Message | None:
    t = telling.t
    began = await _began(work, one, telling)
    since = datetime.combine(began, time(), HANOI)
    changed = [part for part in await work.parts.changed_since(one.unit_id, since) if _is_own(part)]
    events: dict[int, list[Event]] = {}
    for event in (
        await work.history.of_parts(changed[0].agency_id, {part.id: "" for part in changed}) if changed else ()
    ):
        if event.at >= since and event.after is not None:
            events.setdefault(event.part_id, []).append(event)
    told = [line for part in changed if (line := _happened(part, events.get(part.id, ()), telling))]
    if not told and not parts:
        return None
    first, last = near_date(began, telling.today), near_date(one.valid_until, telling.today)
    lines = [t("absence-over", first=first, last=last, any="yes" if told else "no"), *told[:PAGE]]
    if len(told) > PAGE:
        lines.append(t("absence-more", count=len(told) - PAGE))
    if parts:
        lines += [t("absence-open", unit=one.unit_code), *_open(parts, telling)]
    return Message(tuple(lines), buttons=(Button(t("button-tasks"), "/tasks"),), menu=True)


async def _began(work: Work, one: Delegation, telling: Telling) -> date:
    """Return the first day of an absence, however often it was prolonged; one they were welcomed back from is over."""
    first = one.valid_from
    known = await work.acting.around(telling.today - _LONGEST, work.now)
    theirs = [other for other in known if (other.unit_id, other.absent_id) == (one.unit_id, one.absent_id)]
    over = await work.outbox.said([f"{IS_BACK}:{other.id}" for other in theirs])
    for other in sorted(theirs, key=lambda other: other.valid_from, reverse=True):
        prolonged = other.valid_from < first <= telling.calendar.next_working_after(other.valid_until)
        if prolonged and f"{IS_BACK}:{other.id}" not in over:
            first = other.valid_from
    return first


def _open(parts: Sequence[Part], telling: Telling) -> list[str]:
    """Return what has an end a line each, the earliest first, and the standing duties on one."""
    tracked = [part for part in parts if part.kind is not Kind.STANDING]
    tracked.sort(key=lambda part: (part.progress.due is None, part.progress.due and part.progress.due.on))
    lines = [label(part, telling.today) for part in tracked[:PAGE]]
    if len(tracked) > PAGE:
        lines.append(telling.t("digest-more", count=len(tracked) - PAGE))
    standing = [part.code for part in parts if part.kind is Kind.STANDING]
    return [*lines, telling.t("absence-standing", codes=", ".join(standing))] if standing else lines


def _happened(part: Part, events: Sequence[Event], telling: Telling) -> str | None:
    """Return what became of a part by these events in one line, `None` for nothing worth a line."""
    if not events:
        return None
    t, now, before = telling.t, part.progress, events[0].before
    by = (
        next((one.by for one in reversed(events) if one.after is not None and one.after.state is now.state), None) or ""
    )
    who = {"by": by, "named": "yes" if by else "no"}
    if now.state is State.DONE and (before is None or before.state is not State.DONE):
        late = now.due is not None and now.completed_on is not None and now.completed_on > now.due.on
        when = near_date(now.completed_on, telling.today) if now.completed_on is not None else ""
        how = "undated" if now.due is None else "late" if late else "in-time"
        return t("absence-done", code=part.code, title=part.title, date=when, how=how, **who)
    if before is None:
        return t("absence-new", code=part.code, title=part.title, due=part_due(part, telling.today) or "none")
    if now.due is not None and before.due is not None and now.due.on > before.due.on:
        return t("absence-extended", code=part.code, title=part.title, date=near_date(now.due.on, telling.today))
    if now.state is not before.state and now.state is not State.ACKNOWLEDGED:
        state = t(f"state-{now.state.value}")
        return t("absence-state", code=part.code, title=part.title, state=state, **who)
    return None
